"""The finite fields in which formulas are fingerprinted.

A chain of primes p0 > p1 > p2 in which each divides the one before less 1. Exponents of a formula live one level
deeper than the formula: e^u at level 0 is g^u with u at level 1, where g has the order p1. Because the exponents are
a field of their own, e^(u+v) = e^u·e^v and e^(u/3)³ = e^u hold there as they do for real numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Level:
    """One field: its prime, and the prime that orders its exponents (0 at the deepest level)."""

    prime: int
    order: int

    @cached_property
    def growing(self) -> int:
        """The element that stands for e: of the order of the exponents."""
        return self._element(2)

    @cached_property
    def turning(self) -> int:
        """The element that stands for e^i: of the same order, with no known relation to the one for e."""
        return self._element(3)

    def _element(self, start: int) -> int:
        return pow(start, (self.prime - 1) // self.order, self.prime)

    @cached_property
    def imaginary(self) -> int:
        """A square root of -1; exists where the prime is 1 modulo 4."""
        candidate = 2
        while pow(candidate, (self.prime - 1) // 2, self.prime) == 1:
            candidate += 1
        return pow(candidate, (self.prime - 1) // 4, self.prime)


def _chain(*primes: int) -> tuple[Level, ...]:
    return tuple(Level(prime, order) for prime, order in zip(primes, (*primes[1:], 0), strict=True))


# Found by a search for primes of the form 4·k·q + 1 and k·q + 1 over a random 127-bit prime q.
CHAINS: tuple[tuple[Level, ...], ...] = (
    _chain(
        0x3682BD3A20C4E2E8BAEE3407639FF42CA5A5,
        0x19D7947E2A15478AC69AA4FDD06A2BB28F,
        0x7A82BFF74C3EF45902DD21250B729645,
    ),
    _chain(
        0x1C7965565313EB7406AF32630903167D4EFD,
        0x56C74D37D89E3B4938F15C9B892DFB6583,
        0x7A0FE594E1ECA2291AA5148C01A8C413,
    ),
)
