"""Values as decimal text, for people and for other programs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.lazy_module import LazyModule
from tutor.mathematics.values.real import SHOWN_BITS, Value, narrow

if TYPE_CHECKING:
    from tutor.mathematics.values import enclosure
else:
    enclosure = LazyModule("tutor.mathematics.values.enclosure")  # mpmath comes with it, for what is not rational

SHOWN_DIGITS = 20
_LONGEST_EXACT = 30
_LONGEST_FRACTION = 1_000
_PLAIN_EXPONENTS = range(-7, 21)


def exact_text(value: Value) -> str | None:
    """Return a rational as `-13/5000`; None where the value is not one or is longer than 1,000 digits."""
    if not isinstance(value, Fraction) or value.numerator.bit_length() + value.denominator.bit_length() > 3_400:  # noqa: PLR2004 - about 1,020 digits
        return None
    text = str(value)
    return text if sum(map(str.isdigit, text)) <= _LONGEST_FRACTION else None


def decimal_text(value: Value, digits: int = SHOWN_DIGITS) -> str:
    """Return the value in decimal: exactly where that is short, else rounded to this many significant digits."""
    if isinstance(value, Fraction):
        return _fraction_text(value, digits)
    if digits > SHOWN_DIGITS:
        return enclosure.middle_text(narrow(value, int(digits * 3.33) + 8), digits)
    return enclosure.middle_text(narrow(value, SHOWN_BITS), digits).removesuffix(".0")


def _fraction_text(value: Fraction, digits: int) -> str:
    if not value:
        return "0"
    sign = "-" if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    exponent = _exponent(top, bottom)
    exact = _terminating(top, bottom)
    if exact is not None and len(exact[0]) <= max(_LONGEST_EXACT, digits):
        return sign + _placed(*exact)
    shift = digits - 1 - exponent
    scaled = _round_half_even(top * 10**shift, bottom) if shift >= 0 else _round_half_even(top, bottom * 10**-shift)
    return sign + _placed(str(scaled), -shift)


def _exponent(top: int, bottom: int) -> int:
    """Return the power of ten of the first significant digit."""
    guess = int((top.bit_length() - bottom.bit_length()) * 0.30103) - 1
    while _at_least(top, bottom, guess + 1):
        guess += 1
    return guess


def _at_least(top: int, bottom: int, exponent: int) -> bool:
    return bool(top >= bottom * 10**exponent if exponent >= 0 else top * 10**-exponent >= bottom)


def _terminating(top: int, bottom: int) -> tuple[str, int] | None:
    """Return the digits and the power of ten of the last one, where the decimal ends."""
    if top.bit_length() > 4_000 or bottom.bit_length() > 4_000:  # noqa: PLR2004 - longer than anything shown exactly
        return None
    twos = (bottom & -bottom).bit_length() - 1
    rest = bottom >> twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        return None
    places = max(twos, fives)
    return str(top * 10**places // bottom), -places


def _round_half_even(top: int, bottom: int) -> int:
    whole, rest = divmod(top, bottom)
    return whole + (rest * 2 > bottom or (rest * 2 == bottom and whole % 2 == 1))


def _placed(digits: str, exponent: int) -> str:
    """Return digits times a power of ten, plainly where that is short, else in scientific notation."""
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    first = exponent + len(stripped) - 1
    if first not in _PLAIN_EXPONENTS and len(stripped) <= SHOWN_DIGITS + 10:
        mantissa = stripped[0] + ("." + stripped[1:] if len(stripped) > 1 else "")
        return f"{mantissa}e{first:+03d}"
    if exponent >= 0:
        return stripped + "0" * exponent
    padded = stripped.rjust(1 - exponent, "0")
    return f"{padded[:exponent]}.{padded[exponent:]}"


def float_of(value: Value) -> float:
    """Return the value in floating point. Raises OverflowError where it is too large for that."""
    if isinstance(value, Fraction):
        return float(value)
    return float(enclosure.middle_text(narrow(value, 53), 17))
