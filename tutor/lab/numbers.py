"""Numbers of settings: read as they are typed, shown as short as they are."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from tutor.lab.error import LabError

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_PLAIN_EXPONENTS = range(-4, 6)


def read_exact(text: str) -> Fraction:
    """Return the number exactly as typed: `0.03`, `-2`, `1e-4`, `3/4`. Raises LabError for anything else."""
    written = text.strip().replace("−", "-")
    top, slash, bottom = written.partition("/")
    parts = (top, bottom) if slash else (top,)
    if not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise LabError(f"“{text.strip()[:40]}” is no number. Write one such as 0.03, -2 or 1e-4.")
    values = [Fraction(part.strip()) for part in parts]
    if slash and not values[1]:
        raise LabError("A number cannot be divided by 0.")
    return values[0] / values[1] if slash else values[0]


def read_number(text: str) -> float:
    """Return the number typed, in floating point. Raises LabError where it is none, or too large."""
    try:
        value = float(read_exact(text))
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise LabError(f"{text.strip()[:40]} is too large. Write a smaller number.")
    return value


def read_whole(text: str) -> int:
    """Return the whole number typed, 0 or larger. Raises LabError for anything else."""
    written = text.strip()
    if not (written.isascii() and written.isdigit() and len(written) <= 18):  # noqa: PLR2004 - fits 64 bits
        raise LabError(f"“{written[:40]}” is no whole number. Write one such as 8.")
    return int(written)


def number_text(value: float) -> str:
    """Return a number as short as it can be written and read back.

    >>> number_text(0.03), number_text(2.0), number_text(1e-05), number_text(250000.0)
    ('0.03', '2', '1e-5', '250000')
    """
    if value == 0:
        return "0"
    text = repr(float(value))
    exponent = math.floor(math.log10(abs(value)))
    if exponent in _PLAIN_EXPONENTS:
        return f"{value:.{max(0, len(text))}f}".rstrip("0").rstrip(".") if "e" in text else text.removesuffix(".0")
    mantissa, _, power = text.partition("e")
    if not power:
        mantissa, _, power = f"{value:.16e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa.removesuffix('.0')}e{int(power)}"
