"""Problems about batches: one example at a time, a few, or all of them before a step is taken."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skills.drawing import at_grade, one_of, whole
from tutor.practice.skills.examples import (
    Model,
    aimed_at,
    columns_of,
    misses_of,
    model_of,
    rate_for,
    rows_of,
    start_of,
)

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number


_LINES = (
    "A line y = w*x + b is laid through points.",
    "The line y = w*x + b shall pass near the points (x, t).",
    "t was measured at some x, and y = w*x + b shall tell it.",
)


def online_updates(shape: Random, numbers: Random, grade: int) -> Draft:
    """Learn from two examples, one after the other: the second one meets the weights that the first has left."""
    model, picture = model_of(shape, at_grade(grade, 1, 1, 2), grade)
    rows, weights = rows_of(model, numbers, 2, grade), start_of(model, numbers, grade)
    misses = misses_of(model, numbers, rows[:1], is_mean=False, grade=1)
    rate = rate_for(numbers, [model.gradient(weight, rows[:1], misses) for weight in weights])
    moved = model.moved(weights, rows[:1], misses, rate)
    targets = [
        int(model.answer(weights, rows[0])) - misses[0],
        aimed_at(numbers, model.answer(moved, rows[1]), at_grade(grade, 5, 6, 6)),
    ]
    names = list(weights)
    cells = [
        "y[1]",
        *(f"dE/d{name}" for name in names),
        *(f"{name}@1" for name in names),
        "y[2]@1",
        *(f"dE/d{name}@1" for name in names),
        *(f"{name}@2" for name in names),
    ]
    story = f"{picture} One update after each example, in order.{model.convention}".strip()
    update: dict[str, Number | str] = {"rule": "sgd", "eta": rate, "batch_size": 1, "steps": 2}
    return Draft(
        weights, model.steps, tuple(cells), examples=columns_of(model, rows, targets), update=update, story=story
    )


def mean_of_a_batch(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take the mean of the gradients of all examples, and one step against it."""
    return _whole_batch(shape, numbers, grade, "mean")


def sum_over_a_batch(shape: Random, numbers: Random, grade: int) -> Draft:
    """Add up the gradients of all examples, and take one step against the sum."""
    return _whole_batch(shape, numbers, grade, "sum")


def _whole_batch(shape: Random, numbers: Random, grade: int, reduce: str) -> Draft:
    model, picture = model_of(shape, at_grade(grade, 1, 1, 2), grade)
    count = at_grade(grade, one_of(shape, 2, 3), one_of(shape, 3, 4), 3)
    followed = one_of(shape, *model.features)
    is_mean = reduce == "mean"
    weights, rows = start_of(model, numbers, grade), rows_of(model, numbers, count, grade)
    misses = misses_of(model, numbers, rows, is_mean=is_mean, grade=grade)
    shares = count if is_mean else 1
    rate = rate_for(numbers, [model.gradient(weight, rows, misses) / shares for weight in weights])
    cells = [
        *(f"dE/d{followed}[{place}]" for place in range(1, count + 1)),
        *(f"dE/d{name}" for name in weights),
        *(f"{name}@1" for name in weights),
    ]
    what = "the mean of their errors" if is_mean else "the sum of their errors"
    story = f"{picture} All {count} examples are one batch; its E is {what}.{model.convention}".strip()
    return Draft(
        weights,
        model.steps,
        tuple(cells),
        examples=columns_of(model, rows, _targets(model, weights, rows, misses)),
        update={"rule": "sgd", "eta": rate, "reduce": reduce},
        story=story,
    )


def _targets(model: Model, weights: dict[str, Fraction], rows: list[dict[str, int]], misses: list[int]) -> list[int]:
    return [int(model.answer(weights, row)) - miss for row, miss in zip(rows, misses, strict=True)]


