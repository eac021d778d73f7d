"""Where formulas are defined: their conditions, compared without looking at points."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeGuard

from tutor.mathematics.equality.field import CHAINS, UndefinedError
from tutor.mathematics.equality.fingerprint import NO_PATTERN, Fingerprint
from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    walk,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.notation.outline import PARTIAL, outline

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is above 0 under a condition: the sign of its numbers, and those of its other factors that turn it.
_Condition = tuple[bool, frozenset[int]]
_POSITIVE = frozenset({"exp", "cosh", "sigmoid", "softplus", "sqrt", "abs"})
_ONE = Fraction(1)
_TRUE: _Condition = (True, frozenset())


def is_defined_wherever(answer: Node, reference: Node) -> bool:
    """Whether it is certain that the answer is defined where the reference is, apart from a thin set.

    Each of the answer's conditions then is one of the reference's, or always holds, and so with its divisors.
    """
    fingerprint = Fingerprint(CHAINS[0], NO_PATTERN)
    try:
        needed = {_normal(condition, fingerprint) for condition in conditions(answer)} - {_TRUE}
        given = {_normal(condition, fingerprint) for condition in conditions(reference)} if needed else set()
        divisors = {fingerprint.of(divisor) for divisor in _open_divisors(answer)}
        others = {fingerprint.of(divisor) for divisor in _open_divisors(reference)} if divisors else set()
    except UndefinedError:
        return False
    return needed <= given and divisors <= others


def _open_divisors(node: Node) -> Iterator[Node]:
    """Yield the divisors that may be 0 in a whole region, such as √(x²) + x."""
    for part in walk(node):
        if isinstance(part, Quotient):
            yield from _open_factors(part.bottom)
        elif isinstance(part, Power) and (value := constant(part.exponent)) is not None and value < 0:
            yield from _open_factors(part.base)


def _open_factors(node: Node) -> Iterator[Node]:
    match node:
        case Product(parts):
            for part in parts:
                yield from _open_factors(part)
        case Negative(inner) | Call("sqrt", (inner,)):
            yield from _open_factors(inner)
        case Power(base, exponent) if constant(exponent) is not None:
            yield from _open_factors(base)
        case _:
            seen = outline(node)
            if seen.has_branches or seen.has_broken_power or "sqrt" in seen.functions:
                yield node


def conditions(node: Node) -> Iterator[Node]:
    """Yield what has to be above 0 for the formula to be defined, apart from a thin set."""
    for part in walk(node):
        if isinstance(part, Call) and part.function in PARTIAL:
            yield part.arguments[0]
        elif is_broken_power(part):
            yield part.base


def is_broken_power(part: Node) -> TypeGuard[Power]:
    """Whether this is a power that only a base above 0 has, such as x^(1/2) and x^y."""
    if not isinstance(part, Power) or isinstance(part.base, Constant):
        return False
    value = constant(part.exponent)
    return value is None or value.denominator != 1


def _normal(condition: Node, fingerprint: Fingerprint) -> _Condition:
    is_positive = True
    turning: set[int] = set()
    for factor in _turning_factors(condition):
        if isinstance(factor, Number):
            is_positive ^= factor.value < 0
            continue
        value = fingerprint.of(factor)
        opposite = fingerprint.chain[0].prime - value
        is_positive ^= opposite < value
        turning ^= {min(value, opposite)}
    return is_positive, frozenset(turning)


def _turning_factors(node: Node) -> Iterator[Node]:
    """Yield the factors whose signs make the sign of the formula; a number for those of its signs."""
    match node:
        case Product(parts):
            for part in parts:
                yield from _turning_factors(part)
        case Quotient(top, bottom):
            yield from _turning_factors(top)
            yield from _turning_factors(bottom)
        case Negative(inner):
            yield Number(-_ONE)
            yield from _turning_factors(inner)
        case _ if _is_positive(node):
            return
        case Power(base, exponent) if (value := constant(exponent)) is not None and value.denominator == 1:
            yield from _turning_factors(base)  # an even one is positive
        case _:
            yield node


def _is_positive(node: Node) -> bool:
    """Whether the formula is above 0 wherever it is defined, apart from a thin set, by the way it is made."""
    match node:
        case Number(value):
            return value > 0
        case Constant():
            return True
        case Sum(parts) | Product(parts):
            return all(map(_is_positive, parts))
        case Quotient(top, bottom):
            return _is_positive(top) and _is_positive(bottom)
        case Power(base, exponent):
            times = constant(exponent)
            is_even = times is not None and times.denominator == 1 and times.numerator % 2 == 0
            return is_even or is_broken_power(node) or _is_positive(base)
        case Call(function):
            return function in _POSITIVE
        case _:
            return False
