"""Every picture fills its room exactly, whatever the numbers; in ASCII it is ASCII; every sentence can be said."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from drawn import assert_fills, rooms
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.draw.axes import Axes, Axis
from tutor.draw.bars import Bar, bar_picture, bar_reading
from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.curve_reading import curve_reading, race_reading
from tutor.draw.decision_map import Example, Sides, class_picture, decision_picture
from tutor.draw.grid import Grid
from tutor.draw.histogram import histogram_picture, histogram_reading
from tutor.draw.map_reading import class_reading, decision_reading, surface_reading
from tutor.draw.network import Layer, Network, network_picture, network_reading
from tutor.draw.surface import surface_picture
from tutor.draw.trail import Trail

if TYPE_CHECKING:
    from tutor.draw.room import Room

EDGES = [math.nan, math.inf, -math.inf, 0.0, 1e300, -1e300, 1e-300, 5e-324, 1.7976931348623157e308, -1.7e308]
numbers = st.one_of(st.sampled_from(EDGES), st.floats(), st.integers(-5, 5).map(float))
lists = st.lists(numbers, max_size=40)
names = st.sampled_from(["train", "η", "∂E/∂w₁", "世界", "", "a\x1b[2J\n", "x" * 100])
points = st.tuples(numbers, numbers)
trails = st.builds(Trail, st.lists(points, max_size=15), st.integers(0, 2000))
axis = st.builds(Axis, numbers, numbers, names, st.booleans(), st.booleans())
axes = st.builds(Axes, axis, axis)
series = st.lists(st.builds(Series, names, lists, st.none() | lists), max_size=4)
grids = st.builds(Grid, st.lists(st.lists(numbers, max_size=4), max_size=4), axis, axis, names)
examples = st.lists(st.builds(Example, numbers, numbers, numbers, numbers, st.booleans()), max_size=20)
sides = st.builds(Sides, names, names, numbers, numbers)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    layers = [Layer(draw(rows(names, size)), draw(st.just([]) | rows(numbers, size))) for size in sizes]
    pairs = list(pairwise(sizes))
    weights = [draw(rows(rows(numbers, before), after)) for before, after in pairs]
    biases = [draw(rows(numbers, after)) for _, after in pairs]
    return Network(layers, weights, biases)


def rows(of: st.SearchStrategy, size: int) -> st.SearchStrategy[list]:
    return st.lists(of, min_size=size, max_size=size)


@given(series, rooms(), st.none() | axes, st.none() | trails, st.none() | numbers)
def test_curve(shown: list[Series], where: Room, around: Axes | None, trail: Trail | None, sight: float | None) -> None:
    assert_fills(curve_picture(shown, where, axes=around, trail=trail, sight=sight), where)
    wanted = curve_axes(shown, ("step", "η"), before=around, trail=trail)
    assert_fills(curve_picture(shown, where, axes=wanted, trail=trail), where)


@given(grids, rooms(), st.none() | trails, st.none() | points)
def test_surface(grid: Grid, where: Room, trail: Trail | None, lowest: tuple[float, float] | None) -> None:
    assert_fills(surface_picture(grid, where, trail=trail, lowest=lowest), where)


@given(grids, rooms(), examples, sides)
def test_maps(grid: Grid, where: Room, shown: list[Example], either: Sides) -> None:
    assert_fills(decision_picture(grid, where, examples=shown, sides=either), where)
    assert_fills(class_picture([grid, grid], ["η", "b"], where, examples=shown), where)


@given(lists, rooms(), names, st.none() | numbers)
def test_bars_and_histogram(values: list[float], where: Room, name: str, reach: float | None) -> None:
    assert_fills(bar_picture([Bar(name, value) for value in values], where, reach=reach), where)
    assert_fills(histogram_picture(values, where, title=name), where)


@settings(max_examples=60)
@given(networks(), rooms(), st.none() | numbers)
def test_network(network: Network, where: Room, reach: float | None) -> None:
    assert_fills(network_picture(network, where, reach=reach), where)
    assert_fills(network_picture(network, where, shown="gradients"), where)


@given(series, lists, rooms())
def test_sentences_on_curves(runs: list[Series], values: list[float], where: Room) -> None:
    name = runs[0].name if runs else "η"
    assert_says(curve_reading(name, values, "epoch", where.glyphs), where)
    assert_says(race_reading(runs, glyphs=where.glyphs), where)


@given(grids, trails, examples, sides, rooms())
def test_sentences_on_maps(grid: Grid, trail: Trail, shown: list[Example], either: Sides, where: Room) -> None:
    heights = [x for x, _ in trail.points]
    assert_says(surface_reading(grid, where.glyphs), where)
    assert_says(surface_reading(grid, where.glyphs, trail=trail, heights=heights), where)
    assert_says(decision_reading(grid, where.glyphs, examples=shown, sides=either), where)
    assert_says(class_reading(shown, where.glyphs), where)


@given(lists, names, networks(), rooms())
def test_sentences_on_numbers(values: list[float], name: str, network: Network, where: Room) -> None:
    assert_says(bar_reading([Bar(name, value) for value in values], where.glyphs), where)
    assert_says(histogram_reading(values, name, where.glyphs), where)
    assert_says(network_reading(network, where.glyphs), where)
    assert_says(network_reading(network, where.glyphs, shown="gradients"), where)


def assert_says(sentence: str, where: Room) -> None:
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert not where.glyphs.plain or sentence.isascii()
