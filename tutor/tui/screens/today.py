"""Practice on the screen: from task to task, until it is over. What was left goes on where it was left."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from textual.app import App

from tutor.draw.text import Line
from tutor.study.practice.errands import Closing, Errand, OneSkill, Today
from tutor.study.practice.learner import Learner
from tutor.study.practice.left import errand_left
from tutor.study.services import Services
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.practice.opening import Opener
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import ReadingScreen
from tutor.tui.screens.preparing import PreparingScreen

_DOING = "Working out the numbers …"


async def open_today(app: App[Any], services: Services) -> None:
    """Practise what is due: go on with the daily session, or begin one."""
    await walk(app, services, Today, Today.name)


async def open_skill(app: App[Any], services: Services, skill: str) -> None:
    """Practise one skill."""
    await walk(app, services, lambda learner: OneSkill(learner, skill), OneSkill.name)


async def go_on_practising(app: App[Any], services: Services) -> None:
    """Go on with what the learner practised last."""
    await walk(app, services, errand_left, "Practice")


async def walk(app: App[Any], services: Services, begin: Callable[[Learner], Errand], name: str) -> None:
    """Lead the learner from task to task; name is what is shown until the first one is there."""
    await app.push_screen(_Walk(app, services, begin).waiting_screen(name))


class _Walk:
    """Opens one task after the other, each in the place of the one before."""

    def __init__(self, app: App[Any], services: Services, begin: Callable[[Learner], Errand]) -> None:
        self._app = app
        self._terminal = services.terminal
        self._learner = Learner(services)
        self._begin = begin
        self._errand: Errand | None = None

    def waiting_screen(self, name: str) -> TutorScreen:
        """Return the screen that leads to the next task, or to the end."""
        return PreparingScreen(self._terminal, name, _DOING, self._prepare)

    def _prepare(self) -> Callable[[], TutorScreen]:
        errand = self._errand = self._errand or self._begin(self._learner)
        make = Opener(self._app, self._learner, self._go_on).open_next(errand)
        if make is not None:
            return make
        closing = errand.closing()
        return lambda: SummaryScreen(self._terminal, closing, errand, self._go_on)

    async def _go_on(self) -> None:
        await self._app.switch_screen(self.waiting_screen(self._errand.name if self._errand else ""))


class SummaryScreen(ReadingScreen):
    """What came of the practice. It can go on from here."""

    NAME: ClassVar[ScreenName] = "summary"

    def __init__(
        self, terminal: Terminal, closing: Closing, errand: Errand, go_on: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(terminal)
        self._said = closing
        self._errand = errand
        self._next = go_on
        self._goes_on = False

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what has come to its end."""
        del height
        return self.title_line(self._said.title, "done", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw what came of it."""
        return [(), *self._said.draw(width - 1)]

    def hidden_keys(self) -> frozenset[str]:
        """Hide the key to go on where nothing more is to be done."""
        return super().hidden_keys() | (frozenset() if self._said.goes_on else frozenset({"go on"}))

    async def do_go_on(self) -> None:
        """Go on practising."""
        if self._said.goes_on:
            await asyncio.to_thread(self._errand.go_on)
            self._goes_on = True
            await self._next()

    async def put_away(self) -> None:
        """Keep that it is over."""
        if not self._goes_on:
            await asyncio.to_thread(self._errand.end)

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()
