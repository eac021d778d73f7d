"""Chance that is the same on every machine."""

from __future__ import annotations

from random import Random


def chance(name: str) -> Random:
    """Return a source of chance that only a name decides."""
    return Random(name)  # noqa: S311 - problems to practise with are no secret
