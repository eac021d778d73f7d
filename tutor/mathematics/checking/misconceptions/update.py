"""Mistakes in one update of one parameter: `w − η·g`, and its mixtures with batches and earlier steps."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Product,
    Quotient,
    Sum,
    number,
)
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator


def _minus(first: Node, second: Node) -> Node:
    return Sum((first, Negative(second)))


def plain_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes of a plain gradient step."""
    cell = situation.cell
    if cell.kind != "parameter" or not _is_rule(situation, "sgd"):
        return
    old = situation.named(Cell("parameter", cell.name, iteration=cell.iteration - 1))
    gradient = situation.named(Cell("total", situation.problem.objective, cell.name, iteration=cell.iteration - 1))
    eta = hyperparameter("eta")
    yield from _step_mistakes(situation, old, gradient, eta)
    yield from _wrong_start(situation, gradient, eta)
    yield from _other_gradients(situation, old, gradient, eta)


def _is_rule(situation: Situation, *rules: str) -> bool:
    update = situation.problem.update
    return update is not None and update.rule.name in rules


def _step_mistakes(situation: Situation, old: Name, gradient: Name, eta: Name) -> Iterator[Suspicion]:
    w, g, name = shown(old), shown(gradient), situation.cell.name
    step = Product((eta, gradient))
    loss = situation.named(Cell("forward", situation.problem.objective, iteration=situation.cell.iteration - 1))
    ten, tenth = number(10), number(Fraction(1, 10))
    for identity, wrong, feedback in (
        (
            "ascent",
            Sum((old, step)),
            f"You moved with the gradient, which climbs. Descent subtracts: {w} − η·{g}.",
        ),
        ("learning-rate-forgotten", _minus(old, gradient), f"The step is η·{g}, not the whole gradient."),
        ("only-eta-subtracted", _minus(old, eta), f"The step needs the gradient too: η times {g}."),
        (
            "eta-added-to-the-gradient",
            _minus(old, Sum((eta, gradient))),
            f"η and {g} are multiplied, not added.",
        ),
        (
            "step-given-instead-of-new-value",
            Negative(step),
            f"That is the change of {name}. Add it to the old value, {w}.",
        ),
        ("step-size-without-sign", step, f"That is only η·{g}. Subtract it from the old value, {w}."),
        (
            "gradient-given-as-new-weight",
            gradient,
            f"That is the gradient {g}. The new {name} is the old one, moved a little against it.",
        ),
        (
            "divided-by-eta",
            _minus(old, Quotient(gradient, eta)),
            "Multiply the gradient by η; dividing makes the step huge.",
        ),
        (
            "loss-used-in-place-of-gradient",
            _minus(old, Product((eta, loss))),
            f"The step uses the slope {g}, not the value of {shown(loss)} itself.",
        ),
        (
            "weight-used-in-place-of-gradient",
            _minus(old, Product((eta, old))),
            f"You multiplied η by {w} itself. The step uses the gradient {g}.",
        ),
        (
            "multiplicative-update",
            Product((old, _minus(number(1), step))),
            f"The step is subtracted from {w}, not multiplied into it.",
        ),
        ("bracket-slip", Product((_minus(old, eta), gradient)), f"Multiply η by {g} first, then subtract."),
        (
            "gradient-sign-ignored",
            _minus(old, Product((eta, Call("abs", (gradient,))))),
            f"Keep the sign of {g}: subtracting a negative number moves {name} up.",
        ),
        (
            "only-the-sign-of-the-gradient",
            _minus(old, Product((eta, Call("sign", (gradient,))))),
            f"The size of {g} matters as well as its sign.",
        ),
        (
            "learning-rate-ten-times-too-large",
            _minus(old, Product((ten, step))),
            "Check the decimal point of η: your step is ten times too long.",
        ),
        (
            "learning-rate-ten-times-too-small",
            _minus(old, Product((tenth, step))),
            "Check the decimal point of η: your step is ten times too short.",
        ),
        (
            "order-of-subtraction-reversed",
            _minus(step, old),
            f"Start from the old value {w} and take the step away, not the other way round.",
        ),
        ("unchanged", old, f"{name} has not moved yet: take the step η·{g} away."),
        (
            "step-taken-twice",
            _minus(old, Product((number(2), step))),
            "Only one step is asked for, or the factor 2 of the gradient was counted twice.",
        ),
    ):
        yield Suspicion(f"step.{identity}", wrong, feedback)


