"""A surface seen from above: levels by signs, and the steps of a descent on it."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from tutor.draw.axes import Axes, draw_axes
from tutor.draw.glyphs import spelled
from tutor.draw.plot.canvas import Canvas
from tutor.draw.plot.header import Entry, header
from tutor.draw.plot.levels import UNDEFINED, level_bounds, level_entries, level_rows, level_signs
from tutor.draw.text import Span, cut_line, line_width
from tutor.draw.trail import draw_trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.axes import Plot
    from tutor.draw.grid import Grid
    from tutor.draw.room import Room
    from tutor.draw.text import Line
    from tutor.draw.trail import Trail

LOWEST = "X"
_HEADED, _ROOMY = 5, 10
_LEGEND_BESIDE = 48
_LEGEND_ROWS = 2


def surface_picture(
    surface: Grid, room: Room, *, trail: Trail | None = None, lowest: tuple[float, float] | None = None
) -> list[Line]:
    """Return the surface as levels, with axes, a legend of the levels, and the steps of the trail by their numbers.

    `lowest` is the point of the minimum, which is marked by an X unless a step stands there.
    """
    glyphs = room.glyphs
    bounds = level_bounds([float(value) for row in surface.values for value in row], len(level_signs(glyphs)) - 1)
    beside, above = _legends(surface, bounds, room)
    canvas = Canvas(room)
    roomy = room.height >= _ROOMY
    top = int(room.height >= _HEADED) + (len(above) if roomy else 0)
    plot = draw_axes(canvas, Axes(surface.x, surface.y), top, right=_width(beside), zero_lines=False)
    _draw_levels(canvas, plot, surface, bounds)
    cell = plot.cell(*lowest) if lowest else None
    if cell:
        canvas.sign(*cell, LOWEST, "lowest")
    note = draw_trail(canvas, plot, trail, clearing=True).note(glyphs) if trail else ""
    for row, line in enumerate(beside):
        canvas.line(top + row, plot.right + 1, line)
    for row, line in enumerate(above if roomy else []):
        canvas.line(1 + row, 0, line)
    if top:
        marks = [Entry(LOWEST, "minimum", "lowest")] if cell else []
        canvas.line(0, 0, above[0] if above and not roomy and not note else header(surface.y.title, marks, note, room))
    return canvas.lines()


def _legends(surface: Grid, bounds: Sequence[float], room: Room) -> tuple[list[Line], list[Line]]:
    """Return what each level means: as lines beside the plot where there is room, else as lines above it."""
    entries = level_entries(bounds, room.glyphs)
    title = spelled(surface.title, room.glyphs)
    roomy = room.height >= _ROOMY
    if not (roomy and entries and room.width >= _LEGEND_BESIDE):
        lead: Line = (Span(f"{title} from", "strong"),) if title else (Span("from"),)
        return [], level_rows(lead if roomy else (), entries, room.width, _LEGEND_ROWS if roomy else 1, room.glyphs)
    lines: list[Line] = [(sign, Span(" from"), number) for sign, number in reversed(entries)]
    lines += [(Span("  below"), entries[0][1])]
    headed: list[Line] = [cut_line((Span(title, "strong"),), _width(lines) - 1, room.glyphs)] if title else []
    return [*headed, *lines], []


def _width(lines: Sequence[Line]) -> int:
    return max(map(line_width, lines), default=-1) + 1


def _draw_levels(canvas: Canvas, plot: Plot, surface: Grid, bounds: Sequence[float]) -> None:
    signs = level_signs(canvas.room.glyphs)
    for row, values in enumerate(surface.over(plot)):
        for column, value in enumerate(values):
            sign = UNDEFINED if math.isnan(value) else signs[bisect_right(bounds, value)]
            canvas.sign(plot.top + row, plot.left + column, sign, "contour")
