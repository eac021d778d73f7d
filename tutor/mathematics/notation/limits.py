"""How much one formula may ask for. Checked while reading, before any arithmetic on it."""

from __future__ import annotations

import math
from fractions import Fraction

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import (
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    walk,
)

CHARACTERS = 4_000
TOKENS = 1_500
NESTING = 40
DEPTH = 100
DIGITS = 1_000
EXPONENT = 10_000
BITS = 100_000
_SHORT = 6  # characters that make no number out of proportion
ROOT_BITS = 64  # of an exponent that is a number but no fraction, such as 3^(1/3)


def check_number(text: str, position: int) -> None:
    """Refuse a number whose digits or power of ten are out of all proportion.

    Raises ReadingError.
    """
    if len(text) <= _SHORT:
        return
    mantissa, _, power = text.lower().partition("e")
    if len(mantissa) > DIGITS or len(power) > 6 or abs(int(power or "0")) > EXPONENT:  # noqa: PLR2004 - 6 digits
        raise ReadingError(f"The number {text[:20]}… is too long to work with. Write a shorter one.", position)


def constant(node: Node) -> Fraction | None:
    """Return the value of a tree of small numbers, None where it has names, functions or is not small."""
    match node:
        case Number(value):
            return value
        case Negative(inner):
            inside = constant(inner)
            return None if inside is None else -inside
        case Quotient(top, bottom):
            above, below = constant(top), constant(bottom)
            return None if above is None or not below else above / below
        case Sum(parts) | Product(parts):
            values = [known for part in parts if (known := constant(part)) is not None]
            if len(values) < len(parts):
                return None
            return sum(values, Fraction(0)) if isinstance(node, Sum) else math.prod(values, start=Fraction(1))
        case Power(base, exponent):
            return _small_power(constant(base), constant(exponent))
        case _:
            return None


def _small_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1 or (not base and exponent < 0):
        return None
    size = max(base.numerator.bit_length(), base.denominator.bit_length(), 1)
    return Fraction(base**exponent.numerator) if abs(exponent) * size < 1_000 else None  # noqa: PLR2004 - bits


def is_deep(node: Node) -> bool:
    """Whether the tree is deeper than anything that walks it may have to go."""
    level = [node]
    for _ in range(DEPTH):
        level = [part for above in level for part in children(above)]
        if not level:
            return False
    return True


def count(node: Node) -> int:
    """Return how many parts the formula has."""
    return sum(1 for _ in walk(node))
