"""The table of one step, every cell with its rule and its numbers; the same cells can be worked by hand."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from tutor.draw.lines import wrapped
from tutor.draw.text import Line, Role
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.message import ReadingScreen
from tutor.tui.scrolling import clamp


class HandScreen(ReadingScreen):
    """Lines of a derivation to scroll through."""

    NAME: ClassVar[ScreenName] = "hand"

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        notes: Sequence[str],
        lines: Sequence[str],
        work: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Show notes and the lines of a derivation; work, where there is any, opens its cells as a blank sheet."""
        super().__init__(terminal)
        self._title = title
        self._notes = tuple(notes)
        self._lines = tuple(lines)
        self._work = work
        self._wrapped: list[Line] = []
        self._wrapped_for = (0, 0)

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw which step this is."""
        del height
        return self.title_line(self._title, "", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the notes and the lines; what has no indent is a heading."""
        return [*self._wrapped_notes(width), *(row for line in self._lines for row in self._wrap(line, width))]

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        """Draw the rows in sight; lines below them are wrapped when they are needed, for there may be thousands."""
        known_width, taken = self._wrapped_for
        if known_width != width:
            self._wrapped, taken = self._wrapped_notes(width), 0
        while taken < len(self._lines) and len(self._wrapped) <= self._first + height:
            self._wrapped += self._wrap(self._lines[taken], width)
            taken += 1
        self._wrapped_for = width, taken
        self._count = len(self._wrapped)
        self._first = clamp(self._first, height, self._count)
        return self._wrapped[self._first : self._first + height]

    def _wrapped_notes(self, width: int) -> list[Line]:
        return [row for note in self._notes for row in wrapped(self.spell(note), width - 1, "dim", indented=1)]

    def _wrap(self, line: str, width: int) -> list[Line]:
        depth = len(line) - len(line.lstrip())
        role: Role = "plain" if depth else "heading"
        text = self.spell(line.strip())
        return wrapped(text, width - 1, role, indented=1 + depth) if text else [()]

    async def do_work(self) -> None:
        """Work the same cells by hand, where that is offered; else close the page."""
        await (self._work() if self._work else self.leave())

    def missing_actions(self) -> frozenset[str]:
        """Return the way to the worksheet where that is not offered."""
        return frozenset() if self._work else frozenset({"work"})
