"""Checkers with one error each, made around the honest one or instead of it: what the generators must catch."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from expression_rewriting import exp, log
from mpmath import mpf
from real_oracle import difference

from tutor.mathematics.equality.decide import decide
from tutor.mathematics.equality.decision import Equality
from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    names,
    number,
    replace,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Decide = Callable[[Node, Node], Equality]

_SMALL_PRIME = 8_191
_LOOKS = 12


def taking(change: Callable[[Node], Node | None]) -> Decide:
    """Return a checker that takes every formula for what the change makes of it."""

    def everywhere(node: Node) -> Node:
        return replace(node, lambda part: None if (found := change(part)) is None else everywhere(found))

    return lambda first, second: decide(everywhere(first), everywhere(second))


def _square_inside(node: Node) -> Node | None:
    """Return the base of the square whose root this is."""
    match node:
        case Call("sqrt", (Power(base, Number(value)),)) if value == 2:
            return base
        case Power(Power(base, Number(value)), exponent) if value == 2 and constant(exponent) == Fraction(1, 2):
            return base
        case _:
            return None


def _other_root(node: Node) -> Node | None:
    base = _square_inside(node)
    return None if base is None else Negative(base)


def _no_bars(node: Node) -> Node | None:
    return node.arguments[0] if isinstance(node, Call) and node.function == "abs" else None


def _one_branch(node: Node) -> Node | None:
    return node.arguments[0] if isinstance(node, Call) and node.function in {"max", "min", "relu"} else None


def _no_bars_in_logarithms(node: Node) -> Node | None:
    match node:
        case Call("log", (Power(base, Number(value)),)):
            return Product((number(value), log(base)))
        case _:
            return None


def _no_sums_of_roots(node: Node) -> Node | None:
    match node:
        case Call("sqrt", (Sum(terms),)):
            return Sum(tuple(Call("sqrt", (term,)) for term in terms))
        case _:
            return None


def _no_inner_exponentials(node: Node) -> Node | None:
    outer = _exponent(node)
    inner = None if outer is None else _exponent(outer)
    return None if inner is None else exp(inner)


def _exponent(node: Node) -> Node | None:
    match node:
        case Call("exp", (exponent,)) | Power(Constant("e"), exponent):
            return exponent
        case _:
            return None


def _small_field(node: Node) -> Node | None:
    """Fermat: x^p = x in a field of p elements, where nothing guards the degree."""
    match node:
        case Power(base, Number(value)) if value >= _SMALL_PRIME:
            return Power(base, number((value - 1) % (_SMALL_PRIME - 1) + 1))
        case _:
            return None


def looking_at(place: Callable[[Random], mpf], digits: int = 60, close: str = "1e-40") -> Decide:
    """Return a checker that compares at points alone, with so many digits."""

    def look(first: Node, second: Node) -> Equality:
        random = Random("where it looks")
        used = tuple(dict.fromkeys((*names(first), *names(second))))
        gaps = [difference(first, second, _point(used, place, random), digits) for _ in range(_LOOKS)]
        known = [gap for gap in gaps if gap is not None]
        if not known:
            return Equality("undefined")
        return Equality("equal" if all(gap < mpf(close) for gap in known) else "different")

    return look


def _point(used: tuple[str, ...], place: Callable[[Random], mpf], random: Random) -> Mapping[str, mpf]:
    return {name: place(random) for name in used}


ERRORS: dict[str, Decide] = {
    "the root of a square is its base": taking(_square_inside),
    "one root for the other": taking(_other_root),
    "absolute values are dropped": taking(_no_bars),
    "one branch for all": taking(_one_branch),
    "ln x² is 2 ln x everywhere": taking(_no_bars_in_logarithms),
    "the root of a sum is the sum of the roots": taking(_no_sums_of_roots),
    "nested exponentials are taken for simple ones": taking(_no_inner_exponentials),
    "no guard of the degree": taking(_small_field),
    "looking at positive places only": looking_at(lambda random: mpf(random.uniform(0, 5))),
    "looking at integers only": looking_at(lambda random: mpf(random.randint(-9, 9))),
    "looking nearby only": looking_at(lambda random: mpf(random.uniform(-9, 9))),
    "comparing 15 digits": looking_at(lambda random: mpf(random.uniform(-9, 9)), 17, "1e-15"),
}
