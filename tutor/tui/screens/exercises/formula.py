"""A formula to be found, typed in a line."""

from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.writing import Finding
from tutor.draw.lines import wrapped
from tutor.draw.text import Line, Span, join
from tutor.study.cells import EDITS
from tutor.study.editing import Line as EditedLine
from tutor.study.editing import first_line
from tutor.study.feedback import Feedback
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task
from tutor.tui.widgets.cell_list import typing_field


class FormulaScreen(ExerciseScreen[Finding]):
    """A line to type a formula in."""

    NAME: ClassVar[ScreenName] = "formula"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        text = self._session.draft or (self.exercise.expected if self.exercise.shown else self.exercise.latest)
        self._line = EditedLine(text, len(text))

    async def press(self, event: Key) -> None:
        """Do what a key stands for; type the others."""
        if self.action_for(event) is not None:
            await super().press(event)
        elif event.character and event.is_printable and "+" not in event.key:
            self._line = self._line.insert(event.character)
            self.redraw()

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike."""
        if action.name in EDITS:
            self._line = EDITS[action.name](self._line)
            self.redraw()
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take the first line of a pasted text."""
        self._line = self._line.insert(first_line(text))
        self.redraw()

    async def give(self, text: str) -> None:
        """Give an answer; where it cannot be read, put the caret to the place."""
        reply = self.exercise.judged(text)
        if reply.position is not None:
            self._line = EditedLine(text, max(0, min(reply.position, len(text))))
        await super().give(text)

    async def do_hint(self) -> None:
        """Give a hint."""
        self.feedback = Feedback(await self._session.hint(), "hint", "follow")
        self.redraw()

    def take_over(self) -> None:
        """Show the formula where it was asked for."""
        if self.exercise.shown:
            self._line = EditedLine(self.exercise.expected, len(self.exercise.expected))

    def answer_text(self) -> str:
        """Return what is typed."""
        return self._line.text

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the line, and the names that may be used in it."""
        field = typing_field(self._line, max(1, width - 3), self.terminal.glyphs)
        may_use = f"names: {', '.join(self.exercise.may_use)}" if self.exercise.may_use else ""
        return [join((Span(" > ", "key"), *field)), *wrapped(self.spell(may_use), width, "dim", indented=3)], 0
