"""Problems about walks that go wrong: steps too long, saddles, level places, and valleys that are not the deepest."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_OVER: Final = (
    "The steps are too long: each one jumps over the lowest point, and lands higher up. By what factor?",
    "Somebody in a valley takes steps that are too long. See how it grows.",
)


def diverging_run(shape: Random, numbers: Random, grade: int) -> Draft:
    """Walk with a learning rate that is too large: the distance to the lowest point grows by a factor each time."""
    curvature = one_of(shape, 1, 2, 4, 8, 10)
    growth = -Fraction(
        numbers.choice(
            at_grade(grade, ("2", "3", "1.5", "2.5", "1.2"), ("1.5", "1.2", "2", "1.4"), ("1.5", "1.2", "1.1", "1.4"))
        )
    )
    lowest = one_of(shape, *at_grade(grade, (0,), (-3, -2, 1, 2, 3), (-2, -1, 1, 2)))
    rate = (1 - growth) / curvature
    walked = "x" if grade < HARDEST else "y"
    away = polynomial([(1, walked), (-lowest, "")])
    squared = f"({away})^2" if lowest else f"{walked}^2"
    terms: list[tuple[Fraction | int, str]] = [(Fraction(curvature, 2), squared), (one_of(shape, 0, 1, 2, 3, 5), "")]
    start: dict[str, Number] = {walked: lowest + signed(numbers, whole(numbers, 1, at_grade(grade, 9, 6, 4)))}
    if grade == HARDEST:
        terms.insert(0, (Fraction(curvature, 2 * one_of(shape, 2, 4)), "x^2"))
        start = {"x": whole(numbers, -6, 6) * 2, **start}
    cells = [f"df/d{walked}", f"{walked}@1", "f@1", f"df/d{walked}@1", f"{walked}@2", f"{walked}@3"]
    if grade == HARDEST:
        cells = ["df/dx", "df/dy", "x@1", "y@1", "f@1", "x@2", "y@2"]
    story = one_of(shape, *_OVER)
    if grade < HARDEST and one_of(shape, True, False):
        rest = {"factor": polynomial([(1, ""), (-curvature, "rate")])}
        steps = {**rest, "f": polynomial(terms)}
        cells = ["factor", *cells]
        story += " The factor is 1 − curvature·rate, where rate is η."
        return Draft(start, steps, tuple(cells), given={"rate": rate}, update=_plain(rate, 3), story=story)
    return Draft(start, {"f": polynomial(terms)}, tuple(cells), update=_plain(rate, 3), story=story)


def _plain(rate: Fraction, steps: int) -> dict[str, Number | str]:
    return {"rule": "sgd", "eta": rate, "steps": steps}


def saddle_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take two steps near a saddle: along one direction the walk comes closer, along the other it runs away."""
    up, down = one_of(shape, 1, 2, 3), one_of(shape, 2, 3, 4)
    mixed = one_of(shape, -2, -1, 1, 2) if grade == HARDEST else 0
    names = one_of(shape, ("x", "y"), ("u", "v"), ("w1", "w2"))
    first, second = names if one_of(shape, True, False) else names[::-1]
    steep = sorted([(up, f"{first}^2"), (-down, f"{second}^2")], key=lambda term: term[1])
    terms: list[tuple[Fraction | int, str]] = [*steep, (mixed, f"{names[0]}*{names[1]}")]
    near = numbers.choice((TENTH, TENTH * 2, TENTH * 4, HALF))
    start = {
        first: whole(numbers, *at_grade(grade, (1, 5), (-5, 5), (-4, 4))),
        second: near if grade == 1 else signed(numbers, near * numbers.choice((1, 2))),
    }
    rate = Fraction(numbers.choice(("0.1", "0.15", "0.2")))
    cells = [f"df/d{name}" for name in names] + [f"{name}@1" for name in names]
    cells += at_grade(grade, ["f@1"], [], [f"df/d{name}@1" for name in names]) + [f"{name}@2" for name in names]
    story = one_of(shape, *_PASSES)
    return Draft(
        {name: start[name] for name in names},
        {"f": polynomial(terms)},
        tuple(cells),
        update=_plain(rate, 2),
        story=story,
    )


