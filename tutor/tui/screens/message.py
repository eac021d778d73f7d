"""A page of plain text: what went wrong and what to do, or something too long for where it was asked for."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.widget import Widget

from tutor.draw.lines import wrapped
from tutor.draw.text import Line, plain
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.pages.text import text_of_lines
from tutor.tui.screens.base import TutorScreen
from tutor.tui.scrolling import clamp


class ReadingScreen(TutorScreen):
    """A screen with text to scroll through."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(terminal)
        self._first = 0
        self._count = 0

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the text."""
        yield self.rows(self._draw_body, "body")

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the whole text for a width."""
        raise NotImplementedError

    def hidden_keys(self) -> frozenset[str]:
        """Hide the key that scrolls down where there is nothing below."""
        return frozenset() if self.more_below else frozenset({"page down", "read on"})

    async def do_up(self) -> None:
        """Scroll up one row."""
        self._scroll(-1)

    async def do_down(self) -> None:
        """Scroll down one row."""
        self._scroll(1)

    async def do_page_up(self) -> None:
        """Scroll up by a screen."""
        self._scroll(-self._height)

    async def do_page_down(self) -> None:
        """Scroll down by a screen."""
        self._scroll(self._height)

    async def do_back(self) -> None:
        """Close this page."""
        await self.leave()

    @property
    def more_below(self) -> bool:
        """Whether there is text below what is shown."""
        return self._first + self._height < self._count

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 2)

    def begin_at(self, row: int) -> None:
        """Show a row first when the text is drawn next, or as many rows as there are from it on."""
        self._first = row

    def page_text(self) -> str:
        """Return the title and the whole text, also what is out of sight."""
        width, height = self.size
        return text_of_lines([*self.draw_title(width, height), *self.draw_text(width)])

    def words_here(self) -> str:
        """Return the whole text, also what is out of sight."""
        return " ".join(plain(line) for line in self.draw_text(self.size.width))

    def _scroll(self, rows: int) -> None:
        self._first += rows
        self.redraw()

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        lines = self.draw_text(width)
        self._count = len(lines)
        self._first = clamp(self._first, height, len(lines))
        return lines[self._first : self._first + height]


class LinesScreen(ReadingScreen):
    """A title and lines that a function draws for a width."""

    NAME: ClassVar[ScreenName] = "message"

    def __init__(self, terminal: Terminal, title: str, draw: Callable[[int], Sequence[Line]]) -> None:
        super().__init__(terminal)
        self._title = title
        self._draw = draw

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the title."""
        del height
        return self.title_line(self._title, "", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the lines, with a blank row above them."""
        return [(), *self._draw(width)]


class MessageScreen(LinesScreen):
    """A title and a text: what went wrong, and what to do."""

    def __init__(self, terminal: Terminal, title: str, text: str, status: int = 0) -> None:
        """Show a text below a title; status is the exit status if gdtutor is left from here."""
        spelled = terminal.glyphs.spell(text)
        super().__init__(terminal, title, lambda width: wrapped(spelled, width - 1, indented=1))
        self._status = status

    async def do_back(self) -> None:
        """Close this page."""
        await self.leave(self._status)
