"""Fingerprints of sines, cosines and tangents: what is made of e^(i·angle)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.equality.field import inverse
from tutor.mathematics.equality.linear import linear_form
from tutor.mathematics.notation.expression import Constant, Node, Number, Product, walk

if TYPE_CHECKING:
    from tutor.mathematics.equality.fingerprint import Fingerprint

_PI = Constant("pi")


def turned(fingerprint: Fingerprint, function: str, angle: Node, level: int) -> int:
    """Return the sine, cosine or tangent of an angle; in an exponent it is a symbol."""
    if level:
        return fingerprint.symbol(level, function, fingerprint.of(angle, level))
    place = fingerprint.chain[level]
    prime = place.prime
    turn = _turn(fingerprint, angle, level)
    square = turn * turn
    if function == "tan":
        return (square - 1) * inverse(place.imaginary * (square + 1) % prime, prime) % prime
    if function == "sin":
        return (square - 1) * inverse(2 * place.imaginary * turn % prime, prime) % prime
    return (square + 1) * inverse(2 * turn % prime, prime) % prime


def _turn(fingerprint: Fingerprint, angle: Node, level: int) -> int:
    """Return e^(i·angle), where quarters of pi in the angle are eighths of a turn."""
    place = fingerprint.chain[level]
    if not _has_pi(angle):
        return place.turned(fingerprint.exponent(angle, level))
    terms = linear_form(angle)
    eighths = 4 * terms.get(_PI, Fraction(0))
    turn = 1
    if eighths.denominator == 1:
        turn = place.eighth_turns(int(eighths))
        terms.pop(_PI, None)
    fingerprint.complete &= not any(map(_has_pi, terms))
    rest = sum(fingerprint.exponent(Product((Number(times), atom)), level) for atom, times in terms.items())
    return turn * place.turned(rest) % place.prime


def _has_pi(node: Node) -> bool:
    return any(isinstance(part, Constant) and part.name == "pi" for part in walk(node))
