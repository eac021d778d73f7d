"""What the training engine refuses, and why."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class EngineError(Exception):
    """A run that cannot be made as asked; the text tells what is wrong and what to write instead."""


def unknown(what: str, name: str, known: Collection[str]) -> EngineError:
    """Return the error about a name that is none of the known ones, with the nearest of them."""
    close = difflib.get_close_matches(name[:60], list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return EngineError(f"“{name[:60]}” is no {what}.{hint} Write one of: {', '.join(known)}.")
