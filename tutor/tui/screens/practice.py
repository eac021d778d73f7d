"""A problem file of the learner's own, worked on as a worksheet."""

from collections.abc import Callable

from tutor.mathematics.problem import Problem
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.worksheet import WorksheetScreen
from tutor.tui.services import Services
from tutor.tui.sheets import practice_desk


def practice_screen(services: Services, problem: Problem, file: bytes) -> PreparingScreen:
    """Return the screen that leads to the worksheet of a problem file; file is what it holds."""

    def prepare() -> Callable[[], TutorScreen]:
        desk = practice_desk(services, problem, file)
        return lambda: WorksheetScreen(services.terminal, problem.title, desk)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)
