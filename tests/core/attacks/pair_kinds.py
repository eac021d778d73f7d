"""Which of the kinds that an equality is easily got wrong for a pair of formulas holds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import Call, Constant, Node, Number, Power, Product, Sum, names, walk
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Callable

    from random_pairs import Pair


def _is_root(part: Node) -> bool:
    if isinstance(part, Call):
        return part.function == "sqrt"
    exponent = constant(part.exponent) if isinstance(part, Power) else None
    return exponent is not None and exponent.denominator % 2 == 0


def _inside(part: Node) -> Node:
    return part.base if isinstance(part, Power) else part.arguments[0] if isinstance(part, Call) else part


def _is_even_power(part: Node) -> bool:
    match part:
        case Power(_, Number(value)):
            return value.denominator == 1 and value % 2 == 0
        case Product(factors):
            return len(set(factors)) < len(factors)
        case _:
            return False


def _has_root_of_square(node: Node) -> bool:
    return any(_is_root(part) and any(map(_is_even_power, walk(_inside(part)))) for part in walk(node))


def _has_logarithm_of_power(node: Node) -> bool:
    return any(
        isinstance(part, Call)
        and part.function == "log"
        and any(isinstance(inner, Power) or _is_even_power(inner) for inner in walk(part))
        for part in walk(node)
    )


def _is_exponential(part: Node) -> bool:
    if isinstance(part, Power):
        return bool(names(part.exponent)) or isinstance(part.base, Constant)
    return isinstance(part, Call) and part.function == "exp"


def _has_nested_exponential(node: Node) -> bool:
    return any(
        _is_exponential(part) and any(_is_exponential(inner) for inner in list(walk(part))[1:]) for part in walk(node)
    )


def _calls(*functions: str) -> Callable[[Node], bool]:
    return lambda node: any(isinstance(part, Call) and part.function in functions for part in walk(node))


def _has_other_root(node: Node) -> bool:
    return any(
        isinstance(part, Power) and (constant(part.exponent) or Fraction(1)).denominator > 1 for part in walk(node)
    )


KINDS: dict[str, Callable[[Node], bool]] = {
    "roots of squares": _has_root_of_square,
    "absolute values": _calls("abs"),
    "logarithms of powers": _has_logarithm_of_power,
    "nested exponentials": _has_nested_exponential,
    "relu, max, min": _calls("relu", "max", "min"),
    "sigmoid, tanh, softplus": _calls("sigmoid", "tanh", "softplus", "sinh", "cosh"),
    "sin, cos": _calls("sin", "cos"),
    "fractional powers": _has_other_root,
}


def kinds_of(pair: Pair) -> list[str]:
    """Return the kinds that are in one of the two formulas."""
    both = Sum(pair)
    return [kind for kind, holds in KINDS.items() if holds(both)]
