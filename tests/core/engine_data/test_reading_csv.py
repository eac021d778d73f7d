"""CSV files of every kind that people have: what is read from them, and what is said about those that cannot be."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.data.columns import Column, Numbers, Table, Texts
from tutor.engine.data.error import DataError
from tutor.engine.data.reading import read_csv, read_csv_bytes
from tutor.engine.data.rows import CHUNK

if TYPE_CHECKING:
    from pathlib import Path


def values(column: Column) -> list[float | str | None]:
    """Return the values of a column, None for a missing one."""
    if isinstance(column, Numbers):
        return [None if math.isnan(value) else value for value in column.values.tolist()]
    return [column.text(row) or None for row in range(len(column.codes))]


def content(table: Table) -> dict[str, list[float | str | None]]:
    return {column.name: values(column) for column in table.columns}


READ: list[tuple[str, bytes, dict[str, list[float | str | None]]]] = [
    ("commas and a header", b"x,y\n1,2\n3,4\n", {"x": [1, 3], "y": [2, 4]}),
    ("no header", b"1,2\n3,4\n", {"column 1": [1, 3], "column 2": [2, 4]}),
    ("no end of the last line", b"x,y\n1,2\n3,4", {"x": [1, 3], "y": [2, 4]}),
    ("semicolons", b"x;y\n1;2\n3;4\n", {"x": [1, 3], "y": [2, 4]}),
    ("tabs", b"x\ty\n1\t2\n3\t4\n", {"x": [1, 3], "y": [2, 4]}),
    ("a mark of the byte order", b"\xef\xbb\xbfx,y\n1,2\n", {"x": [1], "y": [2]}),
    ("lines of Windows", b"x,y\r\n1,2\r\n3,4\r\n", {"x": [1, 3], "y": [2, 4]}),
    ("lines of an old Macintosh", b"x,y\r1,2\r3,4\r", {"x": [1, 3], "y": [2, 4]}),
    ("blank lines", b"\nx,y\n\n1,2\n   \n3,4\n\n", {"x": [1, 3], "y": [2, 4]}),
    ("blanks around numbers", b"x, y\n 1 , 2\n", {"x": [1], "y": [2]}),
    ("exponents and signs", b"x,y\n+1.5e-3,-2E2\n.5,1.\n", {"x": [0.0015, 0.5], "y": [-200, 1]}),
    (
        "missing values",
        b"x,y\n1,2\n,3\nNA,4\nnan,5\n?,6\nN/A,7\nnull,8\n",
        {"x": [1, None, None, None, None, None, None], "y": [2, 3, 4, 5, 6, 7, 8]},
    ),
    ("texts", b"c,y\nred,1\nblue,2\nred,3\n", {"c": ["red", "blue", "red"], "y": [1, 2, 3]}),
    ("texts in quotes", b'c,y\n"a, b",1\n"say ""c""",2\n', {"c": ["a, b", 'say "c"'], "y": [1, 2]}),
    ("a text over two lines", b'c,y\n"a\nb",1\nc,2\n', {"c": ["a\nb", "c"], "y": [1, 2]}),
    ("texts and no header", b"5.1,3.5,setosa\n6.2,2.9,virginica\n", {
        "column 1": [5.1, 6.2], "column 2": [3.5, 2.9], "column 3": ["setosa", "virginica"],
    }),
    ("only texts", b"colour,size\nred,big\nblue,small\n", {"colour": ["red", "blue"], "size": ["big", "small"]}),
    ("only texts, no header", b"red,big\nblue,big\n", {"column 1": ["red", "blue"], "column 2": ["big", "big"]}),
    ("booleans in any capitals", b"a,y\nTrue,1\nFALSE,2\ntrue,3\n", {"a": ["true", "false", "true"], "y": [1, 2, 3]}),
    ("a name twice", b"a,a,y\n1,2,3\n4,5,6\n", {"a": [1, 4], "a 2": [2, 5], "y": [3, 6]}),
    ("an empty name", b"a,,y\n1,2,3\n4,5,6\n", {"a": [1, 4], "column 2": [2, 5], "y": [3, 6]}),
    ("some numbers among texts", b"c,y\n1,1\na,2\nb,3\n", {"c": ["1", "a", "b"], "y": [1, 2, 3]}),
    ("Greek", "größe,η\n1,2\n3,4\n".encode(), {"größe": [1, 3], "η": [2, 4]}),
    ("a row of nothing", b"x,y\n1,2\n,\n3,4\n", {"x": [1, None, 3], "y": [2, None, 4]}),
    ("semicolons in a text", b"m,g,y\nHeat,Action;Crime,8\nUp,Fun;Kids,9\n", {
        "m": ["Heat", "Up"], "g": ["Action;Crime", "Fun;Kids"], "y": [8, 9],
    }),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_what_is_read(data: bytes, expected: dict[str, list[float | str | None]]) -> None:
    assert content(read_csv_bytes(data, "data.csv")) == expected


