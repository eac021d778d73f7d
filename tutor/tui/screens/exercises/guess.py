"""Guess the number: raise or lower the guess, and choose how far it moves."""

from typing import ClassVar

from tutor.course.exercises.guessing import DOWN, NEW, UP, Guessing, size_answer, written
from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width
from tutor.study.feedback import Feedback
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen

_SHOWN_GUESSES = 12


class GuessScreen(ExerciseScreen[Guessing]):
    """The guess on its line of numbers."""

    NAME: ClassVar[ScreenName] = "guess"

    @property
    def settled(self) -> bool:
        """Whether the number of this round is found."""
        return self.exercise.found and self.exercise.done

    def usual_feedback(self) -> Feedback:
        """Return what is said about the latest move."""
        exercise = self.exercise
        ways = f"Enter goes on; {self.keymap.key_of('new number', self.NAME)} takes a new number."
        if exercise.found and exercise.moves:
            return Feedback(f"{exercise.word} {exercise.after}\n{ways}", "ok", "good")
        if exercise.done and exercise.found:
            return Feedback(f"This secret is found. {ways}", "ok", "good")
        reply = exercise.reply
        return Feedback(reply.feedback if reply and reply.feedback else exercise.word, "?", "follow")

    def answer_text(self) -> str:
        """Return nothing: each key is a move of its own."""
        return ""

    def hidden_keys(self) -> frozenset[str]:
        """Hide Enter as long as there is nothing to go on from."""
        return super().hidden_keys() if self.settled else frozenset({"check"})

    async def do_check(self) -> None:
        """Go on once the number is found."""
        if self.settled:
            await self._asked.finish()

    async def put_away(self) -> None:
        """Keep nothing: each move is kept at once."""

    async def do_raise(self) -> None:
        """Raise the guess."""
        await self.give(UP)

    async def do_lower(self) -> None:
        """Lower the guess."""
        await self.give(DOWN)

    async def do_turn_down(self) -> None:
        """Take the size before, and begin again."""
        await self._resize(-1)

    async def do_turn_up(self) -> None:
        """Take the next size, and begin again."""
        await self._resize(1)

    async def do_new_number(self) -> None:
        """Take another number."""
        await self.give(NEW)

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the line of numbers, the guess, and what it was before."""
        exercise = self.exercise
        what = "share of the distance" if exercise.proportional else "step"
        lines = [
            self._scale(width),
            self._marks(width),
            (),
            join((Span(" guess  ", "dim"), Span(self.spell(written(exercise.guess)), "strong"))),
            join((Span(f" {what}  ", "dim"), *self._sizes())),
            text_line(f" moves  {len(exercise.moves)}"),
        ]
        return [*lines, *wrapped(self._before(), width, "dim", indented=1)], 0

    async def _resize(self, steps: int) -> None:
        place = max(0, min(self.exercise.chosen + steps, len(self.exercise.sizes) - 1))
        if place != self.exercise.chosen:
            await self.give(size_answer(place))

    def _sizes(self) -> list[Span]:
        spans: list[Span] = []
        for place, size in enumerate(self.exercise.sizes):
            text = self.spell(written(size))
            spans += [Span(f"[{text}]" if place == self.exercise.chosen else f" {text} ", "key"), Span(" ")]
        return spans

    def _before(self) -> str:
        guesses = self.exercise.guesses[-_SHOWN_GUESSES:]
        dots = "… " if len(self.exercise.guesses) > _SHOWN_GUESSES else ""
        return self.spell(f"so far  {dots}{' → '.join(map(written, guesses))}")

    def _scale(self, width: int) -> Line:
        low, high = str(self.exercise.smallest), str(self.exercise.largest)
        room = max(1, width - 2 - display_width(low) - display_width(high) - 2)
        return text_line(f" {low} {self.terminal.glyphs.horizontal * room} {high}")

    def _marks(self, width: int) -> Line:
        """Return the row with the guess below its place on the line; at an arrow where it is outside."""
        exercise = self.exercise
        low, high = exercise.smallest, exercise.largest
        start = 2 + len(str(low))
        room = max(1, width - 2 - len(str(low)) - len(str(high)) - 2)
        share = (exercise.guess - low) / (high - low)
        sign = "^" if 0 <= share <= 1 else "<" if share < 0 else ">"
        column = start + int(max(0.0, min(1.0, float(share))) * (room - 1))
        return join((Span(" " * column), Span(sign, "now")))
