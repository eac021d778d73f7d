"""Data sets that have a name: made from a seed, or the few numbers that the lessons calculate with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.columns import Numbers, Table
from tutor.engine.data.error import DataError
from tutor.engine.data.housing import housing_table
from tutor.engine.error import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Random = np.random.Generator

_COUNT = 500
_HALF = _COUNT // 2
_RADIUS = 5.0
_PLANE = 6.0
_TURNS = 1.75
_CENTRE, _SPREAD = 2.0, 0.5**0.5
_GAP = 0.3


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A data set with a name.

    `noise` is the standard deviation of the normal noise where none is asked for; None where noise has no place.
    `is_scaled` tells whether its inputs are of different scales, and are normalised before training.
    """

    name: str
    about: str
    make: Callable[[int, float], Table]
    noise: float | None = 0.0
    is_scaled: bool = False


def named_table(name: str, *, seed: int = 0, noise: float | None = None) -> Table:
    """Return the data set of this name, the same for the same seed and noise.

    `noise` is the standard deviation of normal noise: on the target of line, plane and housing, on both coordinates of
    every point of the others, whose class stays that of the place they come from. None takes what is usual for the set.
    Raises EngineError for a name that no set has, and for noise that is no number from 0 or has no place in the set.
    """
    found = named_set(name)
    if noise is not None and not (math.isfinite(noise) and noise >= 0):
        raise DataError(f"the noise is {noise:g}: write a number from 0, such as 0.3.")
    if found.noise is None and noise:
        raise DataError(f"the set {name} is a few given numbers and takes no noise. Leave the noise out.")
    return found.make(seed, found.noise or 0.0 if noise is None else noise)


def named_set(name: str) -> NamedSet:
    """Return what is known about the set of this name. Raises EngineError where no set has it."""
    if name not in NAMED_SETS:
        raise unknown("data set", name, NAMED_SETS)
    return NAMED_SETS[name]


def _table(name: str, names: Sequence[str], *columns: Floats) -> Table:
    parts = tuple(Numbers(title, column) for title, column in zip(names, columns, strict=True))
    return Table(name, parts, source=f"the set {name}")


def _line(seed: int, noise: float) -> Table:
    """Return 100 points evenly spaced on [−3, 3] with y = 2x + 1 plus noise."""
    x = np.linspace(-3.0, 3.0, 100)
    y = 2 * x + 1 + noise * np.random.default_rng(seed).standard_normal(100)
    return _table("line", ("x", "y"), x, y)


def _plane(seed: int, noise: float) -> Table:
    """Return points anywhere on the square [−6, 6]² with y = (x1 + x2)/10 plus noise."""
    random = np.random.default_rng(seed)
    x1, x2 = random.uniform(-_PLANE, _PLANE, (2, _COUNT))
    return _table("plane", ("x1", "x2", "y"), x1, x2, (x1 + x2) / 10 + noise * random.standard_normal(_COUNT))


def _points(name: str, random: Random, noise: float, points: Floats, classes: Floats) -> Table:
    """Return the points, of shape (2, count), moved by the noise, in a random order."""
    x1, x2 = points + noise * random.standard_normal(points.shape)
    order = random.permutation(len(classes))
    return _table(name, ("x1", "x2", "class"), x1[order], x2[order], classes[order])


_TWO_HALVES = np.repeat([1.0, 0.0], _HALF)


def _circle(seed: int, noise: float) -> Table:
    """Return class 1 within half the radius 5 and class 0 in a ring from 0.7 of it to its edge."""
    random = np.random.default_rng(seed)
    radius = np.concatenate(
        [random.uniform(0.0, 0.5 * _RADIUS, _HALF), random.uniform(0.7 * _RADIUS, _RADIUS, _HALF)],
    )
    angle = random.uniform(0.0, 2 * math.pi, _COUNT)
    return _points("circle", random, noise, radius * np.array([np.sin(angle), np.cos(angle)]), _TWO_HALVES)


def _xor(seed: int, noise: float) -> Table:
    """Return points on [−5, 5]² but for a gap of 0.3 along the axes: class 1 where both signs are the same."""
    random = np.random.default_rng(seed)
    size = random.uniform(_GAP, _RADIUS, (2, _COUNT))
    signs = np.array([[1, -1, 1, -1], [1, -1, -1, 1]]).repeat(_COUNT // 4, axis=1)
    return _points("xor", random, noise, size * signs, _TWO_HALVES)


def _gauss(seed: int, noise: float) -> Table:
    """Return two round clouds of variance 0.5 around (2, 2), class 1, and (−2, −2), class 0."""
    random = np.random.default_rng(seed)
    centres = np.where(_TWO_HALVES == 1, _CENTRE, -_CENTRE)
    return _points("gauss", random, noise, random.normal(centres, _SPREAD, (2, _COUNT)), _TWO_HALVES)


def _spiral(seed: int, noise: float) -> Table:
    """Return two arms of 1.75 turns from near the middle to the radius 5, half a turn apart."""
    along = np.tile(np.arange(1, _HALF + 1) / _HALF, 2)
    angle = _TURNS * along * 2 * math.pi + math.pi * (1 - _TWO_HALVES)
    points = along * _RADIUS * np.array([np.sin(angle), np.cos(angle)])
    return _points("spiral", np.random.default_rng(seed), noise, points, _TWO_HALVES)


def _given(name: str, names: Sequence[str], rows: Sequence[Sequence[float]]) -> Callable[[int, float], Table]:
    """Return what makes a set of these few rows."""

    def make(seed: int, noise: float) -> Table:
        del seed, noise
        return _table(name, names, *np.array(rows, dtype=np.float64).T)

    return make


NAMED_SETS: dict[str, NamedSet] = {
    found.name: found
    for found in (
        NamedSet("line", "y = 2x + 1 with noise 0.3: 100 points, a straight line", _line, noise=0.3),
        NamedSet("plane", "y = (x1 + x2)/10: 500 points, a tilted plane", _plane),
        NamedSet("circle", "500 points: one class in the middle, the other in a ring around it", _circle),
        NamedSet("xor", "500 points: the class says whether x1 and x2 have the same sign", _xor),
        NamedSet("gauss", "500 points: two round clouds", _gauss),
        NamedSet("spiral", "500 points: two spiral arms of 1.75 turns, wound around each other", _spiral),
        NamedSet("housing", "500 made-up rows with the columns of California housing", housing_table, 0.4, True),
        NamedSet(
            "four-points",
            "(1, 3), (2, 5), (3, 7), (4, 9): the line y = 2x + 1 for hand calculation",
            _given("four-points", ("x", "y"), [(1, 3), (2, 5), (3, 7), (4, 9)]),
            noise=None,
        ),
        NamedSet(
            "three-examples",
            "the three examples of the network with five weights: the target is 2·x1² + 3·x2",
            _given("three-examples", ("x1", "x2", "t"), [(3, 2, 24), (1, 4, 14), (2, 1, 11)]),
            noise=None,
        ),
        NamedSet(
            "truth-table",
            "exclusive or, its four rows of 0 and 1",
            _given("truth-table", ("x1", "x2", "y"), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]),
            noise=None,
        ),
    )
}
