"""A function that somebody typed, made into a problem with one step."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tutor.lab.error import LabError
from tutor.lab.numbers import read_exact
from tutor.lab.settings import FunctionSubject
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.functions import CONSTANTS, FUNCTION_SPELLINGS
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.problem import Problem, ProblemError, read_problem

if TYPE_CHECKING:
    from fractions import Fraction

MOST_VARIABLES = 2
_LONGEST = 200
_FARTHEST = 10**9
_OBJECTIVES = ("f", "L", "F", "objective")
_LETTERS = re.compile(r"[a-zA-ZΑ-Ωα-ω][0-9₀-₉]*")
_WORDS = re.compile("|".join(sorted((*FUNCTION_SPELLINGS, *CONSTANTS), key=len, reverse=True)))
_START = re.compile(r"\s*([^\W\d]\w*)\s*=\s*(\S+)\s*")


def function_subject(formula: str, start: str) -> FunctionSubject:
    """Return the function of one or two variables that was typed, and where it starts.

    `start` is `x = 3` or `x1 = 3, x2 = 2`; it tells which names are variables. Raises LabError for what cannot be read,
    with what to write instead.
    """
    if len(formula) > _LONGEST:
        raise LabError(f"This is longer than {_LONGEST} signs. Put it into a problem file, step by step.")
    values = read_start(start)
    if len(values) > MOST_VARIABLES:
        raise LabError("A function here has one or two variables. Put one with more into a problem file.")
    try:
        tree = read(_right_side(formula), Scope.of(name for name, _ in values)).tree
    except ReadingError as error:
        raise LabError(error.message) from error
    subject = FunctionSubject(plain(tree), values)
    problem_of_function(subject)
    return subject


def read_start(text: str) -> tuple[tuple[str, Fraction], ...]:
    """Return names with their numbers: `x1 = 3, x2 = 2`. Raises LabError for what is not like that."""
    found: list[tuple[str, Fraction]] = []
    for part in re.split(r"[,;]", text):
        match = _START.fullmatch(part)
        if match is None:
            raise LabError(f"“{part.strip()[:40]}” is no starting value. Write them as x1 = 3, x2 = 2.")
        found.append((match[1], _within_bounds(match[2])))
    if len({name for name, _ in found}) < len(found):
        raise LabError("A variable has two starting values. Write one for each.")
    return tuple(found)


def _within_bounds(text: str) -> Fraction:
    value = read_exact(text)
    if abs(value) > _FARTHEST:
        raise LabError(f"{text} is too far away to start from. Write a smaller number.")
    return value


def usual_start(formula: str) -> str:
    """Return a start to offer for a formula: 1 for each name in it, as far as they can be told apart."""
    letters = _LETTERS.findall(_WORDS.sub(" ", _right_side(formula)))
    names = list(dict.fromkeys(letters))
    return ", ".join(f"{name} = 1" for name in names[:MOST_VARIABLES]) or "x = 1"


def objective_name(subject: FunctionSubject) -> str:
    """Return what the function is called: f, unless that is a variable."""
    return next(name for name in _OBJECTIVES if name not in subject.names)


def problem_of_function(subject: FunctionSubject) -> Problem:
    """Return the problem whose only step is the function. Raises LabError where it cannot be read."""
    name = objective_name(subject)
    parameters = "\n".join(f"{variable} = {json.dumps(str(value))}" for variable, value in subject.start)
    text = f"[parameters]\n{parameters}\n[steps]\n{name} = {json.dumps(subject.formula)}\n"
    try:
        problem = read_problem(text, _SOURCE)
    except ProblemError as error:
        raise LabError(_WHERE.sub("", str(error))) from error
    unused = [variable for variable in subject.names if variable not in problem.steps[name].uses]
    if unused:
        raise LabError(f"The function does not depend on {unused[0]}. Leave its starting value out.")
    return problem


_SOURCE = "function"
_WHERE = re.compile(rf"^{_SOURCE}(?::\d+)?: ")


def _right_side(formula: str) -> str:
    """Return a formula without a name in front: of `f(x) = x²` the `x²`."""
    _, equals, right = formula.rpartition("=")
    return (right if equals else formula).strip()
