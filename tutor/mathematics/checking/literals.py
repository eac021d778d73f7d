"""Numbers as learners type them: where they stopped, and whether the true value rounds or cuts off to that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tutor.mathematics.equality.certainty import is_zero
from tutor.mathematics.notation.expression import Negative, Node, Number, Power, Product
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values import enclosure
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.errors import TooLargeError, TooWideError
from tutor.mathematics.values.real import Real, Value, enclose

LEAST_DIGITS = 3
_COMPARE_BITS = 4_096
# How many times smaller than its parts a difference may be, as a power: two terms that cancel, and one to spare.
_ORDER = 3
_NUMBER = re.compile(r"-?([0-9]*)\.?([0-9]*)(?:e([+-]?[0-9]+))?(%?)\Z", re.IGNORECASE)

Match = Literal["exact", "rounded", "short", "whole", "different"]


@dataclass(frozen=True)
class TypedNumber:
    """A number as typed: its value, the power of ten of its last digit, how many significant digits it has."""

    value: Fraction
    place: int
    digits: int
    is_integer: bool


def literal(node: Node) -> TypedNumber | None:
    """Return the number if the answer is nothing but one: `-0.35`, `2.6e-3`, `2.6·10⁻³`, `33.3%`."""
    match node:
        case Negative(inner):
            found = literal(inner)
            return found and TypedNumber(-found.value, found.place, found.digits, found.is_integer)
        case Product((Number() as first, Power(Number(value=base), exponent))) if base == 10:  # noqa: PLR2004 - scientific
            found = literal(first)
            power = constant(exponent)
            if found is None or power is None or power.denominator != 1:
                return None
            shift = power.numerator
            return TypedNumber(found.value * Fraction(10) ** shift, found.place + shift, found.digits, is_integer=False)
        case Number(value, text):
            return _typed(value, text)
        case _:
            return None


def _typed(value: Fraction, text: str) -> TypedNumber | None:
    match = _NUMBER.match(text)
    if match is None or not (match[1] or match[2]):
        return None
    whole, broken, power, percent = match[1], match[2], match[3], match[4]
    place = -len(broken) + int(power or 0) - (2 if percent else 0)
    digits = len((whole + broken).lstrip("0"))
    return TypedNumber(value, place, digits, is_integer=not broken and power is None and not percent)


def compare(typed: TypedNumber, true: Value) -> Match:
    """Compare a typed number with the true value.

    "rounded": the true value rounded or cut off at the place where the learner stopped, with at least 3 significant
    digits. "short": right so far, but with too few digits. "whole": an integer that the value would round to; an
    integer is taken as exact, so that is not right.
    """
    if isinstance(true, Fraction) and typed.value == true:
        return "exact"
    if not _stands_for(typed, true):
        return "different"
    if not isinstance(true, Fraction) and same(typed.value, true):
        return "exact"
    if not typed.value:
        return "different"
    if typed.is_integer:
        return "whole"
    return "short" if typed.digits < LEAST_DIGITS else "rounded"


def _stands_for(typed: TypedNumber, true: Value) -> bool:
    unit = Fraction(10) ** typed.place
    half = unit / 2
    return _between(true, typed.value - half, typed.value + half) or (
        _between(true, typed.value, typed.value + unit, below=True)
        if typed.value > 0
        else _between(true, typed.value - unit, typed.value, above=True)
    )


def _between(true: Value, low: Fraction, high: Fraction, *, below: bool = False, above: bool = False) -> bool:
    """Whether low <= true <= high; `below` leaves out the high end, `above` the low end."""
    if isinstance(true, Fraction):
        return (low < true if above else low <= true) and (true < high if below else true <= high)
    is_over_low, is_over_high = is_above(true, low), is_above(true, high)
    if is_over_low is None:
        return not above and same(true, low)
    if is_over_high is None:
        return is_over_low and not below and same(true, high)
    return is_over_low and not is_over_high


def is_above(value: Real, limit: Fraction) -> bool | None:
    """Whether the value lies above the limit; None where 4,096 bits cannot tell."""
    return _side(value, limit, _COMPARE_BITS)


def _side(value: Real, limit: Fraction, most: int) -> bool | None:
    precision = 96
    while precision <= most:
        try:
            found = value.enclose(precision)
        except TooWideError:
            precision *= 2
            continue
        except TooLargeError:
            return None
        edge = enclose(limit, precision)
        if enclosure.separate(found, edge):
            return enclosure.sign(enclosure.subtract(found, edge, precision)) == 1
        precision *= 2
    return None


def same(first: Value, second: Value) -> bool:
    """Whether two exact values are equal, as far as that can be told; one too large to work with is equal to none."""
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first == second
    return is_zero(subtract(first, second), _ORDER) is True