_PASSES: Final = (
    "A mountain pass: level in the middle, up one way and down the other. Which of the two numbers grows?",
    "Near a saddle the gradient is small, and the walk is slow at first. Take two steps.",
)


def level_places(shape: Random, numbers: Random, grade: int) -> Draft:
    """Find slope and curvature of a curve at some places: valley, hilltop, or not level at all."""
    size = one_of(shape, 1, 1, 2)
    if grade < HARDEST:
        left = whole(shape, -5, 5, (-1, 0, 1))
        right = whole(shape, -5, 5, (-1, 0, 1, left, -left))
        twice, level = size * (left + right), size * left * right
        curve: Terms = [(Fraction(size, 3), 3), (-Fraction(twice, 2), 2), (level, 1), (one_of(shape, 0, 1, 2, 3), 0)]
    else:
        right = one_of(shape, 2, 3, 5)
        left = -right
        curve = [(Fraction(size, 4), 4), (-Fraction(size * right**2, 2), 2), (one_of(shape, 1, 2, 3), 0)]
    other = whole(numbers, -6, 6, (-1, 0, 1, left, right))
    places = [other, numbers.choice((left, right))] if grade == 1 else [left, right, other]
    numbers.shuffle(places)
    names = [f"x{place}" for place in range(1, len(places) + 1)]
    heights = {f"f{name[1:]}": _written(curve, name) for name in names}
    curvatures = {f"c{name[1:]}": _written(_slope(_slope(curve)), name) for name in names}
    steps = {**heights, **curvatures, "f": " + ".join(heights)}
    cells = [cell for name in names for cell in (f"df/d{name}", f"c{name[1:]}")]
    story = "Where is the curve level? With a curvature c above 0 that is a valley, with one below 0 a hilltop."
    return Draft(dict(zip(names, places, strict=True)), steps, tuple(cells), story=story)


Terms = list[tuple[Fraction | int, int]]
"""A polynomial: coefficients and exponents."""


def _slope(curve: Terms) -> Terms:
    return [(coefficient * exponent, exponent - 1) for coefficient, exponent in curve if exponent]


def _written(curve: Terms, name: str) -> str:
    powers = {0: "", 1: name}
    return polynomial([(coefficient, powers.get(exponent, f"{name}^{exponent}")) for coefficient, exponent in curve])


def two_walkers(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take a step from each of two starts on a curve with two valleys."""
    quartic, square, line, height = (
        one_of(shape, *at_grade(grade, (1,), (1, 1, 2), (1, 2))),
        one_of(shape, *at_grade(grade, (2, 3, 4, 5, 6), (2, 3, 4, 5, 6), (3, 5, 6, 8))),
        one_of(shape, *at_grade(grade, (1, 2, 3, 4), (-2, -1, 1, 2, 3), (-4, -3, 3, 4))),
        one_of(shape, 0, 1, 2, 3, 4, 5),
    )

    def curve(name: str) -> str:
        return polynomial([(quartic, f"{name}^4"), (-square, f"{name}^2"), (line, name), (height, "")])

    steps = {"f1": curve("x1"), "f2": curve("x2"), "f": "f1 + f2"}
    parts = at_grade(grade, ("1", "2"), ("0.5", "1.5", "1", "2"), ("0.5", "1.5", "2.5", "2"))
    starts = [-Fraction(numbers.choice(parts)), Fraction(numbers.choice(parts))]
    rate = Fraction(numbers.choice(("0.05", "0.02", "0.01", "0.1", "0.04")))
    names = one_of(shape, ("x1", "x2"), ("x2", "x1"))
    start = dict(zip(names, starts, strict=True))
    cells = ["f1", "f2", "df/dx1", "df/dx2", "x1@1", "x2@1"]
    story = one_of(shape, *_VALLEYS)
    return Draft({"x1": start["x1"], "x2": start["x2"]}, steps, tuple(cells), update=_plain(rate, 1), story=story)


_VALLEYS: Final = (
    "Two walkers stand on the same curve with two valleys. Each takes one step: into which valley?",
    "The same curve, two starts. f1 and f2 are the heights of the two walkers.",
)
