"""Problems about losses of numbers: how far answers are off, squared or without signs, added up or averaged."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, different, one_of, signed, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tutor.practice.draft import Number

_ONE_ANSWER = (
    "A cook's rule for the oven says y minutes, and t would have been right. E is the squared error.",
    "A model says y where t is true. E is the squared error of this one example.",
    "A rower guesses y metres to the bank, and it is t. E is the squared error of the guess.",
)
_SUMS = "S is the sum, Q the sum of the squares, M the mean of the squares. P is the square of the sum."
_ADDED = "Misses are truth minus prediction. SSE is the sum of the squared misses: they are added, not averaged."
_AVERAGED = "Misses are truth minus prediction. MSE is the mean of the squared misses: their sum, divided by {count}."
_MEAN_OF_BATCH = (
    "The squared errors E of {count} examples are averaged. The last cell, E without a number, is their mean."
)
_MEAN_OF_SIZES = "A is a miss without its sign. The last cell, A without a number, is the mean over {count} examples."
_SLOPES = "MSE is the mean of {count} squared misses. How does it react to each prediction p?"


def sums_and_squares(shape: Random, numbers: Random, grade: int) -> Draft:
    """Add numbers, add their squares, and take the mean of the squares."""
    count = at_grade(grade, 3, one_of(shape, 3, 4), one_of(shape, 4, 5))
    scale = at_grade(grade, Fraction(1), Fraction(1), one_of(numbers, HALF, 2 * TENTH, 3 * TENTH))
    sizes = _sizes_to_share(numbers, count, most=at_grade(grade, 15, 12, 9))
    drawn = [-sizes[0], *(sizes[1:] if grade == 1 else (signed(numbers, size) for size in sizes[1:]))]
    numbers.shuffle(drawn)
    names = [f"r{place}" for place in range(1, count + 1)]
    steps = {"S": " + ".join(names), "Q": " + ".join(f"{name}^2" for name in names), "M": f"Q/{count}"}
    steps["P"] = f"({steps['S']})^2"
    return Draft(_numbered("r", [value * scale for value in drawn]), steps, tuple(steps), story=_SUMS)


def squared_error(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out an answer, how far it is off, and the square of that, for one example."""
    pairs = at_grade(grade, {"w": "x"}, {"w": "x"}, {"w1": "x1", "w2": "x2"})
    gap = one_of(shape, "t - y", "y - t")
    steps = {"y": " + ".join([*(f"{weight}*{x}" for weight, x in pairs.items()), "b"])}
    steps |= one_of(shape, {"r": gap, "E": "r^2"}, {"E": f"({gap})^2"})
    least = at_grade(grade, 2, -6, -5)
    parameters: dict[str, Number] = {weight: whole(numbers, least, 7) for weight in (*pairs, "b")}
    given: dict[str, Number] = {x: whole(numbers, least, 8, but=(-1, 0, 1)) for x in pairs.values()}
    part = at_grade(grade, Fraction(1), HALF, TENTH)
    answer = Fraction(parameters["b"]) + sum(Fraction(parameters[w]) * Fraction(given[x]) for w, x in pairs.items())
    given["t"] = answer + signed(numbers, whole(numbers, 3, at_grade(grade, 12, 25, 45)) * part)
    return Draft(parameters, steps, tuple(steps), given=given, story=one_of(shape, *_ONE_ANSWER))


def sum_of_squared_errors(shape: Random, numbers: Random, grade: int) -> Draft:
    """Add the squared misses of several predictions."""
    return _over_examples(shape, numbers, grade, is_mean=False)


def mean_squared_error(shape: Random, numbers: Random, grade: int) -> Draft:
    """Average the squared misses of several predictions."""
    return _over_examples(shape, numbers, grade, is_mean=True)


def _over_examples(shape: Random, numbers: Random, grade: int, *, is_mean: bool) -> Draft:
    """Return predictions beside truths; in harder grades a line may have to be asked for the predictions first."""
    is_line = grade > 1 and one_of(shape, True, False)
    if is_mean and is_line:
        count = at_grade(grade, 2, one_of(shape, 2, 3), one_of(shape, 3, 4))
        error = ("E", one_of(shape, "(t - y)^2", "(y - t)^2"))
        return _mean_of_batch(shape, numbers, grade, count, error)
    return (_line_beside_truths if is_line else _table)(shape, numbers, grade, is_mean=is_mean)


def _table(shape: Random, numbers: Random, grade: int, *, is_mean: bool) -> Draft:
    count = at_grade(grade, 3, one_of(shape, 3, 4), one_of(shape, 4, 5))
    scale = at_grade(grade, Fraction(1), HALF, one_of(numbers, HALF, TENTH, 3 * TENTH))
    misses = _misses_to_share(numbers, count)
    truths = different(numbers, *at_grade(grade, (10, 30), (2, 20), (-9, 9)), count)
    given = _numbered("y", truths)
    parameters = _numbered("p", [truth - miss * scale for truth, miss in zip(truths, misses, strict=True)])
    steps = {f"e{place}": f"y{place} - p{place}" for place in range(1, count + 1)}
    steps |= _squares_of(list(steps), is_mean=is_mean)
    story = (_AVERAGED if is_mean else _ADDED).format(count=count)
    return Draft(parameters, steps, tuple(steps), given=given, story=story)


