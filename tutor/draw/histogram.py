"""How values spread: a histogram."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.draw.axes import Axes, Axis, Plot, axis_over, draw_axes
from tutor.draw.glyphs import UNICODE, spelled
from tutor.draw.number import short_number
from tutor.draw.plot.canvas import Canvas
from tutor.draw.plot.header import header
from tutor.draw.plot.ticks import steps_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.room import Room
    from tutor.draw.text import Line

_HEADED = 5
_FEWEST_BINS = 5
_COLUMNS_EACH = 4
_GAPPED = 3
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_HALF = 4
_EDGES_OF_ONE = 2


@dataclass(frozen=True, slots=True)
class Bin:
    """How many values are from `low` up to `high`, the latter not counted, except in the last one."""

    low: float
    high: float
    count: int


def bins(values: Sequence[float], most: int) -> list[Bin]:
    """Return bins of equal, round width that hold all finite values: at most `most` where that is two or more."""
    finite = sorted(filter(math.isfinite, values))
    if not finite:
        return []
    axis = Axis(finite[0], finite[-1]).drawable
    for step in steps_from((axis.high / 2 - axis.low / 2) / max(1, most) * 2):
        first, last = math.floor(axis.low / step.value), math.floor(axis.high / step.value) + 1
        first -= step.multiple(first) > finite[0]  # a division that was rounded
        edges = [step.multiple(place) for place in range(first, last + 1)]
        if len(edges) > _EDGES_OF_ONE and finite[-1] <= edges[-2]:
            edges.pop()
        if len(edges) - 1 <= max(2, most):
            break
    counts = [0] * (len(edges) - 1)
    for value in finite:
        counts[min(len(counts) - 1, max(0, bisect_right(edges, value) - 1))] += 1
    return [Bin(low, high, count) for low, high, count in zip(edges, edges[1:], counts, strict=False)]


def histogram_picture(values: Sequence[float], room: Room, *, title: str = "", axes: Axes | None = None) -> list[Line]:
    """Return a histogram of the values, whose name is the title; values that are not finite are counted in the header.

    With the axes of an earlier picture both stay comparable.
    """
    canvas = Canvas(room)
    spread = bins(values, _bin_count(len(values), room))
    axes = axes or histogram_axes(spread, title)
    top = int(room.height >= _HEADED)
    plot = draw_axes(canvas, axes, top, zero_lines=False)
    for each in spread:
        _draw_bin(canvas, plot, each)
    if top:
        odd = len(values) - sum(map(math.isfinite, values))
        canvas.line(0, 0, header("how many", (), f"{odd} not finite" if odd else "", room))
    return canvas.lines()


def histogram_axes(spread: Sequence[Bin], title: str = "") -> Axes:
    """Return axes that hold the bins."""
    across = Axis(spread[0].low, spread[-1].high, title) if spread else Axis(0, 1, title)
    counts = axis_over([0, *(each.count for each in spread)])
    return Axes(across, replace(counts, high=max(1, counts.high), low=0, whole=True))


def _bin_count(values: int, room: Room) -> int:
    """Return about how many bins serve: more for more values, as far as there are columns for them."""
    return max(2, min(room.width // _COLUMNS_EACH, _FEWEST_BINS + round(math.sqrt(values))))


def _draw_bin(canvas: Canvas, plot: Plot, each: Bin) -> None:
    left, right = (min(1.0, max(0.0, plot.across.place(edge))) * plot.width for edge in (each.low, each.high))
    start, end = round(left), max(round(left) + 1, round(right))
    end -= end - start >= _GAPPED
    eighths = round(max(0.0, min(1.0, plot.up.place(each.count))) * plot.height * 8)
    eighths = max(eighths, 1) if each.count else 0
    for row in range(plot.height):
        part = max(0, min(8, eighths - 8 * row))
        sign = ("#" if part >= _HALF else "." if part else " ") if canvas.room.glyphs.plain else _EIGHTHS[part]
        for column in range(start, min(end, plot.width)):
            if part:
                canvas.sign(plot.top + plot.height - 1 - row, plot.left + column, sign, "first")


def histogram_reading(values: Sequence[float], name: str = "values", glyphs: Glyphs = UNICODE) -> str:
    """Return in one sentence how many values there are, where they lie, and where most of them are."""
    finite = list(filter(math.isfinite, values))
    odd = len(values) - len(finite)
    rest = f"; {odd} more {'is' if odd == 1 else 'are'} not finite" if odd else ""
    if not finite:
        return spelled(f"There are no finite {name}{rest}.", glyphs)
    least, most = (short_number(value, glyphs) for value in (min(finite), max(finite)))
    if min(finite) == max(finite):
        return spelled(f"{len(finite)} {name}, all {least}{rest}.", glyphs)
    fullest = max(bins(finite, _FEWEST_BINS + round(math.sqrt(len(finite)))), key=lambda each: each.count)
    low, high = (short_number(value, glyphs) for value in (fullest.low, fullest.high))
    return spelled(
        f"{len(finite)} {name} from {least} to {most}; most often, {fullest.count} times, from {low} to {high}{rest}.",
        glyphs,
    )
