"""What comes next in practice, ready to be shown by any face of gdtutor, and what is kept of how it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.model import LessonHead
from tutor.learner.activities import END, RULE
from tutor.learner.events import Event, EventMaker
from tutor.mathematics.problem import ProblemError
from tutor.practice.making import Task, make_task
from tutor.practice.prompts import rule_prompt
from tutor.practice.record import WRONG, card_activity, is_answer
from tutor.study.desk import Desk
from tutor.study.exercise_session import CELL, ExerciseSession
from tutor.study.lesson_sheets import task_desk
from tutor.study.practice.errands import Errand, Step
from tutor.study.practice.learner import Learner

_ATTEMPTS: Final = 5
"""So many tasks that cannot be made are laid aside, one after the other, before a fault is told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of practice."""

    title: str
    question: str
    """Markdown."""
    session: ExerciseSession


class ComingTask:
    """A task that comes next. Methods may block."""

    def __init__(self, learner: Learner, step: Step, task: Task) -> None:
        """Keep that the task is begun."""
        self._learner = learner
        self._making = Making(task.head, learner.services.derivation_of)
        self._step = step
        self._task = task
        self.title = step.title
        learner.begin_task(task.name, step.item.reason)

    def rule(self) -> Asked | None:
        """Return the question which rule the task needs; None where it is not asked, or was answered."""
        if not self._step.asks_rule:
            return None
        asked = self._asked(self._step.asks_rule, rule_prompt(self._task), self._task.name.activity + RULE)
        return None if asked.session.exercise.done else asked

    def work(self) -> Desk | Asked:
        """Return what the task is worked at: the desk with its cells, or the question for a formula."""
        block, activity = self._task.block, self._task.name.activity
        if isinstance(block, Steps):
            notes = f"{block.intro}\n{self._step.why}".strip()
            return task_desk(self._learner.services, block, self._making, activity, notes)
        return self._asked(self.title, block, activity, self._step.why)

    def finish(self) -> None:
        """Keep how the task came out."""
        self._learner.end_task(self._task.name, self._cells)

    def lay_aside(self) -> None:
        """Keep that the task is not worked any more.

        It counts as shown where something was wrong, told or shown, and in a placement test, which asks what one knows.
        """
        activity = self._task.name.activity
        if self._step.item.reason == "placement" or _is_used(self._learner.services.store.events(activity)):
            self.finish()
        else:
            _put_aside(self._learner, activity)

    @property
    def _cells(self) -> tuple[str, ...]:
        return self._task.block.cells if isinstance(self._task.block, Steps) else (CELL,)

    def _asked(self, title: str, block: Formula | Choice, activity: str, why: str = "") -> Asked:
        maker = EventMaker(activity, self._learner.services.now)
        session = ExerciseSession(make_exercise(block, self._making), self._learner.services.store, maker)
        question = self._making.filled_prose(block.question, block)
        return Asked(title, f"{why}\\\n{question}" if why else question, session)


def what_comes(learner: Learner, errand: Errand) -> ComingTask | Asked | None:
    """Return the next task of an errand, or the card that comes next; None where the errand is over. This may block.

    A task that cannot be made any more, because the program has changed since it was begun, is laid aside.
    Raises LessonError or ProblemError where that does not help.
    """
    for attempt in range(_ATTEMPTS):
        step = errand.next()
        if step is None:
            return None
        if step.item.task is None:
            return _card(learner, step, *learner.card(step.item.card))
        try:
            return ComingTask(learner, step, make_task(step.item.task, learner.services.derivation_of))
        except (LessonError, ProblemError):
            if attempt == _ATTEMPTS - 1:
                raise
            _put_aside(learner, step.item.task.activity)
    return None


def _card(learner: Learner, step: Step, block: Card, head: LessonHead) -> Asked:
    making = Making(head, learner.services.derivation_of)
    maker = EventMaker(card_activity(block.id, learner.record()), learner.services.now)
    session = ExerciseSession(make_exercise(block, making), learner.services.store, maker)
    return Asked(step.title, making.filled_prose(block.question, block), session)


def _put_aside(learner: Learner, activity: str) -> None:
    learner.services.store.record(EventMaker(activity, learner.services.now).note("cleared", END))


def _is_used(events: Iterable[Event]) -> bool:
    """Whether a task tells already that its skill is not known: nobody gets rid of that."""
    return any(event.kind in {"hint", "shown"} or (is_answer(event) and event.verdict in WRONG) for event in events)
