"""Ways to the workbench, and to the page of a problem, typed or from a file."""

import asyncio
from typing import Any

from textual.app import App

from tutor.mathematics.problem import Problem, ProblemError, load_problem
from tutor.practice.workbench.reading import BenchReading
from tutor.practice.workbench.saving import SavingError, typed_path
from tutor.study.services import Services
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.workbench.bench import load_bench
from tutor.tui.workbench.problem_page import OwnProblem, ProblemPage


async def open_workbench(app: App[Any], services: Services) -> None:
    """Show the workbench as the learner left it."""
    from tutor.tui.workbench.screen import BenchScreen  # noqa: PLC0415 - it leads to files, and so back here

    await app.push_screen(BenchScreen(services, await asyncio.to_thread(load_bench, services)))


async def ask_for_file(app: App[Any], services: Services) -> None:
    """Ask for a problem file, and show its page."""

    async def take(text: str) -> str:
        try:
            own = await asyncio.to_thread(_load, text)
        except (ProblemError, SavingError, OSError) as error:
            return str(error)
        await app.switch_screen(ProblemPage(services, own))
        return ""

    question = Question("Workbench", "Which problem file? Type its path; ~ is your home folder.")
    await app.push_screen(AskScreen(services.terminal, question, take))


def file_page(services: Services, problem: Problem, file: bytes) -> ProblemPage:
    """Return the page of a problem file; file is what it holds."""
    return ProblemPage(services, OwnProblem(problem, file))


def own_of_reading(reading: BenchReading, typed: str) -> OwnProblem:
    """Return the problem that was read from a typed text without fault, of which nothing is missing."""
    assert reading.problem is not None
    return OwnProblem(reading.problem, reading.file.encode(), "" if reading.is_file else typed, reading.notes)


def _load(path_text: str) -> OwnProblem:
    """Return the problem in a file. Raises ProblemError for a fault in it, SavingError for what is no path."""
    path = typed_path(path_text)
    return OwnProblem(load_problem(path), path.read_bytes())
