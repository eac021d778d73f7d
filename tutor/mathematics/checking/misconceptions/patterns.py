"""Recognising structure in formulas, whatever the order of their terms and factors.

Everything here works on trees alone. Where a pattern may be spread over several steps (a softmax whose sum is a step
of its own), it takes `inside`: a function that returns what stands behind a name, and every other part as it is;
`opener` makes one for the steps of a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    names,
    number,
    product,
    total,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tutor.mathematics.checking.misconceptions.situation import Situation

    Put = Callable[[Node], Node]
    Inside = Callable[[Node], Node]
    Match = Callable[[Node], "Found | None"]

Found = TypeVar("Found")
TWO = number(2)


# -- looking behind names


def as_it_is(node: Node) -> Node:
    """Return the part itself: looks behind no name."""
    return node


def quantity(identity: str) -> str:
    """Return the name of the file that a cell's id begins with: `h1` of `h1[2]@3`."""
    return identity.partition("@")[0].partition("[")[0]


def opener(situation: Situation) -> Inside:
    """Return a function that gives the formula behind the name of a step, and every other part as it is."""
    steps = situation.problem.steps
    derivation = situation.derivation

    def inside(node: Node) -> Node:
        if isinstance(node, Name) and quantity(node.name) in steps:
            return derivation.formula(derivation.cell(node.name))
        return node

    return inside


def weight_test(situation: Situation) -> Callable[[str], bool]:
    """Return whether a name is a weight or a bias: a parameter, or given under a name such as w1, b."""
    problem = situation.problem

    def is_weight(name: str) -> bool:
        own = quantity(name)
        return own in problem.parameters or (own in problem.given and _WEIGHT.fullmatch(own) is not None)

    return is_weight


_WEIGHT = re.compile(r"(?:w|b|θ|theta|weight|bias)[_\d₀-₉]*", re.IGNORECASE)


def forward_formula(situation: Situation) -> Node | None:
    """Return the formula of a step's value; None for a cell of another kind, and for that of a whole batch."""
    cell = situation.cell
    if cell.kind != "forward" or (situation.problem.examples and not cell.example):
        return None
    return situation.formula


# -- places in a tree


def with_children(node: Node, parts: Sequence[Node]) -> Node:
    """Return the node made of other parts, as many as it has."""
    match node:
        case Sum():
            return Sum(tuple(parts))
        case Product():
            return Product(tuple(parts))
        case Quotient():
            return Quotient(*parts)
        case Power():
            return Power(*parts)
        case Negative():
            return Negative(*parts)
        case Call(function, _):
            return Call(function, tuple(parts))
        case _:
            return node


def with_child(node: Node, place: int, put: Put) -> Put:
    """Return the function that puts another part in the place of one child, and the node where `put` puts it."""
    parts = children(node)

    def put_child(new: Node) -> Node:
        return put(with_children(node, (*parts[:place], new, *parts[place + 1 :])))

    return put_child


def places(node: Node, put: Put = as_it_is) -> Iterator[tuple[Node, Put]]:
    """Yield every part of the tree, the whole first, with the function that gives the tree with another in its place."""
    yield node, put
    for place, part in enumerate(children(node)):
        yield from places(part, with_child(node, place, put))


def outermost(node: Node, match: Match[Found], put: Put = as_it_is) -> Iterator[tuple[Found, Put]]:
    """Yield what `match` finds, from the top down, without looking into the parts that it has matched."""
    found = match(node)
    if found is not None:
        yield found, put
        return
    for place, part in enumerate(children(node)):
        yield from outermost(part, match, with_child(node, place, put))


# -- signs, terms and factors


def negated(node: Node) -> Node:
    """Return the part with its sign turned, written as a person would."""
    match node:
        case Negative(inner):
            return inner
        case Number(value):
            return number(-value)
        case Sum(parts):
            return Sum(tuple(map(negated, parts)))
        case _:
            return Negative(node)


def behind_minus(node: Node) -> Node | None:
    """Return what the leading minus sign stands before, None where there is no such sign."""
    match node:
        case Negative(inner):
            return inner
        case Number(value) if value < 0:
            return number(-value)
        case Sum(parts) if behind_minus(parts[0]) is not None:
            return negated(node)
        case Product((first, *others)):
            inner = behind_minus(first)
            return None if inner is None else product([*([] if inner == number(1) else [inner]), *others])
        case Quotient(top, bottom):
            inner = behind_minus(top)
            return None if inner is None else Quotient(inner, bottom)
        case _:
            return None


def terms(node: Node) -> list[Node]:
    """Return the terms of a sum, nested sums opened; a subtracted term is a Negative."""
    match node:
        case Sum(parts):
            return [term for part in parts for term in terms(part)]
        case Negative(Sum() | Negative() as inner):
            return [negated(term) for term in terms(inner)]
        case _:
            return [node]


@dataclass(frozen=True)
class Factors:
    """A product: its number, the factors on top and those below."""

    coefficient: Fraction
    top: tuple[Node, ...]
    bottom: tuple[Node, ...]

    @property
    def tree(self) -> Node:
        """The product as a tree."""
        above: list[Node] = [*self.top] if self.coefficient == 1 and self.top else [number(self.coefficient), *self.top]
        return Quotient(product(above), product([*self.bottom])) if self.bottom else product(above)


