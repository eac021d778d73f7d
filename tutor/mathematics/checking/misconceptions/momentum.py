"""Mistakes with momentum, also in Nesterov's form: the velocity, and the step against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.one_update import MOMENTUM, OneUpdate, minus, one_update
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import ONE, Node, Product, Sum
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETA = hyperparameter("beta")
_REST = minus(ONE, _BETA)


def velocity(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the new velocity."""
    update = one_update(situation, "state")
    if update is not None and update.rule in MOMENTUM:
        yield from _velocities(update)


def _velocities(update: OneUpdate) -> Iterator[Suspicion]:
    v, g = update.state_before("v"), update.gradient
    kept: Node = Product((_BETA, v))
    old, gradient = shown(v), shown(g)
    right = f"β·{old} + {gradient}"
    for identity, wrong, feedback in (
        ("old-velocity-forgotten", g, f"Part of the old velocity carries over: add β·{old}."),
        (
            "other-convention",
            Sum((kept, Product((_REST, g)))),
            f"That is another convention, with (1 − β)·{gradient}. Here the gradient is added in full: {right}.",
        ),
        (
            "beta-on-the-gradient",
            Sum((v, Product((_BETA, g)))),
            f"β scales the old velocity, not the gradient: {right}.",
        ),
        (
            "minus-sign",
            minus(kept, g),
            f"That is another convention. Here {gradient} is added to the velocity, and the step is subtracted later.",
        ),
        (
            "minus-sign",
            minus(kept, Product((update.eta, g))),
            f"That is another convention, with the step −η·{gradient} inside. Here the velocity is {right}.",
        ),
        ("beta-forgotten", Sum((v, g)), f"The old velocity decays: multiply {old} by β."),
        (
            "roles-swapped",
            Sum((Product((_REST, v)), Product((_BETA, g)))),
            f"β belongs to the old velocity: {right}.",
        ),
    ):
        yield Suspicion(f"velocity.{identity}", wrong, feedback)


def momentum_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a parameter that moves with a velocity."""
    update = one_update(situation, "parameter")
    if update is None or update.rule not in MOMENTUM:
        return
    old, d, written = update.old, update.direction, update.step_text
    v, before, g = shown(update.state_after("v")), update.state_before("v"), update.gradient
    yield Suspicion(
        "momentum-step.plain-gradient-used",
        minus(old, Product((update.eta, g))),
        f"Step with the velocity, {v}, not with the bare gradient: {shown(old)} − {written}.",
    )
    yield from _old_velocity(update, before)
    yield Suspicion(
        "momentum-step.learning-rate-missing",
        minus(old, d),
        f"{update.direction_text} still has to be scaled: {written}.",
    )
    yield Suspicion(
        "momentum-step.added", Sum((old, update.step)), f"Subtract the step to go downhill: {shown(old)} − {written}."
    )
    if update.rule == "nesterov":
        yield Suspicion(
            "velocity.beta-forgotten",
            minus(old, Product((update.eta, Sum((g, update.state_after("v")))))),
            f"Nesterov's step looks ahead by β·{v}, not by {v} itself.",
        )
    for suspicion in _velocities(update):
        yield Suspicion(
            suspicion.id, update.with_states({"v": suspicion.wrong}), f"In the velocity: {suspicion.feedback}"
        )


def _old_velocity(update: OneUpdate, before: Node) -> Iterator[Suspicion]:
    v = shown(update.state_after("v"))
    if update.rule == "momentum":
        yield Suspicion(
            "momentum-step.old-velocity-used",
            minus(update.old, Product((update.eta, before))),
            f"{shown(before)} is the velocity of the step before. Refresh it first: {v}.",
        )
        return
    ahead = Sum((update.gradient, Product((_BETA, before))))
    yield Suspicion(
        "momentum-step.old-velocity-used",
        minus(update.old, Product((update.eta, ahead))),
        f"That is the plain step with momentum. Nesterov's looks ahead with the new velocity: {update.step_text}.",
    )
