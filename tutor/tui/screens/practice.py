"""A problem of the learner's own, from a file or typed: its worksheet, its derivation, its lab, and the way to more."""

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from tutor.digest import digest_of
from tutor.mathematics.problem import Problem
from tutor.mathematics.report import as_text
from tutor.study.problem_sheets import practice_desk
from tutor.study.services import Services
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.hand import HandScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.worksheet import WorksheetScreen

if TYPE_CHECKING:
    from tutor.practice.workbench.choice import CellChoice

_MOST_LINES = 2_000
"""Lines of a derivation that are shown; the command prints the others."""


def practice_screen(services: Services, problem: Problem, file: bytes) -> PreparingScreen:
    """Return the screen that leads to the worksheet of a problem file; file is what it holds."""

    def page() -> TutorScreen:
        from tutor.tui.workbench.opening import file_page  # noqa: PLC0415 - it leads to worksheets, and so back here

        return file_page(services, problem, file)

    return _sheet(services, problem, file, None, {"workbench": page})


def sheet_screen(
    services: Services, problem: Problem, file: bytes, choice: "CellChoice | None" = None
) -> PreparingScreen:
    """Return the screen that leads to a worksheet of a problem: with the chosen cells, or with all of the usual ones.

    file is what the problem's file holds, or would hold.
    """
    return _sheet(services, problem, file, choice, {})


def derivation_screen(services: Services, problem: Problem) -> PreparingScreen:
    """Return the screen that leads to every cell of a problem with its rule and its numbers."""

    def prepare() -> Callable[[], TutorScreen]:
        lines = list(islice(as_text(services.derivation_of(problem)), 1, _MOST_LINES + 2))
        notes: tuple[str, ...] = ()
        if len(lines) > _MOST_LINES:
            del lines[_MOST_LINES:]
            notes = (f"These are the first {_MOST_LINES:,} lines. Saved as a file, gdtutor derive FILE prints all.",)
        return lambda: HandScreen(services.terminal, problem.title, notes, lines)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)


def problem_lab_screen(services: Services, problem: Problem, file: bytes) -> TutorScreen:
    """Return the screen that leads to the lab of a problem; file is what its file holds, or would hold."""
    # Imported here because NumPy comes with them.
    from tutor.lab.own import problem_lab  # noqa: PLC0415
    from tutor.lab.settings import ProblemSubject  # noqa: PLC0415
    from tutor.tui.lab.opening import lab_screen  # noqa: PLC0415

    return lab_screen(services, problem_lab(ProblemSubject(problem, digest_of(file).hex())))


def _sheet(
    services: Services,
    problem: Problem,
    file: bytes,
    choice: "CellChoice | None",
    further: dict[str, Callable[[], TutorScreen]],
) -> PreparingScreen:
    def prepare() -> Callable[[], TutorScreen]:
        desk = practice_desk(services, problem, file, choice)
        ways = {
            "derivation": lambda: derivation_screen(services, problem),
            "lab": lambda: problem_lab_screen(services, problem, file),
            **further,
        }
        return lambda: WorksheetScreen(services.terminal, problem.title, desk, ways=ways)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)
