"""Surfaces: each sign against the height there, as the legend says; steps and minimum where they belong."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from drawn import Plotted, number, room, texts
from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.axes import Axis
from tutor.draw.glyphs import ASCII
from tutor.draw.grid import Grid
from tutor.draw.plot.levels import level_bounds, level_rows
from tutor.draw.surface import surface_picture
from tutor.draw.text import Span, plain
from tutor.draw.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Callable

X, Y = Axis(-1, 3, "x1"), Axis(-2, 2, "x2")


def grid(function: Callable[[float, float], float], count: int = 40, x: Axis = X, y: Axis = Y) -> Grid:
    across = [x.low + (x.high - x.low) * place / count for place in range(count + 1)]
    up = [y.low + (y.high - y.low) * place / count for place in range(count + 1)]
    return Grid([[function(a, b) for a in across] for b in up], x, y, "f")


def legend(lines: list[str]) -> dict[str, float]:
    """Read which sign stands from which height on."""
    beside = dict(re.findall(r" (\S) from (\S+)", "\n".join(lines)))
    above = dict(re.findall(r"(\S) (\S+)", lines[1].removeprefix("f from"))) if not beside else {}
    return {sign: number(text) for sign, text in (beside or above).items()}


@pytest.mark.parametrize("look", ["unicode", "ascii"])
@pytest.mark.parametrize("size", [(78, 18), (40, 12), (160, 50)])
def test_each_sign_says_how_high_the_surface_is(look: str, size: tuple[int, int]) -> None:
    lines = surface_picture(grid(lambda x, y: 3 * x - 2 * y + 1), room(*size, look))
    plotted = Plotted(lines)
    bounds = legend(texts(lines))
    assert len(bounds) >= 3
    for row, text in enumerate(plotted.rows):
        for column, sign in enumerate(text):
            x = -1 + (column + 0.5) / plotted.width * 4
            y = 2 - (row + 0.5) / plotted.height * 4
            height = 3 * x - 2 * y + 1
            below = [bound for bound in bounds.values() if bound <= height + 1e-9]
            if min(abs(bound - height) for bound in bounds.values()) > 1e-9:
                assert bounds.get(sign, -math.inf) == max(below, default=-math.inf)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 7))
def test_levels_are_few_round_and_ascending(values: list[float], count: int) -> None:
    bounds = level_bounds(values, count)
    assert len(bounds) <= count
    assert all(before < after for before, after in pairwise(bounds))
    assert all(min(values) < bound <= max(values) for bound in bounds if max(values) - min(values) > 1)


def test_levels_of_a_steep_surface_divide_it_all_the_same() -> None:
    values = [math.exp(k / 10) for k in range(200)]
    bounds = level_bounds(values, 7)
    shares = [sum(low <= value < high for value in values) for low, high in pairwise([0, *bounds, math.inf])]
    assert max(shares) <= 0.25 * len(values)


def test_levels_of_an_even_slope_are_even() -> None:
    bounds = level_bounds([k / 10 for k in range(101)], 7)
    assert len({round(after - before, 9) for before, after in pairwise(bounds)}) == 1
    assert len(bounds) >= 4


def test_a_legend_without_room_shows_its_ends() -> None:
    entries = [(Span(f"{sign} {place}00"),) for place, sign in enumerate(".:-=+", 1)]
    assert [plain(line) for line in level_rows((), entries, 20, 1, ASCII)] == [". 100  ...  + 500"]
    assert level_rows((), entries, 8, 1, ASCII) == []


def test_steps_and_minimum_stand_at_their_points() -> None:
    path = Trail([(2.5, 1.5), (1.0, 0.9), (0.2, 0.3)])
    plotted = Plotted(surface_picture(grid(lambda x, y: x * x + y * y), room(78, 18), trail=path, lowest=(0, -1)))
    for sign, (x, y) in zip("012X", [*path.points, (0, -1)], strict=True):
        row = plotted.height - 1 - math.floor((y + 2) / 4 * plotted.height)
        assert plotted.rows[row][math.floor((x + 1) / 4 * plotted.width)] == sign


def test_a_number_has_blanks_beside_it() -> None:
    plotted = Plotted(surface_picture(grid(lambda x, _y: x + 9), room(60, 14), trail=Trail([(1, 1)], 137)))
    assert any(" 137 " in row for row in plotted.rows)


def test_what_is_not_defined_is_marked() -> None:
    lines = surface_picture(grid(lambda x, _y: x if x > 1 else math.nan), room(60, 14))
    assert "?" in "".join(Plotted(lines).rows)


def test_a_flat_surface_has_no_levels() -> None:
    plotted = Plotted(surface_picture(grid(lambda _x, _y: 3.0), room(60, 14)))
    assert not "".join(plotted.rows).strip()


@given(st.floats(-1, 3), st.floats(-2, 2))
def test_values_between_lines_are_bilinear(x: float, y: float) -> None:
    assert math.isclose(grid(lambda x, y: 3 * x * y - y + 2, 7).at(x, y), 3 * x * y - y + 2, abs_tol=1e-9)
    assert math.isnan(grid(lambda x, y: x + y).at(x + 5, y))
