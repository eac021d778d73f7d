"""Mistakes in one step of one parameter: `w − η·g`, or with what an optimizer puts in place of the gradient."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.one_update import (
    ADAM,
    MOMENTUM,
    OneUpdate,
    has_value,
    minus,
    one_update,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Negative, Product, Quotient, Sum, number

if TYPE_CHECKING:
    from collections.abc import Iterator

# The optimizers have ids of their own for these.
_NAMED_ELSEWHERE = {
    **dict.fromkeys(MOMENTUM, ("step.ascent", "step.learning-rate-forgotten")),
    **dict.fromkeys(ADAM, ("step.ascent",)),
}


def steps(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes of a step, whatever it goes against."""
    update = one_update(situation, "parameter")
    if update is None:
        return
    elsewhere = _NAMED_ELSEWHERE.get(update.rule, ())
    for family in (_wrong_way, _wrong_factor, _wrong_length, _wrong_slope, _not_a_new_value):
        for suspicion in family(update):
            if suspicion.id not in elsewhere:
                yield suspicion


def _wrong_way(update: OneUpdate) -> Iterator[Suspicion]:
    old, d, eta, step = update.old, update.direction, update.eta, update.step
    w, written, name, what = shown(old), update.step_text, update.name, update.what_moves
    yield Suspicion(
        "step.ascent",
        Sum((old, step)),
        f"You moved with the {what}, which climbs. Descent subtracts: {w} − {written}.",
    )
    yield Suspicion(
        "step.gradient-sign-ignored",
        minus(old, Product((eta, Call("abs", (d,))))),
        f"Keep the sign of {update.direction_text}: subtracting a negative number moves {name} up.",
    )
    yield Suspicion(
        "step.order-of-subtraction-reversed",
        minus(step, old),
        f"Start from the old value {w} and take the step {written} away, not the other way round.",
    )


def _wrong_factor(update: OneUpdate) -> Iterator[Suspicion]:
    old, d, eta, what = update.old, update.direction, update.eta, update.what_moves
    slope, written = update.direction_text, update.step_text
    yield Suspicion(
        "step.learning-rate-forgotten",
        minus(old, d),
        f"The step is {written}: η is missing. You took the whole {what}.",
    )
    yield Suspicion("step.only-eta-subtracted", minus(old, eta), f"The step needs the {what} too: {written}.")
    yield Suspicion(
        "step.eta-added-to-the-gradient", minus(old, Sum((eta, d))), f"η and {slope} are multiplied, not added."
    )
    yield Suspicion(
        "step.divided-by-eta",
        minus(old, Quotient(d, eta)),
        f"Multiply {slope} by η. Dividing by η makes the step huge.",
    )
    yield Suspicion(
        "step.bracket-slip",
        Product((minus(old, eta), d)),
        f"Multiply η by {slope} first, and subtract then: {shown(old)} − {written}.",
    )
    yield Suspicion(
        "step.multiplicative-update",
        Product((old, minus(number(1), update.step))),
        f"The step {written} is subtracted from {shown(old)}, not multiplied into it.",
    )


def _wrong_length(update: OneUpdate) -> Iterator[Suspicion]:
    old, step = update.old, update.step
    times: tuple[tuple[str, Fraction, str], ...] = (
        (
            "step-taken-twice",
            Fraction(2),
            f"Only one step is asked for, or the factor 2 of the {update.what_moves} was counted twice.",
        ),
        (
            "learning-rate-ten-times-too-large",
            Fraction(10),
            "Check the decimal point of η: your step is ten times too long.",
        ),
        (
            "learning-rate-ten-times-too-small",
            Fraction(1, 10),
            "Check the decimal point of η: your step is ten times too short.",
        ),
    )
    for identity, factor, feedback in times:
        yield Suspicion(f"step.{identity}", minus(old, Product((number(factor), step))), feedback)
    yield Suspicion(
        "step.only-the-sign-of-the-gradient",
        minus(old, Product((update.eta, Call("sign", (update.direction,))))),
        f"The size of {update.direction_text} matters as well as its sign.",
    )


def _wrong_slope(update: OneUpdate) -> Iterator[Suspicion]:
    """Yield steps along something else than a slope."""
    situation, old, eta, slope = update.situation, update.old, update.eta, update.direction_text
    loss = Cell("forward", situation.problem.objective, iteration=update.before)
    if has_value(situation, loss):
        value = situation.named(loss)
        yield Suspicion(
            "step.loss-used-in-place-of-gradient",
            minus(old, Product((eta, value))),
            f"The step uses the slope {slope}, not the value of {shown(value)} itself.",
        )
    yield Suspicion(
        "step.weight-used-in-place-of-gradient",
        minus(old, Product((eta, old))),
        f"You multiplied η by {shown(old)} itself. The step uses {slope}.",
    )


def _not_a_new_value(update: OneUpdate) -> Iterator[Suspicion]:
    """Yield parts of the step that were given as its result."""
    old, step, name = update.old, update.step, update.name
    w, written = shown(old), update.step_text
    yield Suspicion("step.unchanged", old, unchanged(update))
    yield Suspicion(
        "step.step-given-instead-of-new-value",
        Negative(step),
        f"That is the change of {name}. Add it to the old value, {w}.",
    )
    yield Suspicion(
        "step.step-size-without-sign", step, f"That is only {written}. Subtract it from the old value, {w}."
    )
    for given, text in {update.gradient: shown(update.gradient), update.direction: update.direction_text}.items():
        yield Suspicion(
            "step.gradient-given-as-new-weight",
            given,
            f"That is {text}. The new {name} is the old one, moved a little against it.",
        )


def unchanged(update: OneUpdate) -> str:
    """Return the sentence for an answer that is still the parameter's old value."""
    if update.before:
        return f"That is {shown(update.old)}, the value before this step. Take one more: {update.step_text} away."
    return f"{update.name} has not moved yet. Take the step {update.step_text} away from it."
