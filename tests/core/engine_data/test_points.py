"""Points typed in by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.data.columns import Numbers, Texts
from tutor.engine.data.error import DataError
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.data.points import read_points


@pytest.mark.parametrize(
    "text",
    ["1 2\n3 4", "1,2\n3,4", "1, 2\n3, 4", " 1;2 \n\n3\t4  # the second", "# x y\n1 2\r\n3 4\r\n", "1.0 2e0\n+3 4."],
)
def test_two_numbers_are_x_and_y(text: str) -> None:
    x, y = read_points(text).columns
    assert isinstance(x, Numbers)
    assert isinstance(y, Numbers)
    assert (x.name, x.values.tolist()) == ("x", [1, 3])
    assert (y.name, y.values.tolist()) == ("y", [2, 4])


def test_three_values_are_a_point_with_a_label() -> None:
    label = read_points("1 2 red\n3 4 blue\n5 6 red").target
    assert isinstance(label, Texts)
    assert [label.text(row) for row in range(3)] == ["red", "blue", "red"]
    number = read_points("1 2 0\n3 4 1").target
    assert isinstance(number, Numbers)
    assert number.values.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "start", "word"),
    [
        ("", "points: ", "no points yet"),
        ("# nothing\n", "points: ", "no points yet"),
        ("1 2\n3\n", "points:2: ", "1 value"),
        ("1 2\n3 4 5\n", "points:2: ", "3 values"),
        ("1 2 3 4", "points:1: ", "4 values"),
        ("1 2\n3 b\n", "points:2: ", "“b”"),
        ("1 2\nnan 4\n", "points:2: ", "“nan”"),
        ("1 inf\n", "points:1: ", "finite"),
        ("1,5 2\n", "points:1: ", "1.5"),
        ("1,5 2,5\n", "points:1: ", "1.5"),
        ("1,5, 2\n", "points:1: ", "1.5"),
    ],
)
def test_what_is_no_point_is_told_by_its_line(text: str, start: str, word: str) -> None:
    with pytest.raises(DataError) as caught:
        read_points(text)
    assert str(caught.value).startswith(start)
    assert word in str(caught.value)


def test_typed_points_become_data() -> None:
    table = read_points("0 0 a\n0 1 b\n1 0 b\n1 1 a")
    data = prepare(table, PipelineSettings(validation_share=0, test_share=0, scale=False)).dataset
    assert data.train_inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.train_targets.tolist() == [[0], [1], [1], [0]]
    assert (data.kind, data.classes, data.input_names) == ("binary", ("a", "b"), ("x1", "x2"))


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(FLOATS, FLOATS), min_size=1), st.sampled_from([" ", "\t", ", ", "; "]))
def test_numbers_come_back_as_they_were_typed(points: list[tuple[float, float]], between: str) -> None:
    table = read_points("\n".join(f"{x!r}{between}{y!r}" for x, y in points))
    assert [(x, y) for x, y in zip(*(column.keys.tolist() for column in table.columns), strict=True)] == points
