"""Mistakes about which step is taken: an old gradient, an old start, a step too many or too few, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.minimum import lowest_point
from tutor.mathematics.checking.misconceptions.one_update import OneUpdate, has_value, minus, one_update
from tutor.mathematics.checking.misconceptions.other_point import (
    NO_VALUE,
    OtherPoint,
    Reckoning,
    moved,
    place_of,
    worked_out,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.update import unchanged
from tutor.mathematics.notation.expression import Node, number

if TYPE_CHECKING:
    from collections.abc import Iterator

N = TypeVar("N")

_MOST_STEPS_BACK = 12


def second_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes that need another point than the one before the step."""
    update = one_update(situation, "parameter", "state")
    if update is None:
        return
    if update.before and update.uses_gradient:
        yield from _stale(update)
    if situation.cell.kind == "parameter":
        if update.before:
            yield from _wrong_start(update)
        yield from _too_many(update)
        yield from _jumped(update)


def _stale(update: OneUpdate) -> Iterator[Suspicion]:
    older = Cell("total", update.situation.problem.objective, update.name, iteration=update.before - 1)
    if has_value(update.situation, older):
        stale = update.situation.named(older)
        yield Suspicion(
            "second-step.stale-gradient",
            update.with_gradient(stale),
            f"Work the gradient out again at the new point: {shown(stale)} belongs to the point before.",
        )


def _wrong_start(update: OneUpdate) -> Iterator[Suspicion]:
    now, step = shown(update.old), update.step_text
    yield Suspicion("second-step.one-step-too-few", update.old, unchanged(update))
    for iteration in range(update.before - 1, max(-1, update.before - _MOST_STEPS_BACK), -1):
        older = update.parameter_at(iteration)
        yield Suspicion(
            "second-step.restarted-from-w0",
            minus(older, update.step),
            f"This step starts where the one before ended, at {now}, not at {shown(older)}.",
        )
        yield Suspicion(
            "second-step.one-step-too-few",
            older,
            f"That is {shown(older)}. Go on from there until {now}, and take {step} away from it.",
        )


def _too_many(update: OneUpdate) -> Iterator[Suspicion]:
    following = _one_more(update)
    if following is not None:
        yield Suspicion(
            "second-step.one-step-too-many",
            following,
            f"That is one step more than asked. This one ends at {shown(update.old)} − {update.step_text}.",
        )


def _one_more(update: OneUpdate) -> Node | None:
    """Return the parameter after one step more; None where that has no value."""
    situation = update.situation
    after = update.before + 1
    if situation.problem.update is None or after < situation.problem.update.steps:
        following = Cell("parameter", update.name, iteration=after + 1)
        return situation.named(following) if has_value(situation, following) else None
    return _beyond_the_last(update, after)


def _beyond_the_last(update: OneUpdate, after: int) -> Node | None:
    """Return the parameter after one step more than the problem has.

    Its gradient is read off an earlier iteration with the same examples, at the parameters as they are now.
    """
    problem = update.situation.problem
    alike = [iteration for iteration in range(after) if problem.batch(iteration) == problem.batch(after)]
    if not alike:
        return None

    def last(reckoning: Reckoning[N]) -> N:
        places = {name: place_of(reckoning, name, after) for name in problem.parameters}
        there = OtherPoint(reckoning, alike[-1], {name: place.value for name, place in places.items()})
        return moved(reckoning, places[update.name], there.gradient(update.name), after + 1).value

    return worked_out(update.situation, last)


def _jumped(update: OneUpdate) -> Iterator[Suspicion]:
    try:
        lowest = lowest_point(update.situation, update.before)
    except NO_VALUE:
        return
    if update.name in lowest:
        yield Suspicion(
            "second-step.jumped-to-the-minimum",
            number(lowest[update.name]),
            f"That is where {update.situation.problem.objective} is lowest. "
            f"Descent goes there step by step: {shown(update.old)} − {update.step_text}.",
        )
