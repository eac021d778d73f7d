"""Worksheets put on the desk: derived, filled in as the learner left them, ready to go on."""

from hashlib import sha256

from tutor.course.blocks.steps import Steps
from tutor.course.exercises.sheet import make_sheet
from tutor.learner.events import EventMaker
from tutor.mathematics.problem import Problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.tui.cells import Cells
from tutor.tui.desk import Desk
from tutor.tui.reader import Reader
from tutor.tui.services import Services
from tutor.tui.session import Session


def lesson_desk(services: Services, reader: Reader, steps: Steps, cell: str) -> Desk:
    """Return the desk for a worksheet of the page that is read; cell is where to begin, or empty.

    This may take a second. Raises ProblemError for a fault in the problem, LessonError for one in the lesson.
    """
    making = reader.pages.making(steps)
    sheet = make_sheet(steps, making)
    maker = EventMaker(reader.pages.activity(steps), services.now)
    session = Session(sheet.worksheet, services.store, maker, lambda cell: reader.place_in(steps, cell))
    touched = {event.cell for event in services.store.events(maker.activity)}
    session.typed |= {name: text for name, text in sheet.filled_in.items() if name not in touched}
    return _desk(session, cell, steps.intro)


def practice_desk(services: Services, problem: Problem, file: bytes) -> Desk:
    """Return the desk for all cells of a problem file; file is what it holds, by which it is known again.

    This may take a second. Raises ProblemError for a fault in the problem.
    """
    worksheet = new_worksheet(services.derivation_of(problem))
    maker = EventMaker(f"problem:{sha256(file).hexdigest()}", services.now)
    return _desk(Session(worksheet, services.store, maker))


def hand_desk(services: Services, problem: Problem, notes: str) -> Desk:
    """Return the desk for one step of a lab; it is known again by its numbers, and notes stand below it at first.

    This may take a second. Raises ProblemError where the problem cannot be derived.
    """
    numbers = (problem.parameters, problem.given, problem.examples, problem.update)
    worksheet = new_worksheet(services.derivation_of(problem))
    maker = EventMaker(f"lab:{sha256(repr(numbers).encode()).hexdigest()}", services.now)
    return _desk(Session(worksheet, services.store, maker), intro=notes)


def _desk(session: Session, cell: str = "", intro: str = "") -> Desk:
    cells = Cells(session.worksheet.entries, session.typed, cell or session.last)
    return Desk(session, cells, intro)
