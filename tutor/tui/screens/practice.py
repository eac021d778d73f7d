"""A problem file of the learner's own, worked on as a worksheet."""

from collections.abc import Callable
from hashlib import sha256

from tutor.lab.settings import ProblemSubject
from tutor.mathematics.problem import Problem
from tutor.mathematics.report import as_text
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.hand import HandScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.worksheet import WorksheetScreen
from tutor.tui.services import Services
from tutor.tui.sheets import practice_desk


def practice_screen(services: Services, problem: Problem, file: bytes) -> PreparingScreen:
    """Return the screen that leads to the worksheet of a problem file; file is what it holds."""

    def prepare() -> Callable[[], TutorScreen]:
        desk = practice_desk(services, problem, file)
        ways = {"derivation": lambda: _derivation(services, problem), "lab": lambda: _lab(services, problem, file)}
        return lambda: WorksheetScreen(services.terminal, problem.title, desk, ways=ways)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)


def _derivation(services: Services, problem: Problem) -> TutorScreen:
    def prepare() -> Callable[[], TutorScreen]:
        lines = list(as_text(services.derivation_of(problem)))[1:]
        return lambda: HandScreen(services.terminal, problem.title, (), lines)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)


def _lab(services: Services, problem: Problem, file: bytes) -> TutorScreen:
    # Imported here because NumPy comes with them.
    from tutor.tui.lab_menu import problem_lab  # noqa: PLC0415
    from tutor.tui.lab_opening import lab_screen  # noqa: PLC0415

    return lab_screen(services, problem_lab(ProblemSubject(problem, sha256(file).hexdigest())))
