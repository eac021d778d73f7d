"""Naming the mistake: every family of rules is asked, and what gives the learner's value is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions import (
    batches,
    chain,
    classifiers,
    gates,
    networks,
    numbers,
    squares,
    update,
)
from tutor.mathematics.checking.misconceptions.slopes import local
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
    networks.deltas,
    networks.weights,
    networks.through_weights,
    classifiers.binary,
    classifiers.categorical,
    classifiers.softmax_slopes,
    squares.squared_error_slope,
    local.local_slope,
    chain.paths,
    chain.links,
    gates.shared_weight,
    gates.gates,
    local.carried_slope,
    gates.gradient_parts,
    numbers.slips,
)


@dataclass(frozen=True)
class Diagnosis:
    """The best explanation, and the ids of every other rule that gives the same value."""

    misconception: str
    also: tuple[str, ...]
    feedback: str


def diagnose(
    situations: Iterable[Situation],
    typed: Value | None,
    matches: Callable[[Value], bool],
    is_right: Callable[[Value], bool],
) -> Diagnosis | None:
    """Return what explains the learner's value, None where no rule gives it.

    `typed` is that value, for a first look in floating point; `matches` tells whether a value is what was typed;
    `is_right` whether it is the right one, which explains nothing.
    """
    found: dict[str, str] = {}
    for situation in situations:
        for suspicion in _suspicions(situation):
            if suspicion.id in found:
                continue
            if situation.is_far(suspicion.wrong, typed):
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
    """Return the most specific explanation; where another of the same rank says something else, both are said."""
    if not found:
        return None
    first, *others = sorted(found, key=_rank)
    feedback = found[first]
    second = next((other for other in others if found[other] != feedback), None)
    if second is not None and _rank(second) == _rank(first):
        feedback = f"Two things would give this. Either: {feedback} Or: {found[second]}"
    return Diagnosis(first, tuple(others), feedback)


# From the particular to the general: a rule about this kind of cell explains more than one about any chain or number.
_GENERAL = ({"links", "paths", "shared-weight"}, {"multiply-gate", "add-gate", "partial"}, {"gradient"}, {"number"})


def _rank(identity: str) -> int:
    operation = identity.partition(".")[0]
    return next((place for place, operations in enumerate(_GENERAL, start=1) if operation in operations), 0)
