"""An independent evaluation: mpmath with 60 digits over the reals, from the tree as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mpmath
from mpmath import mpf

from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

DIGITS = 60
CLOSE = mpf(10) ** -30
_MANY_DIGITS = 3_000  # more than cancellation can take where no exponent is above 2,000
_LARGEST_EXPONENT = 2_000
_LARGEST_POWER = 100_000


class UndefinedHereError(ArithmeticError):
    """There is no real value at this point, or one that 60 digits cannot tell."""


def _log(value: mpf) -> mpf:
    if value <= 0:
        raise UndefinedHereError
    return mpmath.log(value)


def _sqrt(value: mpf) -> mpf:
    if value < 0:
        raise UndefinedHereError
    return mpmath.sqrt(value)


def _exp(value: mpf) -> mpf:
    if abs(value) > _LARGEST_EXPONENT:
        raise UndefinedHereError
    return mpmath.exp(value)


def _sigmoid(value: mpf) -> mpf:
    return 1 / (1 + _exp(-value))


FUNCTIONS: dict[str, Callable[..., mpf]] = {
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
    "abs": abs,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sinh": lambda value: (_exp(value) - _exp(-value)) / 2,
    "cosh": lambda value: (_exp(value) + _exp(-value)) / 2,
    "tanh": lambda value: 1 - 2 / (_exp(2 * value) + 1),
    "sigmoid": _sigmoid,
    "relu": lambda value: max(value, mpf(0)),
    "softplus": lambda value: mpmath.log(1 + _exp(value)),
    "max": max,
    "min": min,
}


def real_value(node: Node, point: Mapping[str, mpf]) -> mpf:
    """Return the value at a point. Raises UndefinedHereError where there is none."""
    match node:
        case Number(value):
            return mpf(value.numerator) / value.denominator
        case Name(name):
            return point[name]
        case Constant(name):
            return mpmath.pi() if name == "pi" else mpmath.e()
        case Sum(terms):
            return mpmath.fsum(real_value(term, point) for term in terms)
        case Product(factors):
            return mpmath.fprod(real_value(factor, point) for factor in factors)
        case Quotient(top, bottom):
            divisor = real_value(bottom, point)
            if not divisor:
                raise UndefinedHereError
            return real_value(top, point) / divisor
        case Negative(inner):
            return -real_value(inner, point)
        case Power(base, exponent):
            return _power(real_value(base, point), real_value(exponent, point))
        case Call(function, arguments):
            return FUNCTIONS[function](*(real_value(argument, point) for argument in arguments))


def _power(base: mpf, exponent: mpf) -> mpf:
    if exponent == int(exponent) and abs(exponent) <= _LARGEST_POWER:
        if not base and exponent < 0:
            raise UndefinedHereError
        return base ** int(exponent)
    if base < 0 or (not base and exponent <= 0):
        raise UndefinedHereError
    if not base:
        return base
    return _exp(exponent * mpmath.log(base))


def random_point(names: tuple[str, ...], random: Random) -> dict[str, mpf]:
    """Return a point of moderate size, now and then a small, a large or a very large one."""
    return {name: _coordinate(random) for name in names}


def _coordinate(random: Random) -> mpf:
    size = random.choice((1, 1, 3, 3, 10, 10, 100, 1e-3, 1e5, 1e14))
    return mpf(random.uniform(-size, size))


def difference(first: Node, second: Node, point: Mapping[str, mpf], digits: int = DIGITS) -> mpf | None:
    """Return how far apart both are at the point, relative to their size; None where one of them is undefined."""
    with mpmath.workdps(digits):
        try:
            one, other = real_value(first, point), real_value(second, point)
        except (ArithmeticError, ValueError):
            return None
        if not (mpmath.isfinite(one) and mpmath.isfinite(other)):
            return None
        return abs(one - other) / max(abs(one), abs(other), mpf(1) / 10**9)


def are_apart(first: Node, second: Node, point: Mapping[str, mpf]) -> bool:
    """Whether both are defined at the point and differ there, and not by a loss of digits only."""
    found = difference(first, second, point)
    if found is None or found <= CLOSE:
        return False
    certain = difference(first, second, point, _MANY_DIGITS)
    return certain is not None and certain > CLOSE
