"""Angles that are rational multiples of pi, and the sines, cosines and tangents of those whose values are rational.

By Niven's theorem the sine of a rational multiple of pi is rational only at 0, ±1/2 and ±1, the tangent at 0 and ±1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.values.real import Logs

if TYPE_CHECKING:
    from tutor.mathematics.values.real import Value

_HALF = Fraction(1, 2)
# by the multiple of pi, from 0 to below 2 for the sine and to below 1 for the tangent
_SINES = {
    Fraction(0): Fraction(0),
    Fraction(1, 6): _HALF,
    Fraction(1, 2): Fraction(1),
    Fraction(5, 6): _HALF,
    Fraction(1): Fraction(0),
    Fraction(7, 6): -_HALF,
    Fraction(3, 2): Fraction(-1),
    Fraction(11, 6): -_HALF,
}
_TANGENTS = {Fraction(0): Fraction(0), Fraction(1, 4): Fraction(1), Fraction(3, 4): Fraction(-1)}
_DEEPEST = 20


def rational_sine(angle: Value) -> Fraction | None:
    """Return the sine where it is known to be rational, else None."""
    half_turns = multiple_of_pi(angle)
    return None if half_turns is None else _SINES.get(half_turns % 2)


def rational_cosine(angle: Value) -> Fraction | None:
    """Return the cosine where it is known to be rational, else None."""
    half_turns = multiple_of_pi(angle)
    return None if half_turns is None else _SINES.get((half_turns + _HALF) % 2)


def rational_tangent(angle: Value) -> Fraction | None:
    """Return the tangent where it is known to be rational, else None."""
    half_turns = multiple_of_pi(angle)
    return None if half_turns is None else _TANGENTS.get(half_turns % 1)


def multiple_of_pi(value: Value, depth: int = 0) -> Fraction | None:
    """Return the q of a number that was made as q·pi, None for any other; `depth` is how far inside it stands."""
    if isinstance(value, Fraction):
        return None if value else value
    if depth > _DEEPEST or isinstance(value, Logs):
        return None
    match value.operation, value.arguments:
        case "pi", _:
            return Fraction(1)
        case "negative", (inner,):
            found = multiple_of_pi(inner, depth + 1)
            return None if found is None else -found
        case "multiply", (inner, Fraction() as times):
            found = multiple_of_pi(inner, depth + 1)
            return None if found is None else found * times
        case "add", parts:
            multiples = [multiple_of_pi(part, depth + 1) for part in parts]
            known = [multiple for multiple in multiples if multiple is not None]
            return sum(known, Fraction(0)) if len(known) == len(multiples) else None
        case _:
            return None
