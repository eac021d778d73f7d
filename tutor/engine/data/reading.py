"""Reading a CSV file of any size that fits in memory: bytes to a table, with one clear message for whatever is wrong.

The file is read twice at most: once for its numbers, and again for the columns that turn out to hold texts. Only
numbers and the places of texts in their lists are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.cells import as_number, has_decimal_comma, is_missing, not_a_number, shown
from tutor.engine.data.columns import BOOLEANS, MOST_CATEGORIES, Column, Numbers, Table, Texts, column_title
from tutor.engine.data.error import DataError
from tutor.engine.data.layout import Layout, find_layout
from tutor.engine.data.rows import RowReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_NOT_IN_PLAIN_NUMBERS = re.compile(r"[^0-9eE+\-. \n]")


def read_csv(path: Path) -> Table:
    """Read a CSV file; its last column is the target.

    Columns are separated by commas, semicolons or tabs; a first row of names is found by itself; text is UTF-8, with
    or without a byte-order mark; a value is missing where the cell is empty or says ?, NA, N/A, nan or null. A column
    holds texts where at least half of its values are none of them numbers.
    Raises DataError, with file, line and column, for what cannot be used.
    """
    try:
        if path.exists() and path.is_dir():
            raise DataError(f"{path}: this is a folder. Name a CSV file.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataError(f"{path}: the file cannot be read ({why}). Name a CSV file that exists.") from error
    return read_csv_bytes(data, str(path), path.stem)


def read_csv_bytes(data: bytes, source: str, name: str = "") -> Table:
    """Read the bytes of a CSV file; `source` names them in messages. Raises DataError as `read_csv` does."""
    return _CsvReader(RowReader(data, source), name or source, source).table()


@dataclass(slots=True)
class _Survey:
    """What has been seen of one column: its numbers (nan where there is none), and where its texts begin."""

    title: str
    numbers: list[NDArray[np.float64]] = field(default_factory=list)
    number_count: int = 0
    text_count: int = 0
    first_text: tuple[str, int] = ("", 0)
    first_infinite: tuple[str, int] = ("", 0)
    first_comma: tuple[str, int] = ("", 0)
    comma_count: int = 0

    def add(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Take in the next cells of the column."""
        values = _plain_numbers(cells)
        if values is None:
            values = np.array([self._number(cell, line) for cell, line in zip(cells, lines, strict=True)])
        else:
            self.number_count += len(cells)
            if not np.isfinite(values).all():
                place = int(np.flatnonzero(~np.isfinite(values))[0])
                self._note_infinite(cells[place], lines[place])
        self.numbers.append(values)

    def _number(self, cell: str, line: int) -> float:
        if is_missing(cell):
            return float("nan")
        value = as_number(cell)
        if value is None:
            self._note_text(cell, line)
            return float("nan")
        self.number_count += 1
        if not np.isfinite(value):
            self._note_infinite(cell, line)
        return value

    def _note_text(self, cell: str, line: int) -> None:
        self.text_count += 1
        if not self.first_text[1]:
            self.first_text = cell, line
        if has_decimal_comma(cell):
            self.comma_count += 1
            if not self.first_comma[1]:
                self.first_comma = cell, line

    def _note_infinite(self, cell: str, line: int) -> None:
        if not self.first_infinite[1]:
            self.first_infinite = cell, line

    @property
    def is_empty(self) -> bool:
        """Whether the column has no values at all."""
        return not self.number_count and not self.text_count

    @property
    def is_numeric(self) -> bool:
        """Whether most of its values are numbers, or would be with a point for their comma."""
        return 2 * (self.number_count + self.comma_count) > self.number_count + self.text_count

    @property
    def others(self) -> str:
        """The sentence that tells that this column holds numbers; empty where it has none."""
        if self.number_count == 1:
            return "1 other value of this column is a number."
        return f"{self.number_count} other values of this column are numbers." if self.number_count else ""

    @property
    def fault(self) -> tuple[str, int] | None:
        """The first cell, with its line, that cannot stand in a column of numbers; None where every one can."""
        found = [cell for cell in (self.first_text, self.first_infinite) if cell[1]]
        return min(found, key=lambda cell: cell[1]) if found else None


