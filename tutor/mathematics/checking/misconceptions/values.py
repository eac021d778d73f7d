"""Slips inside the formula of a step: one at one place, the rest right. And the value of another cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.patterns import (
    behind_minus,
    exponent,
    factors,
    forward_formula,
    negated,
    places,
    root_argument,
    square_base,
    squared,
    terms,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown, shown_cell
from tutor.mathematics.notation.expression import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    total,
    walk,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PARTS = 200


def slips(situation: Situation) -> Iterator[Suspicion]:
    """Yield what one slip with a square, with the order of operations or with a minus sign gives."""
    formula = forward_formula(situation)
    if formula is None or sum(1 for _ in walk(formula)) > _MOST_PARTS:
        return
    for part, put in places(formula):
        for find in (_negative_square, _square_of_sum, _order_of_operations, _negative_exponent):
            for slip in find(situation, part):
                yield Suspicion(slip.id, put(slip.wrong), slip.feedback)


def _sign(situation: Situation, node: Node) -> int:
    """Return the sign of a part's value, 0 where it has none."""
    try:
        return sign(situation.of(node))
    except (NotDefinedError, TooLargeError):
        return 0


def _negative_square(situation: Situation, part: Node) -> Iterator[Suspicion]:
    if not isinstance(part, Power):
        return
    power = constant(part.exponent)
    if power is None or power <= 0 or power % 2 or _sign(situation, part.base) >= 0:
        return
    yield Suspicion(
        "negative-square.minus-survives-the-square",
        Negative(part),
        f"{shown(part.base)} is negative, but {shown(part)} is positive: the minus does not survive the square.",
    )


def _square_of_sum(_: Situation, part: Node) -> Iterator[Suspicion]:
    base = square_base(part)
    added = terms(base) if base is not None else []
    if base is None or len(added) == 1:
        return
    yield Suspicion(
        "square-of-sum.square-distributed",
        total([squared(term) for term in added]),
        f"Squaring {shown(base)} also brings a middle term: work out what is in the bracket first.",
    )


def _order_of_operations(_: Situation, part: Node) -> Iterator[Suspicion]:
    match part:
        case Sum(added):
            yield from _sum_before_product(added)
        case Product(parts):
            for place, factor in enumerate(parts):
                if place and isinstance(factor, Power) and constant(factor.exponent) is not None:
                    base = Product((*parts[:place], factor.base))
                    yield Suspicion(
                        "order-of-operations.left-to-right",
                        product([Power(base, factor.exponent), *parts[place + 1 :]]),
                        f"The power in {shown(part)} belongs to {shown(factor.base)} alone: take it first, then multiply.",
                    )
        case _:
            return


def _sum_before_product(added: tuple[Node, ...]) -> Iterator[Suspicion]:
    """Yield a + b·c worked out as (a + b)·c, at one place and at all of them."""
    so_far: Node | None = None
    count = 0
    for place, term in enumerate(added):
        first, rest = _split(term)
        if so_far is None:
            so_far = term
            continue
        before = total([*added[:place]])
        if rest is not None:
            count += 1
            wrong = [rest(Sum((before, first))), *added[place + 1 :]]
            yield Suspicion("order-of-operations.left-to-right", total(wrong), f"Multiply first: {shown(term)}. Then add.")
        so_far = Sum((so_far, first))
        so_far = so_far if rest is None else rest(so_far)
    if count > 1 and so_far is not None:
        yield Suspicion("order-of-operations.left-to-right", so_far, "Work out each product first. Then add.")


def _split(term: Node):
    """Return the first factor of a term, with its sign, and what the rest of the term does to it."""
