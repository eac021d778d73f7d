"""The mixing desk: a slider for each parameter, and what comes out."""

from typing import ClassVar

from tutor.course.exercises.guessing import equation, written
from tutor.course.exercises.mixing import AGAIN, APPLY, Mixing
from tutor.draw.lines import text_line
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width
from tutor.mathematics.problem import ProblemError
from tutor.study.feedback import MARKS, Feedback
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task

_SLIDER = 21


class DeskScreen(ExerciseScreen[Mixing]):
    """Sliders with a cursor on one of them."""

    NAME: ClassVar[ScreenName] = "desk"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._cursor = 0

    @property
    def settled(self) -> bool:
        """Whether all knobs were turned at once, and it helped."""
        return self.exercise.done and self.exercise.latest == APPLY

    def usual_feedback(self) -> Feedback:
        """Return what is said about the latest move."""
        reply = self._session.exercise.reply
        if reply is None:
            return Feedback("Move one slider with the arrow keys, and put it back. Then the next one.")
        if reply.verdict == "noted":
            return Feedback(reply.feedback)
        return Feedback(reply.feedback, *MARKS["correct" if reply.verdict == "correct" else "incorrect"])

    def answer_text(self) -> str:
        """Return what turns all knobs at once."""
        return APPLY

    async def put_away(self) -> None:
        """Keep nothing: each move is kept at once."""

    async def do_up(self) -> None:
        """Choose the slider above."""
        self._cursor = max(0, self._cursor - 1)
        self.redraw()

    async def do_down(self) -> None:
        """Choose the slider below."""
        self._cursor = min(len(self.exercise.names) - 1, self._cursor + 1)
        self.redraw()

    async def do_turn_down(self) -> None:
        """Move the slider a step down."""
        await self.give(f"{self.exercise.names[self._cursor]} -")

    async def do_turn_up(self) -> None:
        """Move the slider a step up."""
        await self.give(f"{self.exercise.names[self._cursor]} +")

    async def do_put_back(self) -> None:
        """Put everything back to the start."""
        await self.give(AGAIN)

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw each slider with its value and the slope read there, and what comes out."""
        desk = self.exercise
        names = [self.spell(name) for name in desk.names]
        widest = max(map(display_width, names))
        slider = min(_SLIDER, max(5, (width - widest - 40) // 2 * 2 + 1))
        lines: list[Line] = []
        for place, name in enumerate(names):
            chosen = place == self._cursor
            slope = desk.slopes[place]
            read = "slope not known" if slope is None else f"slope {written(slope)}"
            lines.append(
                join(
                    (
                        Span(" > " if chosen else "   ", "key"),
                        Span(f"{name:<{widest}}  ", "strong" if chosen else "plain"),
                        Span(_slider(desk.offsets[place], slider)),
                        Span(f"  {self.spell(written(desk.values[place])):<10}"),
                        Span(f"  {self.spell(read)}", "dim" if slope is None else "plain"),
                    )
                )
            )
        return [*lines, (), self._result()], self._cursor

    def _result(self) -> Line:
        name = self.exercise.problem.objective
        try:
            found = equation(name, self.exercise.objective)
        except ProblemError:
            found = f"{name}: no value here"
        return text_line(f"   {self.spell(found)}", "strong")


def _slider(offset: int, width: int) -> str:
    """Return a slider with a mark in the middle, and the knob where it stands."""
    middle = width // 2
    place = max(0, min(width - 1, middle + offset))
    signs = ["-"] * width
    signs[middle] = "|"
    signs[place] = "O"
    return "".join(signs)
