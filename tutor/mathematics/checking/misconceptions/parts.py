"""What can go wrong with any formula, part by part: a factor lost, doubled or turned over, a term lost or its sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import (
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    product,
    total,
)
from tutor.mathematics.presentation import pretty_formula

if TYPE_CHECKING:
    from collections.abc import Iterator


def factors_of(node: Node) -> list[tuple[Node, int]]:
    """Return the factors of a formula with their exponents, those below a line negative."""
    match node:
        case Product(parts):
            return [factor for part in parts for factor in factors_of(part)]
        case Quotient(top, bottom):
            below = [(factor, -power) for factor, power in factors_of(bottom)]
            return [*factors_of(top), *below]
        case Negative(inner):
            return [*factors_of(inner)]
        case Power(base, Number(value)) if value.denominator == 1 and abs(value) <= 4:  # noqa: PLR2004 - named one by one
            return [(base, value.numerator)]
        case _:
            return [(node, 1)]


def factor_slips(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield the formula with one factor lost, doubled or turned over, and what to say."""
    factors = factors_of(node)
    if len(factors) < 2 and all(power == 1 for _, power in factors):  # noqa: PLR2004 - a single factor is all there is
        return
    for factor, power in dict.fromkeys(factors):
        shown = pretty_formula(factor)
        lost = Quotient(node, factor) if power > 0 else Product((node, factor))
        doubled = Product((node, factor)) if power > 0 else Quotient(node, factor)
        if power > 0:
            yield lost, f"A factor {shown} is missing."
            yield doubled, f"There is one factor {shown} too many."
            if power == 1:
                yield Quotient(lost, factor), f"You divided by {shown} where it is a factor."
        else:
            yield lost, f"The division by {shown} is missing."
            yield doubled, f"You divided by {shown} once too often."
            if power == -1:
                yield Product((lost, factor)), f"You multiplied by {shown} where it divides."
        if abs(power) > 1:
            whole = Power(factor, number(abs(power)))
            if power > 0:
                yield Quotient(node, whole), f"The factor {pretty_formula(whole)} is missing."
            else:
                yield Product((node, whole)), f"The division by {pretty_formula(whole)} is missing."


def term_slips(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield the formula with one term lost or with its sign turned, and what to say."""
    terms = node.terms if isinstance(node, Sum) else ()
    for place, term in enumerate(terms):
        rest = [*terms[:place], *terms[place + 1 :]]
        shown = pretty_formula(term.inner if isinstance(term, Negative) else term)
        yield total(rest), f"The term {shown} is missing."
        yield total([*rest, Negative(term)]), f"The sign of the term {shown} is turned round."


def sums_inside(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield the formula with the slip of a term in one of the sums among its factors."""
    yield from term_slips(node)
    if not isinstance(node, Product):
        return
    for place, factor in enumerate(node.factors):
        for wrong, feedback in term_slips(factor):
            yield product([*node.factors[:place], wrong, *node.factors[place + 1 :]]), feedback