FAULTS: list[tuple[str, bytes, str, tuple[str, ...]]] = [
    ("empty", b"", "data.csv: ", ("empty",)),
    ("nothing but blank lines", b"\n \n\n", "data.csv: ", ("empty",)),
    ("only a header", b"x,y\n", "data.csv: ", ("no examples", "below")),
    ("one column", b"x\n1\n2\n", "data.csv:1: ", ("only one column", "commas, semicolons or tabs")),
    ("too many cells", b"x,y\n1,2\n3,4,5\n", "data.csv:3: ", ("3 values", "2")),
    ("too few cells", b"x,y,z\n1,2,3\n\n4\n", "data.csv:4: ", ("1 value", "3")),
    ("an open quote", b'x,y\n1,2\n"3,4\n5,6\n', "data.csv:3: ", ("quote", "never closed")),
    ("a huge cell", b"x,y\n1," + b"9" * 140_000 + b"\n", "data.csv:2: ", ("cannot be read",)),
    ("no UTF-8", b"x,y\n1,2\n3,\xff\n", "data.csv:3: ", ("not UTF-8", "Save the file as UTF-8")),
    ("Latin-1", "größe,y\n1,2\n".encode("latin-1"), "data.csv:1: ", ("not UTF-8",)),
    ("UTF-16", "x,y\n1,2\n".encode("utf-16"), "data.csv:1: ", ("UTF-16", "UTF-8")),
    ("a slip", b"a,age,y\n1,2,3\n1,2b,3\n1,4,3\n", "data.csv:3: ", ("column 2 (age)", "“2b”", "2 other")),
    ("a decimal comma", b"x;y\n1,5;2\n2,5;3\n", "data.csv:2: ", ("column 1 (x)", "“1,5”", "1.5")),
    ("decimal commas, no header", b"1,5;2,5\n2,5;3,5\n", "data.csv:1: ", ("column 1", "“1,5”", "1.5")),
    ("thousands and a comma", b"x;y\n1.234,5;2\n2,5;3\n", "data.csv:2: ", ("“1.234,5”", "1234.5")),
    ("an underscore", b"x,y\n1_000,2\n3,4\n5,6\n", "data.csv:2: ", ("“1_000”", "not a number")),
    ("other digits", "x,y\n1,2\n٣,4\n5,6\n".encode(), "data.csv:3: ", ("not a number",)),
    ("infinity", b"x,y\n1,2\ninf,4\n5,6\n", "data.csv:3: ", ("“inf”", "not a finite number")),
    ("beyond floats", b"x,y\n1,2\n3,-1e999\n5,6\n", "data.csv:3: ", ("column 2 (y)", "“-1e999”", "not a finite")),
    ("a column without values", b"x,y,\n1,2,\n3,4,\n", "data.csv: ", ("column 3", "no values", "Remove")),
    (
        "a text in every row",
        b"name,y\n" + b"".join(b"n%d,1\n" % number for number in range(150)),
        "data.csv:102: ",
        ("column 1 (name)", "more than 100 different texts", "“n100”"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "start", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_what_is_said_about_a_fault(data: bytes, start: str, words: tuple[str, ...]) -> None:
    with pytest.raises(DataError) as caught:
        read_csv_bytes(data, "data.csv")
    message = str(caught.value)
    assert message.startswith(start)
    assert [word for word in words if word not in message] == []
    assert message.isprintable()


def test_a_fault_deep_in_a_file_is_told_by_its_line() -> None:
    lines = [f"{number},{number}" for number in range(3 * CHUNK)]
    lines[2 * CHUNK + 17] = "7,seven"
    with pytest.raises(DataError, match=rf"^data.csv:{2 * CHUNK + 19}: column 2 \(y\): “seven”"):
        read_csv_bytes("\n".join(["x,y", *lines]).encode(), "data.csv")


def test_lines_count_also_those_inside_quotes() -> None:
    with pytest.raises(DataError, match=r"^data\.csv:5: "):
        read_csv_bytes(b'c,y\n"a\nb\nc",1\nd,2,3\n', "data.csv")


def test_a_text_column_that_begins_with_many_numbers_keeps_its_texts() -> None:
    cells = ["1.50"] * CHUNK + ["a"] * (CHUNK + 1)
    table = read_csv_bytes("\n".join(["c,y", *(f"{cell},1" for cell in cells)]).encode(), "data.csv")
    assert content(table)["c"] == cells


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("x,y\n1,2\n3,4\n")
    table = read_csv(path)
    assert table.name == "prices"
    assert [table.line(row) for row in range(2)] == [2, 3]


@pytest.mark.parametrize("name", ["missing.csv", ".", "a\0b"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="Name a CSV file"):
        read_csv(tmp_path / name)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(NUMBERS, st.sampled_from(["red", "a, b", 'say "x"', "ö\n;"]), NUMBERS), min_size=1),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_again(rows: list[tuple[float, str, float]], delimiter: str, end: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerow(["a", "c", "y"])
    writer.writerows(rows)
    first, texts, last = read_csv_bytes(written.getvalue().encode(), "data.csv").columns
    assert isinstance(first, Numbers)
    assert isinstance(texts, Texts)
    assert isinstance(last, Numbers)
    assert first.values.tolist() == [row[0] for row in rows]
    assert last.values.tolist() == [row[2] for row in rows]
    assert [texts.text(row) for row in range(len(rows))] == [row[1].strip() for row in rows]


@settings(max_examples=150, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), st.text("1.,;\t\n\"'xé?-e ", max_size=120).map(str.encode)))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    try:
        table = read_csv_bytes(data, "data.csv")
    except DataError as error:
        message = str(error)
    else:
        message = "data.csv"
        assert len(table.columns) > 1
        assert all(len(column.missing) == table.row_count > 0 for column in table.columns)
        assert not any(np.isinf(column.values).any() for column in table.columns if isinstance(column, Numbers))
    assert message.startswith("data.csv")
    assert message.isprintable()
