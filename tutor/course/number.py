"""A number of a lesson's problem, and how it is written in prose."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from fractions import Fraction
from typing import NamedTuple

EXACT_DIGITS = 10
"""An exact decimal of up to so many significant digits is written as it is."""
ROUNDED_DIGITS = 6
"""Whatever is longer is rounded to so many significant digits."""

_SMALLEST, _LARGEST = -6, 12
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Number:
    """A value, and whether it is exact or an irrational number cut off after many digits."""

    value: Fraction
    exact: bool = True


class Written(NamedTuple):
    """A number as text, and whether rounding changed it."""

    text: str
    rounded: bool


def write_number(number: Number) -> Written:
    """Write a number the way lessons show it when they ask for nothing else.

    A decimal that ends within 10 significant digits stays as it is; anything else is rounded to 6.
    Below 0.000001 and from a million millions on, a power of ten follows.
    """
    context = Context(prec=EXACT_DIGITS)
    decimal = _divide(number.value, context)
    rounded = bool(context.flags[Inexact]) or not number.exact
    if rounded:
        decimal = _divide(number.value, Context(prec=ROUNDED_DIGITS, rounding=ROUND_HALF_UP))
    return Written(_write_decimal(decimal.normalize(context)), rounded)


def write_decimals(number: Number, places: int) -> Written:
    """Write a number with at most so many decimals, rounding halves away from zero.

    A number that needs fewer keeps its own form; a rounded one shows all of them: 98.90.
    """
    scaled = abs(number.value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if rest == 0 and number.exact:
        return Written(write_exact(number.value), rounded=False)
    if 2 * rest >= scaled.denominator:
        whole += 1
    sign = "−" if number.value < 0 and whole else ""
    digits = str(whole).zfill(places + 1)
    point = len(digits) - places
    return Written(sign + digits[:point] + ("." + digits[point:] if places else ""), rounded=True)


def write_exact(value: Fraction) -> str:
    """Write a value in full: as a decimal if it ends, else as a fraction.

    >>> write_exact(Fraction(-1, 8)), write_exact(Fraction(216, 425))
    ('−0.125', '216/425')
    """
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value).replace("-", "−")
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    point = len(digits) - places
    return ("−" if value < 0 else "") + digits[:point] + ("." + digits[point:] if places else "")


def _divide(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _write_decimal(decimal: Decimal) -> str:
    exponent = decimal.adjusted()
    if decimal == 0 or _SMALLEST <= exponent < _LARGEST:
        return format(decimal, "f").replace("-", "−")
    mantissa = decimal.scaleb(-exponent)
    return f"{mantissa:f}·10{str(exponent).translate(_SUPERSCRIPTS)}".replace("-", "−")