def _plain_numbers(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Return the cells as numbers where every one is plainly one: the fast way for most columns."""
    if _NOT_IN_PLAIN_NUMBERS.search("\n".join(cells)):
        return None
    try:
        return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None


class _CsvReader:
    def __init__(self, rows: RowReader, name: str, source: str) -> None:
        self._rows = rows
        self._name = name
        self._source = source

    def table(self) -> Table:
        layout = find_layout(self._rows.sample)
        if len(layout.names) == 1:
            raise self._rows.fail(
                "there is only one column. Write at least one input and, last, the target on each line, separated by "
                "commas, semicolons or tabs.",
                1,
            )
        surveys, lines = self._surveyed(layout)
        if not lines:
            raise self._rows.fail("there are no examples below the names of the columns. Write one on each line.")
        columns = [
            self._numbers(survey, name) if survey.is_numeric or survey.is_empty else None
            for survey, name in zip(surveys, layout.names, strict=True)
        ]
        places = [place for place, column in enumerate(columns) if column is None]
        texts = self._texts(layout, places) if places else {}
        found: tuple[Column, ...] = tuple(column or texts[place] for place, column in enumerate(columns))
        return Table(self._name, found, self._source, np.array(lines, dtype=np.int64), layout.notes)

    def _surveyed(self, layout: Layout) -> tuple[list[_Survey], list[int]]:
        surveys = [_Survey(column_title(place, name)) for place, name in enumerate(layout.names, 1)]
        lines: list[int] = []
        for chunk in self._rows.chunks(layout.delimiter, len(layout.names), has_header=layout.has_header):
            lines += chunk.lines
            for survey, cells in zip(surveys, zip(*chunk.cells, strict=True), strict=True):
                survey.add(cells, chunk.lines)
        return surveys, lines

    def _numbers(self, survey: _Survey, name: str) -> Numbers:
        if survey.is_empty and survey.numbers:
            raise self._rows.fail(f"{survey.title} has no values in any row. Remove the column, or fill it.")
        fault = survey.fault
        if fault is not None:
            cell, line = fault
            raise self._rows.fail(f"{survey.title}: {not_a_number(cell)} {survey.others}".rstrip(), line)
        values = np.concatenate(survey.numbers) if survey.numbers else np.empty(0)
        return Numbers(name, values)

    # -- texts

    def _texts(self, layout: Layout, places: Sequence[int]) -> dict[int, Texts]:
        """Read the file again for the columns at these places."""
        encoders = {place: _TextEncoder() for place in places}
        for chunk in self._rows.chunks(layout.delimiter, len(layout.names), has_header=layout.has_header):
            columns = list(zip(*chunk.cells, strict=True))
            for place, encoder in encoders.items():
                line = encoder.add(columns[place], chunk.lines)
                if line is not None:
                    raise self._too_many(layout, place, encoder, line)
        return {place: encoder.column(layout.names[place]) for place, encoder in encoders.items()}

    def _too_many(self, layout: Layout, place: int, encoder: _TextEncoder, line: int) -> DataError:
        title = column_title(place + 1, layout.names[place])
        return self._rows.fail(
            f"{title} holds more than {MOST_CATEGORIES} different texts, here {shown(encoder.latest)}. Each text would "
            "become a column of its own. Remove the column, or write fewer groups.",
            line,
        )


class _TextEncoder:
    """Turns the texts of one column into places in the list of its texts."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._codes: list[NDArray[np.int64]] = []
        self.latest = ""

    def add(self, cells: Sequence[str], lines: Sequence[int]) -> int | None:
        """Take in the next cells; return the line of the text that is one too many, None where all is well."""
        counts = Counter(cells)
        codes = {cell: self._code(cell) for cell in counts}
        if len(self._known) > MOST_CATEGORIES:
            self.latest = list(self._known)[MOST_CATEGORIES]
            return next(line for cell, line in zip(cells, lines, strict=True) if cell.strip() == self.latest)
        self._codes.append(np.fromiter(map(codes.__getitem__, cells), np.int64, len(cells)))
        return None

    def _code(self, cell: str) -> int:
        return -1 if is_missing(cell) else self._known.setdefault(cell.strip(), len(self._known))

    def column(self, name: str) -> Texts:
        """Return the column, its categories sorted."""
        spelled = {text: text.lower() for text in self._known}
        if not any(set(spelled.values()) <= set(pair) for pair in BOOLEANS):
            spelled = {text: text for text in self._known}
        categories = tuple(sorted(set(spelled.values())))
        places = np.array([categories.index(spelled[text]) for text in self._known] + [-1], dtype=np.int64)
        return Texts(name, places[np.concatenate(self._codes)], categories)
