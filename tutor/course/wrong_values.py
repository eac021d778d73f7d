"""What a usual mistake makes of a cell: the wrong option of a question, the fault of a worksheet."""

from tutor.course.fill_in import UnknownNumberError
from tutor.mathematics.cells import CellError
from tutor.mathematics.checking.literals import same
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
from tutor.mathematics.checking.misconceptions.suspects import FAMILIES
from tutor.mathematics.derivation import Derivation
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import Value


def suspicions_of(derivation: Derivation, cell: str, misconception: str) -> list[Suspicion]:
    """Return what a misconception would make of a cell: nothing where it has nothing to do with it.

    Raises UnknownNumberError for a name that is no cell.
    """
    try:
        situation = Situation(derivation, derivation.cell(cell), derivation.value)
    except CellError as error:
        raise UnknownNumberError(str(error)) from error
    return [found for family in FAMILIES for found in family(situation) if found.id == misconception]


def wrong_value(derivation: Derivation, cell: str, misconception: str) -> tuple[Value, str]:
    """Return the wrong value that a misconception gives to a cell, and what is said about it.

    Raises UnknownNumberError where the misconception does not apply there, or gives the right value.
    """
    right = derivation.value(derivation.cell(cell).id)
    found = suspicions_of(derivation, cell, misconception)
    situation = Situation(derivation, derivation.cell(cell), derivation.value)
    for suspicion in found:
        try:
            value = situation.of(suspicion.wrong)
        except (NotDefinedError, TooLargeError, ProblemError):
            continue
        if not same(value, right):
            return value, suspicion.feedback
    why = "gives the right value there" if found else "has nothing to do with that cell"
    message = f"the misconception {misconception} {why}. Choose another one for {cell}, or other numbers."
    raise UnknownNumberError(message)
