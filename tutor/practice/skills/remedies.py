"""Problems about remedies: penalties on weights, weight decay, dropout, clipped gradients."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from math import hypot, isqrt
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, different, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_STRENGTHS: Final = tuple(
    map(Fraction, ("0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "1.5"))
)
_RATES: Final = tuple(map(Fraction, ("0.1", "0.05", "0.2", "0.25", "0.02")))


def penalty_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Add an L2 penalty to a loss of one weight: both slopes, their sum, the step; in the hardest grade two steps."""
    curvature = one_of(shape, 2, 2, 4, 6)
    lowest = one_of(shape, 2, 3, 4, 5, 6, 7, 8) * at_grade(grade, 1, one_of(shape, 1, -1), one_of(shape, 1, -1))
    away = polynomial([(1, "w"), (-lowest, "")])
    penalty = one_of(shape, "lambda*w^2", *at_grade(grade, (), ("lambda*w^2/2",), ("lambda*w^2/2",)))
    steps = {"D": polynomial([(Fraction(curvature, 2), f"({away})^2")]), "P": penalty, "J": "D + P"}
    size = whole(numbers, 5, 18, {2 * abs(lowest)}) * HALF
    start = size if grade == 1 else signed(numbers, size)
    cells = ["dD/dw:direct", "dP/dw:direct", "dJ/dw", "w@1"]
    cells = at_grade(grade, cells, ["D", "P", *cells], [*cells, "dJ/dw@1", "w@2"])
    given = {"lambda": numbers.choice(_STRENGTHS)}
    update: dict[str, Number | str] = {"rule": "sgd", "eta": numbers.choice(_RATES), "steps": at_grade(grade, 1, 1, 2)}
    story = "D pulls w to where the loss is lowest, the penalty P pulls it towards 0."
    return Draft({"w": start}, steps, tuple(cells), given=given, update=update, story=story, formula="dJ/dw")


def decayed_weights(shape: Random, numbers: Random, grade: int) -> Draft:
    """Weight decay in a model with several weights: each is pulled towards 0 besides; a bias is not."""
    count = at_grade(grade, 1, 2, 2)
    names = ["w"] if count == 1 else ["w1", "w2"]
    inputs = [name.replace("w", "x") for name in names]
    biased = grade == HARDEST
    squares = " + ".join(f"{name}^2" for name in names)
    squares = squares if count == 1 else f"({squares})"
    answer = " + ".join(f"{name}*{x}" for name, x in zip(names, inputs, strict=True)) + (" + b" if biased else "")
    penalty = one_of(shape, f"lambda/2*{squares}", f"lambda*{squares}/2", f"lambda*{squares}")
    steps = {"y": answer, "D": one_of(shape, "(t - y)^2", "(y - t)^2"), "J": f"D + {penalty}"}
    low = at_grade(grade, 3, -6, -7)
    weights: dict[str, Number] = {name: whole(numbers, low, 7, (-2, -1, 0, 1, 2)) for name in names}
    weights |= {"b": whole(numbers, -5, 5)} if biased else {}
    given: dict[str, Number] = {x: whole(numbers, at_grade(grade, 2, -3, -4), 4, (-1, 0, 1)) for x in inputs}
    reached = sum(Fraction(weights[name]) * Fraction(given[x]) for name, x in zip(names, inputs, strict=True))
    miss = whole(numbers, *at_grade(grade, (1, 4), (-4, 4), (-5, 5)))
    given |= {"t": reached + Fraction(weights.get("b", 0)) - miss, "lambda": numbers.choice(_STRENGTHS)}
    slopes = [f"dJ/d{name}" for name in weights]
    cells = ["y", "dJ/dy", *slopes, *(f"{name}@1" for name in weights)]
    cells = cells if grade < HARDEST else cells[2:]
    story = "J is the loss D and a penalty on the weights: each step lets the weights decay a little besides."
    story += " The bias has no penalty." if biased else ""
    update: dict[str, Number | str] = {"rule": "sgd", "eta": numbers.choice(_RATES)}
    return Draft(weights, steps, tuple(cells), given=given, update=update, story=story, formula=slopes[0])


_EVEN_UNITS: Final = {"0.5": (1, 6), "0.25": (1, 4), "0.8": (4, 3), "0.4": (2, 4)}
"""For each share that stays: what a unit is a multiple of so that it comes out even, and how many times at most."""


