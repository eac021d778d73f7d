"""The worksheet of a block: blank, or filled in by somebody who made the mistakes that the block names."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.making import Making
from tutor.course.fill_in import UnknownNumberError
from tutor.mathematics.cells import CellError
from tutor.mathematics.presentation import typed_value
from tutor.mathematics.worksheet import Worksheet, new_worksheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet, and what somebody filled into its cells without having it checked."""

    worksheet: Worksheet
    filled_in: Mapping[str, str]


def make_sheet(steps: Steps, making: Making) -> Sheet:
    """Return the worksheet of a block.

    Raises ProblemError for a fault in its problem, LessonError for one in the block.
    """
    problem = making.problem(steps)
    assert problem is not None
    derivation = making.derivation_of(problem)
    try:
        worksheet = new_worksheet(derivation, steps.order or (*steps.given, *steps.cells), steps.given)
        if not steps.faulty:
            return Sheet(worksheet, {})
        from tutor.course.wrong_values import wrong_value  # noqa: PLC0415 - all rules of the checker come with it

        faulty = {cell: wrong_value(derivation, cell, rule)[0] for cell, rule in steps.faulty}
    except (CellError, UnknownNumberError) as error:
        raise LessonError(making.head.path, steps.line, str(error)) from error
    values = {cell: faulty.get(cell, derivation.value(derivation.cell(cell).id)) for cell in steps.cells}
    return Sheet(worksheet, {derivation.cell(cell).id: typed_value(value) for cell, value in values.items()})
