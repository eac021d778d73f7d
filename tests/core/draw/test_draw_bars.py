"""Bars around zero and histograms, read back: sides, lengths, counts."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from drawn import Plotted, room, texts
from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.axes import Axes, Axis
from tutor.draw.bars import Bar, bar_picture, bar_reading
from tutor.draw.histogram import bins, histogram_picture, histogram_reading


@pytest.mark.parametrize(("look", "full"), [("ascii", "#"), ("unicode", "█")])
@given(values=st.lists(st.floats(-100, 100), min_size=1, max_size=10))
def test_bars_are_as_long_as_their_numbers(look: str, full: str, values: list[float]) -> None:
    rows = texts(bar_picture([Bar(f"w{place}", value) for place, value in enumerate(values)], room(70, 10, look)))
    most = max(map(abs, values))
    zero = {row.index("│" if look == "unicode" else "|") for row in rows[: len(values)]}
    assert len(zero) == 1
    half = max(1, *(row.count(full) for row in rows))
    for row, value in zip(rows, values, strict=False):
        left, _, right = row.partition("│" if look == "unicode" else "|")
        lengths = [part.count(full) + (part.count("▌") + part.count("▐")) / 2 for part in (left, right)]
        assert lengths[value > 0] > 0 or value == 0
        assert lengths[value <= 0] == 0
        if most > 0:
            assert abs(max(lengths) - abs(value) / most * half) <= 1


def test_what_is_beyond_the_reach_ends_in_an_arrow() -> None:
    rows = texts(bar_picture([Bar("a", 5), Bar("b", -5), Bar("c", 1)], room(40, 3), reach=1))
    assert rows[0].count(">") == 1
    assert rows[1].count("<") == 1
    assert not set("<>") & set(rows[2])


def test_bars_without_room_are_counted() -> None:
    rows = texts(bar_picture([Bar(f"w{place}", place - 3.0) for place in range(9)], room(50, 4)))
    assert rows[3].rstrip() == "... 6 more, the largest w8 = 5"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "There are no numbers to show."),
        ([1, -2.5, 0], "w1 is the largest in size, −2.5; of all, 1 positive, 1 negative, 1 zero."),
        ([math.nan], "Of 1 numbers none is known: 1 not a number."),
        ([3, math.nan], "w0 is the largest in size, 3; of all, 1 positive, 1 not a number."),
    ],
)
def test_reading_of_bars(values: list[float], sentence: str) -> None:
    assert bar_reading([Bar(f"w{place}", value) for place, value in enumerate(values)]) == sentence


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 30))
def test_bins_hold_each_value_once(values: list[float], most: int) -> None:
    found = bins(values, most)
    assert len(found) <= max(2, most)
    assert sum(each.count for each in found) == len(values)
    for place, each in enumerate(found):
        last = place == len(found) - 1
        assert each.count == sum(each.low <= value < each.high or (last and value == each.high) for value in values)
    widths = [Fraction(str(each.high)) - Fraction(str(each.low)) for each in found]
    assert len(set(widths)) == 1
    assert all(before.high == after.low for before, after in pairwise(found))


@pytest.mark.parametrize("look", ["unicode", "ascii"])
def test_the_fullest_bin_is_the_highest(look: str) -> None:
    values = [0.6] * 3 + [1.6] * 9 + [2.6] * 6 + [3.6] + [4.6]
    axes = Axes(Axis(0, 5), Axis(0, 10))
    plotted = Plotted(histogram_picture(values, room(40, 16, look), axes=axes))
    heights = [sum(row[column] != " " for row in plotted.rows) for column in range(plotted.width)]
    middles = [max(heights[math.floor(value / 5 * plotted.width) - 1 :][:3]) for value in (0.6, 1.6, 2.6, 3.6, 4.6)]
    assert middles[1] > middles[2] > middles[0] > middles[3] == middles[4] > 0
    for row, count in plotted.labels_up.items():
        assert abs((plotted.height - row) / plotted.height - count / 10) <= 1.5 / plotted.height


def test_what_is_not_finite_is_counted() -> None:
    assert "2 not finite" in texts(histogram_picture([1, 2, math.nan, math.inf], room(60, 12)))[0]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "There are no finite weights."),
        ([2, 2], "2 weights, all 2."),
        ([1, 1.2, 1.4, 9, math.nan], "4 weights from 1 to 9; most often, 3 times, from 0 to 2; 1 more is not finite."),
    ],
)
def test_reading_of_a_histogram(values: list[float], sentence: str) -> None:
    assert histogram_reading(values, "weights") == sentence
