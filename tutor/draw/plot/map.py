"""A map: a sign for each place, marks on it, and a legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.axes import Axes, draw_axes
from tutor.draw.plot.canvas import Canvas
from tutor.draw.plot.header import Entry, header
from tutor.draw.text import cut_line, line_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.draw.axes import Plot
    from tutor.draw.plot.scale import Axis
    from tutor.draw.room import Room
    from tutor.draw.text import Line, Role

Sign = tuple["str", "Role"]
Ground = list[list[Sign]]

_HEADED, _ROOMY = 5, 10
_LEGEND_BESIDE = 48
_LEGEND_SHARE = 3
_MOST_COVERED = 0.25  # marks on more of the map than this would hide it
_GOLDEN = (math.sqrt(5) - 1) / 2  # its multiples fall evenly everywhere, so an order of the marks does not matter


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at a point; of those in one place the one with the highest rank is seen."""

    x: float
    y: float
    sign: Sign
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Legend:
    """What the signs mean: in a line above the map, or in lines beside it where there is room."""

    above: Sequence[Entry]
    beside: Sequence[Line]


def map_picture(
    room: Room, axes: tuple[Axis, Axis], ground: Callable[[Plot], Ground], marks: Sequence[Mark], legend: Legend
) -> list[Line]:
    """Return the ground with the marks, axes and legend."""
    canvas = Canvas(room)
    beside = legend.beside if room.width >= _LEGEND_BESIDE and room.height >= _ROOMY else ()
    beside = [cut_line(line, room.width // _LEGEND_SHARE, room.glyphs) for line in beside]
    right = max(map(line_width, beside), default=-1) + 1
    top = int(room.height >= _HEADED)
    plot = draw_axes(canvas, Axes(*axes), top, right=right, zero_lines=False)
    for row, signs in enumerate(ground(plot)):
        for column, sign in enumerate(signs):
            canvas.sign(plot.top + row, plot.left + column, *sign)
    shown = _share(marks, plot)
    for mark in sorted(shown, key=lambda mark: mark.rank):
        cell = plot.cell(mark.x, mark.y)
        if cell:
            canvas.sign(*cell, *mark.sign)
    for row, line in enumerate(beside):
        canvas.line(top + row, plot.right + 1, line)
    if top:
        said = [f"{len(shown)} of {len(marks)} points"] if len(shown) < len(marks) else []
        outside = sum(plot.cell(mark.x, mark.y) is None for mark in shown)
        said += [f"{outside} outside"] if outside else []
        canvas.line(0, 0, header(axes[1].title, () if beside else legend.above, ", ".join(said), room))
    return canvas.lines()


def _share(marks: Sequence[Mark], plot: Plot) -> Sequence[Mark]:
    """Return the marks, or an even share of them where they would hide the map."""
    most = max(1, round(plot.width * plot.height * _MOST_COVERED))
    if len(marks) <= most:
        return marks
    return [mark for place, mark in enumerate(marks) if place * _GOLDEN % 1 < most / len(marks)]
