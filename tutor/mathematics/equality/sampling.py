"""Real points at which formulas are compared: the same ones every time, of all sizes and signs."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.evaluation import evaluate
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
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError, TooWideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tutor.mathematics.values.real import Value

_POINTS = 48
_LINES = 6
_DENOMINATOR = 1 << 12


def points(names: Iterable[str], seed: int = 20) -> Iterator[dict[str, Fraction]]:
    """Yield points: first of moderate size, then small and large ones, then along lines through all sizes."""
    ordered = sorted(names)
    generator = random.Random(seed)  # noqa: S311 - the same points every time, not secrets
    for number in range(_POINTS):
        size = (3, 1, 12, 300)[number % 4] if number >= 8 else 3  # noqa: PLR2004 - the first ones are moderate
        low = 0 if number % 3 == 1 else -size
        yield {name: _between(generator, low, size) for name in ordered}
    for _ in range(_LINES):
        start = {name: _between(generator, -3, 3) for name in ordered}
        direction = {name: _between(generator, -2, 2) for name in ordered}
        for power in (-4, -2, -1, 0, 1, 2, 3, 4, 6, 9, 12):
            for side in (1, -1):
                length = side * Fraction(10) ** power
                yield {name: start[name] + length * direction[name] for name in ordered}


def _between(generator: random.Random, low: int, high: int) -> Fraction:
    return low + Fraction(generator.randrange(1, (high - low) * _DENOMINATOR), _DENOMINATOR)


def value_at(node: Node, point: Mapping[str, Fraction]) -> Value | None:
    """Return the exact value at the point, None where the formula is not defined there."""
    try:
        return evaluate(node, point.__getitem__)
    except (NotDefinedError, TooLargeError, TooWideError):
        return None


def is_undefined(node: Node, point: Mapping[str, Fraction]) -> bool:
    """Whether the formula has no value at the point, rather than one that is too large to work with."""
    try:
        evaluate(node, point.__getitem__)
    except NotDefinedError:
        return True
    except (TooLargeError, TooWideError):
        pass
    return False


# -- a quick look in floating point, to find regions worth a closer one

_FLOAT_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,  # noqa: PLR2004 - beyond it exp overflows
    "relu": lambda z: max(z, 0.0),
    "softplus": lambda z: math.log1p(math.exp(-abs(z))) + max(z, 0.0),
    "step": lambda z: float(z > 0),
    "sign": lambda z: float((z > 0) - (z < 0)),
}


def rough_value(node: Node, point: Mapping[str, float]) -> float:
    """Return the value in floating point. Raises ArithmeticError or ValueError where it has none."""
    match node:
        case Number(value):
            return float(value)
        case Name(name):
            return point[name]
        case Constant(name):
            return math.pi if name == "pi" else math.e
        case Sum(terms):
            return math.fsum(rough_value(term, point) for term in terms)
        case Product(factors):
            return math.prod(rough_value(factor, point) for factor in factors)
        case Quotient(top, bottom):
            return rough_value(top, point) / rough_value(bottom, point)
        case Negative(inner):
            return -rough_value(inner, point)
        case Power(base, exponent):
            return math.pow(rough_value(base, point), rough_value(exponent, point))
        case Call(function, arguments):
            values = [rough_value(argument, point) for argument in arguments]
            if function in {"max", "min"}:
                return max(values) if function == "max" else min(values)
            return _FLOAT_FUNCTIONS[function](values[0])


def rough_or_nothing(node: Node, point: Mapping[str, float]) -> float:
    """Return the value in floating point: no number where it has none, infinite where it is too large."""
    try:
        return rough_value(node, point)
    except OverflowError:
        return math.inf
    except (ArithmeticError, ValueError):
        return math.nan
