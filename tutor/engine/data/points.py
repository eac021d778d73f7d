"""Points typed in by hand: one on each line, as `x y` or as `x1 x2 label`."""

from __future__ import annotations

import re

import numpy as np

from tutor.engine.data.cells import as_number, has_decimal_comma, not_a_number, shown
from tutor.engine.data.columns import MOST_CATEGORIES, Column, Numbers, Table, Texts
from tutor.engine.data.error import DataError

_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+")
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")
_NAMES = {2: ("x", "y"), 3: ("x1", "x2", "label")}


def read_points(text: str, source: str = "points") -> Table:
    """Read typed points: `x y` on every line, or `x1 x2 label` on every line, where a label is a number or a word.

    Values are separated by blanks, commas or semicolons; blank lines and what follows a # are skipped.
    Raises DataError, with line and value, for what is no point.
    """
    rows = [
        (number, _values(line, source, number))
        for number, typed in enumerate(text.splitlines(), 1)
        if (line := typed.partition("#")[0].strip(" \t\ufeff"))
    ]
    if not rows:
        raise DataError(f"{source}: there are no points yet. Write one on each line: x y, or x1 x2 label.")
    width = len(rows[0][1])
    for number, values in rows:
        if len(values) != width:
            raise DataError(
                f"{source}:{number}: this point has {len(values)} values, the first one has {width}. "
                "Write the same number of values on every line."
            )
    lines = np.array([number for number, _ in rows], dtype=np.int64)
    names = _NAMES[width]
    columns = [_numbers(names[place], rows, place, source) for place in range(2)]
    found: tuple[Column, ...] = (*columns, _label(names[2], rows, source)) if width == 3 else tuple(columns)  # noqa: PLR2004 - with a label
    return Table(source, found, source, lines)


def _values(line: str, source: str, number: int) -> list[str]:
    values = _SEPARATOR.split(line)
    if re.search(r"\s", line) and _DECIMAL_COMMA.search(line):
        found = next(value for value in line.split() if _DECIMAL_COMMA.search(value)).rstrip(",;")
        what = not_a_number(found) if has_decimal_comma(found) else f"{shown(found)} can be read in two ways."
        raise DataError(f"{source}:{number}: {what} Separate values by blanks, and write decimals with a point.")
    if len(values) not in _NAMES:
        count = "is 1 value" if len(values) == 1 else f"are {len(values)} values"
        raise DataError(f"{source}:{number}: there {count} in {shown(line)}. Write x y, or x1 x2 label.")
    return values


def _numbers(name: str, rows: list[tuple[int, list[str]]], place: int, source: str) -> Numbers:
    return Numbers(name, np.array([_number(values[place], name, source, line) for line, values in rows]))


def _number(cell: str, name: str, source: str, line: int) -> float:
    value = as_number(cell)
    if value is None or not np.isfinite(value):
        sentences = not_a_number(cell).replace(", or leave the cell empty", "")
        raise DataError(f"{source}:{line}: {name}: {sentences}")
    return value


def _label(name: str, rows: list[tuple[int, list[str]]], source: str) -> Column:
    """Return the labels: numbers where every one is a number, else words."""
    if all(as_number(values[2]) is not None for _, values in rows):
        return _numbers(name, rows, 2, source)
    words = [values[2] for _, values in rows]
    categories = tuple(sorted(set(words)))
    if len(categories) > MOST_CATEGORIES:
        line = next(line for line, values in rows if values[2] not in list(dict.fromkeys(words))[:MOST_CATEGORIES])
        raise DataError(f"{source}:{line}: there are more than {MOST_CATEGORIES} different labels. Use fewer.")
    return Texts(name, np.array([categories.index(word) for word in words], dtype=np.int64), categories)
