"""What surfaces and maps show, as sentences."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.draw.curve_reading import curve_reading
from tutor.draw.decision_map import EITHER, Example, Sides
from tutor.draw.glyphs import UNICODE, spelled
from tutor.draw.number import short_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.grid import Grid
    from tutor.draw.trail import Trail

_MOST_CROSSINGS = 4


def surface_reading(
    surface: Grid, glyphs: Glyphs = UNICODE, *, trail: Trail | None = None, heights: Sequence[float] = ()
) -> str:
    """Return in one sentence how the descent went: where from, where to, and how the `heights` at its steps changed.

    Without a trail, and without the height of each of its points, it says where the surface is lowest and highest.
    """
    name = surface.title or "f"
    if not trail or not len(trail.points) or len(heights) != len(trail.points):
        return spelled(_extent(surface, name, glyphs), glyphs)
    said = curve_reading(name, heights, glyphs=glyphs, first=trail.first).removesuffix(".")
    start, end = (_place(surface, point, glyphs) for point in (trail.points[0], trail.points[-1]))
    way = f"from {start} to {end}" if len(trail.points) > 1 else f"at {start}"
    return spelled(f"{said}; the path leads {way}." if len(trail.points) > 1 else f"{said}, {way}.", glyphs)


def _extent(surface: Grid, name: str, glyphs: Glyphs) -> str:
    nodes = [
        (float(value), surface.node(row, column))
        for row, values in enumerate(surface.values)
        for column, value in enumerate(values)
        if math.isfinite(value)
    ]
    if not nodes:
        return f"{name} is not finite anywhere on this map."
    low, high = (choose(nodes, key=lambda node: node[0]) for choose in (min, max))
    if low[0] == high[0]:
        return f"{name} is {short_number(low[0], glyphs)} all over this map."
    told = [f"{short_number(value, glyphs)}, at {_place(surface, point, glyphs)}" for value, point in (low, high)]
    return f"Of the points looked at, {name} is lowest, {told[0]}, and highest, {told[1]}."


def _place(surface: Grid, point: tuple[float, float], glyphs: Glyphs) -> str:
    named = zip((surface.x.title or "x", surface.y.title or "y"), point, strict=True)
    return ", ".join(f"{name} = {short_number(value, glyphs)}" for name, value in named)


def decision_reading(
    outputs: Grid, glyphs: Glyphs = UNICODE, *, examples: Sequence[Example] = (), sides: Sides = EITHER
) -> str:
    """Return in one sentence how many examples are on the right side, and where the boundary crosses the middle line.

    The middle line is the row of the grid that is nearest to the middle of its height.
    """
    said = [*_counts(examples, sides.right, "on the right side"), _crossing(outputs, sides, glyphs)]
    return spelled(_sentence("; ".join(said)), glyphs)


def class_reading(examples: Sequence[Example], glyphs: Glyphs = UNICODE) -> str:
    """Return in one sentence how many examples are given their own class."""
    said = _counts(examples, lambda example: example.output == example.target, "given their own class")
    return spelled(_sentence("; ".join(said) or "there are no points on this map"), glyphs)


def _counts(examples: Sequence[Example], right: Callable[[Example], bool], how: str) -> list[str]:
    parts = []
    for test, name in ((False, "training"), (True, "test")):
        group = [example for example in examples if example.test == test]
        if group:
            parts.append(f"{sum(map(right, group))} of {len(group)} {name} points")
    return [f"{' and '.join(parts)} are {how}"] if parts else []


def _crossing(outputs: Grid, sides: Sides, glyphs: Glyphs) -> str:
    """Return where along the middle row the output passes the middle."""
    middle = (len(outputs.values) - 1) // 2
    row = [float(value) for value in outputs.values[middle]] if middle >= 0 else []
    if not row or not all(map(math.isfinite, row)):
        return "the output is not finite all along the middle of the map"
    x, y = outputs.x.title or "x", outputs.y.title or "y"
    along = f"along {y} = {short_number(outputs.node(middle, 0)[1], glyphs)}"
    upper = [value > sides.middle for value in row]
    places = [
        _between(outputs, middle, column, sides)
        for column, (before, after) in enumerate(pairwise(upper))
        if before != after
    ]
    if not places:
        return f"{along} the map is all on the side of {sides.upper if upper[0] else sides.lower}"
    told = [short_number(place, glyphs) for place in places[:_MOST_CROSSINGS]]
    more = f" and {len(places) - len(told)} more" if len(places) > len(told) else ""
    return f"{along} the boundary crosses near {x} = {', '.join(told)}{more}"


def _between(outputs: Grid, row: int, column: int, sides: Sides) -> float:
    """Return where between two nodes the output is the middle, if it is straight there."""
    one, other = (float(outputs.values[row][place]) / 2 - sides.middle / 2 for place in (column, column + 1))
    left, right = (outputs.node(row, place)[0] for place in (column, column + 1))
    part = one / (one - other) if one != other else 0.5  # halves of the very smallest numbers may be equal
    return left * (1 - part) + right * part


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
