"""Curves: losses over the steps, runs side by side, a function with its tangent and the steps down it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.draw.axes import Axes, Axis, Plot, axis_over, draw_axes, steady_axis
from tutor.draw.plot.canvas import Canvas
from tutor.draw.plot.header import Entry, centred, header
from tutor.draw.plot.pens import Pen, characters, pens, sample, trace
from tutor.draw.plot.thin import thinned
from tutor.draw.trail import Unseen, draw_trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tutor.draw.plot.pens import Point
    from tutor.draw.room import Room
    from tutor.draw.text import Line, Role
    from tutor.draw.trail import Trail

MOST_SERIES = 3
_ROLES: tuple[Role, ...] = ("first", "second", "third")
_HEADED = 5
_TURN = 2


@dataclass(frozen=True, slots=True)
class Series:
    """A named line through points: `values` up, `places` across; without places they are counted from 0.

    nan is a gap in the line, an infinite value an arrow at the edge.
    """

    name: str
    values: Sequence[float]
    places: Sequence[float] | None = None

    @property
    def points(self) -> tuple[list[float], list[float]]:
        """The coordinates across and up, as many of both."""
        up = list(map(float, self.values))
        across = list(map(float, range(len(up)) if self.places is None else self.places))
        count = min(len(up), len(across))
        return across[:count], up[:count]


def curve_axes(
    series: Sequence[Series],
    titles: tuple[str, str] = ("", ""),
    *,
    before: Axes | None = None,
    log: bool | None = None,
    trail: Trail | None = None,
) -> Axes:
    """Return axes that hold the lines, and the steps on them.

    `titles` name what goes across and up. With the axes of the picture `before` this one they stay the same as long as
    that serves, so that little of the picture changes. `log` is as for `axis_over`, of the axis up.
    """
    points = [line.points for line in series]
    visited = trail.points if trail else ()
    across = [*(x for xs, _ in points for x in xs), *(x for x, _ in visited)]
    up = [*(y for _, ys in points for y in ys), *(y for _, y in visited)]
    finite = [x for x in across if math.isfinite(x)] or [0.0, 1.0]
    counted = all(line.places is None for line in series)
    wide = Axis(min(finite), max(finite), titles[0], whole=counted and not trail)
    tall = axis_over(up, titles[1], log=log)
    if before is None:
        return Axes(wide, tall)
    return Axes(steady_axis(wide, before.x), steady_axis(tall, before.y))


def curve_picture(
    series: Sequence[Series],
    room: Room,
    *,
    axes: Axes | None = None,
    trail: Trail | None = None,
    sight: float | None = None,
) -> list[Line]:
    """Return the first three series as lines over each other, with axes, and a legend where there are several.

    The `trail` holds the points (x, y) that a descent visited; they are marked with the numbers of their steps. With
    `sight` the picture is in fog: only what is no further than that from a visited x is seen of the lines.
    """
    canvas = Canvas(room)
    shown = series[:MOST_SERIES]
    visited = [x for x, _ in trail.points] if trail else []
    axes = axes or curve_axes(shown, trail=trail)
    top = int(room.height >= _HEADED)
    plot = draw_axes(canvas, axes, top)
    lines = [line.points for line in shown]
    kept = [[(xs[place], ys[place]) for place in thinned(ys, 2 * plot.width)] for xs, ys in lines]
    strokes = [
        _stroke(plot, [plot.point(x, y) if _seen(x, visited, sight) else None for x, y in points], pen)
        for points, pen in zip(kept, pens(room), strict=False)
    ]
    _draw_strokes(canvas, plot, strokes)
    for points in kept:
        _draw_arrows(canvas, plot, points)
    unseen = draw_trail(canvas, plot, trail) if trail else Unseen()
    if not trail and not any(math.isfinite(y) for _, ys in lines for y in ys):
        canvas.line(plot.top + plot.height // 2, plot.left, centred("nothing to draw yet", room, plot.width))
    if top:
        canvas.line(0, 0, header(_title(axes.y), _legend(shown, room), unseen.note(room.glyphs), room))
    return canvas.lines()


def _title(axis: Axis) -> str:
    return f"{axis.title}, log scale".removeprefix(", ") if axis.log else axis.title


def _legend(series: Sequence[Series], room: Room) -> list[Entry]:
    if len(series) == 1:
        return []
    known = zip(series, pens(room), _ROLES, strict=False)
    return [Entry(sample(pen), line.name, role) for line, pen, role in known]


def _seen(x: float, visited: Sequence[float], sight: float | None) -> bool:
    return sight is None or any(abs(x - near) <= sight for near in visited)


def _stroke(plot: Plot, points: Sequence[Point | None], pen: Pen) -> dict[tuple[int, int], str]:
    """Return the characters of a line by their rows and columns inside the plot."""
    return dict(characters(pen, trace(points, plot.width * pen.across, plot.height * pen.down)))


def _draw_strokes(canvas: Canvas, plot: Plot, strokes: Sequence[dict[tuple[int, int], str]]) -> None:
    """Draw the lines; where some run through the same characters, they take turns, so that each can be seen."""
    for row, column in {cell: None for stroke in strokes for cell in stroke}:
        here = [place for place, stroke in enumerate(strokes) if (row, column) in stroke]
        turn = here[column // _TURN % len(here)]
        canvas.sign(plot.top + row, plot.left + column, strokes[turn][row, column], _ROLES[turn])


def _draw_arrows(canvas: Canvas, plot: Plot, points: Iterable[tuple[float, float]]) -> None:
    """Draw an arrow at the edge where the values become infinite."""
    glyphs = canvas.room.glyphs
    for (_, before), (x, y) in pairwise([(0.0, 0.0), *points]):
        if not math.isinf(y) or y == before:
            continue
        column = plot.across.cell(x, plot.width)
        if column is not None:
            row, sign = (0, glyphs.arrow_up) if y > 0 else (plot.height - 1, glyphs.arrow_down)
            canvas.sign(plot.top + row, plot.left + column, sign, "wrong")
