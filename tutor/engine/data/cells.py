"""What one cell of a table says: a number, a text, or nothing."""

from __future__ import annotations

import re

MISSING = frozenset({"", "?", "na", "n/a", "#n/a", "nan", "null"})
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]{1,3}(?:\.?[0-9]{3})*,[0-9]+")
_INFINITE = frozenset({"inf", "infinity"})
_SHOWN = 40


def is_missing(cell: str) -> bool:
    """Whether the cell says that there is no value: nothing, ?, NA, N/A, nan or null, in any capitals."""
    return cell.strip().lower() in MISSING


def as_number(cell: str) -> float | None:
    """Return the number in a cell, which may be infinite where it is beyond all floats; None where it is none.

    Only digits, a point and an exponent make a number: underscores, commas and other digits are refused.
    """
    cell = cell.strip()
    return float(cell) if _NUMBER.fullmatch(cell) else None


def shown(cell: str) -> str:
    """Return a cell as it is quoted in a message."""
    return f"“{cell[:_SHOWN]}{'…' if len(cell) > _SHOWN else ''}”"


def not_a_number(cell: str) -> str:
    """Return the sentences that tell why a cell is no number and what to write."""
    cell = cell.strip()
    if _DECIMAL_COMMA.fullmatch(cell):
        return f"{shown(cell)} is not read as a number. Write decimals with a point: {_with_point(cell)}."
    if cell.lstrip("+-").lower() in _INFINITE or _NUMBER.fullmatch(cell):
        return f"{shown(cell)} is not a finite number. Write a smaller number, or leave the cell empty."
    return f"{shown(cell)} is not a number. Write a number such as 0.5, or leave the cell empty."


def has_decimal_comma(cell: str) -> bool:
    """Whether the cell is a number with a comma for its point."""
    return _DECIMAL_COMMA.fullmatch(cell.strip()) is not None


def _with_point(cell: str) -> str:
    return cell.replace(".", "").replace(",", ".")
