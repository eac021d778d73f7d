"""What is said of a picture is true, whatever the numbers do."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from drawn import number
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.draw.axes import Axis
from tutor.draw.curve import Series
from tutor.draw.curve_reading import curve_reading, race_reading
from tutor.draw.decision_map import Example, Sides
from tutor.draw.grid import Grid
from tutor.draw.map_reading import class_reading, decision_reading, surface_reading
from tutor.draw.trail import Trail

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "loss has no values yet."),
        ([3], "loss is 3."),
        ([3, 3, 3], "loss stayed at 3 for 2 steps."),
        ([17, 8, 4, 2.733], "loss fell from 17 to 2.733 in 3 steps, without a rise."),
        ([5, 3, 4, 1], "loss fell from 5 to 1 in 3 steps, with 1 rise on the way."),
        ([534, 41, 60], "loss fell from 534 to 41, lowest at step 1, then rose to 60."),
        ([5, 1, 5], "loss fell from 5 to 1, lowest at step 1, then rose back to 5."),
        ([1, 2], "loss rose from 1 to 2 in 1 step, without a fall."),
        ([1, 9, 4], "loss rose from 1 to 4 in 2 steps, with 1 fall on the way."),
        ([1, 9, 1], "loss rose from 1 to 9 at step 1, then fell back."),
        ([NAN, 1], "loss is not finite at step 0: there is nothing to compare."),
        (
            [2, 4, INF],
            "loss rose from 2 to 4 in 1 step, without a fall; from step 2 on it is no longer finite: it diverged.",
        ),
        ([0.6931471, 0.6931470], "loss fell from 0.6931471 to 0.693147 in 1 step, without a rise."),
    ],
)
def test_curve(values: list[float], sentence: str) -> None:
    assert curve_reading("loss", values) == sentence


def test_counting_from_another_step_and_in_epochs() -> None:
    assert curve_reading("η", [3, 1, 2], "epoch", first=5) == "η fell from 3 to 1, lowest at epoch 6, then rose to 2."


@given(st.lists(st.floats(-1e9, 1e9) | st.integers(-3, 3).map(float), min_size=2, max_size=12))
@example([0.0, -0.0])
def test_every_claim_about_a_curve_holds(values: list[float]) -> None:
    said = curve_reading("f", values)
    n = len(values) - 1
    rises = sum(after > before for before, after in pairwise(values))
    falls = sum(after < before for before, after in pairwise(values))
    if match := re.search(r"(fell|rose) from (\S+) to (\S+) in (\d+) steps?, (.*)\.", said):
        way, start, end, steps, rest = match.groups()
        assert int(steps) == n
        assert (values[n] < values[0]) == (way == "fell")
        assert close(start, values[0])
        assert close(end, values[n])
        assert (number(end) < number(start)) == (way == "fell")
        against = rises if way == "fell" else falls
        assert rest.startswith("without" if against == 0 else f"with {against} ")
    elif match := re.search(r"fell from (\S+) to (\S+), lowest at step (\d+), then rose (?:back )?to (\S+)\.$", said):
        place = int(match[3])
        assert values[place] == min(values) < min(values[0], values[n])
        assert place == values.index(min(values))
        assert all(
            close(text, value)
            for text, value in zip(match.group(1, 2, 4), (values[0], values[place], values[n]), strict=True)
        )
        assert number(match[2]) < min(number(match[1]), number(match[4]))
    elif match := re.search(r"rose from \S+ to (\S+) at step (\d+), then fell back\.", said):
        assert values[0] == values[n] == min(values)
        assert values[int(match[2])] == max(values) > values[0]
    else:
        assert said.startswith("f stayed at")
        assert len(set(values)) == 1


def close(text: str, value: float) -> bool:
    return math.isclose(number(text), value, rel_tol=1e-3)


@pytest.mark.parametrize(
    ("runs", "sentence"),
    [
        ({}, "No run has a value yet."),
        ({"sgd": [9, 4], "adam": [9, 5, 1]}, "After 1 step sgd is lowest: sgd 4, adam 5."),
        ({"sgd": [9, 4], "adam": [9, NAN]}, "After 1 step sgd is lowest: sgd 4, adam diverged."),
        ({"a": [1.0], "b": [1.0], "c": [2]}, "After 0 steps a and b are lowest: a 1, b 1, c 2."),
        ({"a": [INF]}, "After 0 steps no run is finite: a diverged."),
    ],
)
def test_race(runs: dict[str, list[float]], sentence: str) -> None:
    assert race_reading([Series(name, values) for name, values in runs.items()]) == sentence


def bowl(low: float = -2, high: float = 2) -> Grid:
    nodes = [low + (high - low) * place / 4 for place in range(5)]
    return Grid([[x * x + 2 * y * y for x in nodes] for y in nodes], Axis(low, high, "x1"), Axis(low, high, "x2"), "f")


def test_surface() -> None:
    assert surface_reading(bowl()) == (
        "Of the points looked at, f is lowest, 0, at x1 = 0, x2 = 0, and highest, 12, at x1 = −2, x2 = −2."
    )
    path = Trail([(3, 2), (2.4, 1.2), (1.92, 0.72)])
    assert surface_reading(bowl(), trail=path, heights=[17, 8.64, 4.723]) == (
        "f fell from 17 to 4.723 in 2 steps, without a rise; "
        "the path leads from x1 = 3, x2 = 2 to x1 = 1.92, x2 = 0.72."
    )
    assert surface_reading(bowl(), trail=Trail([(3, 2)]), heights=[17]) == "f is 17, at x1 = 3, x2 = 2."
    assert surface_reading(Grid([], Axis(0, 1), Axis(0, 1))) == "f is not finite anywhere on this map."


def slope(*columns: float) -> Grid:
    return Grid([list(columns)] * 3, Axis(-1, 1, "x1"), Axis(-1, 1, "x2"))


@pytest.mark.parametrize(
    ("grid", "where"),
    [
        (slope(-1, 1), "the boundary crosses near x1 = 0."),
        (slope(-1, 3), "the boundary crosses near x1 = −0.5."),
        (slope(1, -1, 1), "the boundary crosses near x1 = −0.5, 0.5."),
        (slope(*[1, -1] * 4), "and 3 more."),
        (slope(1, 2), "the map is all on the side of positive."),
        (slope(-1, -2), "the map is all on the side of negative."),
        (slope(0, 0), "the map is all on the side of negative."),
        (slope(1, NAN), "the output is not finite all along the middle of the map."),
    ],
)
def test_boundary(grid: Grid, where: str) -> None:
    assert decision_reading(grid).lower().endswith(where)


def test_points_on_the_right_side() -> None:
    shown = [
        Example(0, 0, 1, 0.7),
        Example(0, 0, 0, 0.7),
        Example(0, 0, 0, 0.2, test=True),
        Example(0, 0, 1, 0.5, test=True),
    ]
    said = decision_reading(slope(0, 1), examples=shown, sides=Sides("no", "yes", 0.5, 0.5))
    assert said == (
        "1 of 2 training points and 1 of 2 test points are on the right side; "
        "along x2 = 0 the boundary crosses near x1 = 0."
    )


def test_points_with_their_own_class() -> None:
    assert (
        class_reading([Example(0, 0, 2, 2), Example(0, 0, 1, 2)]) == "1 of 2 training points are given their own class."
    )
    assert class_reading([]) == "There are no points on this map."
