"""What a squared error is made of: prediction, target, difference, and how a parameter moves the prediction.

All formulas here are over the names of the problem file; `at_example` takes them to one example.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import depends
from tutor.mathematics.checking.misconceptions.situation import Situation, shown
from tutor.mathematics.checking.misconceptions.slopes.right import has, plus, slope, times
from tutor.mathematics.notation.expression import (
    ONE,
    ZERO,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    names,
    number,
    product,
    rename,
    total,
    walk,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from tutor.mathematics.problem import Problem

_DEPTH = 12
_LARGEST = 400


@dataclass(frozen=True)
class SquaredError:
    """An objective factor·(prediction − target)²; `base` is the difference as the file has it."""

    factor: Node
    base: Node
    residual: Node
    prediction: Node
    target: Node

    @property
    def is_halved(self) -> bool:
        """Whether the factor before the square is ½."""
        return constant(self.factor) == Fraction(1, 2)

    @property
    def square(self) -> str:
        """The square as the learner sees it."""
        return shown(Power(self.base, number(2)))

    @property
    def is_plain(self) -> bool:
        """Whether there is no factor before the square."""
        return self.factor == ONE


def squared_error(problem: Problem) -> SquaredError | None:
    """Return what the objective is made of, where it is the square of a prediction less a target."""
    found = _square(problem, problem.steps[problem.objective].formula)
    if found is None:
        return None
    factor, base = found
    sides = _sides(problem, base)
    return SquaredError(factor, base, *sides) if sides else None


def moving_names(problem: Problem) -> set[str]:
    """Return the parameters and the steps that depend on them."""
    moving = set(problem.parameters)
    for step in problem.steps.values():
        if not moving.isdisjoint(step.uses):
            moving.add(step.name)
    return moving


def _moves(problem: Problem, node: Node) -> bool:
    return not moving_names(problem).isdisjoint(names(node))


def _square(problem: Problem, formula: Node) -> tuple[Node, Node] | None:
    """Return the factor and the base where the formula is factor·base²."""
    match formula:
        case Power(base, exponent) if constant(exponent) == 2:  # noqa: PLR2004 - a square
            return ONE, base
        case Product((first, second)) if first == second:
            return ONE, first
        case Product(factors):
            moving = [place for place, factor in enumerate(factors) if _moves(problem, factor)]
            if len(moving) != 1:
                return None
            inner = _square(problem, factors[moving[0]])
            others = product([*factors[: moving[0]], *factors[moving[0] + 1 :]])
            return inner and (times(others, inner[0]), inner[1])
        case Quotient(top, bottom) if not _moves(problem, bottom):
            inner = _square(problem, top)
            return inner and (Quotient(inner[0], bottom), inner[1])
        case _:
            return None


def _sides(problem: Problem, base: Node) -> tuple[Node, Node, Node] | None:
    """Return (prediction − target, prediction, target) for a difference, or for a step that is one."""
    if isinstance(base, Name) and base.name in problem.steps:
        inner = _sides(problem, problem.steps[base.name].formula)
        if inner is None:
            return None
        is_turned = _turned(problem, problem.steps[base.name].formula)
        return Negative(base) if is_turned else base, inner[1], inner[2]
    if not isinstance(base, Sum):
        return None
    moving = [term for term in base.terms if _moves(problem, term)]
    resting = [term for term in base.terms if not _moves(problem, term)]
    if not moving or not resting:
        return None
    if _turned(problem, base):
        prediction, target = total([_negated(term) for term in moving]), total(resting)
        return Sum((prediction, _negated(target))), prediction, target
    prediction, target = total(moving), total([_negated(term) for term in resting])
    return Sum((prediction, _negated(target))), prediction, target


def _turned(problem: Problem, base: Node) -> bool:
    """Whether the difference is target − prediction: everything that moves is taken away."""
    if isinstance(base, Name):
        return _turned(problem, problem.steps[base.name].formula)
    return isinstance(base, Sum) and all(isinstance(term, Negative) for term in base.terms if _moves(problem, term))


def _negated(term: Node) -> Node:
    return term.inner if isinstance(term, Negative) else Negative(term)


# -- how a parameter moves the prediction


def inner_derivative(problem: Problem, node: Node, parameter: str, depth: int = _DEPTH) -> Node | None:
    """Return the derivative of a formula by a parameter in which it is linear, also through steps.

    None where it is not linear, and where the derivative would be beyond all bounds.
    """
    moving = [
        name
        for name in names(node)
        if name == parameter or (name in problem.steps and depends(problem, name, parameter))
    ]
    parts: list[Node] = []
    for name in moving:
        local = slope(node, name)
        if not depth or any(has(local, other) for other in moving):
            return None
        if name != parameter:
            inside = inner_derivative(problem, problem.steps[name].formula, parameter, depth - 1)
            if inside is None:
                return None
            local = times(local, inside)
        parts.append(local)
    found = plus(*parts)
    return found if sum(1 for _ in walk(found)) <= _LARGEST else None


def biases(problem: Problem, prediction: Node) -> list[str]:
    """Return the parameters that are added to the prediction as they are."""
    return [name for name in problem.parameters if inner_derivative(problem, prediction, name) == ONE]


def is_data(problem: Problem, node: Node) -> bool:
    """Whether a formula is made of given values only."""
    return node != ZERO and not _moves(problem, node)


def at_example(situation: Situation, node: Node, example: int) -> Node:
    """Return a formula over names of the file as one over the cells of an example."""
    iteration = situation.cell.iteration
    return rename(node, lambda name: situation.derivation.name_at(name, example, iteration))
