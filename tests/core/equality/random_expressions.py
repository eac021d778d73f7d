"""Random expressions, of families in which an equality is easily got wrong: all from one seeded generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

NAMES = ("x", "y", "z")
SMOOTH = ("exp", "sin", "cos", "tanh", "sigmoid", "softplus", "sinh", "cosh")


def leaf(random: Random) -> Node:
    """Return a name, three times of four, or a small number."""
    if random.random() < 0.75:
        return Name(random.choice(NAMES[: random.choice((1, 2, 2, 3))]))
    return number(random.choice((1, 2, 3, 5)))


def square(inner: Node) -> Node:
    return Power(inner, number(2))


def minus(first: Node, second: Node) -> Node:
    return Sum((first, Negative(second)))


def linear(random: Random) -> Node:
    """Return a sum such as 2·x - y + 3."""
    terms: list[Node] = [Product((number(random.randint(2, 4)), Name(random.choice(NAMES[:2])))), leaf(random)]
    terms[1] = random.choice((terms[1], Negative(terms[1])))
    if random.random() < 0.5:
        terms.append(number(random.choice((1, 3, 40))))
    return Sum(tuple(terms))


def polynomial(random: Random, depth: int) -> Node:
    """Return sums, products, quotients and powers of leaves."""
    if depth <= 0:
        return leaf(random)
    first, second = polynomial(random, depth - 1), polynomial(random, depth - random.randint(1, 2))
    match random.randrange(7):
        case 0 | 1:
            return Sum((first, second))
        case 2:
            return minus(first, second)
        case 3 | 4:
            return Product((first, second))
        case 5:
            return Quotient(first, Sum((square(second), number(1))))
        case _:
            return Power(first, number(random.choice((2, 2, 3))))


def root_of_square(random: Random) -> Node:
    inner = random.choice((linear, leaf))(random)
    form = random.randrange(5)
    if form == 0:
        return Call("sqrt", (square(inner),))
    if form == 1:
        return Power(square(inner), Quotient(number(1), number(2)))
    if form == 2:  # √(a² + 2ab + b²)
        other = leaf(random)
        return Call("sqrt", (Sum((square(inner), Product((number(2), inner, other)), square(other))),))
    if form == 3:
        return Call("sqrt", (Product((square(inner), square(leaf(random)))),))
    return Call("sqrt", (Sum((square(inner), number(1))),))


def absolute(random: Random) -> Node:
    inner = random.choice((linear, leaf))(random)
    return Call("abs", (random.choice((inner, square(inner), Product((inner, leaf(random))))),))


def logarithm(random: Random) -> Node:
    inner = random.choice((linear, leaf))(random)
    argument: Node = random.choice(
        (
            inner,
            square(inner),
            Power(inner, number(3)),
            Product((inner, leaf(random))),
            Sum((square(inner), number(1))),
            Call("exp", (inner,)),
        )
    )
    return Call("log", (argument,))


def exponential(random: Random) -> Node:
    inner = random.choice((linear, leaf, leaf))(random)
    nested: Node = Call("exp", (Negative(square(inner)),))
    return random.choice(
        (
            Call("exp", (inner,)),
            Call("exp", (Negative(inner),)),
            Call("exp", (nested,)),
            Call("exp", (Product((number(2), inner)),)),
            Power(number(2), leaf(random)),
            Call("exp", (Call("log", (Sum((square(inner), number(1))),)),)),
        )
    )


def branching(random: Random) -> Node:
    first, second = linear(random), leaf(random)
    match random.randrange(4):
        case 0:
            return Call("relu", (first,))
        case 1:
            return Call("max", (first, second))
        case 2:
            return Call("min", (first, second))
        case _:
            return Call("max", (second, first, number(random.choice((0, 1, 50)))))


def smooth(random: Random) -> Node:
    return Call(random.choice(SMOOTH), (random.choice((leaf, linear))(random),))


FAMILIES: dict[str, Callable[[Random], Node]] = {
    "roots of squares": root_of_square,
    "absolute values": absolute,
    "logarithms of powers": logarithm,
    "exponentials": exponential,
    "branches": branching,
    "smooth functions": smooth,
}


def expression(random: Random, family: str | None = None, depth: int = 2) -> Node:
    """Return an expression with at least one member of the family, or of a family chosen at random."""
    member = FAMILIES[family or random.choice(tuple(FAMILIES))]
    return _mixed(random, member, depth)


def _mixed(random: Random, member: Callable[[Random], Node], depth: int) -> Node:
    if depth <= 0:
        return member(random)
    first = _mixed(random, member, depth - 1)
    second = random.choice((leaf, linear, member, polynomial_of_one))(random)
    match random.randrange(6):
        case 0 | 1:
            return Sum((first, second))
        case 2:
            return minus(second, first)
        case 3 | 4:
            return Product((first, second))
        case _:
            return Quotient(first, Sum((square(second), number(1))))


def polynomial_of_one(random: Random) -> Node:
    return polynomial(random, 1)
