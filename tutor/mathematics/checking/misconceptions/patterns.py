"""Recognising structure in formulas, whatever the order of their terms and factors.

Everything here works on trees alone. `forms` has the larger forms. Where a form may be spread over several steps (a
softmax whose sum is a step of its own), it takes `inside`: a function that returns what stands behind a name, and every
other part as it is; `opener` makes one for the steps of a problem.
"""

from __future__ import annotations

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
    number,
    product,
    walk,
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
_MOST_PARTS = 250


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


def forward_formula(situation: Situation) -> Node | None:
    """Return the formula of a step's value; None for other kinds of cells, for a whole batch and for a huge formula."""
    cell = situation.cell
    if cell.kind != "forward" or (situation.problem.examples and not cell.example):
        return None
    formula = situation.formula
    return formula if sum(1 for _ in walk(formula)) <= _MOST_PARTS else None


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
    """Yield every part of the tree, the whole first, with the function that puts another part in its place."""
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
            positive = behind_minus(first)
            return None if positive is None else product([*([] if positive == number(1) else [positive]), *others])
        case Quotient(top, bottom):
            above = behind_minus(top)
            return None if above is None else Quotient(above, bottom)
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
        size = abs(self.coefficient)
        above: list[Node] = [*self.top] if size == 1 and self.top else [number(size), *self.top]
        whole = Quotient(product(above), product([*self.bottom])) if self.bottom else product(above)
        return negated(whole) if self.coefficient < 0 else whole


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
