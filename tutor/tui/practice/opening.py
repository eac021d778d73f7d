"""From what comes next to the screen on which it is worked: a worksheet, a formula, a card, or first a question."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final

from textual.app import App

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.making import Making, make_exercise
from tutor.learner.events import EventMaker
from tutor.mathematics.problem import ProblemError
from tutor.practice.activities import END, RULE
from tutor.practice.making import Task, make_task
from tutor.practice.prompts import rule_prompt
from tutor.practice.record import card_activity
from tutor.practice.task_name import TaskName
from tutor.study.exercise_session import CELL, ExerciseSession
from tutor.study.practice.errands import Errand, Step
from tutor.study.practice.learner import Learner
from tutor.study.sheets import task_desk
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.exercises.base import Task as Asked
from tutor.tui.screens.exercises.card import CardScreen
from tutor.tui.screens.exercises.formula import FormulaScreen
from tutor.tui.screens.exercises.prompt import PromptScreen
from tutor.tui.screens.worksheet import WorksheetScreen

Make = Callable[[], TutorScreen]
_ATTEMPTS: Final = 5
"""So many tasks that cannot be made are laid aside, one after the other, before a fault is told."""


class Opener:
    """Opens tasks and cards; go_on leads from one that is done to what comes next."""

    def __init__(self, app: App[Any], learner: Learner, go_on: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._learner = learner
        self._services = learner.services
        self._go_on = go_on

    def open_next(self, errand: Errand) -> Make | None:
        """Return what makes the next screen; None where the errand is over. This may take a second or two.

        A task that cannot be made any more, because the program has changed since it was begun, is laid aside.
        Raises LessonError or ProblemError where that does not help.
        """
        for attempt in range(_ATTEMPTS):
            step = errand.next()
            if step is None:
                return None
            if step.item.task is None:
                return self._card(step)
            try:
                return self._task(step, step.item.task)
            except (LessonError, ProblemError):
                if attempt == _ATTEMPTS - 1:
                    raise
                self._lay_aside(step.item.task)
        return None

    def _task(self, step: Step, name: TaskName) -> Make:
        task = make_task(name, self._services.derivation_of)
        make = self._sheet(step, task) if isinstance(task.block, Steps) else self._formula(step, task, task.block)
        self._learner.begin_task(name, step.item.reason)
        return self._asked_first(step, task, make) if step.asks_rule else make

    def _sheet(self, step: Step, task: Task) -> Make:
        assert isinstance(task.block, Steps)
        notes = f"{task.block.intro}\n{step.why}".strip()
        desk = task_desk(self._services, task.block, self._making(task), task.name.activity, notes)
        cells = [entry.cell for entry in desk.worksheet.asked]
        return lambda: WorksheetScreen(self._services.terminal, step.title, desk, self._finishing(task.name, cells))

    def _formula(self, step: Step, task: Task, block: Formula) -> Make:
        session = self._session(task, block, task.name.activity)
        question = self._making(task).filled_prose(block.question, block)
        question = f"{step.why}\\\n{question}" if step.why else question
        asked = Asked(self._services.terminal, step.title, question, session, self._finishing(task.name, [CELL]))
        return lambda: FormulaScreen(asked)

    def _asked_first(self, step: Step, task: Task, make: Make) -> Make:
        """Return what asks which rule a task needs, and then leads to it; the task itself once that is answered."""
        block = rule_prompt(task)
        session = self._session(task, block, task.name.activity + RULE)
        if session.exercise.done:
            return make

        async def go_on() -> None:
            await self._app.switch_screen(make())

        question = self._making(task).filled_prose(block.question, block)
        asked = Asked(self._services.terminal, step.asks_rule, question, session, go_on)
        return lambda: PromptScreen(asked)

    def _card(self, step: Step) -> Make:
        block, head = self._learner.card(step.item.card)
        making = Making(head, self._services.derivation_of)
        activity = card_activity(block.id, self._learner.record())
        maker = EventMaker(activity, self._services.now)
        session = ExerciseSession(make_exercise(block, making), self._services.store, maker)
        question = making.filled_prose(block.question, block)
        asked = Asked(self._services.terminal, step.title, question, session, self._go_on)
        return lambda: CardScreen(asked)

    def _making(self, task: Task) -> Making:
        return Making(task.head, self._services.derivation_of)

    def _session(self, task: Task, block: Formula | Choice, activity: str) -> ExerciseSession:
        maker = EventMaker(activity, self._services.now)
        return ExerciseSession(make_exercise(block, self._making(task)), self._services.store, maker)

    def _finishing(self, name: TaskName, cells: Collection[str]) -> Callable[[], Awaitable[None]]:
        async def finish() -> None:
            await asyncio.to_thread(self._learner.end_task, name, cells)
            await self._go_on()

        return finish

    def _lay_aside(self, name: TaskName) -> None:
        self._services.store.record(EventMaker(name.activity, self._services.now).note("cleared", END))
