"""What the pictures of a lab show, as sentences: for those who hear them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tutor.draw.bars import Bar, bar_reading
from tutor.draw.curve_reading import curve_reading
from tutor.draw.glyphs import UNICODE
from tutor.draw.grid import Axis, Grid
from tutor.draw.map_reading import surface_reading
from tutor.draw.number import short_number
from tutor.engine.descent_function import ProblemFunction
from tutor.lab import words
from tutor.lab.network_pictures import network_reading
from tutor.lab.windows import lowest_near, window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.lab.bench import Bench
    from tutor.lab.run import Run
    from tutor.lab.windows import Window

_PLACES = 241
"""Places along a curve that are looked at; an odd number, so that the middle is one of them."""
_ROWS = 41
"""Places along each side of a surface."""
_MOST_STRETCHES = 6
_ROUNDS = 5
_NOTHING = 1e-7
"""Numbers smaller than this part of the largest one are as good as 0."""
_DIGITS = 3
"""Digits of the ends of what is looked at."""
_SLIGHT = 1e-9
"""What changes by less than this part of the whole height is level."""


def picture_sentences(bench: Bench, view: str) -> list[str]:
    """Return what a picture of the run that is looked at shows; view is one of those that `Pictures.views` names."""
    run = bench.run
    function = run.material
    if not isinstance(function, ProblemFunction):
        return [sentence for sentence in (network_reading(run, view, UNICODE), *_course(bench)) if sentence]
    match view:
        case "curve":
            return [_curve(run, function), *_path(bench)]
        case "surface":
            return [_surface(run, function), *_path(bench)]
        case "parameters":
            return [_bars(run, run.parameters.tolist())]
        case "gradients":
            return [_bars(run, function.gradient(run.parameters).tolist())]
        case _:
            return list(_course(bench))


def _course(bench: Bench) -> Iterator[str]:
    """Yield how the losses went."""
    yield words.reading(bench, UNICODE)
    tests = bench.run.test_losses
    if len(bench.runs) == 1 and len(tests):
        yield _sentence(curve_reading("the loss on the test data", list(tests), "epoch"))


def _path(bench: Bench) -> Iterator[str]:
    """Yield where the run began and where it stands, and how its value went."""
    run = bench.run
    first, last = _place(run, run.visited(0, 1)[0]), _place(run, run.visited(run.steps)[0])
    if not run.steps:
        yield f"The run begins at {first}."
        return
    yield f"The run began at {first} and stands at {last} after {run.steps} step{'s' if run.steps > 1 else ''}."
    yield words.reading(bench, UNICODE)


def _place(run: Run, values: Sequence[float]) -> str:
    return ", ".join(f"{name} = {short_number(value, UNICODE)}" for name, value in zip(run.names, values, strict=True))


def _window(run: Run, function: ProblemFunction) -> Window:
    """Return the part of the function that a picture shows."""
    lowest = lowest_near(function, [float(each) for each in function.start])
    shown = window(function, [run.visited()], lowest)
    return tuple((_short(low), _short(high)) for low, high in shown)


def _curve(run: Run, function: ProblemFunction) -> str:
    """Tell of a function of one parameter from left to right."""
    ((low, high),) = _window(run, function)
    (name,) = function.parameters
    places = np.linspace(low, high, _PLACES)
    values = function.on_grid({name: places.tolist()}, function.start)
    objective = function.problem.objective
    known = [(float(x), float(y)) for x, y in zip(places, values, strict=True) if math.isfinite(y)]
    if not known:
        return f"{objective} has no value from {name} = {_number(low)} to {_number(high)}."
    turns = _turns(known)
    turns = [turns[0], *(_refined(function, turn, places[1] - places[0]) for turn in turns[1:-1]), *turns[1:][-1:]]
    height = max(abs(y) for _, y in turns)
    turns = [(_level(x, max(abs(low), abs(high))), _level(y, height)) for x, y in turns]
    told = f"From left to right: at {name} = {_number(turns[0][0])}, {objective} is {_number(turns[0][1])}"
    stretches = list(pairwise(turns))
    for before, after in stretches[:_MOST_STRETCHES]:
        way = "falls" if after[1] < before[1] else "rises" if after[1] > before[1] else "stays level"
        told += f"; it {way} to {_number(after[1])} at {name} = {_number(after[0])}"
    more = "; then it goes on up and down" if len(stretches) > _MOST_STRETCHES else ""
    gap = " Part of the way it has no value." if len(known) < len(places) else ""
    return f"{told}{more}.{gap}"


def _turns(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the ends of a curve, and between them the points where it turns."""
    heights = [y for _, y in points]
    level = _SLIGHT * (max(heights) - min(heights))
    turns = [points[0]]
    way = 0
    for before, after in pairwise(points):
        change = after[1] - before[1]
        new = 0 if abs(change) <= level else 1 if change > 0 else -1
        if way and new and new != way:
            turns.append(before)
        way = new or way
    return [*turns, points[-1]] if points[-1] != turns[-1] else turns


def _refined(function: ProblemFunction, turn: tuple[float, float], reach: float) -> tuple[float, float]:
    """Return where exactly a curve turns, near a place where it was seen to turn."""
    (name,) = function.parameters
    x, y = turn
    sides = function.on_grid({name: [x - reach, x + reach]}, function.start)
    best = np.argmin if y <= min(float(each) for each in sides) else np.argmax
    for _ in range(_ROUNDS):
        places = np.linspace(x - reach, x + reach, _ROWS)
        values = np.asarray(function.on_grid({name: places.tolist()}, function.start))
        if not np.isfinite(values).all():
            break
        place = int(best(values))
        x, y = float(places[place]), float(values[place])
        reach *= 2 / (_ROWS - 1)
    return x, y


def _level(value: float, largest: float) -> float:
    """Return a number, 0 where it is as good as 0 beside the largest one."""
    return 0.0 if abs(value) < _NOTHING * largest else value


def _surface(run: Run, function: ProblemFunction) -> str:
    """Tell where a function of two parameters is low and high."""
    across, up = function.parameters
    (left, right), (low, high) = _window(run, function)
    axes = {across: np.linspace(left, right, _ROWS).tolist(), up: np.linspace(low, high, _ROWS).tolist()}
    values = function.on_grid(axes, function.start)
    grid = Grid(values.tolist(), Axis(left, right, across), Axis(low, high, up), function.problem.objective)
    sides = f"{across} from {_number(left)} to {_number(right)} and {up} from {_number(low)} to {_number(high)}"
    return f"The map shows {sides}. {surface_reading(grid)}"


def _bars(run: Run, values: Sequence[float]) -> str:
    return bar_reading([Bar(name, float(each)) for name, each in zip(run.names, values, strict=True)])


def _short(value: float) -> float:
    """Return a number with few digits, so that round numbers between two of them are met."""
    return float(f"{value:.{_DIGITS}g}")


def _number(value: float) -> str:
    return short_number(value, UNICODE)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
