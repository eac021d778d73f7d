"""Two ways to know a derivative that have nothing in common with the code under test.

`Exact` follows dual numbers over fractions through a graph; `Difference` compares two values of a graph close to each
other, at 60 digits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice
from typing import Any

from mpmath import mp
from random_graphs import Arithmetic, Graph, random_graph

DIGITS = 60
SHORT_OF_A_KINK = 1e-6
LARGEST = 1e9
LONGEST = 4_000
LEAST_NEEDED = 3
Expected = tuple[int, Graph, dict[str, Any]]


class UnsuitableError(ArithmeticError):
    """A graph that is no good for a comparison: a division by 0, too large numbers, a kink."""


@dataclass(frozen=True)
class Dual:
    """A number and how fast it grows."""

    value: Fraction
    slope: Fraction

    def __add__(self, other: "Dual | Fraction") -> "Dual":
        other = dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: "Dual | Fraction") -> "Dual":
        other = dual(other)
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: "Dual | Fraction") -> "Dual":
        other = dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: "Dual | Fraction") -> "Dual":
        other = dual(other)
        slope = (self.slope * other.value - self.value * other.slope) / other.value**2
        return Dual(self.value / other.value, slope)

    def __neg__(self) -> "Dual":
        return Dual(-self.value, -self.slope)

    def __pow__(self, exponent: int) -> "Dual":
        slope = exponent * self.value ** (exponent - 1) * self.slope if exponent else Fraction(0)
        return Dual(self.value**exponent, slope)

    def __radd__(self, other: Fraction) -> "Dual":
        return dual(other) + self

    def __rsub__(self, other: Fraction) -> "Dual":
        return dual(other) - self

    def __rmul__(self, other: Fraction) -> "Dual":
        return dual(other) * self

    def __rtruediv__(self, other: Fraction) -> "Dual":
        return dual(other) / self


def dual(value: Dual | Fraction) -> Dual:
    """Return the number as a dual one; a constant does not grow."""
    return value if isinstance(value, Dual) else Dual(value, Fraction(0))


class Exact(Arithmetic):
    """Fractions, and dual numbers for derivatives. Raises UnsuitableError where a number gets very long."""

    def number(self, value: Fraction) -> Fraction:
        """Return the number itself."""
        return value

    def evaluate(self, formula: Any, values: Mapping[str, Any]) -> Any:
        """Return the value of a formula."""
        found = super().evaluate(formula, values)
        whole = dual(found)
        if max(len_of(whole.value), len_of(whole.slope)) > LONGEST:
            raise UnsuitableError
        return found

    def slope(self, function: Callable[[Mapping[str, Any]], Any], at: Mapping[str, Any], by: str) -> Fraction:
        """Return the derivative by a name."""
        return dual(function({**at, by: Dual(at[by], Fraction(1))})).slope


def len_of(value: Fraction) -> int:
    """Return how many bits a fraction takes."""
    return value.numerator.bit_length() + value.denominator.bit_length()


class Difference(Arithmetic):
    """60 digits, and central differences for derivatives. Raises UnsuitableError next to a kink or a pole."""

    def number(self, value: Fraction) -> Any:
        """Return the number at 60 digits."""
        return mp.mpf(value.numerator) / value.denominator

    def apply(self, operator: str, arguments: list[Any]) -> Any:
        """Return the value of an operator on values."""
        first = arguments[0]
        match operator:
            case "+" | "-" | "*" | "neg":
                found = super().apply(operator, arguments)
            case "/":
                found = first / away_from_zero(arguments[1])
            case "^":
                found = positive(first) ** arguments[1]
            case "abs" | "relu":
                found = abs(away_from_zero(first)) if operator == "abs" else max(away_from_zero(first), mp.mpf(0))
            case "max" | "min":
                away_from_zero(first - arguments[1])
                found = max(arguments) if operator == "max" else min(arguments)
            case "log" | "sqrt":
                found = getattr(mp, operator)(positive(first))
            case "sigmoid":
                found = 1 / (1 + mp.exp(-modest(first)))
            case "softplus":
                found = mp.log(1 + mp.exp(modest(first)))
            case "tan":
                found = mp.sin(first) / away_from_zero(mp.cos(first))
            case _:
                found = getattr(mp, operator)(modest(first))
        return modest(found, LARGEST)

    def evaluate(self, formula: Any, values: Mapping[str, Any]) -> Any:
        """Return the value of a formula; a power of 0 has to stay away from 0 like a division."""
        match formula:
            case ("^", base, Fraction() as exponent) if exponent.denominator == 1:
                inner = self.evaluate(base, values)
                found = away_from_zero(inner) ** exponent.numerator if exponent < 0 else inner**exponent.numerator
                return modest(found, LARGEST)
            case _:
                return super().evaluate(formula, values)

    def slope(self, function: Callable[[Mapping[str, Any]], Any], at: Mapping[str, Any], by: str) -> Any:
        """Return the derivative by a name, right to more than 20 digits."""
        step = mp.mpf(10) ** -(DIGITS // 3 - 2)
        near, far = (
            (function({**at, by: at[by] + width}) - function({**at, by: at[by] - width})) / (2 * width)
            for width in (step, 2 * step)
        )
        return modest((4 * near - far) / 3, LARGEST)  # Richardson: what is left is of the fourth order in the step


def away_from_zero(value: Any) -> Any:
    """Return the value. Raises UnsuitableError near 0."""
    if abs(value) < SHORT_OF_A_KINK:
        raise UnsuitableError
    return value


def positive(value: Any) -> Any:
    """Return the value. Raises UnsuitableError where it is not clearly above 0."""
    if value < SHORT_OF_A_KINK * 1000:
        raise UnsuitableError
    return value


def modest(value: Any, most: float = 40) -> Any:
    """Return the value. Raises UnsuitableError where it is large."""
    if abs(value) > most:
        raise UnsuitableError
    return value


def suitable(first: int, wanted: int, arithmetic: Arithmetic, **how: Any) -> Iterator[Expected]:
    """Yield so many random graphs whose values all exist: seed, graph and the expected value of every cell."""

    def found() -> Iterator[Expected]:
        for seed in count(first):
            graph = random_graph(seed, **how)
            if len(graph.needed()) < LEAST_NEEDED:
                continue
            try:
                yield seed, graph, graph.cells(arithmetic)
            except (UnsuitableError, ZeroDivisionError):
                continue

    return islice(found(), wanted)
