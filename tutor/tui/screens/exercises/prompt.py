"""A question with options, answered by one key: the number of an option is the answer."""

from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.choosing import Choosing
from tutor.draw.text import Line
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.scrolled import ScrolledScreen
from tutor.tui.widgets.options import draw_options


class PromptScreen(ScrolledScreen[Choosing]):
    """Options; a digit chooses one and is judged at once."""

    NAME: ClassVar[ScreenName] = "prompt"

    async def press(self, event: Key) -> None:
        """Answer with the option of a number; else do what a key stands for."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self.exercise.options):
            if not self.exercise.done:
                await self.give(self.exercise.text_of(frozenset({int(event.key) - 1})))
            return
        await super().press(event)

    async def do_pick(self) -> None:
        """Pick an option: the digits are dealt with where they arrive."""

    async def do_check(self) -> None:
        """Go on, once it is answered."""
        if self.exercise.done:
            await self._asked.finish()

    def hidden_keys(self) -> frozenset[str]:
        """Hide what is of no use at the moment."""
        return super().hidden_keys() | (frozenset() if self.exercise.done else frozenset({"check"}))

    def answer_text(self) -> str:
        """Return the latest answer: nothing else is ever begun."""
        return self.exercise.latest

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the options."""
        return draw_options(self.exercise, self.exercise.chosen, width, self.terminal.glyphs), 0
