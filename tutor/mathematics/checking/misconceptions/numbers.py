"""Numeric slips: the last resort, after every rule with a reason behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
from tutor.mathematics.notation.expression import Negative, Node, Power, Product, Quotient, number

if TYPE_CHECKING:
    from collections.abc import Iterator


def slips(situation: Situation) -> Iterator[Suspicion]:
    """Yield what goes wrong with any number, whatever it is."""
    yield from slips_of(situation.formula)


def slips_of(right: Node) -> Iterator[Suspicion]:
    """Yield the slips that turn a right formula into a wrong one."""
    yield Suspicion(
        "number.sign-slip", Negative(right), "The size is right and the sign is not. Track the minus signs."
    )
    yield Suspicion(
        "number.doubled",
        Product((number(2), right)),
        "You are off by exactly a factor of 2: yours is twice the value.",
    )
    yield Suspicion(
        "number.halved",
        Quotient(right, number(2)),
        "You are off by exactly a factor of 2: yours is half the value.",
    )
    yield Suspicion(
        "number.reciprocal",
        Quotient(number(1), right),
        "Your value is 1 divided by the right one. Check what is on top.",
    )
    moved = "The digits are right, but the decimal point has moved."
    yield Suspicion("number.decimal-point-one-place-left", Quotient(right, number(10)), moved)
    yield Suspicion("number.decimal-point-one-place-right", Product((number(10), right)), moved)
    yield Suspicion(
        "number.percent-for-fraction",
        Product((number(100), right)),
        "You seem to have typed a percentage where a plain number is asked.",
    )
    yield Suspicion("number.squared", Power(right, number(2)), "That is the square of the value.")
