"""Mistakes where several parameters move together: one of them taken for another, or moved before its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.one_update import OneUpdate, minus, one_update
from tutor.mathematics.checking.misconceptions.other_point import OtherPoint, Reckoning, worked_out
from tutor.mathematics.checking.misconceptions.reducing import MOST_EXAMPLES, reduced
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import (
    Negative,
    Node,
    Number,
    Product,
    Sum,
    names,
    product,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

N = TypeVar("N")
_MOST_PARAMETERS = 24
_MOST_NAMED = 3


def together(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes that need a second parameter."""
    update = one_update(situation, "parameter", "state")
    if update is None or not update.uses_gradient or len(situation.problem.parameters) > _MOST_PARAMETERS:
        return
    others = update.others
    if not others:
        return
    if situation.cell.kind == "parameter":
        yield from _taken_for_another(update, others)
    yield from _sequential(update, others)
    yield from _other_gradients(update, others)
    yield from _cross_term_dropped(update)


def _taken_for_another(update: OneUpdate, others: list[OneUpdate]) -> Iterator[Suspicion]:
    for other in others:
        yield Suspicion(
            "together.gradient-of-the-other-weight",
            update.moved_by(other.direction) if update.rule != "adamw" else minus(update.old, other.step),
            f"{other.direction_text} belongs to {other.name}. {update.name} moves by its own, {update.direction_text}.",
        )
        yield Suspicion(
            "together.started-from-the-other-weight",
            minus(other.old, update.step),
            f"The step is right, but it starts at {shown(other.old)}. {update.name} starts at {shown(update.old)}.",
        )


def _other_gradients(update: OneUpdate, others: list[OneUpdate]) -> Iterator[Suspicion]:
    own = shown(update.gradient)
    for other in others:
        yield Suspicion(
            "together.gradient-of-the-other-weight",
            update.with_gradient(other.gradient),
            f"{shown(other.gradient)} belongs to {other.name}. {update.name} moves by its own gradient, {own}.",
        )
    everything = total([update.gradient, *(other.gradient for other in others)])
    yield Suspicion(
        "together.sum-of-partials-used",
        update.with_gradient(everything),
        f"Do not add the partial derivatives up. {update.name} moves by its own, {own}.",
    )


# -- moved before its turn


def _sequential(update: OneUpdate, others: list[OneUpdate]) -> Iterator[Suspicion]:
    """Yield the step whose gradient was worked out after others had moved: those above, all, or those below."""
    order = list(update.situation.problem.parameters)
    own = order.index(update.name)
    above = [other for other in others if order.index(other.name) < own]
    below = [other for other in others if order.index(other.name) > own]
    for moved in (above, others, below):
        if not moved or (moved is others and not (above and below)):
            continue
        gradient = _gradient_after(update, moved)
        if gradient is not None:
            which = ", ".join(shown(other.old) for other in moved) if len(moved) <= _MOST_NAMED else "values"
            yield Suspicion(
                "together.sequential-update",
                update.with_gradient(gradient),
                f"You used values that had moved already. Work every gradient out at the old {which}, and move then.",
            )


def _gradient_after(update: OneUpdate, others: list[OneUpdate]) -> Node | None:
    """Return the gradient at the point where the others have moved; None where it has no value."""

    def gradient(reckoning: Reckoning[N]) -> N:
        values = {other.name: reckoning.known(other.parameter_at(update.before + 1).name) for other in others}
        return OtherPoint(reckoning, update.before, values).gradient(update.name)

    return worked_out(update.situation, gradient)


# -- terms of two parameters


def _cross_term_dropped(update: OneUpdate) -> Iterator[Suspicion]:
    """Yield the step without what the gradient owes to terms that hold another parameter as well."""
    batch = update.batch
    if len(batch) > MOST_EXAMPLES:
        return
    parts = []
    for example in batch or (0,):
        own = _own_terms(update, example)
        if own is None:
            return
        parts.append(own)
    yield Suspicion(
        "together.cross-term-dropped",
        update.with_gradient(reduced(update.situation.problem, parts)),
        f"A term that holds {update.name} and another parameter also belongs in {shown(update.gradient)}.",
    )


def _own_terms(update: OneUpdate, example: int) -> Node | None:
    """Return the terms of the gradient without another parameter in them; None where those are all or none."""
    situation, objective = update.situation, update.situation.problem.objective
    mixed = _mixed_names(update)
    mixed_cells = {situation.derivation.name_at(name, example, update.before) for name in mixed}
    kept: list[Node] = []
    dropped = False
    for consumer in situation.derivation.consumers(update.name):
        direct = Cell("direct", consumer, update.name, "", example, update.before)
        if consumer == objective:
            terms = _terms(situation.derivation.formula(direct))
            own = [term for term in terms if mixed_cells.isdisjoint(names(term))]
            kept.extend(own)
            dropped = dropped or len(own) < len(terms)
        elif consumer in mixed:
            dropped = True
        else:
            upstream = Cell("total", objective, consumer, "", example, update.before)
            kept.append(Product((situation.named(upstream), situation.named(direct))))
    return total(kept) if kept and dropped else None


def _mixed_names(update: OneUpdate) -> set[str]:
    """Return the other parameters, and the steps that depend on one of them."""
    problem = update.situation.problem
    mixed = {name for name in problem.parameters if name != update.name}
    for step in problem.steps.values():
        if not mixed.isdisjoint(step.uses):
            mixed.add(step.name)
    return mixed


def _terms(slope: Node) -> list[Node]:
    """Return the terms of a sum, with a factor before it multiplied into each."""
    match slope:
        case Sum(terms):
            return [part for term in terms for part in _terms(term)]
        case Negative(inner):
            return [Negative(term) for term in _terms(inner)]
        case Product((Number() as factor, *rest)):
            return [Product((factor, term)) for term in _terms(product(rest))]
        case _:
            return [slope]
