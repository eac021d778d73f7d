"""The cells of a worksheet, one a row: phase, name, answer, mark; and the line that an answer is typed in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import Glyphs
from tutor.draw.text import Line, Role, Span, join
from tutor.draw.width import display_width, fit
from tutor.study.cells import Cells
from tutor.study.editing import Line as EditedLine
from tutor.study.editing import window
from tutor.study.feedback import MARKS
from tutor.tui.harmless import one_column_each
from tutor.tui.scrolling import keep_in_sight

if TYPE_CHECKING:
    from tutor.mathematics.worksheet import Entry

_UNCHECKED: tuple[str, Role] = ("unchecked", "dim")
_MARK_WIDTH = max(len(mark) for mark, _ in (*MARKS.values(), _UNCHECKED))
_PHASES_NEED = 44
"""Columns from which on there is room for the phases."""
_LONGEST_LABEL = 16
_SHORTEST_ANSWER, _LONGEST_ANSWER = 4, 36


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide each part of a row is."""

    phase: int
    label: int
    answer: int


class CellList:
    """Draws cells; it keeps the first row that it showed, so that the list moves as little as possible."""

    def __init__(self, cells: Cells, glyphs: Glyphs) -> None:
        self._cells = cells
        self._glyphs = glyphs
        self._first = 0

    def draw(self, width: int, height: int) -> list[Line]:
        """Return the rows in sight in so many columns and rows."""
        entries = self._cells.entries
        columns = self._columns(width)
        self._first = keep_in_sight(self._first, self._cells.place, height, len(entries))
        rows: list[Line] = []
        phase = ""
        for place in range(self._first, min(self._first + height, len(entries))):
            heading = "" if entries[place].phase == phase else entries[place].phase
            phase = entries[place].phase
            rows.append(self._row(place, heading, columns))
        return rows

    def _columns(self, width: int) -> _Columns:
        phase = max(len(entry.phase) for entry in self._cells.entries) + 1 if width >= _PHASES_NEED else 0
        labels = (self._glyphs.spell(entry.label) for entry in self._cells.entries)
        label = min(max(map(display_width, labels), default=0), _LONGEST_LABEL)
        answer = width - phase - label - _MARK_WIDTH - 6
        return _Columns(phase, label, max(_SHORTEST_ANSWER, min(answer, _LONGEST_ANSWER)))

    def _row(self, place: int, heading: str, columns: _Columns) -> Line:
        entry = self._cells.entries[place]
        chosen = place == self._cells.place
        label = fit(self._glyphs.spell(entry.label), columns.label, self._glyphs.ellipsis)
        return join(
            (
                Span(" " + fit(heading, columns.phase)) if columns.phase else Span(""),
                Span("> ", "key") if chosen else Span("  "),
                Span(label + "  ", "strong" if chosen else "plain"),
                *self._answer(entry, columns.answer, chosen=chosen),
                Span(" "),
                Span(*self._mark(entry, chosen=chosen)),
            )
        )

    def _answer(self, entry: "Entry", width: int, *, chosen: bool) -> tuple[Span, ...]:
        if chosen:
            return typing_field(self._cells.line, width, self._glyphs)
        text = self._cells.typed.get(entry.cell, entry.text)
        return (Span(fit(self._glyphs.spell(text), width, self._glyphs.ellipsis)),)

    def _mark(self, entry: "Entry", *, chosen: bool) -> tuple[str, Role]:
        if chosen and self._cells.changed:
            return ("", "plain")
        return _UNCHECKED if entry.cell in self._cells.typed else MARKS[entry.state]


def typing_field(line: EditedLine, width: int, glyphs: Glyphs) -> tuple[Span, ...]:
    """Return a line being typed in a field of so many columns; the caret behind the text is a low line."""
    seen = window(line, width)
    text = one_column_each(seen.text, plain=glyphs.plain)
    before, under, after = text[: seen.caret], text[seen.caret : seen.caret + 1], text[seen.caret + 1 :]
    padding = " " * (width - len(before) - 1 - len(after))
    return (Span(before), Span(under or "_", "cursor"), Span(after + padding))
