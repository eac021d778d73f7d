"""Fractions as products of powers of primes."""

from __future__ import annotations

import math
from fractions import Fraction

_SMALL_PRIMES = [p for p in range(2, 1000) if all(p % q for q in range(2, math.isqrt(p) + 1))]
_LARGEST_PRIME = 1000 * 1000


def factored(value: Fraction) -> dict[int, Fraction] | None:
    """Return the primes of the fraction with their powers, None where they are not found at once."""
    powers: dict[int, Fraction] = {}
    for part, direction in ((value.numerator, 1), (value.denominator, -1)):
        if part.bit_length() > 128:  # noqa: PLR2004 - longer ones would take long to factor
            return None
        rest = part
        for prime in _SMALL_PRIMES:
            if prime * prime > rest:
                break
            while rest % prime == 0:
                rest //= prime
                powers[prime] = powers.get(prime, Fraction(0)) + direction
        if rest > _LARGEST_PRIME:
            return None
        if rest > 1:
            powers[rest] = powers.get(rest, Fraction(0)) + direction
    return powers
