"""Real points at which formulas are compared: the same ones every time, of all sizes and signs."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from functools import lru_cache
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
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError, TooWideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tutor.mathematics.values.real import Value

    Point = Mapping[str, Fraction]
    RoughPoint = Mapping[str, float]
    Rough = Callable[[RoughPoint], float]

_SEED = 20
_MODERATE = 8
_OTHERS = 40
_LINES = 6
_DENOMINATOR = 1 << 12


def points(names: Iterable[str]) -> Iterator[dict[str, Fraction]]:
    """Yield points: first of moderate size, then small and large ones, then along lines through all sizes."""
    ordered = sorted(names)
    for kind in (_moderate_points, _other_points, _points_on_lines):
        for coordinates in kind(len(ordered)):
            yield dict(zip(ordered, coordinates, strict=True))


@lru_cache(maxsize=16)
def _moderate_points(count: int) -> tuple[tuple[Fraction, ...], ...]:
    draw = _Draw(f"moderate {count}")
    return tuple(draw.coordinates(count, 0 if number % 3 == 1 else -3, 3) for number in range(_MODERATE))


@lru_cache(maxsize=16)
def _other_points(count: int) -> tuple[tuple[Fraction, ...], ...]:
    draw = _Draw(f"others {count}")
    sizes = [(3, 1, 12, 300)[number % 4] for number in range(_OTHERS)]
    return tuple(draw.coordinates(count, 0 if number % 3 == 1 else -size, size) for number, size in enumerate(sizes))


@lru_cache(maxsize=16)
def _points_on_lines(count: int) -> tuple[tuple[Fraction, ...], ...]:
    draw = _Draw(f"lines {count}")
    found = []
    for _ in range(_LINES):
        start, direction = draw.coordinates(count, -3, 3), draw.coordinates(count, -2, 2)
        for power in (-4, -2, -1, 0, 1, 2, 3, 4, 6, 9, 12):
            for side in (1, -1):
                length = side * Fraction(10) ** power
                found.append(tuple(at + length * by for at, by in zip(start, direction, strict=True)))
    return tuple(found)


class _Draw:
    """Draws coordinates, the same ones every time."""

    def __init__(self, purpose: str) -> None:
        self._random = random.Random(f"{_SEED} {purpose}")  # noqa: S311 - the same points every time, not secrets

    def coordinates(self, count: int, low: int, high: int) -> tuple[Fraction, ...]:
        places = (self._random.randrange(1, (high - low) * _DENOMINATOR) for _ in range(count))
        return tuple(Fraction(low * _DENOMINATOR + place, _DENOMINATOR) for place in places)


def value_at(node: Node, point: Point) -> Value | None:
    """Return the exact value at the point, None where the formula is not defined there."""
    try:
        return evaluate(node, point.__getitem__)
    except (NotDefinedError, TooLargeError, TooWideError):
        return None


def is_undefined(node: Node, point: Point) -> bool:
    """Whether the formula has no value at the point, rather than one that is too large to work with."""
    try:
        evaluate(node, point.__getitem__)
    except NotDefinedError:
        return True
    except (TooLargeError, TooWideError):
        pass
    return False


# -- a quick look in floating point, to find regions worth a closer one


def rough_point(point: Point) -> dict[str, float]:
    """Return the point in floating point: infinite where it is too far away for that."""
    return {name: rounded(value) for name, value in point.items()}


def rounded(value: Fraction) -> float:
    """Return a coordinate in floating point: infinite where it is too large for that."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _or_infinite(calculate: Callable[[float], float], value: float) -> float:
    try:
        return calculate(value)
    except OverflowError:
        return math.inf


_FLOAT_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": lambda z: _or_infinite(math.exp, z),
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": lambda z: math.copysign(_or_infinite(math.sinh, abs(z)), z),
    "cosh": lambda z: _or_infinite(math.cosh, z),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,  # noqa: PLR2004 - beyond it exp overflows
    "relu": lambda z: max(z, 0.0),
    "softplus": lambda z: math.log1p(math.exp(-abs(z))) + max(z, 0.0),
    "step": lambda z: float(z > 0),
    "sign": lambda z: float((z > 0) - (z < 0)),
}


def rough_value(node: Node, point: RoughPoint) -> float:
    """Return the value in floating point. Raises ArithmeticError or ValueError where it has none."""
    value = _compiled(node)(point)
    if math.isinf(value):
        raise OverflowError("a value that is too large for floating point")
    return value


def rough_or_nothing(node: Node) -> Rough:
    """Return the formula as a function of a point: no number where it has none, infinite where it is too large."""
    calculate = _compiled(node)

    def at(point: RoughPoint) -> float:
        try:
            return calculate(point)
        except (ArithmeticError, ValueError):
            return math.nan

    return at


def _compiled(node: Node) -> Rough:
    """Return the formula as a function of a point, made of one small function for each of its parts."""
    match node:
        case Number(value):
            number = rounded(value)
            return lambda _: number
        case Name(name):
            return lambda point: point[name]
        case Constant(name):
            constant = math.pi if name == "pi" else math.e
            return lambda _: constant
        case Sum(parts):
            terms = [_compiled(part) for part in parts]
            return lambda point: math.fsum([term(point) for term in terms])
        case Product(parts):
            factors = [_compiled(part) for part in parts]
            return lambda point: math.prod([factor(point) for factor in factors])
        case Quotient(first, second):
            top, bottom = _compiled(first), _compiled(second)
            return lambda point: top(point) / bottom(point)
        case Negative(inner):
            inside = _compiled(inner)
            return lambda point: -inside(point)
        case Power(first, second):
            base, exponent = _compiled(first), _compiled(second)
            return lambda point: _power(base(point), exponent(point))
        case Call(function, arguments):
            return _compiled_call(function, [_compiled(argument) for argument in arguments])


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _compiled_call(function: str, arguments: list[Rough]) -> Rough:
    if function in {"max", "min"}:
        choose: Callable[[list[float]], float] = max if function == "max" else min
        return lambda point: choose([argument(point) for argument in arguments])
    calculate, inside = _FLOAT_FUNCTIONS[function], arguments[0]
    return lambda point: calculate(inside(point))
