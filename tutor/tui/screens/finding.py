"""A list that is typed into: what is typed narrows it, Enter opens the row that the cursor is on."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.events import Key
from textual.widget import Widget

from tutor.draw.lines import spread, text_line, wrapped
from tutor.draw.text import Line, Span, join
from tutor.study.cells import EDITS
from tutor.study.editing import Line as EditedLine
from tutor.study.editing import first_line
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import Action
from tutor.tui.screens.base import TutorScreen
from tutor.tui.scrolling import keep_in_sight
from tutor.tui.widgets.cell_list import typing_field

_ROWS_WITH_TEXT = 16
"""Rows from which on there is room for what stands behind the chosen row."""
_TEXT_ROWS = 2


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the list: what it is called, what is said about it, what stands behind it, what opening it does."""

    label: str
    note: str
    text: Callable[[], str]
    open: Callable[[], Awaitable[None]]


class FindScreen(TutorScreen):
    """A line to type in, and below it the rows that fit what is typed."""

    PROMPT = "Find"

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(terminal)
        self._line = EditedLine()
        self._cursor = 0
        self._first = 0
        self._found: Sequence[FoundRow] = ()

    def find(self, text: str) -> Sequence[FoundRow]:
        """Return the rows for what is typed, the best one first."""
        raise NotImplementedError

    def nothing(self, text: str) -> str:
        """Return what is said where there is no row."""
        raise NotImplementedError

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the line and the list in one part."""
        yield self.rows(self._draw_body, "body")

    @property
    def typed(self) -> str:
        """What is typed."""
        return self._line.text

    async def press(self, event: Key) -> None:
        """Do what a key stands for; type the others."""
        if self.action_for(event) is not None:
            await super().press(event)
        elif event.character and event.is_printable and "+" not in event.key:
            self._type(self._line.insert(event.character))

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike."""
        if action.name in EDITS:
            self._type(EDITS[action.name](self._line))
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take the first line of a pasted text."""
        self._type(self._line.insert(first_line(text)))

    async def do_open(self) -> None:
        """Open what the cursor is on."""
        if self._found:
            await self._found[self._cursor].open()

    async def do_up(self) -> None:
        """Go to the row above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the row below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Go up by a screen."""
        self._move(-self._list_height(self.size.height - 2))

    async def do_page_down(self) -> None:
        """Go down by a screen."""
        self._move(self._list_height(self.size.height - 2))

    async def do_back(self) -> None:
        """Go back."""
        await self.leave()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    def look_again(self) -> None:
        """Find the rows anew; the cursor goes to the first one."""
        self._found = self.find(self._line.text)
        self._cursor = self._first = 0
        self.redraw()

    def _type(self, line: EditedLine) -> None:
        changed = line.text != self._line.text
        self._line = line
        if changed:
            self.look_again()
        else:
            self.redraw()

    def _move(self, rows: int) -> None:
        self._cursor = max(0, min(self._cursor + rows, len(self._found) - 1))
        self.redraw()

    def _list_height(self, height: int) -> int:
        """Return the rows of the list, below the line and above what stands behind the chosen row."""
        return max(1, height - 2 - (_TEXT_ROWS + 1 if height >= _ROWS_WITH_TEXT else 0))

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        prompt = Span(f" {self.PROMPT} ", "dim")
        field = typing_field(self._line, max(1, width - len(self.PROMPT) - 4), self.terminal.glyphs)
        room = self._list_height(height)
        rows = self._draw_rows(width, room) or wrapped(self.spell(self.nothing(self._line.text)), width - 1, indented=1)
        text = self._draw_text(width) if height >= _ROWS_WITH_TEXT else []
        return [join((prompt, *field)), (), *rows, *[()] * (room - len(rows)), *text]

    def _draw_rows(self, width: int, height: int) -> list[Line]:
        self._first = keep_in_sight(self._first, self._cursor, height, len(self._found))
        shown = range(self._first, min(self._first + height, len(self._found)))
        return [self._row(self._found[place], width, chosen=place == self._cursor) for place in shown]

    def _row(self, row: FoundRow, width: int, *, chosen: bool) -> Line:
        glyphs = self.terminal.glyphs
        label = (Span("> " if chosen else "  ", "key"), Span(self.spell(row.label), "strong" if chosen else "plain"))
        return spread(label, text_line(self.spell(row.note), "dim"), width, glyphs)

    def _draw_text(self, width: int) -> list[Line]:
        if not self._found:
            return []
        lines = wrapped(self.spell(self._found[self._cursor].text()), width - 1, "dim", indented=1)
        return [(), *lines[:_TEXT_ROWS]]
