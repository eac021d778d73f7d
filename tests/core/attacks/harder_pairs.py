"""Random pairs in which signs and domains are hidden deeper: roots, logarithms and powers within one another.

Both sides are rewritten, so that neither of them keeps the form in which the difference could be seen.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from expression_rewriting import ONE, RIGHT, TWO, at_random, exp, log
from random_expressions import leaf, linear, minus, polynomial_of_one, square
from wrong_rules import wrong

from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from random_pairs import Pair

_LARGEST = 100
_HALF = number(Fraction(1, 2))
_EVEN = (2, 2, 4, 6)


def root(node: Node) -> Node:
    return Call("sqrt", (node,))


def bars(node: Node) -> Node:
    return Call("abs", (node,))


def inner(random: Random) -> Node:
    return random.choice((leaf, linear, polynomial_of_one))(random)


def root_by_logarithm(random: Random) -> Node:
    """Return |u| to some power, written with exp and ln."""
    power = random.choice(_EVEN)
    factor = random.choice((Fraction(1, power), Fraction(1, 2), Fraction(-1, 2), Fraction(1, 1)))
    return exp(Product((number(factor), log(Power(inner(random), number(power))))))


def fractional_power(random: Random) -> Node:
    base = Power(inner(random), number(random.choice((*_EVEN, 3))))
    return Power(base, number(Fraction(random.choice((1, 1, 2, 3)), random.choice((2, 3, 4, 6)))))


def nested_root(random: Random) -> Node:
    u = inner(random)
    return random.choice(
        (
            root(root(Power(u, number(4)))),
            root(Sum((u, Product((TWO, root(u))), ONE))),
            root(Sum((u, Negative(Product((TWO, root(u)))), ONE))),
            root(Sum((u, root(Sum((square(u), Negative(ONE))))))),
            root(square(minus(root(u), ONE))),
            root(square(u)),
            root(Product((square(u), square(leaf(random))))),
        )
    )


def product_of_roots(random: Random) -> Node:
    u, v = inner(random), inner(random)
    return random.choice((Product((root(u), root(v))), root(Product((u, v))), Quotient(root(u), root(v))))


def nested_logarithm(random: Random) -> Node:
    u = inner(random)
    return random.choice((log(square(log(square(u)))), log(bars(log(bars(u)))), log(log(Power(u, number(4))))))


def nested_bars(random: Random) -> Node:
    u, v = inner(random), inner(random)
    return random.choice(
        (
            bars(minus(bars(u), bars(v))),
            Call("max", (bars(u), v)),
            Call("relu", (minus(ONE, bars(u)),)),
            Call("min", (Call("relu", (u,)), Call("relu", (v,)))),
        )
    )


def power_of_a_name(random: Random) -> Node:
    u, y = inner(random), Name(random.choice("yz"))
    return random.choice(
        (
            Power(square(u), y),
            Power(bars(u), y),
            Power(Power(u, y), Quotient(ONE, y)),
            Power(TWO, Product((y, bars(u)))),
        )
    )


def nested_exponential(random: Random) -> Node:
    u = inner(random)
    return random.choice((exp(exp(u)), exp(Negative(exp(u))), Power(TWO, Power(TWO, leaf(random))), exp(exp(root(u)))))


FAMILIES: dict[str, Callable[[Random], Node]] = {
    "roots by logarithms": root_by_logarithm,
    "fractional powers": fractional_power,
    "nested roots": nested_root,
    "products of roots": product_of_roots,
    "nested logarithms": nested_logarithm,
    "nested bars": nested_bars,
    "powers of names": power_of_a_name,
    "nested exponentials": nested_exponential,
}


# -- more right rules: the same values, written in another world


def into_logarithms(node: Node, random: Random) -> Node | None:
    match node:
        case Call("abs", (u,)):
            return random.choice((exp(log(node)), exp(Product((_HALF, log(square(u)))))))
        case Call("sqrt", (u,)):
            return random.choice((exp(Product((_HALF, log(u)))), Power(u, _HALF), root_of_parts(u)))
        case Power(u, Number(value)) if value.denominator > 1:
            return exp(Product((number(value), log(u))))
        case Power(u, exponent) if not isinstance(exponent, Number):
            return exp(Product((exponent, log(u))))
        case _:
            return None


def root_of_parts(node: Node) -> Node:
    match node:
        case Product(factors):
            return Product(tuple(map(root, factors)))
        case Quotient(top, bottom):
            return Quotient(root(top), root(bottom))
        case Power(base, Number(value)) if value == 4:
            return square(base)
        case _:
            return Power(node, _HALF)


def out_of_logarithms(node: Node, random: Random) -> Node | None:
    del random
    match node:
        case Call("exp", (Product((Number(factor), Call("log", (Power(u, Number(power)),)))),)) if power % 2 == 0:
            return Power(bars(u), number(factor * power))
        case Call("log", (Power(u, Number(power)),)) if power % 2 == 0:
            return Product((number(power), log(bars(u))))
        case _:
            return None


MORE_RIGHT = (*RIGHT, into_logarithms, out_of_logarithms, into_logarithms, out_of_logarithms)


# -- more wrong rules: a sign or a branch that is lost


def lost_sign(node: Node, random: Random) -> Node | None:
    sign = random.choice((lambda u: u, Negative))
    match node:
        case Call("exp", (Product((Number(factor), Call("log", (Power(u, Number(power)),)))),)):
            return Power(sign(u), number(factor * power))
        case Power(Power(u, Number(power)), Number(factor)):
            return Power(sign(u), number(power * factor))
        case Call("sqrt", (Call("sqrt", (Power(u, _),)),) | (Power(u, _),)):
            return sign(u)
        case Product((Call("sqrt", (u,)), Call("sqrt", (v,)))):
            return Negative(root(Product((u, v))))
        case Power(Call("abs", (u,)), exponent):
            return Power(u, exponent)
        case Call("abs" | "relu", (u,)):
            return sign(u)
        case _:
            return None


def harder_pairs(seed: str, count: int) -> Iterator[Pair]:
    """Yield this many pairs of moderate size, of all families in turn; about half of them are equal."""
    random = Random(seed)
    families = list(FAMILIES.values())
    made = 0
    while made < count:
        first = second = _start(families[made % len(families)], random)
        for _ in range(random.choice((0, 0, 1))):
            mistaken = at_random(second, lost_sign, random)
            second = at_random(second, wrong, random) if mistaken == second else mistaken
        first = _rewritten(first, random, random.choice((0, 0, 1, 2)))
        second = _rewritten(second, random, random.choice((0, 1, 1, 2, 3)))
        if first != second and len(list(walk(Sum((first, second))))) <= _LARGEST:
            made += 1
            yield first, second


def _start(family: Callable[[Random], Node], random: Random) -> Node:
    member = family(random)
    other = random.choice((leaf, linear, family))(random)
    return random.choice((member, member, Sum((member, other)), Product((other, member)), minus(other, member)))


def _rewritten(node: Node, random: Random, steps: int) -> Node:
    for _ in range(steps):
        node = at_random(node, random.choice(MORE_RIGHT), random)
    return node
