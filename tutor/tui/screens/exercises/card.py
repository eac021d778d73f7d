"""A card: a question, its other side, and whether the learner knew it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.remembering import TURNED, Remembering
from tutor.draw.text import Line
from tutor.study.feedback import Feedback
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.scrolled import ScrolledScreen
from tutor.tui.widgets.options import card_answer, draw_card


class CardScreen(ScrolledScreen[Remembering]):
    """A card by itself. Enter turns it; once it is judged, Enter goes on."""

    NAME: ClassVar[ScreenName] = "card"

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is worked on: how often a card was judged is of no interest."""
        del height
        return self.title_line(self._asked.title, "", width)

    async def press(self, event: Key) -> None:
        """Judge a turned card with 1 or 2; else do what a key stands for."""
        if event.key.isdigit():
            if self.exercise.turned and not self.exercise.done and card_answer(int(event.key)):
                await self.give(card_answer(int(event.key)))
            return
        await super().press(event)

    async def do_pick(self) -> None:
        """Judge the card: the digits are dealt with where they arrive."""

    async def do_check(self) -> None:
        """Turn the card; go on, once it is judged."""
        if self.exercise.done:
            await self._asked.finish()
        elif not self.exercise.turned:
            await self.give(TURNED)

    def hidden_keys(self) -> frozenset[str]:
        """Hide what can do nothing at the moment."""
        judging = self.exercise.turned and not self.exercise.done
        return super().hidden_keys() | (frozenset({"check"}) if judging else frozenset())

    def key_labels(self) -> Mapping[str, str]:
        """Say what Enter does."""
        return {"check": "go on" if self.exercise.done else "turn it"}

    def answer_text(self) -> str:
        """Return the latest answer: nothing else is ever begun."""
        return self.exercise.latest

    def usual_feedback(self) -> Feedback:
        """Say nothing besides what the card says itself."""
        return Feedback("")

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the other side, or how to turn it."""
        return draw_card(self.exercise, width, self.terminal.glyphs), 0
