"""How a file of values is laid out: what separates its columns, and whether its first row names them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.engine.data.cells import as_number, has_decimal_comma, is_missing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DELIMITERS = ("\t", ";", ",")

Row = list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """What separates the columns, the columns' names, and whether the first row is those names."""

    delimiter: str
    names: tuple[str, ...]
    has_header: bool
    notes: tuple[str, ...] = ()


def find_layout(sample: Callable[[str], Sequence[Row]]) -> Layout:
    """Return the layout of the data whose first rows `sample` gives for a delimiter; there is at least one row."""
    delimiter = next((candidate for candidate in DELIMITERS if _fits(sample(candidate))), ",")
    rows = sample(delimiter)
    has_header = is_header(rows)
    if not has_header:
        return Layout(delimiter, tuple(f"column {place}" for place in range(1, len(rows[0]) + 1)), has_header=False)
    names, notes = _names(rows[0])
    return Layout(delimiter, names, has_header=True, notes=notes)


def _fits(rows: Sequence[Row]) -> bool:
    """Whether these rows look like columns: several in the first row, and as many in most others.

    A comma is tried last: in a file with semicolons or tabs it often stands inside the numbers.
    """
    widths = Counter(len(row) for row in rows)
    first = len(rows[0])
    return first > 1 and 2 * widths[first] > len(rows)


def is_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns.

    It does where it has words over columns of numbers, and not more often numbers over numbers. Where no column has
    numbers it does unless one of its words comes again below.
    """
    first, rest = rows[0], rows[1:]
    if not rest:
        return all(as_number(cell) is None and not is_missing(cell) for cell in first)
    words = numbers = 0
    for place, cell in enumerate(first):
        below = [row[place] for row in rest if place < len(row) and not is_missing(row[place])]
        numeric = 2 * sum(_is_numeric(other) for other in below) > len(below)
        if numeric and not is_missing(cell):
            words, numbers = (words, numbers + 1) if _is_numeric(cell) else (words + 1, numbers)
    if words or numbers:
        return words >= numbers
    return not any(cell in (row[place] for row in rest if place < len(row)) for place, cell in enumerate(first))


def _is_numeric(cell: str) -> bool:
    return as_number(cell) is not None or has_decimal_comma(cell)


def _names(header: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns' names, each only once, and sentences about those that were changed."""
    names: list[str] = []
    notes: list[str] = []
    for place, cell in enumerate(header, 1):
        wanted = " ".join(cell.split()) or f"column {place}"
        name, again = wanted, 1
        while name in names:
            again += 1
            name = f"{wanted} {again}"
        if name != wanted:
            notes.append(f"two columns have the name {wanted}: column {place} is called {name} here.")
        names.append(name)
    return tuple(names), tuple(notes)
