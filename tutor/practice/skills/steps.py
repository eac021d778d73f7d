"""Problems about steps of gradient descent with one parameter."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from tutor.practice.draft import Number

_WALK = (
    "A walker stands in a valley and goes down, a step at a time. The step is the rule of gradient descent.",
    "A dial is turned by gradient descent. The loss says how far it is from where it ought to be.",
    "",
)
_GUESS = "A guess g moves towards the secret s, each time by a share of the distance. The share is eta."
_LONG = (
    "The steps are long here. Watch the signs: does she jump over the lowest place, and does she come nearer?",
    "A learning rate that is large for this valley: does the walk come nearer to the lowest place, or get away?",
)
_HILL = "A hillside that is no parabola, and a walker on it who takes a step."
# Learning rates that are short to write, from careful to reckless.
_RATES = tuple(Fraction(rate, 100) for rate in (1, 2, *range(5, 50, 5), *range(50, 150, 10)))


def rates_that_leave(curvature: Fraction | int, least: Fraction, most: Fraction) -> list[Fraction]:
    """Return the short learning rates with which a step leaves a short share of the distance, within limits.

    On a parabola, a step multiplies the distance to the lowest place by 1 − η·curvature.
    """
    left = {rate: 1 - rate * curvature for rate in _RATES}
    return [rate for rate, share in left.items() if least <= share <= most and share and (20 * share).denominator == 1]


def share_of_distance(shape: Random, numbers: Random, grade: int) -> Draft:
    """Move a guess towards a secret by a share of the distance, three or four times."""
    count = at_grade(grade, one_of(shape, 2, 3), one_of(shape, 3, 4), 3)
    share = one_of(numbers, *at_grade(grade, _EASY_SHARES, _EASY_SHARES, _LONG_SHARES))
    secret = whole(numbers, *at_grade(grade, (20, 90), (-50, 90), (-50, 90)))
    distance = signed(numbers, whole(numbers, 1, 9) * 10)
    formula = one_of(shape, "(g - s)^2/2", "(s - g)^2/2")
    cells = tuple(f"g@{step}" for step in range(1, count + 1))
    update = descent(share, count)
    return Draft({"g": secret + distance}, {"f": formula}, cells, given={"s": secret}, update=update, story=_GUESS)


_EASY_SHARES = (HALF, TENTH, 2 * TENTH, 4 * TENTH, 3 * TENTH, HALF / 2)
_LONG_SHARES = (Fraction(3, 2), Fraction(6, 5), Fraction(8, 5), Fraction(9, 5), Fraction(5, 2), Fraction(12, 5))


def one_step(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take one step of gradient descent in a valley: height, slope, new place, new height."""
    values, steps, curvature = _valley(shape, numbers, grade)
    name = next(iter(values))
    rates = rates_that_leave(curvature, TENTH, 9 * TENTH)
    cells = ("f", f"df/d{name}", f"{name}@1", "f@1")
    update = descent(one_of(numbers, *rates), 2)
    return Draft(values, steps, cells, update=update, story=one_of(shape, *_WALK), formula=f"df/d{name}")


def three_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take two or three steps, each with a slope of its own."""
    values, steps, curvature = _valley(shape, numbers, grade)
    name = next(iter(values))
    count = at_grade(grade, 2, 3, 3)
    rates = [rate for rate in rates_that_leave(curvature, 2 * TENTH, 9 * TENTH) if _is_tenths(1 - rate * curvature)]
    cells = [
        cell for step in range(count) for cell in (f"df/d{name}" + (f"@{step}" if step else ""), f"{name}@{step + 1}")
    ]
    update = descent(one_of(numbers, *rates), count)
    return Draft(values, steps, tuple(cells), update=update, story=one_of(shape, *_WALK))


def long_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take steps that are long for the valley: they overshoot, bounce or diverge."""
    values, steps, curvature = _valley(shape, numbers, grade)
    name = next(iter(values))
    least, most = at_grade(grade, (-9, -1), (-15, -1), (-20, -5))
    rates = [
        rate
        for rate in rates_that_leave(curvature, least * TENTH, most * TENTH)
        if _is_tenths(share := 1 - rate * curvature) and share != -1
    ]
    count = at_grade(grade, 2, 3, 3)
    places = [f"{name}@{step}" for step in range(1, count + 1)]
    slope = f"df/d{name}"
    cells = [slope, *places] if grade == HARDEST else ["f", slope, places[0], "f@1", *places[1:]]
    update = descent(one_of(numbers, *rates), count)
    return Draft(values, steps, tuple(cells), update=update, story=one_of(shape, *_LONG))


def step_on_hillside(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take a step on a hillside of the third or fourth degree, in the hardest grade from between whole numbers."""
    first, *others = at_grade(
        grade,
        one_of(shape, (3, 1), (3, 2)),
        one_of(shape, (4, 2, 1), (3, 2, 1)),
        one_of(shape, (4, 2, 1, 0), (4, 3, 1, 0)),
    )
    terms: list[tuple[Number, str]] = [(whole(shape, 1, 3) if grade == 1 else 1, _POWERS[first])]
    terms += [(signed(shape, whole(shape, 2, 9)), _POWERS[power]) for power in others]
    between = signed(numbers, one_of(numbers, 1, 3, 4, 5, 6) * HALF)
    x: Number = at_grade(grade, whole(numbers, 2, 8), whole(numbers, -4, 4, but=(-1, 0, 1)), between)
    rate = one_of(numbers, TENTH, TENTH / 10, TENTH / 2 if grade == HARDEST else TENTH / 5)
    cells = ("f", "df/dx", "x@1")
    return Draft({"x": x}, {"f": polynomial(terms)}, cells, update=descent(rate, 1), story=_HILL, formula="df/dx")


_POWERS = ("", "x", "x^2", "x^3", "x^4")


def _valley(shape: Random, numbers: Random, grade: int) -> tuple[dict[str, Number], dict[str, str], Fraction]:
    """Return the start and the formula of a parabola in one variable, and its curvature."""
    name = one_of(shape, "x", "w", "b", "v")
    width = Fraction(one_of(shape, *at_grade(grade, (2, 4, 6, 8, 10), (1, 2, 4, 6, 8, 10), (2, 4, 8, 10))), 2)
    lowest = at_grade(grade, 0, whole(shape, -9, 9), whole(shape, -9, 9))
    distance = whole(numbers, *at_grade(grade, (2, 20), (-12, 12), (-10, 10)), but=(-1, 0, 1))
    height = at_grade(grade, one_of(shape, 0, whole(shape, 1, 9)), 0, 0)
    if not lowest:
        formula = polynomial([(width, f"{name}^2"), (height, "")])
    elif grade == HARDEST:
        formula = polynomial([(width, f"{name}^2"), (-2 * width * lowest, name), (whole(shape, -9, 9), "")])
    else:
        formula = polynomial([(width, f"({polynomial([(1, name), (-lowest, '')])})^2")])
    return {name: lowest + distance}, {"f": formula}, Fraction(2 * width)


def _is_tenths(share: Fraction) -> bool:
    return (10 * share).denominator == 1


def descent(rate: Number, count: int) -> Mapping[str, Number | str]:
    """Return the update of plain gradient descent."""
    return {"rule": "sgd", "eta": rate, "steps": count}