def _wrong_start(situation: Situation, gradient: Name, eta: Name) -> Iterator[Suspicion]:
    """Yield mistakes about which step is taken, from where."""
    cell = situation.cell
    if cell.iteration < 2:  # noqa: PLR2004 - there is no step before the first
        return
    before = situation.named(Cell("parameter", cell.name, iteration=cell.iteration - 1))
    older = situation.named(Cell("parameter", cell.name, iteration=cell.iteration - 2))
    stale = situation.named(Cell("total", situation.problem.objective, cell.name, iteration=cell.iteration - 2))
    yield Suspicion(
        "second-step.stale-gradient",
        _minus(before, Product((eta, stale))),
        f"Work the gradient out again at the new point: {shown(stale)} belongs to the point before.",
    )
    yield Suspicion(
        "second-step.restarted-from-w0",
        _minus(older, Product((eta, gradient))),
        f"This step starts where the one before ended, at {shown(before)}.",
    )
    yield Suspicion(
        "second-step.one-step-too-few",
        before,
        f"That is {shown(before)}, the point before this step. Take one more.",
    )


def _other_gradients(situation: Situation, old: Name, gradient: Name, eta: Name) -> Iterator[Suspicion]:
    """Yield steps with another parameter's gradient, or from another parameter."""
    cell, problem = situation.cell, situation.problem
    others = [name for name in problem.parameters if name != cell.name and situation.derivation.path_count(name)]
    for name in others:
        other = situation.named(Cell("parameter", name, iteration=cell.iteration - 1))
        slope = situation.named(Cell("total", problem.objective, name, iteration=cell.iteration - 1))
        yield Suspicion(
            "together.gradient-of-the-other-weight",
            _minus(old, Product((eta, slope))),
            f"{shown(slope)} belongs to {name}. {cell.name} moves by its own gradient, {shown(gradient)}.",
        )
        yield Suspicion(
            "together.started-from-the-other-weight",
            _minus(other, Product((eta, gradient))),
            f"The gradient is right, but the step was taken from {name} instead of {cell.name}.",
        )
    if others:
        slopes = [situation.named(Cell("total", problem.objective, n, iteration=cell.iteration - 1)) for n in others]
        yield Suspicion(
            "together.sum-of-partials-used",
            _minus(old, Product((eta, Sum((gradient, *slopes))))),
            f"Do not add the partial derivatives up. {cell.name} moves by its own, {shown(gradient)}.",
        )


def batch_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes of a step on a batch: a sum for a mean, a mean twice."""
    cell, problem, update = situation.cell, situation.problem, situation.problem.update
    if cell.kind != "parameter" or update is None or not problem.examples or not _is_rule(situation, "sgd"):
        return
    batch = problem.batch(cell.iteration - 1)
    if len(batch) < 2 or update.reduce == "sum":  # noqa: PLR2004 - one example is no batch
        return
    old = situation.named(Cell("parameter", cell.name, iteration=cell.iteration - 1))
    gradient = situation.named(Cell("total", problem.objective, cell.name, iteration=cell.iteration - 1))
    eta, count = hyperparameter("eta"), number(len(batch))
    yield Suspicion(
        "batch-step.summed-gradients",
        _minus(old, Product((eta, count, gradient))),
        f"Average the {len(batch)} gradients before the step: this problem takes the mean.",
    )
    yield Suspicion(
        "batch-step.divided-twice",
        _minus(old, Quotient(Product((eta, gradient)), count)),
        f"{shown(gradient)} is the mean already. Do not divide by {len(batch)} again.",
    )
