"""Enclosures: two ends that a real number certainly lies between, as narrow as the working precision allows.

Built on mpmath's interval arithmetic. Its elementary functions round outwards to within a few units of the last
place; each result is widened by more than that, so that an enclosure is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpmath.libmp import (
    from_int,
    from_man_exp,
    from_rational,
    fzero,
    mpf_abs,
    mpf_add,
    mpf_cmp,
    mpf_ge,
    mpf_gt,
    mpf_le,
    mpf_lt,
    mpf_mul,
    mpf_neg,
    mpf_shift,
    mpf_sign,
    mpf_sub,
    to_rational,
    to_str,
)
from mpmath.libmp.libmpi import (
    mpi_add,
    mpi_cos,
    mpi_div,
    mpi_exp,
    mpi_log,
    mpi_mul,
    mpi_one,
    mpi_pi,
    mpi_pow_int,
    mpi_sin,
    mpi_sqrt,
    mpi_sub,
)

from tutor.mathematics.values.errors import NotDefinedError, TooLargeError, TooWideError

if TYPE_CHECKING:
    from fractions import Fraction

# mpmath is not typed: a floating-point number is a tuple (sign, mantissa, exponent, bits)
Float = Any
Enclosure = tuple[Float, Float]
# Beyond 2^(2^60) a number in scientific notation is no longer one that other programs read.
_LARGEST_EXPONENT = 1 << 60


def of_fraction(value: Fraction, precision: int) -> Enclosure:
    """Enclose a fraction."""
    top, bottom = value.numerator, value.denominator
    return from_rational(top, bottom, precision, "f"), from_rational(top, bottom, precision, "c")


def add(first: Enclosure, second: Enclosure, precision: int) -> Enclosure:
    """Enclose the sum."""
    return mpi_add(first, second, precision)  # type: ignore[no-any-return]  # mpmath is not typed


def multiply(first: Enclosure, second: Enclosure, precision: int) -> Enclosure:
    """Enclose the product."""
    return mpi_mul(first, second, precision)  # type: ignore[no-any-return]  # mpmath is not typed


def divide(first: Enclosure, second: Enclosure, precision: int) -> Enclosure:
    """Enclose the quotient. Raises TooWideError where the divisor may be 0."""
    if sign(second) is None:
        raise TooWideError
    if sign(second) == 0:
        raise NotDefinedError("a division by 0")
    return mpi_div(first, second, precision)  # type: ignore[no-any-return]  # mpmath is not typed


def sign(value: Enclosure) -> int | None:
    """Return -1, 0 or 1, None where the enclosure does not tell."""
    low, high = mpf_sign(value[0]), mpf_sign(value[1])
    if low > 0:
        return 1
    if high < 0:
        return -1
    return 0 if low == high == 0 else None


def _widen(value: Enclosure, precision: int) -> Enclosure:
    low, high = value
    more = from_man_exp((1 << (precision - 4)) + 1, 4 - precision)
    less = from_man_exp((1 << (precision - 4)) - 1, 4 - precision)
    down = mpf_mul(low, less if mpf_sign(low) >= 0 else more, precision, "f")
    up = mpf_mul(high, more if mpf_sign(high) >= 0 else less, precision, "c")
    return down, up


def exp(value: Enclosure, precision: int) -> Enclosure:
    """Enclose e to this power. Raises TooLargeError beyond all bounds."""
    low, high = value
    for end in (low, high):
        if end[2] + end[3] >= _LARGEST_EXPONENT.bit_length():
            raise TooLargeError("e to a power above 2^60" if mpf_sign(end) > 0 else "e to a power below -2^60")
    return _widen(mpi_exp((low, high), precision), precision)


def log(value: Enclosure, precision: int) -> Enclosure:
    """Enclose the natural logarithm. Raises NotDefinedError at 0 and below, TooWideError where that is open."""
    _need_positive(value, "a logarithm")
    return _widen(mpi_log(value, precision), precision)


def sqrt(value: Enclosure, precision: int) -> Enclosure:
    """Enclose the square root. Raises NotDefinedError below 0, TooWideError where that is open."""
    if mpf_sign(value[1]) < 0:
        raise NotDefinedError("a square root of a negative number")
    if mpf_sign(value[0]) < 0:
        raise TooWideError
    return _widen(mpi_sqrt(value, precision), precision)


def _need_positive(value: Enclosure, what: str) -> None:
    if mpf_sign(value[1]) <= 0:
        raise NotDefinedError(f"{what} of a number that is not above 0")
    if mpf_sign(value[0]) <= 0:
        raise TooWideError


def power(base: Enclosure, exponent: int, precision: int) -> Enclosure:
    """Enclose an integer power."""
    if exponent < 0:
        return divide(mpi_one, power(base, -exponent, precision + 10), precision)
    size = max(abs(end[2] + end[3]) for end in base)
    if size * exponent > _LARGEST_EXPONENT:
        raise TooLargeError("a power that large")
    return _widen(mpi_pow_int(base, exponent, precision), precision)


def sin(value: Enclosure, precision: int) -> Enclosure:
    """Enclose the sine."""
    return _widen(mpi_sin(value, precision), precision)


def cos(value: Enclosure, precision: int) -> Enclosure:
    """Enclose the cosine."""
    return _widen(mpi_cos(value, precision), precision)


def pi(precision: int) -> Enclosure:
    """Enclose pi."""
    return _widen(mpi_pi(precision), precision)


def one_plus(value: Enclosure, precision: int) -> Enclosure:
    """Enclose 1 plus the value."""
    return mpi_add(mpi_one, value, precision)  # type: ignore[no-any-return]  # mpmath is not typed


def log_one_plus(value: Enclosure, precision: int) -> Enclosure:
    """Enclose ln(1 + y) for y > 0; where y is tiny, y - y²/2 < ln(1 + y) < y keeps the digits."""
    if mpf_sign(value[0]) > 0 and value[1][2] + value[1][3] < -precision:
        half_square = mpf_shift(mpf_mul(value[0], value[0], precision, "c"), -1)
        return mpf_sub(value[0], half_square, precision, "f"), value[1]
    return log(one_plus(value, precision + 10), precision)


def negative(value: Enclosure) -> Enclosure:
    """Enclose the negative."""
    return mpf_neg(value[1]), mpf_neg(value[0])


def subtract(first: Enclosure, second: Enclosure, precision: int) -> Enclosure:
    """Enclose the difference."""
    return mpi_sub(first, second, precision)  # type: ignore[no-any-return]  # mpmath is not typed


def join(first: Enclosure, second: Enclosure) -> Enclosure:
    """Return the narrowest enclosure of both."""
    low = first[0] if mpf_le(first[0], second[0]) else second[0]
    high = first[1] if mpf_ge(first[1], second[1]) else second[1]
    return low, high


def separate(first: Enclosure, second: Enclosure) -> bool:
    """Whether no number lies in both."""
    return bool(mpf_lt(first[1], second[0]) or mpf_gt(first[0], second[1]))


def check_size(value: Enclosure) -> None:
    """Refuse a number beyond all bounds, or closer to 0 than all bounds. Raises TooLargeError."""
    if any(abs(end[2] + end[3]) > _LARGEST_EXPONENT for end in value):
        raise TooLargeError("a number that needs an exponent above 10^17")


def is_narrow(value: Enclosure, bits: int) -> bool:
    """Whether the width is at most 2^-bits of the size; an exact 0 is narrow."""
    low, high = value
    width = mpf_sub(high, low, 30, "c")
    if width == fzero:
        return True
    if sign(value) is None:
        return False
    size = low if mpf_sign(low) > 0 else mpf_abs(high)
    return bool(mpf_cmp(mpf_shift(width, bits), size) <= 0)


def middle_text(value: Enclosure, digits: int) -> str:
    """Return the middle of the enclosure in decimal."""
    low, high = value
    middle = mpf_shift(mpf_add(low, high, 4 * digits + 16, "n"), -1)
    return str(to_str(middle, digits, strip_zeros=True, min_fixed=-7, max_fixed=21))


def as_fractions(value: Enclosure) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return both ends as (numerator, denominator)."""
    return to_rational(value[0]), to_rational(value[1])


ONE: Enclosure = mpi_one
ZERO: Enclosure = (from_int(0), from_int(0))
