"""Worksheets of lessons and of the practice: filled in as the learner left them, ready to go on."""

from collections.abc import Callable

from tutor.course.blocks.steps import Steps
from tutor.course.exercises.making import Making
from tutor.course.exercises.sheet import Sheet, make_sheet
from tutor.learner.events import EventMaker
from tutor.mathematics.worksheet import Worksheet
from tutor.study.desk import Desk
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.session import Session


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


def _filled_desk(sheet: Sheet, begin: Callable[[Worksheet], Session], cell: str, intro: str) -> Desk:
    """Return the desk for a sheet that somebody may have filled in; what the learner has touched stays as it is."""
    session = begin(sheet.worksheet)
    session.typed |= {name: text for name, text in sheet.filled_in.items() if name not in session.touched}
    return Desk(session, cell, intro)
