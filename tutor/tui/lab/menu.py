"""What the lab offers: ready labs, data sets, a function, points or a file of one's own, a code."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

from tutor.engine.error import EngineError
from tutor.lab.codes import read_code
from tutor.lab.functions import usual_start
from tutor.lab.own import csv_lab, function_lab, points_lab, problem_lab, problem_subject
from tutor.lab.presets import PRESETS
from tutor.lab.settings import Lab
from tutor.mathematics.problem import ProblemError
from tutor.study.services import Services
from tutor.tui.lab.opening import lab_screen
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.menu import Choice, Group, MenuScreen

_FUNCTIONS = ("parabola", "bowl", "two-starts", "saddle", "curved-valley")
_NETWORKS = ("line", "xor", "circle", "gauss", "spiral", "batches")

_ABOUT_POINTS = (
    "Type points, with ; between two. Either x y, such as 1 2; 2 4; 3 6.5, "
    "or x1 x2 and a label, such as 0 0 no; 1 0 yes."
)


def lab_menu(app: App[Any], services: Services) -> MenuScreen:
    """Return the list of what can be looked at in the lab."""
    opener = _Opener(app, services)
    own = (
        Choice("A function of your own", "one or two variables", opener.ask_function),
        Choice("A problem file", "its parameters go downhill", opener.ask_problem),
        Choice("Points", "typed by hand: a line or a network fits them", opener.ask_points),
        Choice("A CSV file", "a network learns its last column", opener.ask_csv),
        Choice("A code", "brings back a lab from another machine", opener.ask_code),
    )
    groups = (
        Group("Functions", tuple(opener.preset(name) for name in _FUNCTIONS)),
        Group("Networks", tuple(opener.preset(name) for name in _NETWORKS)),
        Group("Your own", own),
    )
    return MenuScreen(services.terminal, "Lab: watch it learn", groups)


class _Opener:
    """Opens labs, after asking for what they need."""

    def __init__(self, app: App[Any], services: Services) -> None:
        self._app = app
        self._services = services

    def preset(self, name: str) -> Choice:
        """Return the row of a ready lab."""
        lab = PRESETS[name]

        async def show() -> None:
            await self._show(lab)

        return Choice(name, lab.title, show)

    async def ask_function(self) -> None:
        """Ask for a function, then for its start."""
        typed = ""

        async def take_start(text: str) -> str:
            try:
                lab = function_lab(typed, text)
            except EngineError as error:
                return str(error)
            await self._replace(lab)
            return ""

        async def take_function(text: str) -> str:
            nonlocal typed
            typed = text
            try:
                offered = usual_start(text)
            except EngineError as error:
                return str(error)
            question = f"{text}: where does it start?"
            await self._app.switch_screen(
                AskScreen(self._services.terminal, Question("Lab", question, offered), take_start)
            )
            return ""

        await self._ask("Type a function of one or two variables, such as x^4 - 4x^2 + x or x1² + 2x2².", take_function)

    async def ask_problem(self) -> None:
        """Ask for a problem file."""

        async def take(text: str) -> str:
            try:
                subject = await asyncio.to_thread(problem_subject, text)
            except (ProblemError, OSError, ValueError, RuntimeError) as error:
                return str(error)
            await self._replace(problem_lab(subject))
            return ""

        await self._ask("Which problem file? Type its path.", take)

    async def ask_points(self) -> None:
        """Ask for points."""

        async def take(text: str) -> str:
            try:
                lab = await asyncio.to_thread(points_lab, text)
            except EngineError as error:
                return str(error)
            await self._replace(lab)
            return ""

        await self._ask(_ABOUT_POINTS, take, "; ")

    async def ask_csv(self) -> None:
        """Ask for a CSV file."""

        async def take(text: str) -> str:
            try:
                lab = await asyncio.to_thread(csv_lab, text)
            except (OSError, ValueError, RuntimeError) as error:
                return f"The file cannot be read: {error}."
            await self._replace(lab)
            return ""

        await self._ask("Which CSV file? Type its path. The last column is the target.", take)

    async def ask_code(self) -> None:
        """Ask for a code."""

        async def take(text: str) -> str:
            try:
                lab = read_code(text)
            except EngineError as error:
                return str(error)
            await self._replace(lab)
            return ""

        await self._ask("Type the code of a lab.", take)

    async def _ask(self, text: str, take: Callable[[str], Awaitable[str]], between: str = "") -> None:
        await self._app.push_screen(AskScreen(self._services.terminal, Question("Lab", text, between=between), take))

    async def _show(self, lab: Lab) -> None:
        await self._app.push_screen(lab_screen(self._services, lab))

    async def _replace(self, lab: Lab) -> None:
        """Show a lab in place of the question that led to it."""
        await self._app.switch_screen(lab_screen(self._services, lab))
