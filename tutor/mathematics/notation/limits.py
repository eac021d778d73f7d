"""How much one formula may ask for. Checked while reading, before any arithmetic on it."""

from __future__ import annotations

import math
from fractions import Fraction

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import (
    Call,
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
DEGREE = 10_000_000
BITS = 100_000
ROOT_BITS = 64  # of an exponent that is a number but no fraction, such as 3^(1/3)


def check_number(text: str, position: int) -> None:
    """Refuse a number whose digits or power of ten are out of all proportion.

    Raises ReadingError.
    """
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


def check_size(node: Node, position: int = 0) -> None:
    """Refuse a formula too deep to walk, or whose degree or numbers would grow beyond any hand calculation.

    Raises ReadingError.
    """
    if _is_deep(node):
        raise ReadingError("Too many divisions or powers stand in one another here. Write it in parts.", position)
    degree, bits = _size(node)
    if degree > DEGREE or bits > BITS:
        raise ReadingError("The powers in this are too large to work with. Write smaller ones.", position)


def _is_deep(node: Node) -> bool:
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


def number_bits(node: Node) -> int:
    """Return a bound on the bits of every number that the formula has when it is multiplied out over one line."""
    return _size(node)[1]


def _size(node: Node) -> tuple[int, int]:
    """Return bounds on the degree of the formula in its names and on the bits of its numbers."""
    match node:
        case Number(value):
            return 0, value.numerator.bit_length() + value.denominator.bit_length()
        case Sum(parts) | Product(parts):
            sizes = [_size(part) for part in parts]
            return sum(degree for degree, _ in sizes), sum(bits for _, bits in sizes) + len(parts)
        case Quotient(first, second):
            (degree, bits), (other_degree, other_bits) = _size(first), _size(second)
            return degree + other_degree, bits + other_bits
        case Negative(inner):
            return _size(inner)
        case Call(_, arguments):
            return 1, sum(bits for _, bits in map(_size, arguments)) + 1
        case Power(base, exponent):
            return _size_of_power(base, exponent)
        case _:
            return 1, 1


def _size_of_power(base: Node, exponent: Node) -> tuple[int, int]:
    degree, bits = _size(base)
    exponent_degree, exponent_bits = _size(exponent)
    value = constant(exponent)
    if value is None:
        is_modest = exponent_degree > 0 or exponent_bits <= ROOT_BITS
        return degree + 1, bits + exponent_bits if is_modest else BITS + 1
    times = max(1, math.ceil(abs(value)))
    if times > EXPONENT:
        return DEGREE + 1, BITS + 1
    return degree * times, bits * times + exponent_bits
