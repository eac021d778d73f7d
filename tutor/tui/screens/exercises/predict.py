"""A prediction: options first, then the run that tells which one was right."""

from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.choosing import Choosing
from tutor.course.figures import Draw
from tutor.draw.text import Line, Span, join
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task
from tutor.tui.widgets.options import draw_options, listed_prose


class PredictScreen(ExerciseScreen[Choosing]):
    """Options to choose from; once the right one is found, the run below them."""

    NAME: ClassVar[ScreenName] = "predict"

    def __init__(self, task: Task, draw_run: Draw) -> None:
        """Show a prediction; draw_run draws its run."""
        super().__init__(task)
        self._draw_run = draw_run
        self._picked = self.exercise.chosen

    async def press(self, event: Key) -> None:
        """Pick an option by its number; else do what a key stands for."""
        if not self.exercise.done and event.key.isdigit() and 1 <= int(event.key) <= len(self.exercise.options):
            self._picked = frozenset({int(event.key) - 1})
            self.redraw()
            return
        await super().press(event)

    async def do_pick(self) -> None:
        """Pick an option: the digits are dealt with where they arrive."""

    def take_over(self) -> None:
        """Pick what was answered."""
        self._picked = self.exercise.chosen

    def answer_text(self) -> str:
        """Return the options picked."""
        return self.exercise.text_of(self._picked)

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the options; once it is known what happened, what happened."""
        glyphs = self.terminal.glyphs
        if not self.exercise.done:
            return draw_options(self.exercise, self._picked, width, glyphs), 0
        right = self.exercise.options[min(self.exercise.rights)]
        told = listed_prose(right.text, join((Span(" What happened: ", "good"),)), width, glyphs)
        return [*told, (), *self._draw_run(width, glyphs)], 0
