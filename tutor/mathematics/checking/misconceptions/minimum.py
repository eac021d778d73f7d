"""The lowest point of an objective that is a quadratic function of its parameters, found exactly."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.other_point import OtherPoint, exactly
from tutor.mathematics.notation.expression import Name, Negative, Node, Power, Product, Quotient, Sum, names
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.checking.misconceptions.situation import Situation
    from tutor.mathematics.problem import Problem

_MOST_PARAMETERS = 6
_QUADRATIC = 2


def lowest_point(situation: Situation, iteration: int) -> dict[str, Fraction]:
    """Return where the objective of an iteration is lowest; nothing where it is not quadratic or has no such point.

    Raises one of NO_VALUE where a gradient has no value.
    """
    problem, derivation = situation.problem, situation.derivation
    reached = [name for name in problem.parameters if derivation.path_count(name)]
    if len(reached) > _MOST_PARAMETERS or degree(problem) != _QUADRATIC:
        return {}
    here = {name: situation.value(derivation.name_at(name, 0, iteration)) for name in reached}
    point = {name: value for name, value in here.items() if isinstance(value, Fraction)}
    if len(point) < len(reached):
        return {}
    # the gradient is linear, so one step along a parameter gives a column of second derivatives exactly
    points = [point, *({**point, name: point[name] + 1} for name in reached)]
    gradients = [_gradient(situation, iteration, other) for other in points]
    start, *columns = [gradient for gradient in gradients if gradient is not None] or [[]]
    if len(columns) < len(reached):
        return {}
    rows = [[*(column[place] - slope for column in columns), -slope] for place, slope in enumerate(start)]
    change = _solved(rows)
    return {} if change is None else {name: point[name] + by for name, by in zip(reached, change, strict=True)}


def _gradient(situation: Situation, iteration: int, point: Mapping[str, Fraction]) -> list[Fraction] | None:
    """Return the gradient at a point, None where it is not rational."""
    there = OtherPoint(exactly(situation), iteration, point)
    slopes = [there.gradient(name) for name in point]
    rational = [slope for slope in slopes if isinstance(slope, Fraction)]
    return rational if len(rational) == len(slopes) else None


def _solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Return the solution of the equations; None unless the symmetric matrix before the last column is positive.

    Without exchanging rows, a symmetric matrix is positive definite exactly where every pivot is above 0.
    """
    size = len(rows)
    for pivot in range(size):
        if rows[pivot][pivot] <= 0:
            return None
        scale = rows[pivot][pivot]
        rows[pivot] = [entry / scale for entry in rows[pivot]]
        for other in range(size):
            if other != pivot and rows[other][pivot]:
                factor = rows[other][pivot]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return [row[-1] for row in rows]


def degree(problem: Problem) -> float:
    """Return the degree of the objective as a polynomial in the parameters, as written; infinite where it is none."""
    degrees: dict[str, float] = dict.fromkeys(problem.parameters, 1)
    for step in problem.steps.values():
        degrees[step.name] = _degree(step.formula, degrees)
    return degrees[problem.objective]


def _degree(node: Node, degrees: Mapping[str, float]) -> float:
    if not any(degrees.get(name) for name in names(node)):
        return 0
    match node:
        case Name(name):
            return degrees[name]
        case Sum(terms):
            return max(_degree(term, degrees) for term in terms)
        case Product(factors):
            return sum(_degree(factor, degrees) for factor in factors)
        case Negative(inner):
            return _degree(inner, degrees)
        case Quotient(top, bottom) if not _degree(bottom, degrees):
            return _degree(top, degrees)
        case Power(base, exponent):
            value = constant(exponent)
            whole = value is not None and value.denominator == 1 and value >= 0
            return _degree(base, degrees) * int(value) if whole and value else math.inf
        case _:
            return math.inf
