"""Whether an exact value is 0: looked at so closely that nothing its formula was made of could hide."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.values.enclosure import separate
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError, TooWideError
from tutor.mathematics.values.real import FIRST_PRECISION, Real, enclose

if TYPE_CHECKING:
    from tutor.mathematics.values.enclosure import Enclosure
    from tutor.mathematics.values.real import Value

MOST_BITS = 1 << 13
_SPARE_BITS = 256
_ZERO = enclose(Fraction(0), FIRST_PRECISION)


def is_zero(value: Value, order: int) -> bool | None:
    """Return whether the value is 0, None where that takes more than can be afforded.

    A difference that is not 0 is made of the numbers in it: of terms of size s it can leave s^n where n terms cancel
    one another. `order` is this n; the value is looked at with as many bits as its smallest and largest parts need.
    """
    if isinstance(value, Fraction):
        return value == 0
    precision = FIRST_PRECISION
    while True:
        try:
            found: Enclosure | None = value.enclose(precision)
        except TooWideError:
            found = None
        except (TooLargeError, NotDefinedError):
            return None
        if found is not None and separate(found, _ZERO):
            return False
        if found is not None and precision > FIRST_PRECISION:
            needed = _SPARE_BITS + order * _span(value)
            return _has_nothing(value, needed) if precision < needed else True
        if precision >= MOST_BITS:
            return None
        precision *= 2


def _has_nothing(value: Real, bits: int) -> bool | None:
    """Whether the value cannot be told from 0 with that many bits."""
    if bits > MOST_BITS:
        return None
    try:
        return not separate(value.enclose(bits), _ZERO)
    except (TooWideError, TooLargeError, NotDefinedError):
        return None


def _span(value: Real) -> int:
    """Return how many bits the smallest, the largest and the longest number in the value's recipe take."""
    most = 1
    seen: set[int] = set()
    stack: list[Value] = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Fraction):
            most = max(most, part.numerator.bit_length(), part.denominator.bit_length())
        elif id(part) not in seen:
            seen.add(id(part))
            most = max(most, _size(part.known) if part.known_bits else 1)
            stack.extend(part.arguments)
    return most


def _size(known: Enclosure) -> int:
    """Return the bits between the number and 1; those of an enclosure of 0 are not known."""
    low, high = known
    if low[0] != high[0] or not low[1] or not high[1]:
        return 1
    return int(max(abs(low[2] + low[3]), abs(high[2] + high[3])))
