"""Lines to be put in order: take one, carry it, put it down."""

from typing import ClassVar

from tutor.course.exercises.base import unlisted
from tutor.course.exercises.ordering import Ordering
from tutor.draw.text import Line, Span, join
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task
from tutor.tui.widgets.options import listed_prose


class OrderScreen(ExerciseScreen[Ordering]):
    """Lines in the order in which the learner has them."""

    NAME: ClassVar[ScreenName] = "order"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._cursor = 0
        self._holding = False
        self._lines = _drafted(self.exercise, self._session.draft) or self.exercise.arrangement

    def take_over(self) -> None:
        """Show the order that was answered."""
        self._lines = self.exercise.arrangement
        self._holding = False

    def answer_text(self) -> str:
        """Return the order as it stands."""
        return self.exercise.text_of(self._lines)

    async def do_up(self) -> None:
        """Go to the line above, or carry a line there."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the line below, or carry a line there."""
        self._move(1)

    async def do_hold(self) -> None:
        """Take the line, or put it down."""
        self._holding = not self._holding
        self.redraw()

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the lines; the one that is held is marked."""
        lines: list[Line] = []
        cursor = 0
        for place, line in enumerate(self._lines):
            chosen = place == self._cursor
            marker = " >>" if chosen and self._holding else " > " if chosen else "   "
            if chosen:
                cursor = len(lines)
            first = join((Span(marker, "key"), Span(f" {place + 1}  ", "dim")))
            drawn = listed_prose(self.exercise.texts[line], first, width, self.terminal.glyphs)
            lines += drawn
        return lines, cursor

    def _move(self, rows: int) -> None:
        there = max(0, min(self._cursor + rows, len(self._lines) - 1))
        if self._holding:
            lines = list(self._lines)
            lines.insert(there, lines.pop(self._cursor))
            self._lines = tuple(lines)
        self._cursor = there
        self.redraw()


def _drafted(exercise: Ordering, draft: str) -> tuple[int, ...]:
    keys = unlisted(draft) or []
    return tuple(exercise.keys.index(key) for key in keys) if sorted(keys) == sorted(exercise.keys) else ()
