"""The first stage: rows that cannot be used, and copies of others, are left out and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.columns import Table, column_title
from tutor.engine.data.error import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Missing:
    """A column in which rows have no value: its title, how many of them, and the line of the first."""

    column: str
    count: int
    first_line: int


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """The rows that can be used, and what became of the others.

    `read` is how many rows there were, `incomplete` how many of them had no value somewhere, `copies` how many were
    the same as an earlier one in every column; `constant` names the inputs that are the same in every row.
    """

    table: Table
    read: int
    incomplete: int
    missing: tuple[Missing, ...]
    copies: int
    first_copy: int
    constant: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, one sentence for each finding."""
        found = [f"{self.table.row_count} of {self.read} rows can be used."]
        if self.incomplete:
            where = ", ".join(
                f"{missing.column} in {missing.count}, first in line {missing.first_line}" for missing in self.missing
            )
            found.append(f"{_rows(self.incomplete)} left out because a value is missing: {where}.")
        if self.copies:
            found.append(
                f"{_rows(self.copies)} left out because an earlier one is the same in every column, first in line "
                f"{self.first_copy}."
            )
        found += [
            f"{title} has the same value in every row: nothing can be learned from it." for title in self.constant
        ]
        return tuple(found)


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count} rows are"


def clean(table: Table, *, drop_copies: bool = True) -> Cleaned:
    """Leave out the rows in which a value is missing and, if asked, those that are the same as an earlier one.

    A copy is left out because it could land in the test part while its original is learned from.
    Raises DataError where no row is left.
    """
    absent = np.stack([column.missing for column in table.columns])
    incomplete = absent.any(axis=0)
    missing = tuple(
        Missing(column_title(place, column.name), int(gaps.sum()), table.line(int(gaps.argmax())))
        for place, (column, gaps) in enumerate(zip(table.columns, absent, strict=True), 1)
        if gaps.any()
    )
    kept = np.flatnonzero(~incomplete)
    if not len(kept):
        names = ", ".join(gap.column for gap in missing)
        raise DataError(f"{table.source}: every row has a value missing in {names}. Fill them, or remove a column.")
    whole = table.rows(kept)
    originals = _first_of_each(whole) if drop_copies else np.arange(len(kept))
    copies = len(kept) - len(originals)
    result = whole.rows(originals) if copies else whole
    constant = tuple(
        column_title(place, column.name) for place, column in enumerate(result.inputs, 1) if column.is_constant
    )
    return Cleaned(
        table=result,
        read=table.row_count,
        incomplete=int(incomplete.sum()),
        missing=missing,
        copies=copies,
        first_copy=_first_left_out(whole, originals) if copies else 0,
        constant=constant if result.row_count > 1 else (),
    )


def _first_of_each(table: Table) -> NDArray[np.int64]:
    """Return the rows that are unlike every earlier one."""
    keys = np.ascontiguousarray(np.column_stack([column.keys for column in table.columns]))
    width = keys.shape[1] * keys.itemsize
    packed = keys.tobytes()
    seen: set[bytes] = set()
    kept: list[int] = []
    for row in range(len(keys)):
        key = packed[row * width : (row + 1) * width]
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return np.array(kept, dtype=np.int64)


def _first_left_out(table: Table, originals: NDArray[np.int64]) -> int:
    """Return the line of the first row that is not among the originals, which are sorted."""
    out = np.flatnonzero(originals != np.arange(len(originals)))
    return table.line(int(out[0]) if len(out) else len(originals))
