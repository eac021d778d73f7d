"""What the command refuses."""

from __future__ import annotations


class UsageError(Exception):
    """Options that cannot be used together, or name nothing that exists."""
