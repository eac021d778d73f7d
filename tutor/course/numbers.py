"""The one place where lessons meet the mathematics: the problems that they name, and the numbers of these."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from tutor.course.fill_in import UnknownNumberError
from tutor.course.model import LessonHead, Steps
from tutor.course.number import Number
from tutor.mathematics.cells import Cell, CellError, CellNames
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import Problem, load_problem, read_problem
from tutor.mathematics.values.decimal import decimal_text
from tutor.mathematics.values.real import Value

_DIGITS_OF_IRRATIONALS = 30


class LessonNumbers:
    """Looks up the numbers of a lesson's prose.

    A problem file is read when the first of its numbers is asked for, and derived only when the first
    derivative is: what a forward pass gives is there at once.
    """

    def __init__(self, head: LessonHead, derivation_of: Callable[[Problem], Derivation] = derive) -> None:
        """Take the lesson that the numbers are for, and what derives its problems."""
        self._head = head
        self._derivation_of = derivation_of
        self._problems: dict[Path, Problem] = {}
        self._forward: dict[Path, Derivation] = {}
        self._derived: dict[Path, Derivation] = {}

    def __call__(self, file: str | None, name: str) -> Number:
        """Return a number by its name, of the problem file named or of the lesson's own.

        Raises UnknownNumberError if there is no such number, ProblemError for a fault in the file.
        """
        path = self._head.problem if file is None else self._head.path.parent / file
        if path is None:
            raise UnknownNumberError("this number belongs to no problem. Add problem: … to the front matter.")
        if path not in self._problems:
            self._problems[path] = load_problem(path)
        return _as_number(self._value(path, name))

    def _value(self, path: Path, name: str) -> Value:
        problem = self._problems[path]
        given = given_values(problem)
        if name in given:
            return given[name]
        try:
            cell = CellNames(problem).parse(name)
        except CellError as error:
            raise UnknownNumberError(str(error)) from error
        return self._derivation(path, cell).value(cell.id)

    def _derivation(self, path: Path, cell: Cell) -> Derivation:
        """Return a derivation that has the cell: for a first forward pass, one without derivatives."""
        if cell.kind == "forward" and cell.iteration == 0:
            if path not in self._forward:
                self._forward[path] = Derivation(self._problems[path], {})
            return self._forward[path]
        if path not in self._derived:
            self._derived[path] = self._derivation_of(self._problems[path])
        return self._derived[path]


def given_values(problem: Problem) -> dict[str, Value]:
    """Return what a problem starts from: hyperparameters, given values, examples one by one, parameters."""
    values = dict(problem.update.hyperparameters) if problem.update else {}
    for name, column in problem.examples.items():
        values |= {f"{name}[{place}]": value for place, value in enumerate(column, start=1)}
    return {**values, **problem.given, **problem.parameters}


def problem_of(steps: Steps) -> Problem:
    """Return the problem of a worksheet.

    Raises ProblemError for a fault in it.
    """
    if isinstance(steps.problem, Path):
        return load_problem(steps.problem)
    return read_problem(steps.problem.text, steps.problem.source)


def _as_number(value: Value) -> Number:
    if isinstance(value, Fraction):
        return Number(value)
    return Number(Fraction(decimal_text(value, _DIGITS_OF_IRRATIONALS)), exact=False)
