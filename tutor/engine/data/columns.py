"""Data as it was read: named columns of numbers or texts, before anything is done to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


MOST_CATEGORIES = 100  # each text and each class becomes a column of its own
BOOLEANS = (("false", "true"), ("no", "yes"))


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A column of numbers, one for each row; a missing one is nan."""

    name: str
    values: Floats

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which rows have no value."""
        return np.isnan(self.values)

    @property
    def is_constant(self) -> bool:
        """Whether every row has the same value."""
        return len(self.values) > 0 and bool(np.all(self.values == self.values[0]))

    @property
    def keys(self) -> Floats:
        """A number for each row that is the same where the values are; 0 and −0 are the same."""
        return self.values + 0.0

    def rows(self, places: Places) -> Numbers:
        """Return the column with these rows only."""
        return Numbers(self.name, self.values[places])

    def text(self, row: int) -> str:
        """Return the value of a row as text, the shortest that reads back as the same number."""
        return repr(float(self.values[row])).removesuffix(".0")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column of texts: each row's place in `categories`, −1 for a missing one. The categories are sorted."""

    name: str
    codes: Places
    categories: tuple[str, ...]

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which rows have no value."""
        return self.codes < 0

    @property
    def is_constant(self) -> bool:
        """Whether every row has the same text."""
        return len(self.codes) > 0 and bool(np.all(self.codes == self.codes[0]))

    @property
    def keys(self) -> Floats:
        """A number for each row that is the same where the texts are."""
        return self.codes.astype(np.float64)

    def rows(self, places: Places) -> Texts:
        """Return the column with these rows only; categories that no row has any more are left out."""
        codes = self.codes[places]
        used, renumbered = np.unique(codes[codes >= 0], return_inverse=True)
        kept = np.full(len(codes), -1, dtype=np.int64)
        kept[codes >= 0] = renumbered
        return Texts(self.name, kept, tuple(self.categories[code] for code in used))

    def text(self, row: int) -> str:
        """Return the text of a row, empty where it is missing."""
        return self.categories[self.codes[row]] if self.codes[row] >= 0 else ""


Column = Numbers | Texts


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length; the last one is the target.

    `source` names the data in messages; `lines` holds the line of each row there, counted from 1, and is empty where
    the data has no lines. `notes` are sentences about what was found while reading.
    """

    name: str
    columns: tuple[Column, ...]
    source: str = ""
    lines: Places | None = None
    notes: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[Column, ...]:
        """Every column but the last."""
        return self.columns[:-1]

    @property
    def target(self) -> Column:
        """The last column."""
        return self.columns[-1]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.target.missing)

    def line(self, row: int) -> int:
        """Return the line that a row stands in; where there are no lines, the row's number, counted from 1."""
        return row + 1 if self.lines is None else int(self.lines[row])

    def rows(self, places: Places) -> Table:
        """Return the table with these rows only."""
        columns = tuple(column.rows(places) for column in self.columns)
        lines = None if self.lines is None else self.lines[places]
        return Table(self.name, columns, self.source, lines, self.notes)


def column_title(place: int, name: str) -> str:
    """Return how a column is told: `column 3 (age)`; the place counts from 1."""
    own = f"column {place}"
    return own if name == own else f"{own} ({name})"
