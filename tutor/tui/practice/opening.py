"""From what comes next in practice to the screen on which it is worked: a worksheet, a formula, a card, a question."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

from tutor.study.desk import Desk
from tutor.study.practice.coming import Asked, ComingTask, what_comes
from tutor.study.practice.errands import Errand
from tutor.study.practice.learner import Learner
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.exercises.base import Task
from tutor.tui.screens.exercises.card import CardScreen
from tutor.tui.screens.exercises.formula import FormulaScreen
from tutor.tui.screens.exercises.prompt import PromptScreen
from tutor.tui.screens.worksheet import WaysOn, WorksheetScreen

Make = Callable[[], TutorScreen]


class Opener:
    """Opens tasks and cards; go_on leads from one that is done to what comes next."""

    def __init__(self, app: App[Any], learner: Learner, go_on: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._learner = learner
        self._terminal = learner.services.terminal
        self._go_on = go_on

    def open_next(self, errand: Errand) -> Make | None:
        """Return what makes the next screen; None where the errand is over. This may take a second or two.

        Raises LessonError or ProblemError where no task can be made.
        """
        coming = what_comes(self._learner, errand)
        if isinstance(coming, Asked):
            card = self._task(coming, self._go_on)
            return lambda: CardScreen(card)
        return None if coming is None else self._asked_first(coming)

    def _asked_first(self, coming: ComingTask) -> Make:
        """Return what asks which rule a task needs, where that is asked, and then leads to it."""
        work = self._work(coming)
        rule = coming.rule()
        if rule is None:
            return work

        async def go_on() -> None:
            await self._app.switch_screen(work())

        prompt = self._task(rule, go_on, self._after(coming.lay_aside))
        return lambda: PromptScreen(prompt)

    def _work(self, coming: ComingTask) -> Make:
        finish, aside = self._after(coming.finish), self._after(coming.lay_aside)
        work = coming.work()
        if isinstance(work, Desk):
            return lambda: WorksheetScreen(self._terminal, coming.title, work, WaysOn(finish, aside))
        formula = self._task(work, finish, aside)
        return lambda: FormulaScreen(formula)

    def _task(
        self, asked: Asked, finish: Callable[[], Awaitable[None]], aside: Callable[[], Awaitable[None]] | None = None
    ) -> Task:
        return Task(self._terminal, asked.title, asked.question, asked.session, finish, aside)

    def _after(self, keep: Callable[[], None]) -> Callable[[], Awaitable[None]]:
        """Return what keeps how a task ended, and leads to what comes next."""

        async def end() -> None:
            await asyncio.to_thread(keep)
            await self._go_on()

        return end
