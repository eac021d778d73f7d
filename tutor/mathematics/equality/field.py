"""The finite fields in which formulas are fingerprinted.

A chain of primes p0 > p1 > p2 in which each divides the one before less 1. Exponents of a formula live one level
deeper than the formula: e^u at level 0 is g^u with u at level 1, where g has the order p1. Because the exponents are
a field of their own, e^(u+v) = e^u·e^v and e^(u/3)³ = e^u hold there as they do for real numbers.

Every prime is 9 modulo 16: -1 is a square, and the root of a square takes one power. At level 0 the primes up to 23
have square roots, too. Neither 5, 7, 11 nor 13 divides a prime less 1: each number has one root of these degrees, as a
real number has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_WINDOW = 6  # bits of an exponent that one multiplication takes
_MASK = (1 << _WINDOW) - 1


class UndefinedError(ArithmeticError):
    """A division by something that is 0 everywhere, or its logarithm."""


class NoRootError(ArithmeticError):
    """A number at this point of the field has no square root; at another point it may have one."""


def inverse(value: int, prime: int) -> int:
    """Return 1 divided by the element. Raises UndefinedError for 0."""
    if not value:
        raise UndefinedError
    return pow(value, -1, prime)


def element(value: Fraction, prime: int) -> int:
    """Return the element for a fraction. Raises UndefinedError where the prime divides its denominator."""
    if value.denominator == 1:
        return value.numerator % prime
    return value.numerator * inverse(value.denominator % prime, prime) % prime


@dataclass(frozen=True)
class Level:
    """One field: its prime, and the prime that orders its exponents (0 at the deepest level)."""

    prime: int
    order: int

    def grown(self, exponent: int) -> int:
        """Return the element that stands for e to this power."""
        return self._raised(self._growing, exponent)

    def turned(self, angle: int) -> int:
        """Return the element that stands for e^(i·angle); it has no known relation to the one for e^angle."""
        return self._raised(self._turning, angle)

    def square_root(self, value: int) -> int:
        """Return one of the two square roots (Tonelli and Shanks, where 8 divides p - 1 and 16 does not).

        Raises NoRootError where there is none.
        """
        prime = self.prime
        half = pow(value, (prime - 9) // 16, prime)  # with p - 1 = 8·m, the power (m - 1)/2
        root = value * half % prime
        correction = self._corrections.get(root * half % prime)
        if correction is None:
            raise NoRootError
        return root * correction % prime

    def eighth_turns(self, count: int) -> int:
        """Return the element that stands for e^(i·pi/4) to this power: a root of -1 is its square."""
        return pow(self._eighth, count % 8, self.prime)

    @cached_property
    def imaginary(self) -> int:
        """The square root of -1 that stands for e^(i·pi/2)."""
        return self.eighth_turns(2)

    @cached_property
    def _eighth(self) -> int:
        prime = self.prime
        base = next(base for base in range(2, prime) if pow(base, (prime - 1) // 2, prime) != 1)
        return pow(base, (prime - 1) // 8, prime)

    @cached_property
    def _corrections(self) -> dict[int, int]:
        """Map each fourth root of 1 to the inverse of a root of it."""
        return {self.eighth_turns(2 * turns): self.eighth_turns(-turns) for turns in range(4)}

    def odd_root(self, value: int, degree: int) -> int | None:
        """Return the only root of this degree, None where there may be none or several."""
        order = self.prime - 1
        return pow(value, pow(degree, -1, order), self.prime) if gcd(degree, order) == 1 else None

    @cached_property
    def _growing(self) -> tuple[tuple[int, ...], ...]:
        return self._powers(2)

    @cached_property
    def _turning(self) -> tuple[tuple[int, ...], ...]:
        return self._powers(3)

    def _powers(self, start: int) -> tuple[tuple[int, ...], ...]:
        """Return, for each window of an exponent, the powers of an element of the order of the exponents."""
        prime = self.prime
        base = pow(start, (prime - 1) // self.order, prime)
        rows = []
        for _ in range(0, self.order.bit_length(), _WINDOW):
            row = [1]
            for _ in range(_MASK):
                row.append(row[-1] * base % prime)
            rows.append(tuple(row))
            base = row[-1] * base % prime
        return tuple(rows)

    def _raised(self, powers: tuple[tuple[int, ...], ...], exponent: int) -> int:
        prime = self.prime
        rest = exponent % self.order
        result = 1
        for row in powers:
            result = result * row[rest & _MASK] % prime
            rest >>= _WINDOW
        return result


Chain = tuple[Level, ...]


def _chain(*primes: str) -> Chain:
    values = [int(prime, 16) for prime in primes]
    return tuple(Level(prime, order) for prime, order in zip(values, (*values[1:], 0), strict=True))


def bits_of(chain: Chain) -> int:
    """Return how many bits a number may have that cannot be a multiple of any of the primes."""
    return chain[-1].prime.bit_length() - 1


# Found by a search for primes of the form 8·k·q + 1 with k odd, over a random prime q of 128 and of 512 bits.
CHAINS: tuple[Chain, ...] = (
    _chain(
        "3cc69be67947378f69b3aca737dcee7387f1329",
        "3a9f3273e711b8dc8f11ec12a85d4145919",
        "d7ee4f052a9d5d6b09776cee29dc1ac9",
    ),
    _chain(
        "9d8f1fefb28a93c6c2060f1c6caf3dbfb02e8366468c8059536861eb7ee613b8"
        "ddd4b9bcf1cc55df8fe08d3c123378b13962dfde27e3bc318c5be67ed42c5834c89c8539",
        "28d8d43e4da3b616ab8c3a74fb8d2ed5a74d9355211b7d2330387c5a92eb4deb"
        "db7fd3dc1cb11f15c8ed2941cf96bcd4de7034b90bf840476f7f41d702b1b0de8249",
        "9336e8a9950e9d520ac250b5f117f918c49c9904dbc88c26f8cc7a7612daeaa7"
        "c00696306200365e0e6050372e626414b3878e5fe6a99e91f4f3bfe6cf41ac69",
    ),
)
