"""The bar of the home map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.bar import bar
from tutor.draw.glyphs import ASCII, UNICODE


@pytest.mark.parametrize(
    ("done", "of", "expected"),
    [
        (6, 6, "########"),
        (4, 8, "####----"),
        (0, 7, "--------"),
        (1, 100, "#-------"),
        (99, 100, "#######-"),
        (0, 0, "--------"),
        (9, 6, "########"),
        (-1, 6, "--------"),
    ],
)
def test_bar(done: int, of: int, expected: str) -> None:
    assert bar(done, of, 8, ASCII) == expected
    assert bar(done, of, 8, UNICODE) == expected.replace("#", "━").replace("-", "·")


@given(st.integers(0, 50), st.integers(1, 50), st.integers(2, 30))
def test_begun_shows_and_only_complete_is_full(done: int, of: int, width: int) -> None:
    drawn = bar(done, of, width, ASCII)
    assert len(drawn) == width
    assert ("#" in drawn) == (done > 0)
    assert ("-" not in drawn) == (done >= of)
    assert abs(drawn.count("#") - width * min(done, of) / of) <= 1


def test_one_column_is_full_only_when_all_is_done() -> None:
    assert [bar(done, 2, 1, ASCII) for done in range(3)] == ["-", "-", "#"]


def test_no_width_no_bar() -> None:
    assert bar(1, 2, 0, ASCII) == bar(1, 2, -3, ASCII) == ""
