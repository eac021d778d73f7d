"""Worksheets of problems that no lesson asks for: the learner's own, and the steps of a lab."""

from typing import TYPE_CHECKING

from tutor.digest import digest_of
from tutor.learner.events import EventMaker
from tutor.mathematics.problem import Problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.study.desk import Desk
from tutor.study.services import Services
from tutor.study.session import Session

if TYPE_CHECKING:
    from tutor.practice.workbench.choice import CellChoice


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
    return Desk(Session(worksheet, services.store, EventMaker(activity, services.now)))


def hand_desk(services: Services, problem: Problem, notes: str) -> Desk:
    """Return the desk for one step of a lab; it is known again by its numbers, and notes stand below it at first.

    This may take a second. Raises ProblemError where the problem cannot be derived.
    """
    numbers = (problem.parameters, problem.given, problem.examples, problem.update)
    worksheet = new_worksheet(services.derivation_of(problem))
    maker = EventMaker(f"lab:{digest_of(repr(numbers).encode()).hex()}", services.now)
    return Desk(Session(worksheet, services.store, maker), intro=notes)
