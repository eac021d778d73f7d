"""Fingerprints of numbers: the same for two recipes that are equal whatever their parts are.

A recipe is calculated in the field of integers modulo 2^127 - 1, where the value of a function such as exp is a fixed
random number for each argument. A sum whose fingerprint is 0, and which many digits cannot tell from 0 either, is 0:
x/y*y - x is known to be 0 without asking for ever more of its digits. The digits are asked for as well because
multiples of the prime have the fingerprint 0, and anybody can write those. Any other fingerprint says nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.lazy_module import LazyModule

if TYPE_CHECKING:
    import hashlib
    from fractions import Fraction
else:
    hashlib = LazyModule("hashlib")  # OpenSSL comes with it; rational numbers need no fingerprints

FIELD = (1 << 127) - 1


def of_fraction(value: Fraction) -> int:
    """Return the fingerprint of a fraction."""
    if value.denominator == 1:
        return value.numerator % FIELD
    bottom = value.denominator % FIELD
    if not bottom:
        return _random("fraction", [value.numerator, value.denominator])
    return value.numerator * pow(bottom, -1, FIELD) % FIELD


def of_operation(operation: str, residues: list[int]) -> int:
    """Return the fingerprint of an operation on numbers with these fingerprints."""
    match operation, residues:
        case "add", _:
            return sum(residues) % FIELD
        case "multiply", _:
            return math.prod(residues) % FIELD
        case "negative", [inner]:
            return -inner % FIELD
        case "divide", [top, bottom] if bottom:
            return top * pow(bottom, -1, FIELD) % FIELD
        case "log_times", [prime, times]:
            return times * of_operation("log", [prime]) % FIELD
        case _ if operation.startswith("power ") and residues[0]:
            return pow(residues[0], int(operation.removeprefix("power ")), FIELD)
        case _:
            return _random(operation, residues)


def _random(operation: str, numbers: list[int]) -> int:
    return int.from_bytes(hashlib.blake2b(f"{operation} {numbers}".encode(), digest_size=15).digest(), "big")
