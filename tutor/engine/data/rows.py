"""The rows of a file of values, a chunk at a time: decoded, split into cells, each with its line."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tutor.engine.data.cells import shown
from tutor.engine.data.error import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1_000  # few enough to stay in the processor's cache
SAMPLE = 200
_WIDE_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows one after another: their cells, and the line in which each begins, counted from 1."""

    cells: list[list[str]]
    lines: list[int]


class RowReader:
    """Reads the bytes of one file as rows; can start again, so that no text has to be kept."""

    def __init__(self, data: bytes, source: str) -> None:
        """Keep the bytes and the name that they have in messages."""
        self._data = data
        self._source = source

    def fail(self, message: str, line: int | None = None) -> DataError:
        """Return the error about a line."""
        return DataError(f"{self._source}:{line}: {message}" if line else f"{self._source}: {message}")

    def sample(self, delimiter: str) -> list[list[str]]:
        """Return the first rows with this delimiter. Raises DataError where there is none, or no text."""
        rows = [row for row, _ in islice(self._rows(delimiter), SAMPLE)]
        if not rows:
            raise self.fail("this file is empty. Write one example on each line, its values separated by commas.")
        return rows

    def chunks(self, delimiter: str, width: int, *, has_header: bool) -> Iterator[Chunk]:
        """Yield the rows below the header.

        Raises DataError for a row that has not `width` cells, and for what cannot be decoded.
        """
        rows = self._rows(delimiter)
        if has_header:
            next(rows)
        while True:
            chunk = Chunk([], [])
            for row, line in islice(rows, CHUNK):
                if len(row) != width:
                    raise self._ragged(row, line, width)
                chunk.cells.append(row)
                chunk.lines.append(line)
            if not chunk.cells:
                return
            yield chunk

    def _rows(self, delimiter: str) -> Iterator[tuple[list[str], int]]:
        """Yield each row that is not blank, with the line in which it begins."""
        text = io.TextIOWrapper(io.BytesIO(self._data), encoding="utf-8-sig", newline="")
        reader = csv.reader(text, delimiter=delimiter)
        line = 1
        try:
            for row in reader:
                if len(row) > 1 or (row and row[0].strip()):
                    yield row, line
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise self._not_text() from error
        except csv.Error as error:
            message = f'this row cannot be read ({error}). Perhaps a quote " was opened here and never closed.'
            raise self.fail(message, line) from error

    def _not_text(self) -> DataError:
        if self._data.startswith(_WIDE_ENCODINGS):
            return self.fail("this is UTF-16 text. Save the file as UTF-8.", 1)
        try:
            self._data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self._data.count(b"\n", 0, error.start) + 1
            start = self._data.rfind(b"\n", 0, error.start) + 1
            near = self._data[start : error.start].decode("utf-8", "replace")
            return self.fail(f"this is not UTF-8 text, after {shown(near)}. Save the file as UTF-8.", line)
        return self.fail("this is not UTF-8 text. Save the file as UTF-8.")

    def _ragged(self, row: list[str], line: int, width: int) -> DataError:
        what = f"this row has {_values(len(row))}, the first one has {width}."
        if any("\n" in cell for cell in row):
            return self.fail(f'{what} Perhaps a quote " was opened here and never closed.', line)
        return self.fail(f"{what} Write one value for each column; leave a missing one empty.", line)


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"
