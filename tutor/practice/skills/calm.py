"""Choosing among drafts the one with the shortest numbers, and setting targets that an answer misses by a little."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.mathematics.derivation import Derivation
from tutor.mathematics.presentation import digits_of
from tutor.mathematics.problem import ProblemError, read_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.values.real import Value
    from tutor.practice.draft import Draft, Number

_DRAWS: Final = 6
_UGLY: Final = 1_000
_DULL: Final = 4


def forward_values(draft: Draft) -> dict[str, Value]:
    """Return the value of each step of a draft without examples. Raises ProblemError where one has none."""
    derivation = _forward(draft)
    return {name: derivation.value(name) for name in draft.steps}


def _forward(draft: Draft) -> Derivation:
    return Derivation(read_problem(draft.text("A draft"), "a draft"), {})


def calmest(draw: Callable[[], Draft]) -> Draft:
    """Return the draft with the shortest values of several that are drawn; none of them has examples.

    The values 0, 1 and −1 count as long: a link that is lost or used twice goes unseen there. So does a step that
    stands on a kink or has no value.
    """
    return min((draw() for _ in range(_DRAWS)), key=_length)


def _length(draft: Draft) -> int:
    derivation = _forward(draft)
    try:
        values = [derivation.value(name) for name in draft.steps]
        kinks = sum(derivation.note(derivation.cell(name)) is not None for name in draft.steps)
    except ProblemError:
        return _UGLY
    dull = sum(value in {-1, 0, 1} for value in values)
    return sum(digits_of(value) for value in values) + _DULL * dull + _UGLY * kinks


def with_target(draft: Draft, answer: str, gap: Number, target: str = "t") -> Draft:
    """Return the draft with a target that its answer misses by a gap: positive where the answer is too high.

    Raises TypeError for an answer that is not rational.
    """
    value = forward_values(replace(draft, given={**draft.given, target: 0}))[answer]
    if not isinstance(value, Fraction):
        message = f"{answer} is not rational: a target that it misses by {gap} could not be written down"
        raise TypeError(message)
    return replace(draft, given={**draft.given, target: value - gap})
