"""Slips with sums: constants kept, terms copied or lost; and with the variables that stand still."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes.right import (
    has,
    is_constant,
    is_number,
    plus,
    power,
    slope,
    times,
)
from tutor.mathematics.checking.misconceptions.slopes.slip import Finder, Slip
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
    replace,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_NAMES = 8


def slips(terms: tuple[Node, ...], by: str, find: Finder, variables: frozenset[str]) -> Iterator[Slip]:
    """Yield the slips in the derivative of a sum; `variables` are the names that could have moved instead."""
    slopes = [slope(term, by) for term in terms]
    for place, term in enumerate(terms):
        rest = [other for spot, other in enumerate(slopes) if spot != place]
        for slip in _term_slips(term, by, slopes[place], variables):
            yield slip.within(lambda wrong, rest=rest: plus(*rest, wrong))  # type: ignore[misc]  # bound now
        for slip in find(term):
            yield slip.within(lambda wrong, rest=rest: plus(*rest, wrong))  # type: ignore[misc]  # bound now


def _term_slips(term: Node, by: str, right: Node, variables: frozenset[str]) -> Iterator[Slip]:
    shown = pretty(term)
    if right == ZERO:
        if is_constant(term, variables):
            yield Slip("power.constant-kept", term, f"{shown} does not change when {by} changes: its derivative is 0.")
        if not is_number(term):
            yield Slip(
                "partial.y-only-term-kept", term, f"The term {shown} has no {by} in it: for ∂/∂{by} it brings 0."
            )
        return
    is_mixed = any(name != by and name in variables for name in names(term))
    if is_mixed:
        yield Slip("partial.mixed-term-dropped", ZERO, f"Holding the others fixed does not delete the term {shown}.")
    if has(right, by):
        yield Slip("power.leading-term-copied", term, f"The term {shown} was copied. Differentiate it too.")
        return
    yield Slip("power.linear-term-copied", term, f"The slope of {shown} has no {by} left in it.")
    if not is_mixed:
        yield Slip("power.linear-term-deleted", ZERO, f"{shown} is not a constant: it brings {pretty(right)}.")
    yield Slip("power.linear-term-became-1", ONE, f"The derivative of {by} is 1, but in {shown} it has a factor.")


def partial_slips(node: Node, by: str, variables: frozenset[str]) -> Iterator[Slip]:
    """Yield the slips about what stands still."""
    right = slope(node, by)
    others = [name for name in names(node) if name != by and name in variables][:_MOST_NAMES]
    for other in others:
        other_slope = slope(node, other)
        yield Slip("partial.wrong-variable", other_slope, f"That is the derivative by {other}. Here {by} moves.")
        yield Slip(
            "partial.other-variable-also-differentiated",
            plus(right, other_slope),
            f"Only {by} moves here. Treat {other} as a fixed number.",
        )
        mixed = _mixed_part(node, by, other)
        if mixed != ZERO:
            yield Slip(
                "partial.mixed-term-differentiated-as-a-product",
                plus(right, slope(mixed, other)),
                f"{other} stands still for ∂/∂{by}: no product rule for it.",
            )
            yield Slip(
                "partial.y-replaced-by-its-derivative-everywhere",
                _each_by_its_own(node, by, other),
                f"You differentiated by {other} as well. For ∂/∂{by}, {other} stays as it is.",
            )
        yield Slip(
            "partial.y-replaced-by-1",
            _put(right, other, ONE),
            f"Constant does not mean 1: {other} stays as a factor.",
        )
        yield Slip(
            "partial.mixed-partial-given",
            slope(right, other),
            f"You differentiated by {by} and then by {other}. Only {by} is asked.",
        )
        yield Slip(
            "partial.same-coordinate-substituted-twice",
            _put(right, other, Name(by)),
            f"The formula is right, but the value of {by} was put in for {other} too.",
        )


def _put(node: Node, name: str, other: Node) -> Node:
    return replace(node, lambda part: other if isinstance(part, Name) and part.name == name else None)


def _mixed_part(node: Node, by: str, other: str) -> Node:
    terms = node.terms if isinstance(node, Sum) else (node,)
    return plus(*(term for term in terms if has(term, by) and has(term, other)))


def _each_by_its_own(node: Node, by: str, other: str) -> Node:
    """Return the derivative with every variable of a term replaced by its own: by both in a term that holds both."""
    terms = node.terms if isinstance(node, Sum) else (node,)
    parts = []
    for term in terms:
        if has(term, by):
            own = slope(term, by)
            parts.append(slope(own, other) if has(term, other) else own)
        else:
            parts.append(slope(term, other))
    return plus(*parts)


def whole_slips(node: Node, by: str, right: Node) -> Iterator[Slip]:
    """Yield the slips of a formula as a whole: differentiated twice, not at all, or integrated."""
    second = slope(right, by)
    if second != ZERO:
        yield Slip("power.second-derivative-given", second, "You differentiated twice. Once is asked.")
    integral = _integral(node, by)
    if integral is not None:
        yield Slip(
            "power.integrated-instead", integral, "That is the antiderivative: you went backwards. Differentiate."
        )


def _integral(node: Node, by: str) -> Node | None:
    """Return the antiderivative of a polynomial in the name, None for any other formula."""
    if not has(node, by):
        return times(node, Name(by))
    match node:
        case Name():
            return Quotient(Power(node, number(2)), number(2))
        case Negative(inner):
            found = _integral(inner, by)
            return None if found is None else Negative(found)
        case Sum(terms):
            found_terms = [_integral(term, by) for term in terms]
            known = [term for term in found_terms if term is not None]
            return plus(*known) if len(known) == len(terms) else None
        case Product(factors):
            moving = [factor for factor in factors if has(factor, by)]
            found = _integral(moving[0], by) if len(moving) == 1 else None
            return None if found is None else times(*(f for f in factors if f is not moving[0]), found)
        case Power(Name(name), exponent) if name == by:
            value = constant(exponent)
            if value is None or value == -1:
                return None
            return Quotient(power(Name(name), value + Fraction(1)), number(value + 1))
        case _:
            return None
