"""Worksheets put on the desk: derived, filled in as the learner left them, ready to go on."""

from hashlib import sha256

from tutor.course.error import LessonError
from tutor.course.model import Steps
from tutor.course.numbers import problem_of
from tutor.learner.events import EventMaker
from tutor.mathematics.cells import CellError
from tutor.mathematics.problem import Problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.tui.cells import Cells
from tutor.tui.desk import Desk
from tutor.tui.progress import block_activity
from tutor.tui.reader import Reader
from tutor.tui.services import Services
from tutor.tui.session import Session


def lesson_desk(services: Services, reader: Reader, steps: Steps, cell: str) -> Desk:
    """Return the desk for a worksheet of the page that is read; cell is where to begin, or empty.

    This may take a second. Raises ProblemError for a fault in the problem, LessonError for one in the lesson.
    """
    derivation = services.derivation_of(problem_of(steps))
    try:
        worksheet = new_worksheet(derivation, (*steps.given, *steps.cells), steps.given)
    except CellError as error:
        raise LessonError(reader.lesson.head.path, steps.line, str(error)) from error
    maker = EventMaker(block_activity(steps), services.now)
    session = Session(worksheet, services.store, maker, lambda cell: reader.place_in(steps, cell))
    return _desk(session, cell, steps.intro)


def practice_desk(services: Services, problem: Problem, file: bytes) -> Desk:
    """Return the desk for all cells of a problem file; file is what it holds, by which it is known again.

    This may take a second. Raises ProblemError for a fault in the problem.
    """
    worksheet = new_worksheet(services.derivation_of(problem))
    maker = EventMaker(f"problem:{sha256(file).hexdigest()}", services.now)
    return _desk(Session(worksheet, services.store, maker))


def _desk(session: Session, cell: str = "", intro: str = "") -> Desk:
    cells = Cells(session.worksheet.entries, session.typed, cell or session.last)
    return Desk(session, cells, intro)
