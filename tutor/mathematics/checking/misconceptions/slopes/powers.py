"""Slips with the power rule, and with the chain rule around a power."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes.right import plus, power, slope, times
from tutor.mathematics.checking.misconceptions.slopes.slip import Finder, Slip
from tutor.mathematics.notation.expression import ONE, Call, Constant, Name, Negative, Node, Power, number
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

# A slip inside the bracket of a chain has a name of its own.
_INSIDE = {
    "power.coefficient-dropped": "chain.inner-coefficient-lost",
    "power.constant-kept": "chain.inner-constant-kept",
}


def slips(base: Node, exponent: Node, by: str, find: Finder) -> Iterator[Slip]:
    """Yield the slips in the derivative of a power."""
    value = constant(exponent)
    if value is None:
        if isinstance(base, Constant) and base.name == "e":
            yield from find(Call("exp", (exponent,)))
        return
    if base == Name(by):
        yield from _power_slips(base, value)
    else:
        yield from _chain_slips(base, value, by)
        outer = times(number(value), power(base, value - 1))
        for slip in find(base):
            if slip.wrong != ONE:  # without the inner factor, it is the whole inner derivative that is lost
                yield slip.called(_INSIDE.get(slip.id)).within(lambda wrong: times(outer, wrong))


def _power_slips(base: Node, n: Fraction) -> Iterator[Slip]:
    x = pretty(base)
    if n == Fraction(1, 2):
        root = Call("sqrt", (base,))
        yield Slip("root.half-lost", power(base, -n), "The exponent ½ also comes down as a factor.")
        yield Slip(
            "root.power-not-lowered", times(number(n), root), "The factor ½ is right. Now lower the power to −½."
        )
        return
    lowered = power(base, n - 1)
    yield Slip(
        "power.exponent-not-brought-down",
        lowered,
        f"The power is lowered, but the old exponent {n} comes down as a factor.",
    )
    yield Slip(
        "power.exponent-not-reduced",
        times(number(n), power(base, n)),
        f"The factor {n} is right. The power itself still drops by one.",
    )
    yield Slip(
        "power.exponent-increased",
        times(number(n), power(base, n + 1)),
        "Differentiating lowers the power by one. Raising it is what integration does.",
    )
    yield Slip(
        "power.multiplied-by-reduced-exponent",
        times(number(n - 1), lowered),
        f"Bring down the old exponent {n} first, and take one from it then.",
    )
    yield Slip(
        "power.power-read-as-ntimesx",
        times(number(n), base),
        f"After differentiating, the power of {x} is {n - 1}, not 1.",
    )


def _chain_slips(inside: Node, n: Fraction, by: str) -> Iterator[Slip]:
    """Yield the slips in the derivative of (inside)^n."""
    g, inner = pretty(inside), slope(inside, by)
    outer = times(number(n), power(inside, n - 1))
    yield Slip(
        "chain.inner-derivative-missing",
        outer,
        f"The outside is done. Multiply by the derivative of the inside {g}, which is {pretty(inner)}.",
    )
    yield Slip(
        "chain.outer-exponent-not-brought-down",
        times(power(inside, n - 1), inner),
        f"The exponent {n} of ({g}) comes down as a factor: it is missing.",
    )
    yield Slip(
        "chain.outer-power-not-lowered",
        times(number(n), power(inside, n), inner),
        f"All factors are there, but the power of ({g}) must drop by one.",
    )
    yield Slip(
        "chain.only-the-inside-differentiated",
        inner,
        f"That is the inner rate. The power of ({g}) brings a factor too.",
    )
    yield Slip("chain.factors-added", plus(outer, inner), "Rates along a chain multiply. Here they were added.")
    if inner != Negative(ONE):  # twice is then the same as not at all: a lost minus sign
        yield Slip(
            "chain.inner-derivative-used-twice",
            times(outer, inner, inner),
            "The inner derivative stands there once only.",
        )
    yield Slip(
        "chain.multiplied-by-the-inside-not-its-derivative",
        times(outer, inside),
        f"The second factor is the derivative of {g}, not {g} itself.",
    )
    yield Slip(
        "chain.outer-derivative-taken-at-x",
        times(number(n), power(Name(by), n - 1), inner),
        f"Take the outer derivative at the inside, {g}, not at {by}.",
    )
    yield Slip(
        "chain.outer-derivative-taken-at-g-prime",
        times(number(n), power(inner, n - 1)),
        f"Keep the inside {g} as it is while you differentiate the power. Its derivative is a factor of its own.",
    )
    yield Slip(
        "chain.power-applied-to-the-derivative",
        Power(inner, number(n)),
        "Differentiating inside the bracket and keeping the power is not the chain rule.",
    )