def factors(node: Node) -> Factors:
    """Return the factors of a product or a quotient, nested ones opened; any other part is its own only factor."""
    value = constant(node)
    if value is not None:
        return Factors(value, (), ())
    match node:
        case Negative(inner):
            found = factors(inner)
            return Factors(-found.coefficient, found.top, found.bottom)
        case Product(parts):
            coefficient = Fraction(1)
            top: list[Node] = []
            bottom: list[Node] = []
            for found in map(factors, parts):
                coefficient *= found.coefficient
                top += found.top
                bottom += found.bottom
            return Factors(coefficient, tuple(top), tuple(bottom))
        case Quotient(above, below):
            over, under = factors(above), factors(below)
            if under.coefficient:
                return Factors(
                    over.coefficient / under.coefficient, (*over.top, *under.bottom), (*over.bottom, *under.top)
                )
    return Factors(Fraction(1), (node,), ())


def scaled(coefficient: Fraction, node: Node) -> Node:
    """Return the part times a number, without a factor 1."""
    if coefficient == 1:
        return node
    return negated(node) if coefficient == -1 else Product((number(coefficient), node))


def minus(first: Node, second: Node) -> Node:
    """Return the difference."""
    return Sum((first, negated(second)))


def squared(node: Node) -> Node:
    """Return the square."""
    return Power(node, TWO)


def one_minus(node: Node) -> Node:
    """Return 1 − the part."""
    return minus(number(1), node)


# -- small forms


def exponent(node: Node) -> Node | None:
    """Return x of e^x, however it is written."""
    match node:
        case Call("exp", (inner,)) | Power(Constant("e"), inner):
            return inner
        case _:
            return None


def square_base(node: Node) -> Node | None:
    """Return x of x² or x·x."""
    match node:
        case Power(base, raised) if constant(raised) == 2:  # noqa: PLR2004 - a square
            return base
        case Product((first, second)) if first == second:
            return first
        case _:
            return None


def root_argument(node: Node) -> Node | None:
    """Return x of √x, x^(1/2)."""
    match node:
        case Call("sqrt", (inner,)):
            return inner
        case Power(inner, raised) if constant(raised) == Fraction(1, 2):
            return inner
        case _:
            return None


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
    if len(parts) != 2 or len(powers) != 1 or 1 not in map(constant, parts):  # noqa: PLR2004 - 1 and a power of e
        return None
    raised_to = exponent(powers[0])
    if raised_to is None:
        return None
    if constant(top) == 1:
        return negated(raised_to)
    return raised_to if exponent(inside(top)) == raised_to else None


# -- larger forms


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
    if len(found.top) != 1 or found.bottom:
        return None
    base, coefficient = square_base(found.top[0]), found.coefficient
    if base is None:
        behind = factors(inside(found.top[0]))
        if len(behind.top) != 1 or behind.bottom:
            return None
        base, coefficient = square_base(behind.top[0]), coefficient * behind.coefficient
    if base is None:
        return None
    parts = terms(inside(base))
    added = [part for part in parts if behind_minus(part) is None]
    taken = [inner for part in parts if (inner := behind_minus(part)) is not None]
    if not added or not taken or not any(len(side) == 1 and _is_atom(side[0]) for side in (added, taken)):
        return None
    return SquaredDifference(coefficient, base, total(added), total(taken))


def _is_atom(node: Node) -> bool:
    return isinstance(node, Name) or constant(node) is not None


@dataclass(frozen=True)
class Activation:
    """An activation function applied to a pre-activation; `name` is how it is called, `of` applies it to another."""

    name: str
    argument: Node
    of: Callable[[Node], Node]


def activation(node: Node, inside: Inside = as_it_is) -> Activation | None:
    """Return the activation that a part is: sigmoid (also written out), relu (also as max), tanh, softplus."""
    argument = relu_argument(node)
    if argument is not None:
        return Activation("ReLU", argument, lambda z: Call("relu", (z,)))
    argument = logistic_argument(node, inside)
    if argument is not None:
        return Activation("the sigmoid", argument, lambda z: Call("sigmoid", (z,)))
    match node:
        case Call(("tanh" | "softplus") as function, (inner,)):
            return Activation(function, inner, lambda z: Call(function, (z,)))
        case _:
            return None


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


def weighted_sum(node: Node, is_weight: Callable[[str], bool]) -> WeightedSum | None:
    """Return a sum of weights times inputs, None where no weight multiplies another quantity."""
    pairs: list[tuple[Name, Node]] = []
    biases: list[Name] = []
    rest: list[Node] = []
    for term in terms(node):
        found = factors(term)
        weights = [part for part in found.top if isinstance(part, Name) and is_weight(part.name)]
        entered = Factors(found.coefficient, tuple(part for part in found.top if part not in weights), found.bottom)
        if len(weights) != 1:
            rest.append(term)
        elif names(entered.tree):
            pairs.append((weights[0], entered.tree))
        elif term == weights[0]:
            biases.append(weights[0])
        else:
            rest.append(term)
    return WeightedSum(tuple(pairs), tuple(biases), tuple(rest)) if pairs else None
