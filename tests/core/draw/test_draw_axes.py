"""Axes: round labels that never touch, at the places of their values, and limits that stay while they serve."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from itertools import pairwise

import pytest
from drawn import Plotted, number, room, texts
from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.axes import Axes, Axis, axis_over, draw_axes, steady_axis
from tutor.draw.plot.canvas import Canvas

sizes = st.tuples(st.integers(20, 160), st.integers(8, 50))
ends = st.floats(-1e12, 1e12)


def drawn_axes(axes: Axes, width: int, height: int) -> Plotted:
    canvas = Canvas(room(width, height))
    draw_axes(canvas, axes, zero_lines=False)
    return Plotted(canvas.lines())


def cell(value: float, axis: Axis, count: int) -> int:
    """Work out in exact fractions which of the equal cells of an axis holds a value."""
    low, high = Fraction(axis.low), Fraction(axis.high)
    return min(count - 1, math.floor((Fraction(value) - low) / (high - low) * count))


@given(ends, ends, sizes)
def test_labels_stand_where_their_values_are(one: float, other: float, size: tuple[int, int]) -> None:
    axis = Axis(min(one, other), max(one, other)).drawable
    plotted = drawn_axes(Axes(axis, axis), *size)
    for row, label in plotted.labels_up.items():
        assert abs(plotted.height - 1 - row - cell(label, axis, plotted.height)) <= (label not in (axis.low, axis.high))
    labels = [(match.start(), match.end(), number(match.group())) for match in re.finditer(r"\S+", plotted.label_row)]
    assert len(labels) == len(plotted.marks)
    assert all(after[0] - before[1] >= 2 for before, after in pairwise(labels))
    for mark, (start, end, value) in zip(plotted.marks, labels, strict=True):
        assert abs(mark - cell(value, axis, plotted.width)) <= 1
        assert start <= mark + plotted.left < end
    for values in (list(plotted.labels_up.values())[::-1], [value for *_, value in labels]):
        assert values == sorted(set(values))


@given(ends, ends, sizes)
def test_labels_are_round_and_evenly_spaced(one: float, other: float, size: tuple[int, int]) -> None:
    axis = Axis(min(one, other), max(one, other)).drawable
    labels = [Fraction(str(value)) for value in drawn_axes(Axes(axis, axis), *size).labels_up.values()]
    steps = {before - after for before, after in pairwise(labels)}
    assert len(steps) <= 1
    for step in steps:
        assert re.fullmatch(r"[125]0*(?:e[+-]?\d+)?", f"{float(step):.10e}".replace(".", "").replace("0e", "e", 10))


@pytest.mark.parametrize("size", [(20, 8), (40, 12), (78, 18), (160, 50)])
def test_an_axis_of_usual_size_has_labels(size: tuple[int, int]) -> None:
    for axis in (Axis(0, 1), Axis(-3, 5), Axis(0, 534), Axis(0.69, 0.7), Axis(1e-6, 1e3, log=True), Axis(1e5, 9e5)):
        plotted = drawn_axes(Axes(axis, axis), *size)
        assert len(plotted.labels_up) >= 2, axis
        assert len(plotted.marks) >= (1 if size[0] == 20 else 2), axis


def test_whole_numbers_only() -> None:
    plotted = drawn_axes(Axes(Axis(0, 3, whole=True), Axis(0, 2, whole=True)), 160, 50)
    assert plotted.label_row.split() == ["0", "1", "2", "3"]
    assert list(plotted.labels_up.values()) == [2, 1, 0]


def test_a_log_axis_gives_each_decade_the_same_room() -> None:
    plotted = drawn_axes(Axes(Axis(0, 1), Axis(1e-4, 1e4, log=True)), 40, 42)
    decades = [
        row for row, value in plotted.labels_up.items() if value in {1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4}
    ]
    assert {after - before for before, after in pairwise(decades)} <= {4, 5, 6}


def test_zero_is_marked_inside_the_plot() -> None:
    canvas = Canvas(room(30, 10))
    plot = draw_axes(canvas, Axes(Axis(-1, 1), Axis(-1, 1)))
    rows = texts(canvas.lines())
    assert rows[3 + plot.top][plot.left : plot.right].count(".") > 5
    assert all("." in row[plot.left : plot.right] for row in rows[: plot.height])


def _is_of_usual_size(value: float) -> bool:
    """Whether halves and tenths of a value are numbers too: at the very end of the range they become 0."""
    return value == 0 or abs(value) > 1e-290


@given(st.lists(st.floats(-1e6, 1e6).filter(_is_of_usual_size), min_size=1, max_size=20))
def test_an_axis_holds_its_values_without_much_waste(values: list[float]) -> None:
    axis = axis_over(values, log=False)
    assert axis.low <= min(values)
    assert max(values) <= axis.high
    spread = max(values) - min(values)
    floor = min([*values, 0]) if min(values) < spread else min(values)
    if spread > 1e-2 * max(map(abs, values)):
        assert axis.high - axis.low <= 1.6 * (max(values) - floor)


def test_values_over_three_decades_get_a_log_axis() -> None:
    assert axis_over([1000.0, 1.0]).log
    assert not axis_over([999.0, 1.0]).log
    assert not axis_over([1000.0, 0.0]).log
    assert axis_over([1000.0, 0.0, 10.0], log=True) == Axis(10, 1000, log=True)
    assert not axis_over([1000.0, 1.0], log=False).log


def test_no_values_no_harm() -> None:
    assert axis_over([math.nan, math.inf], "loss") == Axis(0, 1, "loss")


@given(st.lists(st.floats(0.1, 1000), min_size=2, max_size=30))
def test_a_growing_picture_seldom_changes_its_axis(values: list[float]) -> None:
    axis = None
    changes = 0
    for count in range(1, len(values) + 1):
        wanted = axis_over(values[:count], log=False)
        now = steady_axis(wanted, axis)
        assert now.low <= min(values[:count])
        assert max(values[:count]) <= now.high
        changes += axis is not None and now != axis
        axis = now
    assert changes <= 20


def test_steps_taken_one_by_one_change_the_axis_a_few_times() -> None:
    axis = Axis(0, 1)
    seen = [axis := steady_axis(Axis(0, count), axis) for count in range(1, 1001)]
    assert len(set(seen)) <= 20
    assert all(now.high >= count for count, now in enumerate(seen, 1))
    assert all(now.high <= 2 * count for count, now in enumerate(seen, 1))


def test_an_axis_far_too_wide_is_given_up() -> None:
    assert steady_axis(Axis(0, 1), Axis(0, 100)) == Axis(0, 1)
    assert steady_axis(Axis(0, 40), Axis(0, 100)) == Axis(0, 100)


def test_a_log_axis_stays_one_while_two_decades_are_left() -> None:
    before = Axis(1, 1000, log=True)
    assert steady_axis(Axis(5, 600), before) == before
    assert not steady_axis(Axis(5, 300), before).log