def mini_batches(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work through an epoch of two mini-batches; the last one may hold a single example."""
    model, picture = model_of(shape, at_grade(grade, 1, 1, 2), grade)
    count = at_grade(grade, 3, 4, one_of(shape, 3, 4))
    weights, rows = start_of(model, numbers, grade), rows_of(model, numbers, count, grade)
    first, last = rows[:2], rows[2:]
    misses = misses_of(model, numbers, first, is_mean=True, grade=grade)
    rate = rate_for(numbers, [model.gradient(weight, first, misses) / 2 for weight in weights])
    moved = model.moved(weights, first, misses, rate / 2)
    targets = [
        *_targets(model, weights, first, misses),
        *(aimed_at(numbers, model.answer(moved, row), 5) for row in last),
    ]
    names = list(weights)
    heard: tuple[int, ...] = at_grade(grade, (1, 2), (1, 2), ())
    late: tuple[int, ...] = at_grade(grade, (), (3, 4), ())
    cells = [
        *(f"dE/d{names[0]}[{place}]" for place in heard),
        *(f"dE/d{name}" for name in names),
        *(f"{name}@1" for name in names),
        *(f"dE/d{names[0]}[{place}]@1" for place in late),
        *(f"dE/d{name}@1" for name in names),
        *(f"{name}@2" for name in names),
    ]
    story = f"{picture} Batches of 2, in order; the gradient is the mean over the batch.{model.convention}".strip()
    return Draft(
        weights,
        model.steps,
        tuple(cells),
        examples=columns_of(model, rows, targets),
        update={"rule": "sgd", "eta": rate, "reduce": "mean", "batch_size": 2, "steps": 2},
        story=story,
    )


def line_in_one_batch(shape: Random, numbers: Random, grade: int) -> Draft:
    """Fit a line by a step of one batch: the answers, the error, both gradients, both new weights."""
    reduce = one_of(shape, "mean", "sum")
    count = at_grade(grade, 2, 3, 3) if reduce == "sum" else at_grade(grade, 2, 4, 4)
    model = Model({"w": "x", "b": ""}, one_of(shape, "(y - t)^2", "(t - y)^2"))
    rows = rows_of(model, numbers, count, grade)
    misses = misses_of(model, numbers, rows, is_mean=reduce == "mean", grade=grade)
    weights = start_of(model, numbers, grade)
    if grade == 1:
        weights = {"w": Fraction(whole(numbers, 0, 2, ())), "b": Fraction(0)}
        misses = [-abs(miss) for miss in misses]
    shares = count if reduce == "mean" else 1
    rate = rate_for(numbers, [model.gradient(weight, rows, misses) / shares for weight in weights])
    answers: tuple[str, ...] = at_grade(grade, ("y[1]", "y[2]"), (), ())
    again: tuple[str, ...] = at_grade(grade, (), (), ("dE/dw@1", "dE/db@1"))
    cells = (*answers, "E", "dE/dw", "dE/db", "w@1", "b@1", *again)
    story = one_of(shape, *_LINES) + f" All points are one batch; its E is the {reduce} of the squared errors."
    update: dict[str, Number | str] = {"rule": "sgd", "eta": rate, "reduce": reduce, "steps": at_grade(grade, 1, 1, 2)}
    examples = columns_of(model, rows, _targets(model, weights, rows, misses))
    return Draft(weights, model.steps, cells, examples=examples, update=update, story=story)


def sum_or_mean(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take the same step with the sum of the gradients and with their mean: each needs a learning rate of its own."""
    count = at_grade(grade, one_of(shape, 2, 4), one_of(shape, 3, 5), one_of(shape, 4, 5))
    gradients = _with_short_mean(numbers, count, at_grade(grade, 9, 20, 30), grade)
    places = range(1, count + 1)
    is_from_sum = grade == 1 or one_of(shape, True, False)
    rate = rate_for(numbers, [Fraction(sum(gradients))]) * (1 if is_from_sum else count)
    steps = {"total": " + ".join(f"g{place}" for place in places), "mean": "total/n"}
    if is_from_sum:
        steps |= {"bysum": "w - rate*total", "other": "n*rate", "bymean": "w - other*mean"}
        story = (
            "Somebody adds the gradients of a batch of n and uses rate. Which rate makes the same step with the mean?"
        )
    else:
        steps |= {"bymean": "w - rate*mean", "other": "rate/n", "bysum": "w - other*total"}
        story = "Somebody takes the mean of a batch of n and uses rate. Which rate makes the same step with the sum?"
    parameters: dict[str, Number] = {f"g{place}": gradient for place, gradient in zip(places, gradients, strict=True)}
    given: dict[str, Number] = {
        "n": count,
        "rate": rate,
        "w": whole(numbers, *at_grade(grade, (2, 9), (-9, 9), (-9, 9))),
    }
    return Draft(parameters, steps, tuple(steps), given=given, story=story)


def _with_short_mean(numbers: Random, count: int, most: int, grade: int) -> list[int]:
    """Return gradients with a whole number, not 0, as their mean; from the second grade on their signs differ."""
    least = 1 if grade == 1 else -most
    drawn = [whole(numbers, least, most) for _ in range(count - 1)]
    fitting = [
        last for last in range(least, most + 1) if last and (sum(drawn) + last) % count == 0 and sum(drawn) != -last
    ]
    return [*drawn, numbers.choice(fitting)]
