"""An exercise that is read from its top, where it does not fit the screen."""

from collections.abc import Sequence
from typing import TypeVar

from tutor.course.exercises.base import Exercise
from tutor.draw.text import Line
from tutor.tui.screens.exercises.base import ExerciseScreen
from tutor.tui.scrolling import clamp

State = TypeVar("State", bound=Exercise)
_ALL = 10_000
"""More rows than anything has."""


class ScrolledScreen(ExerciseScreen[State]):
    """Begins at its question; what is said about an answer comes into sight by itself."""

    _more = False

    async def give(self, text: str) -> None:
        """Give an answer, and show the end, where it is judged."""
        self._first = _ALL
        await super().give(text)

    async def do_up(self) -> None:
        """Scroll up one row."""
        self._scroll(-1)

    async def do_down(self) -> None:
        """Scroll down one row."""
        self._scroll(1)

    def hidden_keys(self) -> frozenset[str]:
        """Hide the key that scrolls down where there is nothing below."""
        return super().hidden_keys() | (frozenset() if self._more else frozenset({"down"}))

    def _scroll(self, rows: int) -> None:
        self._first = max(0, self._first + rows)
        self.redraw()

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        lines, _ = self.draw_all(width)
        self._first = clamp(self._first, height, len(lines))
        self._more = self._first + height < len(lines)
        return lines[self._first : self._first + height]