def dropout_pass(shape: Random, numbers: Random, grade: int) -> Draft:
    """One pass with dropout: who stays is scaled up, who is out has no gradient."""
    count = at_grade(grade, 3, 4, 4)
    places = range(1, count + 1)
    out = set(shape.sample(list(places), one_of(shape, 1, 2)))
    share = numbers.choice(at_grade(grade, ("0.5", "0.25"), ("0.5", "0.8", "0.4"), ("0.5", "0.8", "0.4")))
    keep, (multiple, most) = Fraction(share), _EVEN_UNITS[share]
    units = [multiple * whole(numbers, at_grade(grade, 1, -most, -most), most) for _ in places]
    given: dict[str, Number] = {f"h{place}": unit for place, unit in zip(places, units, strict=True)}
    given |= {f"m{place}": int(place not in out) for place in places}
    steps = {f"d{place}": f"h{place}*m{place}/keep" for place in places}
    steps["y"] = " + ".join(f"w{place}*d{place}" for place in places) + " + b"
    steps["E"] = one_of(shape, "(t - y)^2", "(y - t)^2")
    weights: dict[str, Number] = {
        f"w{place}": weight
        for place, weight in zip(
            places, different(numbers, *at_grade(grade, (1, 5), (-4, 5), (-5, 6)), count), strict=True
        )
    }
    weights["b"] = whole(numbers, at_grade(grade, 1, -5, -5), 5)
    stays = [place for place in places if place not in out]
    reached = (
        sum((Fraction(weights[f"w{place}"]) * Fraction(given[f"h{place}"]) for place in stays), Fraction(0)) / keep
    )
    given["keep"] = keep
    given["t"] = reached + Fraction(weights["b"]) - whole(numbers, -5, 5)
    seen = one_of(shape, *stays)
    cells = [*(f"d{place}" for place in places), "y", "dE/dy", f"dE/dw{seen}", f"dE/dd{seen}"]
    update: dict[str, Number | str] = {}
    if grade == HARDEST:
        update = {"rule": "sgd", "eta": numbers.choice((TENTH / 2, TENTH / 5, TENTH / 10, TENTH / 20))}
        cells = ["y", *(f"dE/dw{place}" for place in stays), *(f"w{place}@1" for place in stays)]
    story = "Dropout: a mask m of 0 leaves a unit out for this step. Those that stay are divided by keep."
    return Draft(weights, steps, tuple(cells), given=given, update=update, story=story, formula=f"dE/dw{seen}")


_SIDES: Final = {
    count: tuple(
        sides
        for sides in combinations_with_replacement(range(1, most + 1), count)
        if isqrt(sum(side**2 for side in sides)) ** 2 == sum(side**2 for side in sides)
    )
    for count, most in ((2, 40), (3, 14))
}
"""Gradients whose length is a whole number."""


def clipped_gradient(shape: Random, numbers: Random, grade: int) -> Draft:
    """Clip a gradient to a length, or number by number; from the second grade on, work it out and take the step."""
    count = at_grade(grade, 2, 2, 3)
    places = range(1, count + 1)
    by_value = grade > 1 and one_of(shape, True, False, False)
    sides = _gradient_with_a_length(numbers, count, grade)
    if by_value:
        limit = numbers.choice([abs(side) * part for side in sides for part in (HALF, 3 * HALF)])
        clipped = {f"c{place}": f"max(-limit, min(limit, g{place}))" for place in places}
    else:
        limit = _limit(numbers, Fraction(round(10 * hypot(*sides)), 10), grade)
        clipped = {"length": f"sqrt({' + '.join(f'g{place}^2' for place in places)})", "factor": "min(1, limit/length)"}
        clipped |= {f"c{place}": f"factor*g{place}" for place in places}
    given: dict[str, Number] = {"limit": limit}
    if grade == 1:
        given |= {"w": whole(numbers, 1, 9), "rate": numbers.choice(_CLIPPED_RATES)}
        steps = {**clipped, "n": "w - rate*c1"}
        return Draft(_named("g", sides), steps, tuple(steps), given=given, story=_SHORTER + _NEW)
    curvatures = [one_of(shape, 1, 2, 4, 5) for _ in places]
    lowest = [one_of(shape, -3, -2, -1, 0, 1, 2, 4) for _ in places]
    starts = [low + side / curvature for low, side, curvature in zip(lowest, sides, curvatures, strict=True)]
    given["rate"] = numbers.choice(_CLIPPED_RATES)
    lines = enumerate(zip(curvatures, lowest, strict=True), start=1)
    steps = {f"g{place}": _line(f"w{place}", curvature, low) for place, (curvature, low) in lines}
    steps |= {**clipped, **{f"n{place}": f"w{place} - rate*c{place}" for place in places}}
    last = f"n{count}" if grade == HARDEST else "n1"
    cells = tuple(name for name in steps if name[0] not in "gn" or name in {"n2", last})
    story = (_EACH if by_value else _SHORTER) + _NEW
    return Draft(_named("w", starts), steps, cells, given=given, story=story)


def _gradient_with_a_length(numbers: Random, count: int, grade: int) -> list[Fraction]:
    """Return a gradient whose length comes out even; in the first grade without a minus sign."""
    sides = list(numbers.choice(_SIDES[count]))
    numbers.shuffle(sides)
    scale = numbers.choice((TENTH, Fraction(1, 5), HALF, Fraction(1)))
    return [side * scale * (1 if grade == 1 else int(signed(numbers, 1))) for side in sides]


def _limit(numbers: Random, length: Fraction, grade: int) -> Fraction:
    """Return a limit that is a short part of the length; from the second grade on, it may be more than the length."""
    is_longer = grade == 1 or whole(numbers, 1, 4) > 1
    parts = (2, 4, 5, 6, 8, 10, 12, 14, 15, 16, 18) if is_longer else (22, 24, 25, 30, 40)
    limits = [length * Fraction(part, 20) for part in parts]
    return numbers.choice([limit for limit in limits if (100 * limit).denominator == 1])


_NEW: Final = " n is the new weight: w less rate times c."
_CLIPPED_RATES: Final = (TENTH, TENTH * 2, HALF, TENTH / 2)
_SHORTER: Final = "A gradient longer than limit is made shorter, all its numbers by the same factor."
_EACH: Final = "Each number of the gradient is clipped for itself: to limit, or to −limit."


def _named(letter: str, values: list[Fraction]) -> dict[str, Number]:
    return {f"{letter}{place}": value for place, value in enumerate(values, start=1)}


def _line(name: str, slope: int, root: int) -> str:
    away = polynomial([(1, name), (-root, "")])
    return away if slope == 1 else f"{slope}*({away})" if root else f"{slope}*{name}"
