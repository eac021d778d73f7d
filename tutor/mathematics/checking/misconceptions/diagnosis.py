"""Naming the mistake: every family of rules is asked, and what gives the learner's value is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions import batches, chain, numbers, squares, update
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
    from tutor.mathematics.values.real import Value

FAMILIES: tuple[Callable[[Situation], Iterator[Suspicion]], ...] = (
    update.plain_step,
    update.batch_step,
    batches.batch_gradient,
    squares.squared_error,
    squares.squared_error_slope,
    chain.paths,
    chain.links,
    numbers.slips,
)


@dataclass(frozen=True)
class Diagnosis:
    """The best explanation, and the ids of every other rule that gives the same value."""

    misconception: str
    also: tuple[str, ...]
    feedback: str


def diagnose(
    situations: Iterable[Situation], matches: Callable[[Value], bool], is_right: Callable[[Value], bool]
) -> Diagnosis | None:
    """Return what explains the learner's value, None where no rule gives it.

    `matches` tells whether a value is what was typed; `is_right` whether it is the right one, which explains nothing.
    """
    found: dict[str, str] = {}
    for situation in situations:
        for suspicion in _suspicions(situation):
            if suspicion.id in found:
                continue
            try:
                value = situation.of(suspicion.wrong)
            except (NotDefinedError, TooLargeError):
                continue
            if matches(value) and not is_right(value):
                found[suspicion.id] = suspicion.feedback
        if any(not identity.startswith("number.") for identity in found):
            break
    return _best(found)


def _suspicions(situation: Situation) -> Iterator[Suspicion]:
    for family in FAMILIES:
        yield from family(situation)


def _best(found: dict[str, str]) -> Diagnosis | None:
    if not found:
        return None
    first, *others = found
    feedback = found[first]
    second = next((identity for identity in others if not identity.startswith("number.")), None)
    if second is not None and found[second] != feedback:
        feedback = f"Two things would give this. Either: {feedback} Or: {found[second]}"
    return Diagnosis(first, tuple(others), feedback)
