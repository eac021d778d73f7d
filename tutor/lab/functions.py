"""A function that somebody typed, with its start, made into the subject of a lab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.engine.descent_typed import function_problem, variables
from tutor.lab.error import LabError
from tutor.lab.numbers import read_exact
from tutor.lab.settings import FunctionSubject
from tutor.mathematics.notation.printing import plain

if TYPE_CHECKING:
    from fractions import Fraction

    from tutor.mathematics.problem import Problem

_LONGEST = 200
_FARTHEST = 10**9
_START = re.compile(r"\s*([^\W\d]\w*)\s*=\s*(\S+)\s*")


def function_subject(formula: str, start: str) -> FunctionSubject:
    """Return the function of one or two variables that was typed, and where it starts.

    `start` is `x = 3` or `x1 = 3, x2 = 2`; it tells which names are variables. Raises EngineError for what cannot be
    read, with what to write instead.
    """
    if len(formula) > _LONGEST:
        raise LabError(f"This is longer than {_LONGEST} signs. Put it into a problem file, step by step.")
    values = read_start(start)
    problem = function_problem(right_side(formula), dict(values))
    return FunctionSubject(plain(problem.steps[problem.objective].formula), values)


def read_start(text: str) -> tuple[tuple[str, Fraction], ...]:
    """Return names with their numbers: `x1 = 3, x2 = 2`. Raises LabError for what is not like that."""
    found: list[tuple[str, Fraction]] = []
    for part in re.split(r"[,;]", text):
        match = _START.fullmatch(part)
        if match is None:
            raise LabError(f"“{part.strip()[:40]}” is no starting value. Write them as x1 = 3, x2 = 2.")
        value = read_exact(match[2])
        if abs(value) > _FARTHEST:
            raise LabError(f"{match[2]} is too far away to start from. Write a smaller number.")
        found.append((match[1], value))
    if len({name for name, _ in found}) < len(found):
        raise LabError("A variable has two starting values. Write one for each.")
    return tuple(found)


def usual_start(formula: str) -> str:
    """Return a start to offer for a formula: 1 for each variable. Raises EngineError where it cannot be read."""
    return ", ".join(f"{name} = 1" for name in variables(right_side(formula)))


def problem_of_function(subject: FunctionSubject) -> Problem:
    """Return the problem whose only step is the function. Raises EngineError where it cannot be read."""
    return function_problem(subject.formula, dict(subject.start))


def right_side(formula: str) -> str:
    """Return a formula without a name in front: of `f(x) = x²` the `x²`."""
    _, equals, right = formula.rpartition("=")
    return (right if equals else formula).strip()
