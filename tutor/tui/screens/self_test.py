"""The ways into the self-test and out of it: an attempt page by page, then its result."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App

from tutor.learner.events import Place
from tutor.study.attempts import TEST, AttemptRecord, read_attempts
from tutor.study.self_test import AttemptReader, begin_attempt, open_attempt
from tutor.study.services import Services
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.result import ResultScreen

_TITLE, _DOING = "Self-test", "Drawing the numbers …"


async def open_self_test(app: App[Any], services: Services, place: Place | None = None) -> None:
    """Go on with the latest attempt, at a place of it if there is one; show its result where it is done.

    Where there is no attempt, the first one begins.
    """

    def prepare() -> Callable[[], TutorScreen]:
        record = read_attempts(services.store.events(TEST))
        reader = open_attempt(services, record if record.number else begin_attempt(services), place)
        reader.keep_results()  # the last time may have ended without an orderly end
        if all(standing.is_done for standing in reader.standings()):
            return lambda: _result(app, services, reader)
        return lambda: SelfTestScreen(services, reader, place)

    await app.push_screen(PreparingScreen(services.terminal, _TITLE, _DOING, prepare))


class SelfTestScreen(LessonScreen):
    """A page of an attempt."""

    def __init__(self, services: Services, reader: AttemptReader, place: Place | None = None) -> None:
        """Show the page that the reader is at, and open the task of a place."""
        super().__init__(services, reader, place)
        self._attempted = reader

    async def put_away(self) -> None:
        """Keep how the objectives have come out so far."""
        await asyncio.to_thread(self._attempted.keep_results)

    async def show_end(self) -> None:
        """Show the result; where all is done, the lessons are what goes on."""
        await self.put_away()
        if all(standing.is_done for standing in self._attempted.standings()):
            self._services.store.remember(self._attempted.place_afterwards())
        await self.app.switch_screen(_result(self.app, self._services, self._attempted))


def _result(app: App[Any], services: Services, reader: AttemptReader) -> ResultScreen:
    async def begin_anew() -> None:
        await app.switch_screen(PreparingScreen(services.terminal, _TITLE, _DOING, prepare))

    def prepare() -> Callable[[], TutorScreen]:
        fresh: AttemptRecord = begin_attempt(services)
        reader = open_attempt(services, fresh)
        return lambda: SelfTestScreen(services, reader)

    return ResultScreen(services.terminal, reader.title, reader.standings(), begin_anew)
