"""A grid of characters, each with its role, that pictures are painted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.draw.glyphs import spelled
from tutor.draw.text import Line, Role, Span, join
from tutor.draw.width import cut, display_width

if TYPE_CHECKING:
    from tutor.draw.room import Room

_WIDE = 2


class Canvas:
    """A picture in the making: exactly as many columns and rows as its room has."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.width = max(0, room.width)
        self.height = max(0, room.height)
        self._cells = [[Span(" ")] * self.width for _ in range(self.height)]

    def sign(self, row: int, column: int, sign: str, role: Role = "plain") -> None:
        """Paint one character of one column; what lies outside is left out."""
        if 0 <= row < self.height and 0 <= column < self.width:
            cells = self._cells[row]
            if not cells[column].text:
                cells[column - 1] = Span(" ")
            elif column + 1 < self.width and not cells[column + 1].text:
                cells[column + 1] = Span(" ")
            cells[column] = Span(sign, role)

    def text(self, row: int, column: int, text: str, role: Role = "plain", most: int | None = None) -> int:
        """Paint text in signs that the room has, cut at the edge or after `most` columns.

        Returns the column after it.
        """
        room = self.width - column if most is None else min(most, self.width - column)
        if not 0 <= row < self.height or column < 0 or room <= 0:
            return column
        glyphs = self.room.glyphs
        for character in cut(spelled(text, glyphs), room, glyphs.ellipsis):
            columns = display_width(character)
            if columns == 0:
                continue  # a mark on its own would be counted differently by terminals
            self.sign(row, column, character, role)
            if columns == _WIDE:
                self.sign(row, column + 1, " ", role)
                self._cells[row][column] = Span(character, role)
                self._cells[row][column + 1] = Span("", role)
            column += columns
        return column

    def line(self, row: int, column: int, line: Line) -> int:
        """Paint styled text; returns the column after it."""
        for span in line:
            column = self.text(row, column, span.text, span.role)
        return column

    def lines(self) -> list[Line]:
        """Return the picture, every line as wide as the canvas."""
        return [join(cells) for cells in self._cells]
