"""Numbers as they stand in pictures: short, in the signs that the terminal has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs

DIGITS = 4
_MOST_DIGITS = 17  # enough to tell any two floats apart
_POSITIONAL = range(-4, 6)  # 0.0001 and 100000 are written out, 0.00001 and 1000000 as powers of ten
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short_number(value: float, glyphs: Glyphs, digits: int = DIGITS) -> str:
    """Return the number rounded to this many significant digits, without needless zeros.

    >>> from tutor.draw.glyphs import ASCII, UNICODE
    >>> [short_number(value, UNICODE) for value in (17, -2.7331, 100000, 120000000, -1e-5)]
    ['17', '−2.733', '100000', '1.2×10⁸', '−10⁻⁵']
    >>> [short_number(value, ASCII) for value in (17, -2.7331, 100000, 120000000, -1e-5)]
    ['17', '-2.733', '100000', '1.2e8', '-1e-5']
    """
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else _signed("inf" if glyphs.plain else "∞", glyphs, negative=value < 0)
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return scaled_number(int(mantissa.replace(".", "")), int(exponent) - digits + 1, glyphs)


def scaled_number(mantissa: int, exponent: int, glyphs: Glyphs) -> str:
    """Return mantissa·10^exponent, exactly.

    >>> from tutor.draw.glyphs import UNICODE
    >>> scaled_number(-25, -1, UNICODE)
    '−2.5'
    """
    digits = str(abs(mantissa)).rstrip("0")
    if not digits:
        return "0"
    magnitude = exponent + len(str(abs(mantissa))) - 1
    if magnitude not in _POSITIONAL:
        return _signed(_power_of_ten(digits, magnitude, glyphs), glyphs, negative=mantissa < 0)
    whole = digits[: max(0, magnitude + 1)].ljust(magnitude + 1, "0") or "0"
    places = "0" * (-magnitude - 1) + digits[max(0, magnitude + 1) :]
    return _signed(f"{whole}.{places}" if places else whole, glyphs, negative=mantissa < 0)


def _power_of_ten(digits: str, magnitude: int, glyphs: Glyphs) -> str:
    factor = f"{digits[0]}.{digits[1:]}" if digits[1:] else digits
    if glyphs.plain:
        return f"{factor}e{magnitude}"
    power = "10" + str(magnitude).translate(_RAISED)
    return power if factor == "1" else f"{factor}×{power}"


def _signed(text: str, glyphs: Glyphs, *, negative: bool) -> str:
    return ("-" if glyphs.plain else "−") + text if negative else text


def distinct_numbers(values: Sequence[float], glyphs: Glyphs) -> list[str]:
    """Return the numbers with as many digits as it takes to tell those apart that differ.

    >>> from tutor.draw.glyphs import ASCII
    >>> distinct_numbers([0.693147, 0.693146], ASCII)
    ['0.693147', '0.693146']
    """
    different = len({value for value in values if not math.isnan(value)}) + any(map(math.isnan, values))
    for digits in range(DIGITS, _MOST_DIGITS):
        texts = [short_number(value, glyphs, digits) for value in values]
        if len(set(texts)) == different:
            return texts
    return [short_number(value, glyphs, _MOST_DIGITS) for value in values]
