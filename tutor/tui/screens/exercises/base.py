"""What the screens of exercises share: a question, something to do, and what is said about it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.widget import Widget

from tutor.course.exercises.base import Exercise
from tutor.draw.lines import indent
from tutor.draw.prose import prose
from tutor.draw.text import Line
from tutor.study.exercise_session import ExerciseSession
from tutor.study.feedback import MARKS, Feedback
from tutor.terminal import Terminal
from tutor.tui.screens.base import TutorScreen
from tutor.tui.scrolling import keep_in_sight
from tutor.tui.widgets.options import draw_reply

State = TypeVar("State", bound=Exercise)


@dataclass(frozen=True, slots=True)
class Task:
    """What the screen of an exercise is made of."""

    terminal: Terminal
    title: str
    question: str
    session: ExerciseSession
    finish: Callable[[], Awaitable[None]]
    """Goes on once the exercise is done."""
    lay_aside: Callable[[], Awaitable[None]] | None = None
    """Leads to another exercise instead, where there are others."""


class ExerciseScreen(TutorScreen, Generic[State]):
    """An exercise. Enter gives an answer, and goes on once it is done."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.terminal)
        self._asked = task
        self._session = task.session
        self._first = 0
        self.feedback = self.usual_feedback()

    @property
    def exercise(self) -> State:
        """The exercise as it is now."""
        return self._session.exercise  # type: ignore[return-value]  # each screen is given its own kind

    def answer_text(self) -> str:
        """Return the answer as it stands on the screen."""
        raise NotImplementedError

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw what there is to do, and tell in which of its lines the cursor is."""
        raise NotImplementedError

    def take_over(self) -> None:
        """Show the exercise as it is now: after an answer, and when it is shown."""

    def usual_feedback(self) -> Feedback:
        """Return what is said about the latest answer."""
        exercise = self._session.exercise
        if exercise.shown:
            return Feedback("This is the answer. Enter goes on.", *MARKS["shown"])
        if exercise.reply is None or not exercise.reply.feedback:
            return Feedback("")
        if exercise.reply.verdict == "correct":
            return Feedback(f"{exercise.reply.feedback}\nEnter goes on.", *MARKS["correct"])
        return Feedback(exercise.reply.feedback, *MARKS["incorrect"])

    @property
    def settled(self) -> bool:
        """Whether the exercise is done, and nothing was changed since."""
        return self.exercise.done and (self.exercise.shown or self.answer_text() == self.exercise.latest)

    def compose_body(self) -> Iterator[Widget]:
        """Lay out everything in one part."""
        yield self.rows(self._draw_body, "body")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is worked on, and how it stands."""
        del height
        exercise = self._session.exercise
        tries = f"{exercise.tries} {'try' if exercise.tries == 1 else 'tries'}" if exercise.tries else ""
        return self.title_line(self._asked.title, "done" if exercise.solved else tries, width)

    def hidden_keys(self) -> frozenset[str]:
        """Hide what is of no use any more."""
        return frozenset({"show", "hint", "lay aside"}) if self.exercise.done else frozenset()

    def missing_actions(self) -> frozenset[str]:
        """Return the way to another exercise where there is none."""
        return frozenset() if self._asked.lay_aside else frozenset({"lay aside"})

    def key_labels(self) -> Mapping[str, str]:
        """Say that Enter goes on, once there is nothing to check any more."""
        return {"check": "go on"} if self.settled else {}

    async def do_check(self) -> None:
        """Give the answer; once that is done, go on."""
        if self.settled:
            await self._asked.finish()
            return
        await self.give(self.answer_text())

    async def give(self, text: str) -> None:
        """Give an answer, and show what is said about it."""
        reply = await self._session.answer(text)
        self.feedback = Feedback(reply.feedback, "?", "follow") if reply.verdict == "invalid" else self.usual_feedback()
        self._heed_store()
        if reply.verdict != "invalid":
            self.take_over()
        self.redraw()

    async def do_show(self) -> None:
        """Show the answer."""
        if not self.exercise.done:
            await self._session.show()
            self.take_over()
            self.feedback = self.usual_feedback()
            self._heed_store()
            self.redraw()

    async def do_lay_aside(self) -> None:
        """Leave this exercise, and go on to another one."""
        if self._asked.lay_aside is not None and not self.exercise.done:
            await self._asked.lay_aside()

    async def put_away(self) -> None:
        """Keep what was not given as an answer yet."""
        if not self.exercise.done:
            await self._session.keep_draft(self.answer_text())

    async def do_back(self) -> None:
        """Go back; what was begun stays."""
        await self.leave()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    def draw_all(self, width: int) -> tuple[list[Line], int]:
        """Return all lines for a width, and in which one the cursor is."""
        wide = min(width - 2, 78)
        question = [indent(line, 1) for line in prose(self._asked.question, wide, self.terminal.glyphs)]
        view, cursor = self.draw_view(wide)
        said = draw_reply(self.feedback, wide, self.terminal.glyphs)
        lines = [(), *question, (), *view, *([()] if said else []), *said]
        return lines, 2 + len(question) + cursor

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        lines, cursor = self.draw_all(width)
        self._first = keep_in_sight(self._first, len(lines) - 1, height, len(lines))
        self._first = keep_in_sight(self._first, cursor, height, len(lines))
        return lines[self._first : self._first + height]

    def _heed_store(self) -> None:
        self.feedback = self.feedback.then(Feedback(self._session.take_notice()))
