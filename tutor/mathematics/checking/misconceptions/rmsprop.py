"""Mistakes with RMSprop: the running average of squared gradients, and the step that it scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.adam import mixing_mistakes, squaring_mistakes
from tutor.mathematics.checking.misconceptions.one_update import OneUpdate, one_update, scaled
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Power, Product, Quotient, Sum, number
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator

_RHO, _EPSILON = hyperparameter("rho"), hyperparameter("epsilon")
_TWO = number(2)


def running_average(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the running average v."""
    update = one_update(situation, "state")
    if update is not None and update.rule == "rmsprop":
        yield from _averages(update)


def _averages(update: OneUpdate) -> Iterator[Suspicion]:
    v, g = update.state_before("v"), update.gradient
    yield from squaring_mistakes(_RHO, v, g)
    yield Suspicion(
        "rmsprop-step.sum-instead-of-average",
        Sum((v, Power(g, _TWO))),
        f"That is AdaGrad. RMSprop forgets old gradients: multiply {shown(v)} by ρ and the square by 1 − ρ.",
    )
    yield from mixing_mistakes("adam-m", "ρ", _RHO, v, Power(g, _TWO))


def rmsprop_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a parameter that RMSprop moves."""
    update = one_update(situation, "parameter")
    if update is None or update.rule != "rmsprop":
        return
    yield from _wrong_scaling(update)
    for suspicion in _averages(update):
        name = shown(update.state_after("v"))
        yield Suspicion(suspicion.id, update.with_states({"v": suspicion.wrong}), f"In {name}: {suspicion.feedback}")


def _wrong_scaling(update: OneUpdate) -> Iterator[Suspicion]:
    g, v, old = update.gradient, update.state_after("v"), update.state_before("v")
    square = Power(g, _TWO)
    added = f"That is AdaGrad. RMSprop forgets old gradients with ρ: the average is {shown(v)}."
    for identity, direction, feedback in (
        (
            "rmsprop-step.root-missing",
            Quotient(g, Sum((v, _EPSILON))),
            f"Take the square root of the running average {shown(v)}.",
        ),
        (
            "rmsprop-step.old-average-used",
            scaled(g, old),
            f"{shown(old)} is the average before this step. Refresh it first: {shown(v)}.",
        ),
        ("rmsprop-step.sum-instead-of-average", scaled(g, Sum((old, square))), added),
        ("rmsprop-step.sum-instead-of-average", scaled(g, Sum((v, square))), added),
        (
            "rmsprop-step.epsilon-inside-the-root",
            Quotient(g, Call("sqrt", (Sum((v, _EPSILON)),))),
            "That is another convention. Here ε is added after taking the root.",
        ),
        ("adam-step.scaling-left-out", g, f"Scale the step: divide {shown(g)} by the root of {shown(v)}."),
        (
            "adam-step.multiplied-by-the-root",
            Product((g, Call("sqrt", (v,)))),
            f"Divide by the root of {shown(v)}, so that steep directions take smaller steps.",
        ),
    ):
        yield Suspicion(identity, update.moved_by(direction), feedback)
