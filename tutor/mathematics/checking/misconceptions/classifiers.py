"""Mistakes with cross-entropy behind a sigmoid or a softmax, and with the slopes of softmax itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.backward import Back, backward, has_logarithm
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import minus, times
from tutor.mathematics.notation.expression import (
    ONE,
    ZERO,
    Call,
    Name,
    Negative,
    Node,
    Quotient,
    Sum,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def _one_less(node: Node) -> Node:
    return Sum((ONE, Negative(node)))


def binary(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in ∂L/∂z and ∂L/∂p of a binary cross-entropy with p = σ(z)."""
    back = backward(situation)
    cell, problem = situation.cell, situation.problem
    if cell.kind == "direct" and cell.name == problem.objective and has_logarithm(situation, cell.by):
        yield from _by_probability(situation)
        return
    if back is None:
        return
    if back.consumers == (problem.objective,) and has_logarithm(situation, cell.by):
        yield from _by_probability(situation)
    elif len(back.consumers) == 1:
        unit = back.consumers[0]
        if back.activation(unit) == ("sigmoid", cell.by) and has_logarithm(situation, unit):
            yield from _by_logit(back, unit)


def _by_logit(back: Back, unit: str) -> Iterator[Suspicion]:
    situation = back.situation
    upstream, slope = back.upstream(unit), back.local(unit)
    if upstream is None:
        return
    p, z, right = situation.at(unit), situation.at(situation.cell.by), times(upstream, slope)
    name = situation.cell.by
    yield Suspicion("bce-logit.reversed", minus(right), "Prediction minus label, not the other way round.")
    yield Suspicion(
        "bce-logit.sigmoid-slope-applied-twice",
        times(right, p, _one_less(p)),
        f"The slope of the sigmoid has cancelled already in {unit} minus the label.",
    )
    yield Suspicion(
        "bce-logit.stopped-at-p", upstream, f"That is {shown(upstream)}. One more link leads to {name}: {shown(slope)}."
    )
    # right = p − y, so z − y is right − p + z whatever the label is called
    yield Suspicion(
        "bce-logit.pre-activation-used",
        Sum((right, Negative(p), z)),
        f"Use the probability {unit}, after the sigmoid, not {name}.",
    )
    yield Suspicion("bce-logit.factor-2", times(number(2), right), "The factor 2 belongs to the squared error.")


def _by_probability(situation: Situation) -> Iterator[Suspicion]:
    cell = situation.cell
    p = situation.at(cell.by)
    slope = situation.beside("direct", situation.problem.objective, cell.by)
    for label, wrong, counts in (
        (0, Negative(Quotient(ONE, p)), f"ln(1 − {cell.by})"),
        (1, Quotient(ONE, _one_less(p)), f"ln {cell.by}"),
    ):
        yield Suspicion(
            "bce-probability.formula-of-the-other-label",
            wrong,
            f"The label is {label}, so the term with {counts} is the one that counts.",
        )
    # ∂L/∂p·p(1 − p) = p − y: the derivative one link further on
    yield Suspicion(
        "bce-probability.already-at-z",
        times(slope, p, _one_less(p)),
        f"That is the derivative by the score. Stop at {cell.by}.",
    )
    yield Suspicion(
        "bce-probability.inner-minus-lost",
        Negative(Quotient(ONE, _one_less(p))),
        "If the prediction is too high, the derivative is positive: the inside 1 − p has a minus of its own.",
    )


# -- softmax


def _softmax(situation: Situation, step: str) -> tuple[str, dict[str, str]] | None:
    """Return the own score of a softmax component and all scores with their components; None for other steps."""
    problem = situation.problem
    own = _score(problem.steps[step].formula)
    if own is None:
        return None
    components = {}
    for other in problem.steps.values():
        score = _score(other.formula)
        if score is not None:
            components[score] = other.name
    return own, components


def _score(formula: Node) -> str | None:
    match formula:
        case Quotient(Call("exp", (Name(score),)), Sum(terms)) if Call("exp", (Name(score),)) in terms:
            return score
        case Quotient(Call("exp", (Name(score),)), Name()):
            return score
        case _:
            return None


def softmax_slopes(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the local derivatives of a softmax component."""
    cell = situation.cell
    if cell.kind != "direct":
        return
    found = _softmax(situation, cell.name)
    if found is None:
        return
    own, components = found
    p = situation.at(cell.name)
    if cell.by == own:
        yield Suspicion(
            "softmax-own.off-diagonal-rule-used",
            minus(times(p, p)),
            f"{own} also stands on top: its slope is {cell.name}·(1 − {cell.name}).",
        )
        yield Suspicion("softmax-own.probability-given", p, f"The sum below changes too: multiply by 1 − {cell.name}.")
    elif cell.by in components:
        other = situation.at(components[cell.by])
        yield Suspicion(
            "softmax-other.sign-lost", times(p, other), "Raising one score lowers the other probabilities: a minus."
        )
        yield Suspicion(
            "softmax-other.assumed-independent", ZERO, "The components share one sum, so every score acts on every one."
        )
        yield Suspicion(
            "softmax-other.diagonal-rule-used",
            times(p, _one_less(p)),
            f"That is the slope by its own score. By {cell.by} it is −{cell.name}·{components[cell.by]}.",
        )


def categorical(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in ∂L/∂z of a cross-entropy behind a softmax: p − 1 at the label, p elsewhere."""
    back = backward(situation)
    if back is None:
        return
    components: dict[str, str] = {}
    for step in situation.problem.steps:
        found = _softmax(situation, step)
        if found is not None:
            components = found[1]
            break
    if situation.cell.by not in components or not any(
        has_logarithm(situation, component) for component in components.values()
    ):
        return
    yield from _by_score(back, components)


def _by_score(back: Back, components: dict[str, str]) -> Iterator[Suspicion]:
    situation = back.situation
    own = components[situation.cell.by]
    p = situation.at(own)
    right = back.situation.formula
    yield Suspicion("ce-logit.one-hot-not-subtracted", p, "Take 1 away at the true class.")
    yield Suspicion(
        "ce-logit.reversed", minus(right), "Probabilities minus the one-hot label, not the other way round."
    )
    yield Suspicion(
        "ce-logit.only-the-true-class", ZERO, f"The other scores matter as well: by {situation.cell.by} it is {own}."
    )
    yield Suspicion("ce-logit.1-subtracted-everywhere", Sum((p, Negative(ONE))), "Take 1 away only at the true class.")
    yield Suspicion(
        "ce-logit.wrong-class-index", Sum((p, Negative(ONE))), f"{situation.cell.by} is not the score of the label."
    )
