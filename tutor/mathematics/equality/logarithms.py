"""Fingerprints of logarithms: sums over the factors of what is inside."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.equality.field import UndefinedError, inverse
from tutor.mathematics.equality.linear import monic_linear
from tutor.mathematics.equality.randomness import random_element
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
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.factoring import factored

if TYPE_CHECKING:
    from tutor.mathematics.equality.fingerprint import Fingerprint

_ONE = Number(Fraction(1))


def logarithm(fingerprint: Fingerprint, node: Node, level: int) -> int:
    """Return ln|node| as a sum over its factors: of names, numbers and whatever cannot be split."""
    prime = fingerprint.chain[level].prime
    if level:  # x^y·x² = x^(y+2) is not seen where ln x stands in an exponent
        fingerprint.complete = False
    match node:
        case Product(factors):
            return sum(logarithm(fingerprint, factor, level) for factor in factors) % prime
        case Quotient(top, bottom):
            return (logarithm(fingerprint, top, level) - logarithm(fingerprint, bottom, level)) % prime
        case Negative(inner) | Call("abs", (inner,)):
            return logarithm(fingerprint, inner, level)
        case Call("exp", (inner,)) | Power(Constant("e"), inner):
            return fingerprint.of(inner, level)
        case Call("sqrt", (inner,)):
            return logarithm(fingerprint, inner, level) * inverse(2, prime) % prime
        case Call("sigmoid", (inner,)):
            return -logarithm(fingerprint, Sum((_ONE, Call("exp", (Negative(inner),)))), level) % prime
        case Constant("e"):
            return 1
        case Power(base, exponent) if constant(exponent) is not None:
            return fingerprint.of(exponent, level) * logarithm(fingerprint, base, level) % prime
        case Number(value):
            return _of_number(fingerprint, value, level)
        case Name(name):
            return random_element(prime, fingerprint.attempt, "log of linear", ((name, Fraction(1)),))
        case _:
            return _of_sum(fingerprint, node, level)


def _of_number(fingerprint: Fingerprint, value: Fraction, level: int) -> int:
    if not value:
        raise UndefinedError
    prime = fingerprint.chain[level].prime
    powers = factored(abs(value))
    if powers is None:
        fingerprint.complete = False
        return random_element(prime, fingerprint.attempt, "log of number", abs(value))
    logarithms = [
        int(power) * random_element(prime, fingerprint.attempt, "log of number", base) for base, power in powers.items()
    ]
    return sum(logarithms) % prime


def _of_sum(fingerprint: Fingerprint, node: Node, level: int) -> int:
    prime = fingerprint.chain[level].prime
    content, monic = monic_linear(node)
    if monic is None:
        inside = fingerprint.of(node, level)
        if not inside:
            raise UndefinedError
        fingerprint.complete = False
        return random_element(prime, fingerprint.attempt, "log of sum", min(inside, prime - inside))
    return (
        _of_number(fingerprint, content, level) + random_element(prime, fingerprint.attempt, "log of linear", monic)
    ) % prime
