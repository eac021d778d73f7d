"""Every input that once failed, as the fuzzer found it or as small as it could be made."""

from __future__ import annotations

_PRIME_BELOW = "fsqrt(2)\n√2/170141183460469231731687303715884105727".encode()
_STARTING_VALUE = b"cfive\nw1\n5\nE = 168"
_STARTING_VALUE_OF_BATCH = b"cbatch\nw1\n1e3\nE[1] = 169"

FAILED: tuple[bytes, ...] = (
    _PRIME_BELOW,
    b"f|x|\n|x|+relu(x-10^400)",
    _STARTING_VALUE,
    _STARTING_VALUE_OF_BATCH,
)

KNOWN_FAILURES: dict[bytes, str] = {}
"""Inputs that still fail, with the reason; one that does not must be taken off."""
