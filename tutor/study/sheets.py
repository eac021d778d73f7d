"""Worksheets put on the desk: derived, filled in as the learner left them, ready to go on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.course.blocks.steps import Steps
from tutor.course.exercises.making import Making
from tutor.course.exercises.sheet import Sheet, make_sheet
from tutor.digest import digest_of
from tutor.learner.events import EventMaker
from tutor.mathematics.problem import Problem
from tutor.mathematics.worksheet import Worksheet, new_worksheet
from tutor.study.cells import Cells
from tutor.study.desk import Desk
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.session import Session

if TYPE_CHECKING:
    from tutor.practice.workbench.choice import CellChoice


def lesson_desk(services: Services, reader: Reader, steps: Steps, cell: str) -> Desk:
    """Return the desk for a worksheet of the page that is read; cell is where to begin, or empty.

    This may take a second. Raises ProblemError for a fault in the problem, LessonError for one in the lesson.
    """
    maker = EventMaker(reader.pages.activity(steps), services.now)

    def begin(worksheet: Worksheet) -> Session:
        return Session(worksheet, services.store, maker, lambda cell: reader.place_in(steps, cell))

    return _filled_desk(make_sheet(steps, reader.pages.making(steps)), begin, cell, steps.intro)


def task_desk(services: Services, steps: Steps, making: Making, activity: str, notes: str) -> Desk:
    """Return the desk for a task of the practice, where it was left; notes stand below it at first.

    This may take a second. Raises ProblemError or LessonError where the task cannot be made.
    """
    maker = EventMaker(activity, services.now)
    return _filled_desk(make_sheet(steps, making), lambda sheet: Session(sheet, services.store, maker), "", notes)


def practice_desk(services: Services, problem: Problem, file: bytes, choice: "CellChoice | None" = None) -> Desk:
    """Return the desk for a problem file; file is what it holds, by which it is known again.

    Without a choice of cells it is for all of the usual ones; each choice is a worksheet of its own.
    This may take a second. Raises ProblemError for a fault in the problem.
    """
    derivation = services.derivation_of(problem)
    activity = f"problem:{digest_of(file).hex()}"
    if choice is None:
        worksheet = new_worksheet(derivation)
    else:
        worksheet = new_worksheet(derivation, choice.listed, choice.given)
        activity += f"#{digest_of(repr((choice.blank, choice.given)).encode()).hex()[:16]}"
    return _desk(Session(worksheet, services.store, EventMaker(activity, services.now)))


def hand_desk(services: Services, problem: Problem, notes: str) -> Desk:
    """Return the desk for one step of a lab; it is known again by its numbers, and notes stand below it at first.

    This may take a second. Raises ProblemError where the problem cannot be derived.
    """
    numbers = (problem.parameters, problem.given, problem.examples, problem.update)
    worksheet = new_worksheet(services.derivation_of(problem))
    maker = EventMaker(f"lab:{digest_of(repr(numbers).encode()).hex()}", services.now)
    return _desk(Session(worksheet, services.store, maker), intro=notes)


def _filled_desk(sheet: Sheet, begin: Callable[[Worksheet], Session], cell: str, intro: str) -> Desk:
    """Return the desk for a sheet that somebody may have filled in; what the learner has touched stays as it is."""
    session = begin(sheet.worksheet)
    session.typed |= {name: text for name, text in sheet.filled_in.items() if name not in session.touched}
    return _desk(session, cell, intro)


def _desk(session: Session, cell: str = "", intro: str = "") -> Desk:
    cells = Cells(session.worksheet.entries, session.typed, cell or session.last)
    return Desk(session, cells, intro)
