"""Values over a rectangle, as they stand on a surface or a map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.plot.scale import Axis, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.axes import Plot

__all__ = ["Axis", "Grid"]

_Place = tuple[int, float]
"""A line, and how far it is from it to the next one, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of a function of two variables at the crossings of evenly spaced lines.

    `values[row][column]`: the first row stands at the low end of `y`, the last at its high end, the columns likewise
    along `x`. Rows that are shorter than the first one end in nan. `title` is what the values are called.
    """

    values: Sequence[Sequence[float]]
    x: Axis
    y: Axis
    title: str = ""

    def over(self, plot: Plot) -> list[list[float]]:
        """Return the value in the middle of each character of the plot, the upper row first (bilinear)."""
        up = [_between(self.y, plot.up.middle(row, plot.height), len(self.values)) for row in range(plot.height)]
        across = [
            _between(self.x, plot.across.middle(column, plot.width), self.columns) for column in range(plot.width)
        ]
        lines = (self._line(place) for place in reversed(up))
        return [[_along(line, place) for place in across] for line in lines]

    def at(self, x: float, y: float) -> float:
        """Return the value at a point, nan outside of the grid (bilinear)."""
        return _along(self._line(_between(self.y, y, len(self.values))), _between(self.x, x, self.columns))

    def node(self, row: int, column: int) -> tuple[float, float]:
        """Return the point (x, y) of one of the values."""
        parts = column / max(1, self.columns - 1), row / max(1, len(self.values) - 1)
        axes = zip((self.x.drawable, self.y.drawable), parts, strict=True)
        x, y = (axis.low * (1 - part) + axis.high * part for axis, part in axes)
        return x, y

    @property
    def columns(self) -> int:
        """How many values a row has."""
        return len(self.values[0]) if len(self.values) else 0

    def _line(self, place: _Place | None) -> list[float]:
        """Return the values along a horizontal line between two rows."""
        if place is None:
            return [math.nan] * self.columns
        lower, upper = self._row(place[0]), self._row(place[0] + 1)
        return [_mix(one, other, place[1]) for one, other in zip(lower, upper, strict=True)]

    def _row(self, number: int) -> list[float]:
        row = self.values[number] if number < len(self.values) else ()
        values = [float(value) for value in row[: self.columns]]
        return values + [math.nan] * (self.columns - len(values))


def _between(axis: Axis, value: float, lines: int) -> _Place | None:
    """Return the line before a coordinate and how far it is on to the next one, None outside of the grid."""
    place = Scale(Axis(axis.low, axis.high)).place(value) * (lines - 1)
    if not lines or math.isnan(place) or not 0 <= place <= lines - 1:
        return None
    before = min(int(place), max(0, lines - 2))
    return before, place - before


def _along(line: Sequence[float], place: _Place | None) -> float:
    if place is None:
        return math.nan
    before, part = place
    return _mix(line[before], line[before + 1] if part else math.nan, part)


def _mix(one: float, other: float, part: float) -> float:
    """Return the value between two, which counts as the one that is there where the other has no part in it."""
    if part == 0 or one == other:
        return one
    return other if part == 1 else one * (1 - part) + other * part
