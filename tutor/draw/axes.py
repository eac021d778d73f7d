"""The axes of a picture: which values they span, and how they are drawn around the plot."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.draw.plot.scale import Axis, Scale
from tutor.draw.plot.ticks import Tick, steps_from, ticks
from tutor.draw.width import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.draw.plot.canvas import Canvas
    from tutor.draw.plot.pens import Point

__all__ = ["Axes", "Axis", "Plot", "axis_over", "draw_axes", "steady_axis"]

_DECADES_FOR_LOG = 3  # a loss that spans so many is drawn with a logarithmic axis
_DECADES_TO_STAY_LOG = 2
_NICE_PARTS = 10
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_HEADROOM = 1.5
_FEWEST_ROWS, _FEWEST_COLUMNS, _CROWDED = 4, 10, 10
_GUTTER_SHARE = 3
_LEAST_USED = 1 / 3
_LABEL_GAP = 2
_SHORT_LABEL = 4


@dataclass(frozen=True, slots=True)
class Axes:
    """The axis across and the axis up."""

    x: Axis
    y: Axis


def axis_over(values: Iterable[float], title: str = "", *, log: bool | None = None) -> Axis:
    """Return an axis over the values, with round ends.

    `log` says whether it is logarithmic; None decides: it is where all values are positive and span three decades.
    Infinite values and nan are left out. Without values the axis goes from 0 to 1.
    """
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return Axis(0, 1, title)
    least, most = min(finite), max(finite)
    if log is None:
        log = least > 0 and math.log10(most) - math.log10(least) >= _DECADES_FOR_LOG
    if log:
        least = min((value for value in finite if value > 0), default=1)
        return _round_decades(Axis(least, max(most, least), title, log=True))
    return _round_ends(Axis(least, most, title))


def steady_axis(wanted: Axis, before: Axis | None) -> Axis:
    """Return the axis for the next frame of a picture that changes: as before, as long as that serves.

    `wanted` spans what is to be seen now. The axis before stays while it holds all of that, and that takes more than a
    third of it. Where it is outgrown, the new one has room to spare, so that it stays for a while.
    """
    if before is None:
        return wanted
    both_log = before.log and (wanted.log or _decades(wanted) >= _DECADES_TO_STAY_LOG)
    if before.log != (wanted.log or both_log) or (before.title, before.whole) != (wanted.title, wanted.whole):
        return wanted
    wanted = replace(wanted, log=before.log)
    scale = Scale(before)
    low, high = scale.place(wanted.low), scale.place(wanted.high)
    inside = low >= 0 and high <= 1
    if inside and high - low > _LEAST_USED:
        return before
    return wanted if inside or before.log else _with_headroom(wanted, before)


def _with_headroom(wanted: Axis, before: Axis) -> Axis:
    low, high = wanted.low, wanted.high
    span = high / 2 - low / 2
    if high > before.high:
        high = low + 2 * _round_up(span * _HEADROOM)
    if low < before.low:
        low = high - 2 * _round_up((high / 2 - low / 2) * _HEADROOM)
        low = max(low, 0.0) if wanted.low >= 0 else low  # losses are never below 0
    return replace(wanted, low=low, high=high).drawable


def _round_up(value: float) -> float:
    """Return the next round number: one of `_ROUND` times a power of ten."""
    if not 0 < value < math.inf:
        return value
    exponent = math.floor(math.log10(value))
    return next((nice for digit in _ROUND if (nice := float(f"{digit}e{exponent}")) >= value), value)


def _decades(axis: Axis) -> float:
    return math.log10(axis.high) - math.log10(axis.low) if 0 < axis.low < axis.high else 0


def _round_decades(axis: Axis) -> Axis:
    """Return the logarithmic axis with its ends at 1, 2 or 5 times a power of ten."""
    exponent = math.floor(math.log10(axis.low))
    low = max(end for digit in (1, 2, 5) if (end := float(f"{digit}e{exponent}")) <= axis.low or digit == 1)
    return Axis(
        low, next(steps_from(min(max(axis.high, low * 2), sys.float_info.max))).value, axis.title, log=True
    ).drawable


def _round_ends(axis: Axis) -> Axis:
    """Return the axis with its ends at multiples of a round step; a constant stands in the middle."""
    low, high = axis.low, axis.high
    if low == high:
        low, high = (low - abs(low) / 2, high + abs(high) / 2) if low else (-1.0, 1.0)
    drawable = Axis(low, high).drawable
    if 0 < drawable.low < (drawable.high - drawable.low) / 2:
        drawable = Axis(0, drawable.high)
    step = next(steps_from((drawable.high / 2 - drawable.low / 2) / _NICE_PARTS * 2))
    ends = step.multiple(math.floor(drawable.low / step.value)), step.multiple(math.ceil(drawable.high / step.value))
    return Axis(*ends, axis.title).drawable


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of a canvas inside the axes, and where values stand in it."""

    top: int
    left: int
    width: int
    height: int
    across: Scale
    up: Scale

    @property
    def right(self) -> int:
        """The column of the canvas after the plot."""
        return self.left + self.width

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and column of the canvas where a point stands, None where outside of the plot."""
        column, step = self.across.cell(x, self.width), self.up.cell(y, self.height)
        return None if column is None or step is None else (self.top + self.height - 1 - step, self.left + column)

    def point(self, x: float, y: float) -> Point | None:
        """Return the place of a point on the plot, None where a coordinate is nan."""
        place = self.across.place(x), self.up.place(y)
        return None if any(map(math.isnan, place)) else place


def draw_axes(canvas: Canvas, axes: Axes, top: int = 0, *, right: int = 0, zero_lines: bool = True) -> Plot:
    """Draw the axes with their labels, and return the plot inside them.

    `top` rows and `right` columns of the canvas are left free. Labels that would touch are left out. In a canvas
    too small for axes the plot takes all of it. `zero_lines` marks where x or y is 0 inside of the plot.
    """
    rows = max(0, canvas.height - top)
    across, up = Scale(axes.x), Scale(axes.y)
    if rows < _FEWEST_ROWS or canvas.width - right < _FEWEST_COLUMNS:
        return Plot(top, 0, max(0, canvas.width - right), rows, across, up)
    height = rows - 2
    labels = _labels_up(canvas, up, height)
    left = max((display_width(tick.text) for _, tick in labels), default=0) + 1
    plot = Plot(top, left, canvas.width - right - left, height, across, up)
    _draw_up(canvas, plot, labels)
    _draw_across(canvas, plot)
    if zero_lines:
        _draw_zero_lines(canvas, plot)
    return plot


def _labels_up(canvas: Canvas, scale: Scale, height: int) -> list[tuple[int, Tick]]:
    """Return the ticks of the axis up with their rows inside the plot: two at least, if that can be, well apart."""
    widest = max(_SHORT_LABEL, canvas.width // _GUTTER_SHARE)
    choices = [
        [(height - 1 - (scale.cell(tick.value, height) or 0), tick) for tick in wanted]
        for wanted in ticks(scale.axis, canvas.room.glyphs)
        if all(display_width(tick.text) <= widest for tick in wanted)
    ]
    for least, fewest in ((2 if height < _CROWDED else 3, 2), (1, 2), (1, 0)):
        for cells in choices:
            if len(cells) >= fewest and all(one - other >= least for (one, _), (other, _) in pairwise(cells)):
                return cells
    return []


def _draw_up(canvas: Canvas, plot: Plot, labels: list[tuple[int, Tick]]) -> None:
    glyphs = canvas.room.glyphs
    for row in range(plot.height):
        canvas.sign(plot.top + row, plot.left - 1, glyphs.vertical, "dim")
    for row, tick in labels:
        canvas.text(plot.top + row, plot.left - 1 - display_width(tick.text), tick.text, "dim")
        canvas.sign(plot.top + row, plot.left - 1, glyphs.vertical_left, "dim")


def _draw_across(canvas: Canvas, plot: Plot) -> None:
    glyphs = canvas.room.glyphs
    row = plot.top + plot.height
    canvas.text(row, plot.left - 1, glyphs.up_right + glyphs.horizontal * plot.width, "dim")
    title = glyphs.spell(plot.across.axis.title)
    taken = display_width(title) + _LABEL_GAP if title else 0
    labels = _labels_across(canvas, plot, plot.right - taken)
    if len(labels) < _LABEL_GAP and taken:
        labels, title = _labels_across(canvas, plot, plot.right), ""
    for column, start, tick in labels:
        canvas.sign(row, column, glyphs.up_horizontal, "dim")
        canvas.text(row + 1, start, tick.text, "dim")
    canvas.text(row + 1, plot.right - display_width(title), title, "dim")


def _labels_across(canvas: Canvas, plot: Plot, end: int) -> list[tuple[int, int, Tick]]:
    """Return the ticks of the axis across, each with its column and the column where its label starts."""
    for wanted in ticks(plot.across.axis, canvas.room.glyphs):
        labels: list[tuple[int, int, Tick]] = []
        for tick in wanted:
            size = display_width(tick.text)
            column = plot.left + (plot.across.cell(tick.value, plot.width) or 0)
            start = max(0, min(column - (size - 1) // 2, plot.right - size))
            labels.append((column, start, tick))
        spans = [(start, start + display_width(tick.text)) for _, start, tick in labels]
        apart = all(after - done >= _LABEL_GAP for (_, done), (after, _) in pairwise(spans))
        if apart and all(done <= end for _, done in spans):
            return labels
    return []


def _draw_zero_lines(canvas: Canvas, plot: Plot) -> None:
    sign = "." if canvas.room.glyphs.plain else "·"
    row, column = plot.up.cell(0, plot.height), plot.across.cell(0, plot.width)
    if row and not plot.up.axis.log:
        for place in range(0, plot.width, 2):
            canvas.sign(plot.top + plot.height - 1 - row, plot.left + place, sign, "dim")
    if column and not plot.across.axis.log:
        for place in range(plot.height):
            canvas.sign(plot.top + place, plot.left + column, sign, "dim")
