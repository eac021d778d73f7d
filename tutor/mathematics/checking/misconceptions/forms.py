"""Recognising what a formula is: an activation, a softmax component, a squared difference, a weighted sum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.patterns import (
    Factors,
    as_it_is,
    behind_minus,
    exponent,
    factors,
    negated,
    quantity,
    square_base,
    terms,
)
from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Node,
    Power,
    Product,
    Quotient,
    names,
    number,
    total,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from tutor.mathematics.checking.misconceptions.patterns import Inside
    from tutor.mathematics.problem import Problem


# -- activations


def relu_argument(node: Node) -> Node | None:
    """Return z of relu(z), max(0, z)."""
    match node:
        case Call("relu", (inner,)):
            return inner
        case Call("max", (first, second)) if constant(first) == 0:
            return second
        case Call("max", (first, second)) if constant(second) == 0:
            return first
        case _:
            return None


def logistic_argument(node: Node, inside: Inside = as_it_is) -> Node | None:
    """Return z of σ(z), 1/(1 + e^(−z)), e^z/(1 + e^z)."""
    match node:
        case Call("sigmoid", (inner,)):
            return inner
        case Quotient(top, bottom):
            pass
        case Power(bottom, raised) if constant(raised) == -1:
            top = number(1)
        case _:
            return None
    parts = [inside(part) for part in terms(inside(bottom))]
    powers = [part for part in parts if exponent(part) is not None]
    if len(parts) != 2 or len(powers) != 1 or number(1) not in parts:  # noqa: PLR2004 - 1 and a power of e
        return None
    raised_to = exponent(powers[0])
    if raised_to is None:
        return None
    if constant(top) == 1:
        return negated(raised_to)
    return raised_to if exponent(inside(top)) == raised_to else None


@dataclass(frozen=True)
class Activation:
    """An activation function applied to a pre-activation.

    `name` is how it is called and `order` tells to apply it; `of` applies it to another pre-activation.
    """

    name: str
    argument: Node
    of: Callable[[Node], Node]
    order: str


def activation(node: Node, inside: Inside = as_it_is) -> Activation | None:
    """Return the activation that a part is: sigmoid (also written out), relu (also as max), tanh, softplus."""
    argument = relu_argument(node)
    if argument is not None:
        return Activation("ReLU", argument, lambda z: Call("relu", (z,)), "ReLU cuts negative inputs to 0.")
    argument = logistic_argument(node, inside)
    if argument is not None:
        return Activation("the sigmoid", argument, lambda z: Call("sigmoid", (z,)), "Apply the sigmoid to it.")
    match node:
        case Call(("tanh" | "softplus") as function, (inner,)):
            return Activation(function, inner, lambda z: Call(function, (z,)), f"Apply {function} to it.")
        case _:
            return None


# -- losses and sums


@dataclass(frozen=True)
class Softmax:
    """One component of a softmax: its own score, and all scores in the order of the sum."""

    own: Node
    scores: tuple[Node, ...]


def softmax(node: Node, inside: Inside = as_it_is) -> Softmax | None:
    """Return the scores of e^(z_i)/Σ e^(z_j), None for any other part."""
    if not isinstance(node, Quotient):
        return None
    own = exponent(inside(node.top))
    scores = [exponent(inside(part)) for part in terms(inside(node.bottom))]
    known = tuple(score for score in scores if score is not None)
    if own is None or len(known) < max(2, len(scores)) or known.count(own) != 1:
        return None
    return Softmax(own, known)


@dataclass(frozen=True)
class SquaredDifference:
    """A part factor·base², where the base is a difference first − second; one of the two is a name or a number."""

    factor: Fraction
    base: Node
    first: Node
    second: Node


def squared_difference(node: Node, inside: Inside = as_it_is) -> SquaredDifference | None:
    """Return a number times a squared difference, None for any other part.

    The square may stand behind a name, and so may the difference.
    """
    found = factors(node)
    base = _squared_factor(found)
    coefficient = found.coefficient
    if base is None and len(found.top) == 1:
        behind = factors(inside(found.top[0]))
        base, coefficient = _squared_factor(behind), coefficient * behind.coefficient
    if base is None or found.bottom:
        return None
    parts = terms(inside(base))
    added = [part for part in parts if behind_minus(part) is None]
    taken = [inner for part in parts if (inner := behind_minus(part)) is not None]
    if not added or not taken or not any(len(side) == 1 and _is_atom(side[0]) for side in (added, taken)):
        return None
    return SquaredDifference(coefficient, base, total(added), total(taken))


def _squared_factor(found: Factors) -> Node | None:
    """Return x where the factors are x² alone, or x twice."""
    if found.bottom or not found.top:
        return None
    if len(found.top) == 2 and found.top[0] == found.top[1]:  # noqa: PLR2004 - x·x
        return found.top[0]
    return square_base(found.top[0]) if len(found.top) == 1 else None


def _is_atom(node: Node) -> bool:
    return isinstance(node, Name) or constant(node) is not None


class Roles:
    """Which names of a problem are weights and biases: parameters, and given values under a name such as w1, b."""

    def __init__(self, problem: Problem) -> None:
        """Remember what the problem declares."""
        self._problem = problem

    def is_weight(self, name: str) -> bool:
        """Whether the name may be a weight."""
        return self._is_parameter_or(_WEIGHT, name)

    def is_bias(self, name: str) -> bool:
        """Whether the name may be a bias."""
        return self._is_parameter_or(_BIAS, name)

    def _is_parameter_or(self, pattern: re.Pattern[str], name: str) -> bool:
        own = quantity(name)
        return own in self._problem.parameters or (own in self._problem.given and bool(pattern.fullmatch(own)))


_WEIGHT = re.compile(r"(?:w|θ|theta|weight)[_\d₀-₉]*", re.IGNORECASE)
_BIAS = re.compile(r"(?:b|w|θ|theta|bias)[_\d₀-₉]*", re.IGNORECASE)


@dataclass(frozen=True)
class WeightedSum:
    """A sum w1·x1 + w2·x2 + b + …: weights with what they multiply, biases (weights alone), and other terms."""

    pairs: tuple[tuple[Name, Node], ...]
    biases: tuple[Name, ...]
    rest: tuple[Node, ...]

    @property
    def products(self) -> list[Node]:
        """The products of weights and inputs."""
        return [Product((weight, entered)) for weight, entered in self.pairs]

    def tree(self, products: Sequence[Node], *, bias: bool = True) -> Node:
        """Return the sum with other products, with its biases or without them."""
        return total([*products, *(self.biases if bias else ()), *self.rest])


def weighted_sum(node: Node, roles: Roles) -> WeightedSum | None:
    """Return a sum of weights times inputs, None where no weight multiplies another quantity."""
    pairs: list[tuple[Name, Node]] = []
    biases: list[Name] = []
    rest: list[Node] = []
    for term in terms(node):
        found = factors(term)
        weights = [part for part in found.top if isinstance(part, Name) and roles.is_weight(part.name)]
        entered = Factors(found.coefficient, tuple(part for part in found.top if part not in weights), found.bottom)
        if isinstance(term, Name) and roles.is_bias(term.name):
            biases.append(term)
        elif len(weights) == 1 and names(entered.tree):
            pairs.append((weights[0], entered.tree))
        else:
            rest.append(term)
    return WeightedSum(tuple(pairs), tuple(biases), tuple(rest)) if pairs else None
