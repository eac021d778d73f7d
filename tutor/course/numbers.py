"""The one place where lessons meet the mathematics: the problems that they name, and the numbers of these."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

from tutor.course.blocks.common import Source, Vary
from tutor.course.fill_in import UnknownNumberError
from tutor.course.model import LessonHead
from tutor.course.number import Number
from tutor.mathematics.cells import Cell, CellError, CellNames
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import Problem, load_problem, read_problem
from tutor.mathematics.values.decimal import decimal_text
from tutor.mathematics.values.real import Value

Derive = Callable[[Problem], Derivation]

_DIGITS_OF_IRRATIONALS = 30
_EXAMPLE = re.compile(r"(?P<column>[^\[\]]+)\[(?P<place>[1-9]\d{0,8})\]")


class LessonNumbers:
    """Looks up the numbers of a lesson's prose.

    A problem file is read when the first of its numbers is asked for, and derived only when the first
    derivative is: what a forward pass gives is there at once.
    """

    def __init__(self, head: LessonHead, derivation_of: Derive = derive, own: Problem | None = None) -> None:
        """Take the lesson that the numbers are for, and what derives its problems.

        own is the problem that numbers without a file are about, where it is another one than the lesson's.
        """
        self._head = head
        self._derivation_of = derivation_of
        self._problems: dict[str | None, Problem] = {} if own is None else {None: own}
        self._forward: dict[str | None, Derivation] = {}
        self._derived: dict[str | None, Derivation] = {}

    def __call__(self, file: str | None, name: str) -> Number:
        """Return a number by its name, of the problem file named or of the lesson's own.

        Raises UnknownNumberError if there is no such number, ProblemError for a fault in the file.
        """
        problem = self._problem(file)
        given = given_values(problem)
        if name in given:
            return as_number(given[name])
        try:
            cell = CellNames(problem).parse(name)
        except CellError as error:
            raise UnknownNumberError(str(error)) from error
        return as_number(self._derivation(file, problem, cell).value(cell.id))

    def _problem(self, file: str | None) -> Problem:
        if file not in self._problems:
            path = self._head.problem if file is None else self._head.path.parent / file
            if path is None:
                raise UnknownNumberError("this number belongs to no problem. Add problem: … to the front matter.")
            self._problems[file] = load_problem(path)
        return self._problems[file]

    def _derivation(self, file: str | None, problem: Problem, cell: Cell) -> Derivation:
        """Return a derivation that has the cell: for a first forward pass, one without derivatives."""
        if cell.kind == "forward" and cell.iteration == 0:
            if file not in self._forward:
                self._forward[file] = forward_only(problem)
            return self._forward[file]
        if file not in self._derived:
            self._derived[file] = self._derivation_of(problem)
        return self._derived[file]


def forward_only(problem: Problem) -> Derivation:
    """Return a derivation without local derivatives: it has the values of the first forward pass, and at once."""
    return Derivation(problem, {})


def given_values(problem: Problem) -> dict[str, Value]:
    """Return what a problem starts from: hyperparameters, given values, examples one by one, parameters."""
    values = dict(problem.update.hyperparameters) if problem.update else {}
    for name, column in problem.examples.items():
        values |= {f"{name}[{place}]": value for place, value in enumerate(column, start=1)}
    return {**values, **problem.given, **problem.parameters}


def problem_of(source: Source) -> Problem:
    """Return the problem of a file or of a lesson's own text.

    Raises ProblemError for a fault in it.
    """
    return load_problem(source) if isinstance(source, Path) else read_problem(source.text, source.source)


def varied(problem: Problem, vary: Vary, seed: int) -> Problem:
    """Return the problem with the numbers of one seed: the same ones whenever it is asked for.

    Raises ProblemError for a name that stands for no number of the problem.
    """
    random = Random(seed)  # noqa: S311 - numbers to practise with are no secret
    drawn = problem
    for name, numbers in vary:
        drawn = _with_number(drawn, name, random.choice(numbers))
    return drawn


def _with_number(problem: Problem, name: str, number: Fraction) -> Problem:
    if name in problem.given:
        return replace(problem, given={**problem.given, name: number})
    if name in problem.parameters:
        return replace(problem, parameters={**problem.parameters, name: number})
    if problem.update and name in problem.update.hyperparameters:
        hyperparameters = {**problem.update.hyperparameters, name: number}
        return replace(problem, update=replace(problem.update, hyperparameters=hyperparameters))
    column, place = _place_in_examples(problem, name)
    if not column:
        message = (
            f"{name} cannot be drawn: it is no given value, parameter or hyperparameter, and no example such as x[1]. "
            "Take it out of vary."
        )
        raise problem.fault(name, message)
    values = problem.examples[column]
    return replace(problem, examples={**problem.examples, column: (*values[: place - 1], number, *values[place:])})


def _place_in_examples(problem: Problem, name: str) -> tuple[str, int]:
    """Return the column and the place, counted from 1, of a name such as x[1]; no column where there is none."""
    found = _EXAMPLE.fullmatch(name)
    if found is None or found["column"] not in problem.examples or int(found["place"]) > problem.example_count:
        return "", 0
    return found["column"], int(found["place"])


def as_number(value: Value) -> Number:
    """Return a value as a number that prose can show."""
    if isinstance(value, Fraction):
        return Number(value)
    return Number(Fraction(decimal_text(value, _DIGITS_OF_IRRATIONALS)), exact=False)
