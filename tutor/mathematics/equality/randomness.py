"""Numbers that look drawn at random, and are the same every time."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b


@lru_cache(maxsize=8192)
def random_element(prime: int, attempt: int, *key: object) -> int:
    """Return the element of the field that belongs to the key in this attempt to choose a point."""
    size = prime.bit_length() // 8 + 24  # so many more bytes that no element is more frequent than another
    seed = repr((prime, attempt, key)).encode()
    return (
        int.from_bytes(b"".join(blake2b(seed, salt=bytes([part])).digest() for part in range(size // 64 + 1))) % prime
    )