def _line_beside_truths(shape: Random, numbers: Random, grade: int, *, is_mean: bool) -> Draft:
    count = at_grade(grade, 2, 2, 3)
    places = range(1, count + 1)
    misses = _misses_to_share(numbers, count)
    weight, bias = whole(numbers, -5, 6), whole(numbers, -5, 9)
    inputs = different(numbers, -5, 8, count)
    truths = [weight * x + bias + miss for x, miss in zip(inputs, misses, strict=True)]
    steps = {f"p{place}": f"w*x{place} + b" for place in places}
    steps |= {f"e{place}": f"y{place} - p{place}" for place in places}
    steps |= _squares_of([f"e{place}" for place in places], is_mean=is_mean)
    given = {**_numbered("x", inputs), **_numbered("y", truths)}
    story = one_of(shape, "A line predicts p for each x. ", "The predictions p come from a straight line. ") + _ADDED
    return Draft({"w": weight, "b": bias}, steps, tuple(steps), given=given, story=story)


def _squares_of(misses: list[str], *, is_mean: bool) -> dict[str, str]:
    steps = {"SSE": " + ".join(f"{miss}^2" for miss in misses)}
    return {**steps, "MSE": f"SSE/{len(misses)}"} if is_mean else steps


def _mean_of_batch(shape: Random, numbers: Random, grade: int, count: int, error: tuple[str, str]) -> Draft:
    """Return a line that is asked about several inputs; `error` is the name and the formula of each one's error."""
    name, formula = error
    story = (_MEAN_OF_SIZES if name == "A" else _MEAN_OF_BATCH).format(count=count)
    misses = _misses_to_share(numbers, count)
    scale = at_grade(grade, Fraction(1), Fraction(1), one_of(numbers, Fraction(1), HALF, 2 * TENTH))
    least = at_grade(grade, 1, -5, -5)
    weight, bias = whole(numbers, least, 6), whole(numbers, least, 9)
    inputs = different(numbers, least, 8, count)
    targets = [weight * x + bias + miss * scale for x, miss in zip(inputs, misses, strict=True)]
    line = one_of(shape, "w*x + b", "b + w*x")
    cells = [f"{step}[{place}]" for place in range(1, count + 1) for step in ("y", name)]
    examples: dict[str, Sequence[Number]] = {"x": inputs, "t": targets}
    return Draft({"w": weight, "b": bias}, {"y": line, name: formula}, (*cells, name), examples=examples, story=story)


def mean_absolute_error(shape: Random, numbers: Random, grade: int) -> Draft:
    """Average the misses of several predictions without their signs."""
    count = at_grade(grade, one_of(shape, 2, 3), 3, one_of(shape, 4, 5))
    error = ("A", one_of(shape, "abs(t - y)", "abs(y - t)"))
    return _mean_of_batch(shape, numbers, grade, count, error)


def slopes_of_mean(shape: Random, numbers: Random, grade: int) -> Draft:
    """Differentiate a mean of squared misses by each of the predictions."""
    count = at_grade(grade, 2, one_of(shape, 3, 4), one_of(shape, 4, 5))
    gap = one_of(shape, "(y{0} - p{0})^2", "(p{0} - y{0})^2")
    scale = at_grade(grade, Fraction(1), Fraction(1), one_of(numbers, HALF, 3 * TENTH))
    misses = _misses_to_share(numbers, count)
    truths = different(numbers, *at_grade(grade, (10, 30), (2, 20), (-9, 9)), count)
    squares = " + ".join(gap.format(place) for place in range(1, count + 1))
    return Draft(
        _numbered("p", [truth - miss * scale for truth, miss in zip(truths, misses, strict=True)]),
        {"MSE": f"({squares})/{count}"},
        ("MSE", *(f"dMSE/dp{place}" for place in range(1, count + 1))),
        given=_numbered("y", truths),
        story=_SLOPES.format(count=count),
        formula=f"dMSE/dp{one_of(shape, 1, 2)}",
    )


def _numbered(name: str, values: Sequence[Number]) -> dict[str, Number]:
    return {f"{name}{place}": value for place, value in enumerate(values, start=1)}


def _sizes_to_share(numbers: Random, count: int, most: int = 9) -> list[int]:
    """Return sizes whose squares have a sum that the count divides; none so small that its square is its double."""
    while True:
        drawn = [whole(numbers, 3, most) for _ in range(count)]
        if sum(size**2 for size in drawn) % count == 0:
            return drawn


def _misses_to_share(numbers: Random, count: int) -> list[int]:
    """Return such sizes with signs: not all of one sign, and they do not cancel."""
    while True:
        drawn = [signed(numbers, size) for size in _sizes_to_share(numbers, count)]
        if min(drawn) < 0 < max(drawn) and sum(drawn) != 0:
            return drawn
