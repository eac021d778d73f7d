"""Mistakes with a batch: the sum for the mean, one example for all of them, a step after every example."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, TypeVar

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.one_update import OneUpdate, one_update
from tutor.mathematics.checking.misconceptions.other_point import OtherPoint, Reckoning, moved, place_of, worked_out
from tutor.mathematics.checking.misconceptions.reducing import (
    MOST_EXAMPLES,
    convention,
    is_mean,
    mean,
    parts_of,
    reduced,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Name, Product, Quotient, number, total
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

N = TypeVar("N")


def batch_gradient(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a gradient over a batch."""
    cell = situation.cell
    batch = situation.problem.batch(cell.iteration)
    if cell.kind != "total" or cell.example or len(batch) < 2:  # noqa: PLR2004 - one example is no batch
        return
    parts = parts_of(situation, cell)
    yield from _wrong_count(situation, parts)
    for identity, part in (("first", parts[0]), ("last", parts[-1])):
        yield Suspicion(
            f"batch-gradient.{identity}-sample-only",
            part,
            f"That is {shown(part)} alone. Use all {len(batch)} examples.",
        )
    yield from _wrong_middle(situation, parts)


def _wrong_count(situation: Situation, parts: Sequence[Name]) -> Iterator[Suspicion]:
    """Yield the sum in place of the mean, the mean in place of the sum, and divisions by another number."""
    problem, count = situation.problem, len(parts)
    summed = total([*parts])
    if not is_mean(problem):
        yield Suspicion(
            "mse-weight.divided-by-n-twice", mean(parts), f"That is the mean. {convention(problem)} Do not divide."
        )
        return
    yield Suspicion("batch-gradient.summed", summed, f"That is the sum. {convention(problem)} Divide by {count}.")
    size = problem.update.batch_size if problem.update else None
    for other in dict.fromkeys((count - 1, count + 1, size or count, problem.example_count)):
        if other not in (1, count):
            yield Suspicion(
                "batch-gradient.off-by-one-in-n",
                Quotient(summed, number(other)),
                f"You divided by {other}, but this batch holds {count} examples: divide by {count}.",
            )


def _wrong_middle(situation: Situation, parts: Sequence[Name]) -> Iterator[Suspicion]:
    """Yield the mean of the sizes and the value in the middle."""
    try:
        values = {part: situation.value(part.name) for part in parts}
        signs = {sign(value) for value in values.values()}
        if -1 in signs:
            yield Suspicion(
                "batch-gradient.magnitudes-averaged",
                reduced(situation.problem, [Call("abs", (part,)) for part in parts]),
                "Keep the signs: gradients that point opposite ways cancel."
                if 1 in signs
                else "The size is right and the sign is not. Keep the sign of each gradient in the mean.",
            )
        if len(parts) > 2:  # noqa: PLR2004 - the middle of two is their mean

            def order(first: Name, second: Name) -> int:
                return sign(subtract(values[first], values[second]))

            middle = sorted(parts, key=cmp_to_key(order))[(len(parts) - 1) // 2 : len(parts) // 2 + 1]
            yield Suspicion(
                "batch-gradient.median",
                mean(middle),
                f"That is the value in the middle. {convention(situation.problem)}",
            )
    except (NotDefinedError, TooLargeError):
        return


def batch_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes of a step on a batch."""
    update = one_update(situation, "parameter", "state")
    if update is None or not update.uses_gradient or len(update.batch) < 2:  # noqa: PLR2004 - one example is no batch
        return
    problem, count, gradient = situation.problem, len(update.batch), shown(update.gradient)
    if is_mean(problem):
        yield Suspicion(
            "batch-step.summed-gradients",
            update.with_gradient(Product((number(count), update.gradient))),
            f"Average the {count} gradients before the step. {convention(problem)}",
        )
        twice = f"{gradient} is the mean already. Do not divide by {count} again."
    else:
        twice = f"That step divides {gradient} by {count}. {convention(problem)} Do not divide."
    yield Suspicion("batch-step.divided-twice", update.with_gradient(Quotient(update.gradient, number(count))), twice)
    parts = parts_of(situation, Cell("total", problem.objective, update.name, iteration=update.before))
    for identity, part in (("first", parts[0]), ("last", parts[-1])):
        yield Suspicion(
            f"batch-gradient.{identity}-sample-only",
            update.with_gradient(part),
            f"You used {shown(part)} alone. Use all {count} examples: {gradient}.",
        )
    if situation.cell.kind == "parameter":
        yield from _after_every_example(update)


def _after_every_example(update: OneUpdate) -> Iterator[Suspicion]:
    if len(update.batch) > MOST_EXAMPLES:
        return
    walked = worked_out(update.situation, lambda reckoning: _walked(update, reckoning))
    if walked is not None:
        yield Suspicion(
            "batch-step.updated-after-every-sample",
            walked,
            f"A batch moves {update.name} once. Work out every gradient at {shown(update.old)} first.",
        )


def _walked(update: OneUpdate, reckoning: Reckoning[N]) -> N:
    """Return where the parameter ends if every example of the batch takes a step of its own."""
    before = update.before
    walkers = [update.name, *(other.name for other in update.others)]
    places = {name: place_of(reckoning, name, before) for name in walkers}
    there = OtherPoint(reckoning, before, {})
    for count, example in enumerate(update.batch, start=1):
        if example == update.batch[-1]:  # nobody asks where the others end
            places = {update.name: places[update.name]}
        places = {
            name: moved(reckoning, place, there.gradient(name, example), before + count)
            for name, place in places.items()
        }
        there = OtherPoint(reckoning, before, {name: place.value for name, place in places.items()})
    return places[update.name].value
