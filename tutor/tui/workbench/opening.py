"""Ways to the workbench, and to the page of a problem, typed or from a file."""

import asyncio
from typing import Any

from textual.app import App

from tutor.mathematics.problem import Problem, ProblemError
from tutor.practice.workbench.saving import SavingError
from tutor.study.services import Services
from tutor.study.workbench.bench import load_bench
from tutor.study.workbench.own import OwnProblem, own_of_file
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.workbench.problem_page import ProblemPage


async def open_workbench(app: App[Any], services: Services) -> None:
    """Show the workbench as the learner left it."""
    from tutor.tui.workbench.screen import BenchScreen  # noqa: PLC0415 - it leads to files, and so back here

    await app.push_screen(BenchScreen(services, await asyncio.to_thread(load_bench, services)))


async def ask_for_file(app: App[Any], services: Services) -> None:
    """Ask for a problem file, and show its page."""

    async def take(text: str) -> str:
        try:
            own = await asyncio.to_thread(own_of_file, text)
        except (ProblemError, SavingError, OSError) as error:
            return str(error)
        await app.switch_screen(ProblemPage(services, own))
        return ""

    question = Question("Workbench", "Which problem file? Type its path; ~ is your home folder.")
    await app.push_screen(AskScreen(services.terminal, question, take))


def file_page(services: Services, problem: Problem, file: bytes) -> ProblemPage:
    """Return the page of a problem file; file is what it holds."""
    return ProblemPage(services, OwnProblem(problem, file))
