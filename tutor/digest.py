"""Digests, by which contents are known again, and from which seeds come."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def digest_of(data: bytes) -> bytes:
    """Return the SHA-256 digest of some bytes: 32 bytes."""
    digest: bytes = _sha256()(data).digest()
    return digest


@cache
def _sha256() -> Callable[[bytes], Any]:
    """Return Python's own SHA-256 where it is there, as its `random` does: hashlib loads all of OpenSSL first."""
    for module in ("_sha2", "_sha256"):
        try:
            return import_module(module).sha256  # type: ignore[no-any-return]
        except ImportError:
            continue
    return import_module("hashlib").sha256  # type: ignore[no-any-return]
