"""Every kind of picture as a person sees it, in four sizes; a file for each kind, to be read.

After a change look at the new pictures, then run with GDTUTOR_UPDATE_SNAPSHOTS=1 to take them for right.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from drawn import LOOKS, SIZES, assert_fills, room, texts

from tutor.draw.axes import Axes, Axis
from tutor.draw.bars import Bar, bar_picture
from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.decision_map import Example, Sides, class_picture, decision_picture
from tutor.draw.grid import Grid
from tutor.draw.histogram import histogram_picture
from tutor.draw.network import Layer, Network, network_picture
from tutor.draw.surface import surface_picture
from tutor.draw.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.draw.room import Room
    from tutor.draw.text import Line

FOLDER = Path(__file__).parent / "snapshots"
TRAIN = [534 * math.exp(-k / 9) + 20 for k in range(60)]
TEST = [560 * math.exp(-k / 9) + 40 + 1.5 * k for k in range(60)]


def loss(where: Room) -> list[Line]:
    series = [Series("train", TRAIN), Series("test", TEST)]
    return curve_picture(series, where, axes=curve_axes(series, ("epoch", "loss")))


def one_loss(where: Room) -> list[Line]:
    series = [Series("train", TRAIN)]
    return curve_picture(series, where, axes=curve_axes(series, ("epoch", "loss")))


def race(where: Room) -> list[Line]:
    runs = {
        "sgd": [10 * 0.9**k for k in range(80)],
        "momentum": [10 * 0.93**k * abs(math.cos(k / 4)) + 0.01 for k in range(80)],
        "adam": [10 / (1 + k) ** 2 for k in range(80)],
    }
    series = [Series(name, values) for name, values in runs.items()]
    return curve_picture(series, where, axes=curve_axes(series, ("step", "f")))


def _descent(where: Room, sight: float | None) -> list[Line]:
    xs = [place / 50 - 2 for place in range(201)]
    path = [1.9, 1.12, 1.0, 0.96, 0.94]
    slope = 4 * path[1] ** 3 - 4 * path[1]
    f = [_quartic(x) for x in xs]
    tangent = [_quartic(path[1]) + slope * (x - path[1]) if abs(x - path[1]) < 0.7 else math.nan for x in xs]
    series = [Series("f", f, xs), Series("tangent", tangent, xs)]
    axes = Axes(Axis(-2, 2, "w"), Axis(0, 10, "f"))
    return curve_picture(series, where, axes=axes, trail=Trail([(x, _quartic(x)) for x in path]), sight=sight)


def _quartic(x: float) -> float:
    return x**4 - 2 * x * x + 2


def function(where: Room) -> list[Line]:
    return _descent(where, None)


def fog(where: Room) -> list[Line]:
    return _descent(where, 0.3)


def bowl(where: Room) -> list[Line]:
    x, y = Axis(-1, 3.5, "x1"), Axis(-1, 2.5, "x2")
    path = [(3 * 0.8**k, 2 * 0.6**k) for k in range(12)]
    surface = _grid(lambda a, b: a * a + 2 * b * b, x, y, "f")
    return surface_picture(surface, where, trail=Trail(path), lowest=(0, 0))


def _grid(function: Callable[[float, float], float], x: Axis, y: Axis, title: str = "", count: int = 40) -> Grid:
    across = [x.low + (x.high - x.low) * place / count for place in range(count + 1)]
    up = [y.low + (y.high - y.low) * place / count for place in range(count + 1)]
    return Grid([[function(a, b) for a in across] for b in up], x, y, title)


X, Y = Axis(-3, 3, "x1"), Axis(-3, 3, "x2")


def circle(where: Room) -> list[Line]:
    spread = [(3 * math.sin(7.1 * k), 3 * math.sin(4.3 * k + 1)) for k in range(60)]
    output = _grid(lambda a, b: math.tanh(3 - 1.6 * math.hypot(a, b)), X, Y, "output")
    shown = [
        Example(a, b, 1 if math.hypot(a, b) < 2 else -1, output.at(a, b), test=k % 3 == 0)
        for k, (a, b) in enumerate(spread)
    ]
    return decision_picture(output, where, examples=shown, sides=Sides("outside", "inside"))


def classes(where: Room) -> list[Line]:
    grids = [_grid(lambda a, b, k=k: _softmax(a, b)[k], X, Y) for k in range(3)]
    places = [(-2, -2), (-1, 1.5), (2, 2), (1, -2.5), (0, 0)]
    shown = [Example(a, b, max(range(3), key=lambda k: _softmax(a, b)[k]), 0, test=b > 0) for a, b in places]
    return class_picture(grids, ["setosa", "virginica", "other"], where, examples=shown)


def _softmax(a: float, b: float) -> list[float]:
    powers = [math.exp(a + b), math.exp(2 - a * a / 2), math.exp(-2 * b)]
    return [power / sum(powers) for power in powers]


def network(where: Room) -> list[Line]:
    layers = [Layer(["x1", "x2"], [0.5, -1]), Layer(["h1", "h2"], [0.25, -0.75]), Layer(["y"], [2.5])]
    return network_picture(Network(layers, [[[1.3, -0.9], [0.4, 0.05]], [[-0.5, 1.1]]], [[0.1, 0.2], [0.3]]), where)


def network_table(where: Room) -> list[Line]:
    sizes = [2, 6, 6, 1]
    layers = [
        Layer([f"{'xabz'[depth]}{unit + 1}" for unit in range(size)], [math.sin(unit + depth) for unit in range(size)])
        for depth, size in enumerate(sizes)
    ]
    weights = [
        [[math.sin(3 * row + 5 * column + depth) for column in range(before)] for row in range(after)]
        for depth, (before, after) in enumerate([(2, 6), (6, 6), (6, 1)])
    ]
    return network_picture(Network(layers, weights, [[0.1] * 6, [-0.2] * 6, [0.0]]), where)


def bars(where: Room) -> list[Line]:
    return bar_picture([Bar(f"∂E/∂w{place}", 10 * math.sin(place) ** 3) for place in range(1, 10)], where)


def histogram(where: Room) -> list[Line]:
    values = [math.sin(k * 1.3) + math.sin(k * 0.7 + 1) + math.sin(k * 2.9) for k in range(200)]
    return histogram_picture(values, where, title="w")


PICTURES = [loss, one_loss, race, function, fog, bowl, circle, classes, network, network_table, bars, histogram]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
def test_as_seen(picture: Callable[[Room], list[Line]]) -> None:
    shown = []
    for width, height in SIZES:
        for look in LOOKS:
            where = room(width, height, look)
            lines = picture(where)
            assert_fills(lines, where)
            shown += [f"== {width}x{height} {look}", *(text.rstrip() for text in texts(lines)), ""]
    path = FOLDER / f"{picture.__name__}.txt"
    if os.environ.get("GDTUTOR_UPDATE_SNAPSHOTS"):
        path.write_text("\n".join(shown), encoding="utf-8")
    assert "\n".join(shown) == path.read_text(encoding="utf-8")
