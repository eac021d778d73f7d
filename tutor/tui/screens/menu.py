"""A list of things to open, with a cursor on one of them."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.widget import Widget

from tutor.draw.lines import text_line
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width, fit
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.base import TutorScreen
from tutor.tui.scrolling import keep_in_sight

_EDGES = 6
"""Columns before a label, and between it and its note."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the list: what it is called, what is said about it, and what opening it does."""

    label: str
    note: str
    open: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    heading: str
    choices: tuple[Choice, ...]


class MenuScreen(TutorScreen):
    """Groups of choices; Enter opens the one that the cursor is on."""

    NAME: ClassVar[ScreenName] = "menu"
    NOTES_STAY: ClassVar[bool] = False
    """Whether the labels give way where there is no room for both."""

    def __init__(self, terminal: Terminal, title: str, groups: Sequence[Group]) -> None:
        super().__init__(terminal)
        self._title = title
        self._cursor = 0
        self._first = 0
        self.take_groups(groups)

    def take_groups(self, groups: Sequence[Group]) -> None:
        """Show these choices; the cursor stays in its row."""
        self._groups = tuple(groups)
        self._choices = tuple(choice for group in groups for choice in group.choices)
        self._cursor = min(self._cursor, len(self._choices) - 1)

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the list."""
        yield self.rows(self._draw_body, "body")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is chosen from."""
        del height
        return self.title_line(self._title, "", width)

    def draw_above(self, width: int, height: int) -> list[Line]:
        """Draw what stands above the list; height is how many rows the list leaves free, if any."""
        del width, height
        return []

    async def do_open(self) -> None:
        """Open what the cursor is on."""
        await self._choices[self._cursor].open()

    async def do_up(self) -> None:
        """Go to the row above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the row below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Go up by a screen."""
        self._move(-self._list_height)

    async def do_page_down(self) -> None:
        """Go down by a screen."""
        self._move(self._list_height)

    async def do_back(self) -> None:
        """Go back."""
        await self.leave()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    @property
    def _list_height(self) -> int:
        return max(1, self.size.height - 2)

    def _move(self, rows: int) -> None:
        self._cursor = max(0, min(self._cursor + rows, len(self._choices) - 1))
        self.redraw()

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        lines = self.draw_above(width, height - len(self._choices) - 2 * len(self._groups))
        chosen = place = 0
        labels = self._label_width(width)
        for group in self._groups:
            lines += [(), text_line(f" {self.spell(group.heading)}", "heading")]
            for choice in group.choices:
                if place == self._cursor:
                    chosen = len(lines)
                lines.append(self._row(choice, labels, chosen=place == self._cursor))
                place += 1
        self._first = 0 if chosen < height else keep_in_sight(self._first, chosen, height, len(lines))
        return lines[self._first : self._first + height]

    def _label_width(self, width: int) -> int:
        labels = max(display_width(self.spell(choice.label)) for choice in self._choices)
        notes = max(display_width(self.spell(choice.note)) for choice in self._choices)
        return min(labels, max(1, width - notes - _EDGES)) if self.NOTES_STAY else labels

    def _row(self, choice: Choice, width: int, *, chosen: bool) -> Line:
        label = fit(self.spell(choice.label), width, self.terminal.glyphs.ellipsis)
        marker = Span(" > ", "key") if chosen else Span("   ")
        return join(
            (marker, Span(label, "strong" if chosen else "plain"), Span(f"   {self.spell(choice.note)}", "dim"))
        )
