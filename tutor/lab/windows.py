"""Which part of a function a picture shows: where the run starts and goes, and the valley near it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tutor.engine.descent_function import ProblemFunction

    Floats = NDArray[np.float64]
    Point = Sequence[float]
    Range = tuple[float, float]
    Window = tuple[Range, ...]

_REACH = 5.0
_LOOKS = 41
_ROUNDS = 6
_MARGIN = 0.15
_FARTHEST = 4.0
_SMALLEST = 1.0
_FINE = 201
_RIM = 1.35
_FLAT = 1e-9


def lowest_near(function: ProblemFunction, start: Sequence[float]) -> tuple[float, ...] | None:
    """Return the lowest point of a function of one or two parameters in reach of a start, None where there is none.

    Reach is five times the distance of the start from 0, and five at least; a lowest point at its edge is no valley.
    """
    reach = _REACH * max(1.0, *(abs(value) for value in start))
    middle, width = [float(value) for value in start], reach
    for round_number in range(_ROUNDS):
        axes = [np.linspace(value - width, value + width, _LOOKS) for value in middle]
        values = _on_grid(function, axes)
        if not np.isfinite(values).any():
            return None
        place = np.unravel_index(int(np.nanargmin(np.where(np.isfinite(values), values, np.inf))), values.shape)
        places = place[::-1]  # the grid counts upwards first
        if not round_number and any(each in {0, _LOOKS - 1} for each in places):
            return None
        middle = [float(axis[each]) for axis, each in zip(axes, places, strict=True)]
        width *= 4 / _LOOKS
    return tuple(middle)


def window(
    function: ProblemFunction, paths: Sequence[Sequence[Sequence[float]]], low: Sequence[float] | None
) -> Window:
    """Return for each parameter the range to show: starts, valley and paths, with a margin.

    Points that flew far away are left out of it. Of a function of one parameter, no more is shown of the walls than a
    little above the highest point that was visited.
    """
    starts = [path[0] for path in paths]
    kept = [*starts, *([low] if low else [])]
    seen = [point for path in paths for point in path if all(map(math.isfinite, point))]
    found = []
    for place in range(len(starts[0])):
        values = [point[place] for point in kept]
        base = _around(values)
        most = _FARTHEST * (base[1] - base[0])
        near = [point[place] for point in seen if base[0] - most <= point[place] <= base[1] + most]
        found.append((min([base[0], *near]), max([base[1], *near])))
    if len(found) == 1:
        inside = [point for point in (*kept, *seen) if found[0][0] <= point[0] <= found[0][1]]
        return (_below_the_rim(function, found[0], [point[0] for point in inside]),)
    return tuple(found)


def _below_the_rim(
    function: ProblemFunction, wide: tuple[float, float], visited: Sequence[float]
) -> tuple[float, float]:
    """Return the range without the walls that rise above a little more than what was visited."""
    low, high = min(visited), max(visited)
    places = np.linspace(*wide, _FINE)
    values = _on_grid(function, [places])
    heights = _on_grid(function, [np.array(visited)])
    finite, all_heights = values[np.isfinite(values)], heights[np.isfinite(heights)]
    if not len(finite) or not len(all_heights):
        return wide
    floor = float(finite.min())
    rim = floor + _RIM * max(float(all_heights.max()) - floor, _FLAT * abs(floor))
    margin = _MARGIN * max(high - low, _SMALLEST)
    left, right = float(low - margin), float(high + margin)
    for edge, value in zip(places[places < left][::-1], values[places < left][::-1], strict=True):
        if not value <= rim:
            break
        left = float(edge)
    for edge, value in zip(places[places > right], values[places > right], strict=True):
        if not value <= rim:
            break
        right = float(edge)
    return left, right


def _around(values: Sequence[float]) -> Range:
    """Return a range around the values, as much on the other side of the last one, the valley, as on this one."""
    low, high, last = min(values), max(values), values[-1]
    reach = max(last - low, high - last, _SMALLEST / 2) * (1 + _MARGIN)
    return last - reach, last + reach


def _on_grid(function: ProblemFunction, axes: Sequence[Floats]) -> Floats:
    named = dict(zip(function.parameters, [axis.tolist() for axis in axes], strict=True))
    return function.on_grid(named, function.start)
