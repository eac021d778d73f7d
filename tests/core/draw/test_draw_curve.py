"""Curves read back from their characters: heights, gaps, order, steps, fog."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from drawn import LOOKS, Plotted, room, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.draw.axes import Axes, Axis
from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.plot.thin import thinned
from tutor.draw.trail import Trail

if TYPE_CHECKING:
    from tutor.draw.text import Line

BRAILLE = {(0, 0): 1, (0, 1): 2, (0, 2): 4, (0, 3): 64, (1, 0): 8, (1, 1): 16, (1, 2): 32, (1, 3): 128}
THIRDS = {"'": {0}, "-": {1}, "_": {2}, ":": {0, 2}, ".": {1, 2}, "|": {0, 1, 2}}
THIRDS |= {"▔": {0}, "─": {1}, "▁": {2}, "╵": {0, 1}, "╷": {1, 2}, "│": {0, 1, 2}}

PATTERNS = {
    "unicode": (r"[⠁-⣿]+", r"([⠁-⣿]{2}  )*[⠁-⣿]{0,2} *", r"([⠁-⣿] )*[⠁-⣿]? *"),
    "no-braille": (r"[▔─▁]+", r"x+", r"\++"),
    "ascii": (r"['_-]+", r"x+", r"\++"),
}

looks = st.sampled_from(sorted(LOOKS))


def dots(rows: list[str]) -> list[list[int]]:
    """Return for each column of dots the rows of its dots, counted from above."""
    if any("⠀" < sign <= "⣿" for row in rows for sign in row):
        return [
            [
                4 * place + dot
                for place, row in enumerate(rows)
                for dot in range(4)
                if _bits(row[cell]) & BRAILLE[side, dot]
            ]
            for cell in range(len(rows[0]))
            for side in (0, 1)
        ]
    return [
        [3 * place + dot for place, row in enumerate(rows) for dot in sorted(THIRDS.get(row[cell], ()))]
        for cell in range(len(rows[0]))
    ]


def _bits(sign: str) -> int:
    return ord(sign) - 0x2800 if "⠀" <= sign <= "⣿" else 0


def drawn(
    values: list[float], look: str, size: tuple[int, int] = (78, 18), places: list[float] | None = None
) -> Plotted:
    series = [Series("loss", values, places)]
    return Plotted(curve_picture(series, room(*size, look), axes=curve_axes(series, ("step", "loss"), log=False)))


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=300), looks, st.sampled_from([(20, 6), (38, 16), (78, 18)]))
def test_a_monotone_series_is_a_monotone_curve(values: list[float], look: str, size: tuple[int, int]) -> None:
    columns = [rows for rows in dots(drawn(sorted(values, reverse=True), look, size).rows) if rows]
    assert columns
    assert [min(rows) for rows in columns] == sorted(min(rows) for rows in columns)
    assert [max(rows) for rows in columns] == sorted(max(rows) for rows in columns)


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=300), looks)
def test_the_curve_has_no_hole(values: list[float], look: str) -> None:
    columns = dots(drawn(values, look).rows)
    assert all(columns)
    for left, right in pairwise(columns):
        assert min(left) <= max(right) + 2  # one third may stand for two
        assert min(right) <= max(left) + 2


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=12), looks)
def test_every_point_is_where_it_belongs(values: list[float], look: str) -> None:
    axes = Axes(Axis(0, len(values) - 1), Axis(-50, 50))
    plotted = Plotted(curve_picture([Series("f", values)], room(78, 18, look), axes=axes))
    columns = dots(plotted.rows)
    tall = plotted.height * (4 if look == "unicode" else 3)
    for place, value in enumerate(values):
        column = min(len(columns) - 1, place * len(columns) // (len(values) - 1))
        row = tall - 1 - min(tall - 1, math.floor((value + 50) / 100 * tall))
        near = columns[max(0, column - 1) : column + 2]
        assert any(abs(row - other) <= 1 for rows in near for other in rows)


@pytest.mark.parametrize("look", LOOKS)
def test_a_constant_runs_beside_its_label(look: str) -> None:
    for value in (0, 2, 4, 6, 8, 10):
        axes = Axes(Axis(0, 9), Axis(0, 10))
        plotted = Plotted(curve_picture([Series("f", [value] * 10)], room(60, 20, look), axes=axes))
        row = next(place for place, label in plotted.labels_up.items() if label == value)
        assert plotted.rows[row].strip(".· ")
        assert all(not text.strip(".· ") for place, text in enumerate(plotted.rows) if place != row)


@pytest.mark.parametrize("look", LOOKS)
def test_nan_is_a_gap_and_infinity_an_arrow(look: str) -> None:
    plotted = drawn([1, 1, math.nan, 1, 1, math.inf, math.inf], look)
    columns = dots(plotted.rows)
    assert not any(columns[len(columns) * 9 // 30 : len(columns) * 14 // 30])
    assert columns[0]
    assert columns[len(columns) // 2 + 2]
    arrow = "^" if look == "ascii" else "↑"
    assert sum(row.count(arrow) for row in plotted.rows) == 1
    assert plotted.rows[0].index(arrow) == 5 * plotted.width // 6


@pytest.mark.parametrize("look", LOOKS)
def test_several_series_differ_without_colour(look: str) -> None:
    series = [Series("train", [1.0] * 9), Series("test", [5.0] * 9), Series("best", [9.0] * 9)]
    plotted = Plotted(curve_picture(series, room(78, 18, look)))
    rows = [row for row in plotted.rows if row.strip()]
    legend = re.fullmatch(r"(.*\S) train   (.*\S) test   (.*\S) best *", plotted.header[0])
    assert legend
    strokes = PATTERNS[look]
    for pattern, row, sample in zip(strokes, reversed(rows), legend.groups(), strict=True):
        assert re.fullmatch(pattern, row)
        assert re.fullmatch(pattern, sample)
        assert sum(re.fullmatch(other, row) is not None for other in strokes) == 1


def test_two_series_in_the_same_place_both_show() -> None:
    series = [Series("train", [1.0] * 9), Series("test", [1.0] * 9)]
    text = "".join(Plotted(curve_picture(series, room(40, 12))).rows)
    assert set(text) >= {"x"}
    assert set(text) & set(THIRDS)


paths = st.lists(st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2)), min_size=1, max_size=60)


@given(paths, st.integers(0, 500), looks)
def test_every_step_is_numbered_or_said_to_be_unseen(path: list[tuple[float, float]], first: int, look: str) -> None:
    axes = Axes(Axis(-1, 1, "w"), Axis(-1, 1))
    lines = curve_picture([Series("f", [], [])], room(78, 18, look), axes=axes, trail=Trail(path, first))
    assert_told(lines, path, first)


def assert_told(lines: list[Line], path: list[tuple[float, float]], first: int) -> None:
    """Check that the numbers on the picture and those that it says are not there are all the numbers."""
    header = texts(lines)[0]
    spans = [span.text for line in lines[1:] for span in line if span.role in {"path", "now"}]
    shown = [int(text) for span in spans for text in re.findall(r"\d+", span)]
    assert len(set(shown)) == len(shown)
    said = {how: told(header, how) for how in ("hidden", "outside")}
    every = range(first, first + len(path))
    assert set(shown) <= set(every)
    assert len(shown) + sum(count for count, _ in said.values()) == len(path)
    for _, numbers in said.values():
        assert not numbers & set(shown)
    inside = [first + place for place, (x, y) in enumerate(path) if max(abs(x), abs(y)) <= 1]
    assert said["outside"][0] == len(path) - len(inside)
    if first + len(path) - 1 in inside:
        assert [span.text for line in lines for span in line if span.role == "now"] == [str(every[-1])]


def told(header: str, how: str) -> tuple[int, set[int]]:
    """Return how many steps the header says are unseen, and which, as far as it names them."""
    many = re.search(rf"(\d+) steps {how}", header)
    named = re.search(rf"steps? (\d+)(?:[–-](\d+))? {how}", header)
    if many:
        return int(many[1]), set()
    numbers = set(range(int(named[1]), int(named[2] or named[1]) + 1)) if named else set()
    return len(numbers), numbers


@given(paths)
def test_numbers_of_steps_never_touch(path: list[tuple[float, float]]) -> None:
    axes = Axes(Axis(-1, 1), Axis(-1, 1))
    plotted = Plotted(curve_picture([], room(50, 14), axes=axes, trail=Trail(path)))
    for row in plotted.rows:
        assert all(int(text) < len(path) for text in re.findall(r"\d+", row))


def test_a_step_stands_at_its_point() -> None:
    axes = Axes(Axis(0, 10), Axis(0, 10))
    plotted = Plotted(curve_picture([], room(60, 20), axes=axes, trail=Trail([(1, 9), (5, 5), (9, 1)], 7)))
    for (x, y), text in zip([(1, 9), (5, 5), (9, 1)], "789", strict=True):
        row = plotted.height - 1 - math.floor(y / 10 * plotted.height)
        assert plotted.rows[row].index(text) == math.floor(x / 10 * plotted.width)


@pytest.mark.parametrize("look", LOOKS)
def test_fog_shows_the_curve_near_visited_points_only(look: str) -> None:
    xs = [place / 100 for place in range(100, 701)]
    parabola = Series("f", [(x - 4) ** 2 for x in xs], xs)
    axes = Axes(Axis(1, 7, "w"), Axis(0, 9, "f"))
    trail = Trail([(2, 4), (5, 1)])
    plotted = Plotted(curve_picture([parabola], room(78, 18, look), axes=axes, trail=trail, sight=0.5))
    columns = dots([re.sub(r"\d", " ", row) for row in plotted.rows])
    for place, rows in enumerate(columns):
        x = (place + 0.5) / len(columns) * 6 + 1
        away = min(abs(x - 2), abs(x - 5))
        assert not (rows and away > 0.6)
        if 0.15 < away < 0.4:
            assert rows


def test_a_loss_over_decades_is_drawn_on_a_log_axis_and_says_so() -> None:
    lines = curve_picture([Series("loss", [10.0**-k for k in range(8)])], room(60, 16))
    assert "log scale" in texts(lines)[0]
    columns = dots(Plotted(lines).rows)
    middle = [rows[len(rows) // 2] for rows in columns]
    wanted = [middle[0] + (middle[-1] - middle[0]) * place / (len(middle) - 1) for place in range(len(middle))]
    assert all(abs(one - other) <= 2 for one, other in zip(middle, wanted, strict=True))


def test_no_values_say_so() -> None:
    assert any("nothing to draw yet" in text for text in texts(curve_picture([Series("loss", [])], room(40, 12))))


def test_a_frame_changes_few_cells() -> None:
    losses = [10 * math.exp(-k / 80) + 0.3 * math.sin(k * k) ** 2 for k in range(300)]
    before: list[tuple[str, str]] | None = None
    axes = None
    changed = []
    for count in range(2, len(losses)):
        series = [Series("loss", losses[:count])]
        axes = curve_axes(series, ("step", "loss"), before=axes)
        cells = [
            (sign, span.role)
            for line in curve_picture(series, room(78, 18, "unicode"), axes=axes)
            for span in line
            for sign in span.text
        ]
        if before:
            changed.append(sum(one != other for one, other in zip(before, cells, strict=True)))
        before = cells
    assert sorted(changed)[len(changed) * 9 // 10] <= 8
    assert sum(changed) / len(changed) <= 15


@settings(max_examples=50)
@given(st.lists(st.floats(-1e9, 1e9), max_size=400), st.integers(1, 20))
def test_thinning_keeps_all_that_can_be_seen(values: list[float], runs: int) -> None:
    kept = thinned(values, runs)
    assert kept == sorted(set(kept))
    if values:
        assert {0, len(values) - 1} <= set(kept)
        seen = [values[place] for place in kept]
        assert (min(seen), max(seen)) == (min(values), max(values))
    assert len(kept) <= max(4 * runs, 4)


@given(st.lists(st.floats(-1e9, 1e9), max_size=400), st.floats(-1e9, 1e9), st.integers(1, 20))
def test_a_value_more_changes_nothing_before_the_run_that_it_belongs_to(
    values: list[float], another: float, runs: int
) -> None:
    length = next(2**power for power in range(20) if len(values) < 2**power * runs)
    twice_as_many = len(values) == length // 2 * runs
    start = 0 if twice_as_many else len(values) // length * length
    before = [place for place in thinned(values, runs) if place < start]
    assert [place for place in thinned([*values, another], runs) if place < start] == before


def test_thinning_keeps_what_is_not_finite() -> None:
    values = [0.0] * 1000
    values[501] = math.nan
    assert 501 in thinned(values, 10)
