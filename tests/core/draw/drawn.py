"""What the tests of pictures share: rooms to draw in, and how a drawn picture is read again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII, UNICODE
from tutor.draw.room import Room
from tutor.draw.text import Line, line_width, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKS = {"unicode": (UNICODE, True), "no-braille": (UNICODE, False), "ascii": (ASCII, False)}
SIZES = [(20, 6), (40, 12), (78, 18), (160, 50)]


def room(width: int, height: int, look: str = "ascii") -> Room:
    glyphs, braille = LOOKS[look]
    return Room(width, height, glyphs, braille)


def rooms(least: tuple[int, int] = (0, 0), most: tuple[int, int] = (90, 30)) -> st.SearchStrategy[Room]:
    sizes = st.integers(least[0], most[0]), st.integers(least[1], most[1])
    return st.builds(room, *sizes, st.sampled_from(sorted(LOOKS)))


def texts(lines: Sequence[Line]) -> list[str]:
    return [plain(line) for line in lines]


def assert_fills(lines: Sequence[Line], where: Room) -> None:
    assert len(lines) == where.height
    assert all(line_width(line) == where.width for line in lines), texts(lines)
    if where.glyphs.plain:
        assert all(text.isascii() and text.isprintable() for text in texts(lines)), texts(lines)


def number(text: str) -> float:
    """Read a number as pictures write it."""
    plain_text = text.replace("−", "-")
    raised = re.fullmatch(r"(?:(.+)×)?(-?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", plain_text)
    if raised:
        power = raised[3].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        return float(f"{raised[2]}{raised[1] or 1}e{power}")
    return float(plain_text)


class Plotted:
    """The plot of a picture with axes, found by its axis line; its rows from above, without labels."""

    def __init__(self, lines: Sequence[Line]) -> None:
        rows = texts(lines)
        self.bottom = next(row for row, text in reversed(list(enumerate(rows))) if re.match(r" *[└+][─┴+-]{4,}", text))
        axis = rows[self.bottom]
        self.left = next(place for place, sign in enumerate(axis) if sign in "└+") + 1
        self.right = len(axis.rstrip())
        self.top = self.bottom
        while self.top and rows[self.top - 1][self.left - 1] in "│┤|+":
            self.top -= 1
        self.rows = [text[self.left : self.right] for text in rows[self.top : self.bottom]]
        self.width, self.height = self.right - self.left, len(self.rows)
        self.header = rows[: self.top]
        self.labels_up = {
            row: number(label)
            for row, text in enumerate(rows[self.top : self.bottom])
            if (label := text[: self.left - 1].strip())
        }
        self.label_row = rows[self.bottom + 1][: self.right]
        self.marks = [place - self.left for place in range(self.left, self.right) if axis[place] in "┴+"]
