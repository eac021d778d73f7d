"""Problems about getting data ready: a feature that is standardised."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, whole

if TYPE_CHECKING:
    from random import Random

_FLATS = (
    "v are the sizes of some flats. Standardise them: subtract their mean m, and divide by their deviation s.",
    "v are the prices of some bicycles. Bring them to a common scale: their mean m away, divided by their spread s.",
)
_COLUMNS = (
    "v are the training values of a column. m is their mean, s their standard deviation, over all of them.",
    "v are temperatures. Standardise them: subtract their mean m, and divide by their standard deviation s.",
)
_TEST_VALUE = " u belongs to the test part: it is scaled with the same m and s."


def standardise(shape: Random, numbers: Random, grade: int) -> Draft:
    """Scale the values of a column by their mean and their standard deviation, and a new value by the same two."""
    count = at_grade(grade, 4, 5, one_of(shape, 6, 8))
    shown = sorted(shape.sample(range(1, count + 1), at_grade(grade, 2, 2, 3)))
    unit = at_grade(grade, Fraction(1), one_of(numbers, Fraction(1), Fraction(10)), one_of(numbers, HALF, TENTH))
    apart, spread = _deviations(numbers, count)
    middle = whole(numbers, *at_grade(grade, (15, 40), (-9, 30), (-5, 9))) * max(unit, Fraction(1))
    values = [middle + deviation * unit for deviation in apart]
    names = [f"v{place}" for place in range(1, count + 1)]
    steps = {
        "m": f"({' + '.join(names)})/{count}",
        "q": f"({' + '.join(f'({name} - m)^2' for name in names)})/{count}",
        "s": "sqrt(q)",
        **{f"z{place}": f"(v{place} - m)/s" for place in shown},
        "zu": "(u - m)/s",
    }
    new = middle + whole(numbers, at_grade(grade, 1, -9, -9), 9) * unit * spread / 2
    given = dict(zip(names, values, strict=True))
    story = one_of(shape, *(_FLATS if grade == 1 else _COLUMNS)) + _TEST_VALUE
    return Draft({"u": new}, steps, tuple(steps), given=given, story=story)


def _deviations(numbers: Random, count: int) -> tuple[list[int], int]:
    """Return whole numbers that add up to 0, and their standard deviation, which is whole and above 1."""
    while True:
        first = [whole(numbers, -6, 6, but=()) for _ in range(count - 1)]
        drawn = [*first, -sum(first)]
        squares = sum(deviation**2 for deviation in drawn)
        spread = isqrt(squares // count)
        if spread > 1 and squares == count * spread**2 and abs(drawn[-1]) <= 2 * 6:
            return drawn, spread
