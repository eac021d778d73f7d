"""Mistakes in a formula that is asked for as a formula: the rules about values, without any values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions import (
    activations,
    entropies,
    finite_differences,
    layers,
    losses,
    numbers,
    values,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, Typed
from tutor.mathematics.derivation import Derivation
from tutor.mathematics.notation.expression import names
from tutor.mathematics.problem import Problem, ProblemError, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.notation.expression import Node

_FAMILIES = (
    entropies.cross_entropy,
    losses.squared_error,
    activations.softmax_component,
    activations.sigmoid,
    activations.relu,
    layers.neuron,
    finite_differences.central_difference,
    values.norm,
    values.slips,
    numbers.slips,
)
# These look at the sign of a value, which a formula does not have.
_NEED_VALUES = frozenset({"negative-square.minus-survives-the-square"})
_ASKED = "the formula"  # no name of a formula has a space in it


def suspicions_about(reference: Node, answer: Node) -> Iterator[Suspicion]:
    """Yield what broken rules make of a formula, without those that a quick look tells from the answer.

    The formula is made the only step of a problem whose names have some value between 0 and 1.
    """
    point = {name: Fraction(place + 2, 2 * place + 7) for place, name in enumerate(names(reference))}
    step = Step(_ASKED, "", reference, names(reference))
    problem = Problem("", _ASKED, given=point, parameters={}, steps={_ASKED: step})
    derivation = Derivation(problem, {})
    situation = Situation(derivation, Cell("forward", _ASKED), derivation.value)
    wanted = situation.estimate(answer)
    for family in _FAMILIES:
        try:
            yield from (slip for slip in family(situation) if _may_be(situation, slip, wanted))
        except ProblemError:  # the formula has no value at this point
            continue


def _may_be(situation: Situation, slip: Suspicion, wanted: float | None) -> bool:
    found = situation.estimate(slip.wrong)
    is_far = wanted is not None and found is not None and Typed(wanted, 0.0).is_far_from(found)
    return slip.id not in _NEED_VALUES and not is_far
