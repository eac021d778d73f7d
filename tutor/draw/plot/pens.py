"""How lines are drawn: dots finer than a character, gathered into the characters that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tutor.draw.room import Room

Point = tuple[float, float]
"""A place on a plot: across from 0, the left edge, to 1, and up from 0, the lower edge, to 1."""
Dot = tuple[int, int]
"""A dot: its column and its row, counted from the upper left."""

# The bits of a braille character, by row and column of its dots.
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE_START = 0x2800

# Upper, middle and lower third of a character are 1, 2 and 4.
_THIRDS_ASCII = " '-'_:.|"
_THIRDS_UNICODE = " ▔─╵▁│╷│"


def _braille(bits: int) -> str:
    return chr(_BRAILLE_START + bits)


@dataclass(frozen=True, slots=True)
class Pen:
    """A kind of line: how many dots a character has across and down, and what each set of dots looks like.

    Of `period` dots along the line, the first `drawn` ones are drawn.
    """

    across: int
    down: int
    sign: Callable[[int], str]
    drawn: int = 1
    period: int = 1

    def bit(self, dot: Dot) -> int:
        """Return the bit that stands for a dot within its character."""
        column, row = dot[0] % self.across, dot[1] % self.down
        return _BRAILLE[row][column] if self.across > 1 else 1 << row


SOLID, DASHED, DOTTED = Pen(2, 4, _braille), Pen(2, 4, _braille, 4, 8), Pen(2, 4, _braille, 1, 4)
THIRDS = {True: Pen(1, 3, _THIRDS_ASCII.__getitem__), False: Pen(1, 3, _THIRDS_UNICODE.__getitem__)}


def _stamp(sign: str) -> Pen:
    return Pen(1, 1, lambda _: sign)


def pens(room: Room) -> tuple[Pen, Pen, Pen]:
    """Return the pens for the first three lines of a picture, which can be told apart without colour."""
    if room.fine:
        return SOLID, DASHED, DOTTED
    return THIRDS[room.glyphs.plain], _stamp("x"), _stamp("+")


def sample(pen: Pen) -> str:
    """Return a short piece of a level line drawn with the pen."""
    width = 5 if pen.drawn > 1 else 3  # a dash, a gap and a dash; or three signs, or two dots and a gap
    dots = [(dot, pen.down // 2) for dot in range(width * pen.across)]
    signs = {column: sign for (_, column), sign in characters(pen, dots)}
    return "".join(signs.get(column, " ") for column in range(width))


def characters(pen: Pen, dots: Iterable[Dot]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the row and the column of each character that the dots of a line make, and the character."""
    bits: dict[tuple[int, int], int] = {}
    for place, dot in enumerate(dots):
        if place % pen.period < pen.drawn:
            cell = dot[1] // pen.down, dot[0] // pen.across
            bits[cell] = bits.get(cell, 0) | pen.bit(dot)
    for cell, together in bits.items():
        yield cell, pen.sign(together)


def trace(points: Sequence[Point | None], columns: int, rows: int) -> Iterator[Dot]:
    """Yield the dots of the line through the points, in order, on a grid of columns and rows of dots.

    None breaks the line. What lies outside of the plot is left out.
    """
    before: Point | None = None
    last: Dot | None = None
    for place, point in enumerate(points):
        if point is None:
            before = None
            continue
        alone = before is None and (place + 1 == len(points) or points[place + 1] is None)
        ends = _clipped(before or point, point) if before or alone else None
        if ends is not None:
            for dot in _dots(*(_dot(end, columns, rows) for end in ends)):
                if dot != last:
                    yield dot
                last = dot
        before = point


def _dot(point: Point, columns: int, rows: int) -> Dot:
    column, row = min(columns - 1, int(point[0] * columns)), min(rows - 1, int(point[1] * rows))
    return column, rows - 1 - row


def _dots(start: Dot, end: Dot) -> Iterator[Dot]:
    (column, row), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    count = max(abs(across), abs(down))
    for place in range(count + 1):
        yield (
            column + (2 * across * place + count) // (2 * count or 1),
            row + (2 * down * place + count) // (2 * count or 1),
        )


def _clipped(start: Point, end: Point) -> tuple[Point, Point] | None:
    """Return the part of the segment that lies within the plot (Liang and Barsky's way), None where no part does."""
    if 0 <= start[0] <= 1 and 0 <= start[1] <= 1 and 0 <= end[0] <= 1 and 0 <= end[1] <= 1:
        return start, end
    enters, leaves = 0.0, 1.0
    for origin, move in zip(start, (end[0] - start[0], end[1] - start[1]), strict=True):
        if not move:
            if not 0 <= origin <= 1:
                return None
            continue
        near, far = sorted((-origin / move, (1 - origin) / move))
        enters, leaves = max(enters, near), min(leaves, far)
    if enters > leaves:
        return None
    return _between(start, end, enters), _between(start, end, leaves)


def _between(start: Point, end: Point, part: float) -> Point:
    across, up = (one + (other - one) * part for one, other in zip(start, end, strict=True))
    return max(0.0, min(1.0, across)), max(0.0, min(1.0, up))
