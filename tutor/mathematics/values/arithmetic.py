"""Arithmetic on exact values: fractions stay fractions, everything else becomes a recipe (`Real`)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.values.angles import rational_cosine, rational_sine, rational_tangent
from tutor.mathematics.values.errors import NotDefinedError
from tutor.mathematics.values.factoring import factored
from tutor.mathematics.values.real import (
    FRACTION_BITS,
    Logs,
    Real,
    Value,
    integer_power_operation,
    limited_precision,
    sign,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH = 4_096


def bits(value: Fraction) -> int:
    """Return how many bits the fraction takes."""
    return value.numerator.bit_length() + value.denominator.bit_length()


def add(values: Sequence[Value]) -> Value:
    """Return the sum."""
    rational = Fraction(0)
    powers: dict[int, Fraction] = {}
    others: list[Value] = []
    for value in values:
        if isinstance(value, Fraction):
            if bits(rational) + bits(value) > FRACTION_BITS:
                others.append(value)
            else:
                rational += value
        elif isinstance(value, Logs):
            rational += value.rest
            for prime, power in value.powers.items():
                powers[prime] = powers.get(prime, Fraction(0)) + power
        else:
            others.append(value)
    powers = {prime: power for prime, power in powers.items() if power}
    known: Value = Logs(rational, powers) if powers else rational
    if not others:
        return known
    if known == 1 and len(others) == 1 and (inside := _inside_complement(others[0])) is not None:
        return sigmoid(negative(inside))  # 1 - sigmoid(x), however close to 1 that is
    if known != 0:
        others.append(known)
    if len(others) == 1:
        return others[0]
    found = Real("add", tuple(others))
    return Fraction(0) if _vanishes(found) else found


def _vanishes(value: Real) -> bool:
    """Whether a sum is 0, by its fingerprint and by its first thousand digits."""
    if value.residue:
        return False
    with limited_precision(_ENOUGH):
        return sign(value) == 0


def _inside_complement(value: Value) -> Value | None:
    """Return the x of -sigmoid(x), None for anything else."""
    if isinstance(value, Real) and value.operation == "negative":
        base = value.arguments[0]
        if isinstance(base, Real) and base.operation == "sigmoid":
            return base.arguments[0]
    return None


def multiply(values: Sequence[Value]) -> Value:
    """Return the product."""
    rational = Fraction(1)
    others: list[Value] = []
    for value in values:
        if isinstance(value, Real):
            others.append(value)
        elif not value:
            return Fraction(0)
        elif bits(rational) + bits(value) > FRACTION_BITS:
            others.append(value)
        else:
            rational *= value
    if not others:
        return rational
    if len(others) == 1 and isinstance(others[0], Logs):
        return _scaled(others[0], rational)
    if rational != 1:
        others.append(rational)
    return others[0] if len(others) == 1 else Real("multiply", tuple(others))


def _scaled(value: Logs, factor: Fraction) -> Logs:
    return Logs(value.rest * factor, {prime: power * factor for prime, power in value.powers.items()})


def negative(value: Value) -> Value:
    """Return the negative."""
    if isinstance(value, Fraction):
        return -value
    return _scaled(value, Fraction(-1)) if isinstance(value, Logs) else Real("negative", (value,))


def subtract(first: Value, second: Value) -> Value:
    """Return the difference."""
    return add((first, negative(second)))


def divide(first: Value, second: Value) -> Value:
    """Return the quotient. Raises NotDefinedError for a division by 0."""
    if sign(second) == 0:
        raise NotDefinedError("a division by 0")
    if isinstance(second, Fraction):
        return multiply((first, 1 / second))
    if first == 0:
        return Fraction(0)
    return Real("divide", (first, second))


def power(base: Value, exponent: Value) -> Value:
    """Return the power.

    Raises NotDefinedError for 0 to a negative power and for a negative base with a broken exponent.
    """
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return _integer_power(base, exponent.numerator)
    base_sign = sign(base)
    if base_sign < 0:
        raise NotDefinedError("a broken power of a negative number")
    if base_sign == 0:
        if sign(exponent) <= 0:
            raise NotDefinedError("0 to a power that is not above 0")
        return Fraction(0)
    if isinstance(exponent, Fraction) and isinstance(base, Fraction):
        root = _exact_root(base, exponent.denominator)
        if root is not None:
            return _integer_power(root, exponent.numerator)
        if exponent.denominator == 2:  # noqa: PLR2004 - a square root
            return _integer_power(Real("sqrt", (base,)), exponent.numerator)
    return exp(multiply((exponent, log(base))))


def _integer_power(base: Value, exponent: int) -> Value:
    if exponent == 0:
        return Fraction(1)
    if exponent == 1:
        return base
    if isinstance(base, Fraction):
        if not base:
            if exponent < 0:
                raise NotDefinedError("a division by 0")
            return base
        if bits(base) * abs(exponent) <= FRACTION_BITS or abs(base) == 1:
            return base**exponent
    elif exponent < 0 and sign(base) == 0:
        raise NotDefinedError("a division by 0")
    return Real(integer_power_operation(exponent), (base,))


def _exact_root(value: Fraction, degree: int) -> Fraction | None:
    """Return the root where it is rational; the value is above 0."""
    if degree > bits(value):
        return Fraction(1) if value == 1 else None
    top, bottom = _integer_root(value.numerator, degree), _integer_root(value.denominator, degree)
    if top is None or bottom is None:
        return None
    return Fraction(top, bottom)


def _integer_root(value: int, degree: int) -> int | None:
    if degree == 2:  # noqa: PLR2004 - a square root
        root = math.isqrt(value)
    else:
        low, high = 0, 1 << (value.bit_length() // degree + 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if middle**degree <= value else (low, middle - 1)
        root = low
    return root if root**degree == value else None


def sqrt(value: Value) -> Value:
    """Return the square root. Raises NotDefinedError below 0."""
    if isinstance(value, Fraction):
        if value < 0:
            raise NotDefinedError("a square root of a negative number")
        root = _exact_root(value, 2) if value else Fraction(0)
        return Real("sqrt", (value,)) if root is None else root
    if sign(value) < 0:
        raise NotDefinedError("a square root of a negative number")
    return Real("sqrt", (value,)) if sign(value) else Fraction(0)


def exp(value: Value) -> Value:
    """Return e to this power: rational where the power is a sum of logarithms of fractions."""
    if isinstance(value, Fraction):
        return Real("exp", (value,)) if value else Fraction(1)
    if isinstance(value, Logs) and all(power.denominator == 1 for power in value.powers.values()):
        size = sum(prime.bit_length() * abs(int(power)) for prime, power in value.powers.items())
        if size <= FRACTION_BITS:
            whole = Fraction(1)
            for prime, times in value.powers.items():
                whole *= Fraction(prime) ** int(times)
            return multiply((whole, exp(value.rest))) if value.rest else whole
    return Real("exp", (value,))


def log(value: Value) -> Value:
    """Return the natural logarithm. Raises NotDefinedError at 0 and below."""
    if sign(value) <= 0:
        raise NotDefinedError("a logarithm of a number that is not above 0")
    if isinstance(value, Fraction):
        powers = factored(value)
        if powers is None:
            return Real("log", (value,))
        return Logs(Fraction(0), powers) if powers else Fraction(0)
    if value.operation == "exp":
        return value.arguments[0]
    return Real("log", (value,))


def _of_exponential(value: Value) -> Fraction | None:
    """Return e to this power where that is rational."""
    found = exp(value)
    return found if isinstance(found, Fraction) else None


def sigmoid(value: Value) -> Value:
    """Return 1/(1 + e^-x)."""
    grown = _of_exponential(value)
    return Real("sigmoid", (value,)) if grown is None else grown / (1 + grown)


def tanh(value: Value) -> Value:
    """Return the hyperbolic tangent."""
    grown = _of_exponential(value)
    return Real("tanh", (value,)) if grown is None else (grown**2 - 1) / (grown**2 + 1)


def softplus(value: Value) -> Value:
    """Return ln(1 + e^x)."""
    grown = _of_exponential(value)
    return Real("softplus", (value,)) if grown is None else log(1 + grown)


def sinh(value: Value) -> Value:
    """Return the hyperbolic sine."""
    grown = _of_exponential(value)
    return Real("sinh", (value,)) if grown is None else (grown - 1 / grown) / 2


def cosh(value: Value) -> Value:
    """Return the hyperbolic cosine."""
    grown = _of_exponential(value)
    return Real("cosh", (value,)) if grown is None else (grown + 1 / grown) / 2


def sin(value: Value) -> Value:
    """Return the sine: rational where the angle is a multiple of pi that has such a one."""
    known = rational_sine(value)
    return Real("sin", (value,)) if known is None else known


def cos(value: Value) -> Value:
    """Return the cosine: rational where the angle is a multiple of pi that has such a one."""
    known = rational_cosine(value)
    return Real("cos", (value,)) if known is None else known


def tan(value: Value) -> Value:
    """Return the tangent. Raises NotDefinedError where the cosine is 0."""
    known = rational_tangent(value)
    return divide(sin(value), cos(value)) if known is None else known


def pi() -> Real:
    """Return pi."""
    return Real("pi", ())


def absolute(value: Value) -> Value:
    """Return the absolute value."""
    return negative(value) if sign(value) < 0 else value


def relu(value: Value) -> Value:
    """Return the value above 0, else 0."""
    return value if sign(value) > 0 else Fraction(0)


def largest(values: Sequence[Value]) -> Value:
    """Return the largest of the values."""
    best = values[0]
    for value in values[1:]:
        if sign(subtract(value, best)) > 0:
            best = value
    return best


def smallest(values: Sequence[Value]) -> Value:
    """Return the smallest of the values."""
    return negative(largest([negative(value) for value in values]))


def step(value: Value) -> Fraction:
    """Return 1 above 0, else 0: the slope of relu, 0 at the kink."""
    return Fraction(1 if sign(value) > 0 else 0)


def signum(value: Value) -> Fraction:
    """Return the sign as a number: the slope of the absolute value, 0 at the kink."""
    return Fraction(sign(value))
