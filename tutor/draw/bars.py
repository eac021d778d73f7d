"""Signed numbers, such as weights or gradients, as bars around zero."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import UNICODE, spelled
from tutor.draw.number import short_number
from tutor.draw.palette import LEVELS, value_level
from tutor.draw.plot.canvas import Canvas
from tutor.draw.width import cut, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.room import Room
    from tutor.draw.text import Line

_NAME_SHARE = 3
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name."""

    name: str
    value: float


def bar_picture(bars: Sequence[Bar], room: Room, *, reach: float | None = None) -> list[Line]:
    """Return each number as a row: its name, a bar to the left of zero or to the right, and the number.

    `reach` is the size that fills the bar, by default that of the largest number; what is larger ends in an arrow.
    Where there is no room for all, the last row says what is left out. A room too narrow for bars shows the numbers.
    """
    canvas = Canvas(room)
    glyphs = room.glyphs
    shown = bars if len(bars) <= canvas.height else bars[: max(0, canvas.height - 1)]
    names = [spelled(bar.name, glyphs) for bar in shown]
    numbers = [short_number(bar.value, glyphs) for bar in shown]
    widest = min(max(map(display_width, names), default=0), canvas.width // _NAME_SHARE)
    half = (canvas.width - widest - max(map(display_width, numbers), default=0) - 3) // 2
    reach = reach if reach is not None and reach > 0 else largest(bars)
    for row, (bar, name, number) in enumerate(zip(shown, names, numbers, strict=True)):
        canvas.text(row, 0, cut(name, widest, ""))
        if half >= _SHORTEST:
            _draw_bar(canvas, (row, widest + 1 + half), half, bar.value, reach)
        canvas.text(row, max(0, canvas.width - display_width(number)), number)
    if len(shown) < len(bars):
        canvas.text(canvas.height - 1, 0, left_out(bars[len(shown) :], glyphs), "dim")
    return canvas.lines()


def largest(bars: Sequence[Bar]) -> float:
    """Return the size of the largest finite number, 1 where all are 0."""
    return max((abs(bar.value) for bar in bars if math.isfinite(bar.value)), default=0) or 1


def left_out(bars: Sequence[Bar], glyphs: Glyphs) -> str:
    """Return in a few words that these are not shown."""
    most = max(bars, key=_size)
    return f"{glyphs.ellipsis} {len(bars)} more, the largest {most.name} = {short_number(most.value, glyphs)}"


def _size(bar: Bar) -> float:
    return -1.0 if math.isnan(bar.value) else abs(bar.value)


def _draw_bar(canvas: Canvas, origin: tuple[int, int], half: int, value: float, reach: float) -> None:
    """Draw the bar of a value from the cell where zero is; `half` columns stand for the reach."""
    row, zero = origin
    part = value / reach
    glyphs = canvas.room.glyphs
    canvas.sign(row, zero, glyphs.vertical, "dim")
    level = value_level(part)
    if level is None or value == 0:
        return
    way = 1 if value > 0 else -1
    role = LEVELS[level][1]
    halves = max(1, min(2 * half, round(2 * half * min(1.0, abs(part)))))
    full, rest = divmod(halves + glyphs.plain * (halves % 2), 2)
    for place in range(1, full + 1):
        canvas.sign(row, zero + way * place, "#" if glyphs.plain else "█", role)
    if rest:
        canvas.sign(row, zero + way * (full + 1), "▌" if value > 0 else "▐", role)
    if abs(part) > 1:
        canvas.sign(row, zero + way * half, ">" if value > 0 else "<", role)


def bar_reading(bars: Sequence[Bar], glyphs: Glyphs = UNICODE) -> str:
    """Return in one sentence which number is the largest in size, and how many have which sign."""
    if not bars:
        return "There are no numbers to show."
    known = [bar for bar in bars if not math.isnan(bar.value)]
    counts = [
        (sum(bar.value > 0 for bar in known), "positive"),
        (sum(bar.value < 0 for bar in known), "negative"),
        (sum(bar.value == 0 for bar in known), "zero"),
        (len(bars) - len(known), "not a number"),
    ]
    told = ", ".join(f"{count} {sign}" for count, sign in counts if count)
    if not known:
        return f"Of {len(bars)} numbers none is known: {told}."
    most = max(known, key=_size)
    return spelled(f"{most.name} is the largest in size, {short_number(most.value, glyphs)}; of all, {told}.", glyphs)
