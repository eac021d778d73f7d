"""Slips with the product rule and the quotient rule, and with factors that stand still."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes.right import (
    has,
    is_constant,
    is_number,
    minus,
    over,
    plus,
    power,
    slope,
    times,
)
from tutor.mathematics.checking.misconceptions.slopes.slip import Finder, Slip
from tutor.mathematics.notation.expression import ZERO, Name, Node, Power, number
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO = Fraction(2)


def slips(factors: tuple[Node, ...], by: str, find: Finder, variables: frozenset[str]) -> Iterator[Slip]:
    """Yield the slips in the derivative of a product; `variables` are the names that could have moved instead."""
    still = [factor for factor in factors if not has(factor, by)]
    moving = [factor for factor in factors if has(factor, by)]
    if len(moving) == 1:
        yield from _coefficient_slips(still, moving[0], by, variables)
        for slip in find(moving[0]):
            yield slip.within(lambda wrong: times(*still, wrong))
        return
    first, rest = moving[0], times(*moving[1:])
    for slip in _product_slips(first, rest, by):
        yield slip.within(lambda wrong: times(*still, wrong))
    for place, factor in enumerate(moving):
        others = [other for spot, other in enumerate(moving) if spot != place]
        elsewhere = plus(*(times(*[o for o in moving if o is not other], slope(other, by)) for other in others))
        for slip in find(factor):
            if slip.wrong != ZERO:  # a factor that does not move at all is a term missing
                yield slip.within(
                    lambda wrong, others=others, elsewhere=elsewhere: times(  # type: ignore[misc]  # bound now
                        *still, plus(times(*others, wrong), elsewhere)
                    )
                )


def _coefficient_slips(still: list[Node], moving: Node, by: str, variables: frozenset[str]) -> Iterator[Slip]:
    """Yield what goes wrong with factors that stand still: a coefficient, be it a number or a name, or a variable."""
    right = slope(moving, by)
    for place, factor in enumerate(still):
        rest = [*still[:place], *still[place + 1 :]]
        if is_constant(factor, variables):
            yield from _coefficient_dropped(pretty(factor), rest, moving, by)
        if not is_number(factor):
            yield Slip(
                "partial.y-replaced-by-1",
                times(*rest, right),
                f"Constant does not mean 1: the factor {pretty(factor)} stays.",
            )


def _coefficient_dropped(shown: str, rest: list[Node], moving: Node, by: str) -> Iterator[Slip]:
    if moving == Name(by):
        yield Slip(
            "power.linear-term-became-1",
            times(*rest),
            f"The derivative of {by} is 1, but here it has the factor {shown}.",
        )
        return
    yield Slip(
        "power.coefficient-dropped", times(*rest, slope(moving, by)), f"The factor {shown} in front stays there."
    )
    value = constant(moving.exponent) if isinstance(moving, Power) and moving.base == Name(by) else None
    if value is not None:
        yield Slip(
            "power.coefficient-and-exponent-dropped",
            times(*rest, power(Name(by), value - 1)),
            f"Two factors are missing: {shown}, and the exponent {value} that comes down.",
        )


def _product_slips(first: Node, second: Node, by: str) -> Iterator[Slip]:
    f, g = pretty(first), pretty(second)
    df, dg = slope(first, by), slope(second, by)
    whole = f"{f} times {g}"
    yield Slip(
        "product.product-of-derivatives",
        times(df, dg),
        f"The derivative of {whole} is not the product of the derivatives: two terms are needed.",
    )
    yield Slip(
        "product.second-term-missing", times(df, second), f"You let only {f} vary. Add the term in which {g} varies."
    )
    yield Slip(
        "product.first-term-missing", times(first, dg), f"You let only {g} vary. Add the term in which {f} varies."
    )
    yield Slip(
        "product.each-factor-paired-with-its-own-derivative",
        plus(times(first, df), times(second, dg)),
        "Pair each derivative with the other factor, not with its own.",
    )
    yield Slip(
        "product.minus-instead-of-plus",
        plus(times(df, second), minus(times(first, dg))),
        "The product rule adds its two terms. The minus belongs to the quotient rule.",
    )
    yield Slip(
        "product.sum-rule-used",
        plus(df, dg),
        "That is the rule for a sum. In a product each term keeps the other factor.",
    )


def quotient_slips(top: Node, bottom: Node, by: str, find: Finder) -> Iterator[Slip]:
    """Yield the slips in the derivative of a quotient whose bottom moves."""
    df, dg = slope(top, by), slope(bottom, by)
    square = power(bottom, _TWO)
    if has(top, by):
        yield from _quotient_rule_slips(top, bottom, df, dg)
        for slip in find(top):
            yield slip.within(lambda wrong: over(plus(times(wrong, bottom), minus(times(top, dg))), square))
    else:
        yield from _reciprocal_slips(top, bottom, by, dg)
    for slip in find(bottom):
        # a bottom that does not move, and a negative power that moves the wrong way, have names of their own
        if slip.wrong != ZERO and slip.id != "power.exponent-increased":
            yield slip.within(lambda wrong: over(plus(times(df, bottom), minus(times(top, wrong))), square))


def _quotient_rule_slips(top: Node, bottom: Node, df: Node, dg: Node) -> Iterator[Slip]:
    f, g = pretty(top), pretty(bottom)
    square = power(bottom, _TWO)
    right = plus(times(df, bottom), minus(times(top, dg)))
    yield Slip(
        "quotient.ratio-of-derivatives",
        over(df, dg),
        "The derivative of a quotient is not the quotient of the derivatives.",
    )
    yield Slip(
        "quotient.plus-instead-of-minus",
        over(plus(times(df, bottom), times(top, dg)), square),
        "The second term on top is subtracted.",
    )
    yield Slip(
        "quotient.numerator-in-the-wrong-order",
        over(plus(times(top, dg), minus(times(df, bottom))), square),
        f"Begin with the derivative of the top, {f}: the order sets the sign.",
    )
    yield Slip(
        "quotient.denominator-not-squared", over(right, bottom), f"The top is right. Divide by the square of {g}."
    )
    yield Slip(
        "quotient.divided-by-the-top-squared",
        over(right, power(top, _TWO)),
        f"The bottom, {g}, is squared below the line, not the top.",
    )
    yield Slip(
        "quotient.only-the-top-varied",
        over(df, bottom),
        f"The bottom, {g}, moves too and brings a second term.",
    )


def _reciprocal_slips(top: Node, bottom: Node, by: str, dg: Node) -> Iterator[Slip]:
    """Yield the slips with a constant over something that moves, such as c/x^n."""
    square = power(bottom, _TWO)
    yield Slip(
        "negative-power.minus-sign-lost",
        over(times(top, dg), square),
        "The exponent that comes down is negative: the result needs a minus sign.",
    )
    yield Slip(
        "negative-power.denominator-differentiated-on-its-own",
        over(top, dg),
        f"You differentiated only the bottom. Write 1/({pretty(bottom)}) as a power with a negative exponent.",
    )
    if bottom == Name(by) or (isinstance(bottom, Power) and bottom.base == Name(by)):
        exponent = constant(bottom.exponent) if isinstance(bottom, Power) else Fraction(1)
        if exponent is not None:
            yield Slip(
                "negative-power.negative-power-moved-the-wrong-way",
                minus(times(number(exponent), top, power(Name(by), 1 - exponent))),
                "Taking one from a negative exponent makes it more negative, not less.",
            )
