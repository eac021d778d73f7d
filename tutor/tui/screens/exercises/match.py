"""Pairs to be found: each line on the left gets the number of one on the right."""

from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.base import unlisted
from tutor.course.exercises.matching import NOTHING, Matching
from tutor.draw.lines import indent
from tutor.draw.text import Line, Span, join, line_width
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task
from tutor.tui.widgets.options import listed_prose

_HALVES = 60
"""Columns from which on both sides stand beside each other."""


class MatchScreen(ExerciseScreen[Matching]):
    """Left sides with a cursor, and the numbered right sides."""

    NAME: ClassVar[ScreenName] = "match"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._cursor = 0
        draft = unlisted(self._session.draft) or []
        self._put = tuple(draft) if len(draft) == len(self.exercise.lefts) else self.exercise.put

    async def press(self, event: Key) -> None:
        """Put a right side to the line of the cursor by its number; else do what a key stands for."""
        offered = self.exercise.offered
        if event.key.isdigit() and 1 <= int(event.key) <= len(offered):
            self._choose(offered[int(event.key) - 1][0])
            self._cursor = min(self._cursor + 1, len(self._put) - 1)
            self.redraw()
            return
        await super().press(event)

    async def do_pick(self) -> None:
        """Put a right side to the line: the digits are dealt with where they arrive."""

    async def do_up(self) -> None:
        """Go to the line above."""
        self._cursor = max(0, self._cursor - 1)
        self.redraw()

    async def do_down(self) -> None:
        """Go to the line below."""
        self._cursor = min(len(self._put) - 1, self._cursor + 1)
        self.redraw()

    async def do_turn_down(self) -> None:
        """Put the right side before this one."""
        self._turn(-1)

    async def do_turn_up(self) -> None:
        """Put the next right side."""
        self._turn(1)

    def take_over(self) -> None:
        """Show the pairs that were answered."""
        self._put = self.exercise.put

    def answer_text(self) -> str:
        """Return the pairs as they stand."""
        return self.exercise.text_of(self._put)

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the left sides with the numbers put to them, and the right sides beside or below them."""
        glyphs = self.terminal.glyphs
        half = (width - 3) // 2 if width >= _HALVES else width
        lefts: list[Line] = []
        cursor = 0
        numbers = {key: str(place + 1) for place, (key, _) in enumerate(self.exercise.offered)}
        for place, text in enumerate(self.exercise.lefts):
            chosen = place == self._cursor
            if chosen:
                cursor = len(lefts)
            number = numbers.get(self._put[place], "_")
            first = join((Span(" > " if chosen else "   ", "key"), Span(f"[{number}] ", "strong")))
            lefts += listed_prose(text, first, half, glyphs)
        rights: list[Line] = []
        for place, (_, text) in enumerate(self.exercise.offered):
            rights += listed_prose(text, join((Span(f" {place + 1}  ", "key"),)), half, glyphs)
        if width < _HALVES:
            return [*lefts, (), *rights], cursor
        return _beside(lefts, rights, half, glyphs.vertical), cursor

    def _choose(self, key: str) -> None:
        self._put = (*self._put[: self._cursor], key, *self._put[self._cursor + 1 :])

    def _turn(self, steps: int) -> None:
        keys = [NOTHING, *(key for key, _ in self.exercise.offered)]
        now = self._put[self._cursor]
        self._choose(keys[(keys.index(now) + steps) % len(keys)])
        self.redraw()


def _beside(lefts: list[Line], rights: list[Line], width: int, between: str) -> list[Line]:
    rows = max(len(lefts), len(rights))
    padded = [[*lines, *[()] * (rows - len(lines))] for lines in (lefts, rights)]
    return [
        join((*left, *indent(join((Span(between, "dim"), *right)), max(0, width - line_width(left)) + 1)))
        for left, right in zip(*padded, strict=True)
    ]
