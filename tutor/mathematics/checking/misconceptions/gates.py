"""Mistakes at one node on the way back: at a product, a sum, a weight used twice, one part of a gradient."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.backward import Back, backward
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import has, times
from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF = number(Fraction(1, 2))


def gates(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes where the variable enters a product or a sum of the step that uses it."""
    back = backward(situation)
    if back is None or len(back.consumers) != 1:
        return
    consumer = back.consumers[0]
    upstream = back.upstream(consumer)
    if upstream is None:
        return
    terms = _terms(situation.problem.steps[consumer].formula)
    mine = [term for term in terms if has(term, situation.cell.by)]
    if len(mine) != 1:
        return
    factors = mine[0].factors if isinstance(mine[0], Product) else (mine[0],)
    own = Name(situation.cell.by)
    if own not in factors:
        return
    others = [factor for factor in factors if factor != own]
    if others:
        yield from _multiply_gate(back, upstream, others, alone=len(terms) == 1)
    else:
        yield from _add_gate(back, upstream, [term for term in terms if term != own])


def _terms(formula: Node) -> tuple[Node, ...]:
    return formula.terms if isinstance(formula, Sum) else (formula,)


def _multiply_gate(back: Back, upstream: Name, others: list[Node], *, alone: bool) -> Iterator[Suspicion]:
    situation = back.situation
    own = situation.at(situation.cell.by)
    other = times(*(back.here(factor) for factor in others))
    name, d = situation.cell.by, shown(upstream)
    yield Suspicion(
        "multiply-gate.own-input-used",
        times(upstream, own),
        f"A product sends back its other factor, {shown(other)}, times {d}: not {name} itself.",
    )
    yield Suspicion("multiply-gate.upstream-missing", other, f"That is the local slope. Multiply it by {d} from above.")
    yield Suspicion(
        "multiply-gate.upstream-passed-unchanged",
        upstream,
        f"That is how a sum behaves. A product also brings its other factor, {shown(other)}.",
    )
    yield Suspicion(
        "multiply-gate.added-instead-of-multiplied",
        Sum((upstream, other)),
        f"{d} and the local slope {shown(other)} are multiplied.",
    )
    if alone:
        yield Suspicion(
            "multiply-gate.output-used",
            times(upstream, own, other),
            f"Use the other factor, {shown(other)}, not the product itself.",
        )


def _add_gate(back: Back, upstream: Name, others: list[Node]) -> Iterator[Suspicion]:
    d = shown(upstream)
    if not others:
        return
    yield Suspicion(
        "add-gate.split-in-half", times(upstream, _HALF), f"A sum hands {d} on to every term. It is not divided."
    )
    for other in others:
        written = back.here(other)
        yield Suspicion(
            "add-gate.scaled-by-the-other-input",
            times(upstream, written),
            f"A product would bring the factor {shown(written)}. In a sum the local slope is 1.",
        )
    yield Suspicion("add-gate.local-slope-1-given", number(1), f"The local slope is 1. It still multiplies {d}.")


def shared_weight(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes where several steps use the same parameter."""
    back = backward(situation)
    if back is None or len(back.consumers) < 2 or situation.cell.by not in situation.problem.parameters:  # noqa: PLR2004
        return
    parts = [back.part(consumer) for consumer in back.consumers]
    name = situation.cell.by
    for part, consumer in zip(parts, back.consumers, strict=True):
        yield Suspicion(
            "shared-weight.one-use-only",
            part,
            f"That is what {name} does in {consumer} alone. It is used in {len(parts)} places: add them all.",
        )
    yield Suspicion(
        "shared-weight.averaged",
        Quotient(total(parts), number(len(parts))),
        f"What {name} does in its {len(parts)} places is added, not averaged.",
    )


def gradient_parts(situation: Situation) -> Iterator[Suspicion]:
    """Yield what goes wrong with one component of a gradient: another one, their sum, the whole scaled."""
    cell, problem = situation.cell, situation.problem
    if cell.kind != "total" or cell.by not in problem.parameters:
        return
    reached = [name for name in problem.parameters if situation.derivation.path_count(name)]
    if not 2 <= len(reached) <= 12:  # noqa: PLR2004 - a gradient that a person writes down
        return
    parts = {name: situation.beside("total", cell.name, name) for name in reached}
    own = parts[cell.by]
    for name, part in parts.items():
        if name != cell.by:
            yield Suspicion("gradient.components-swapped", part, f"That is {shown(part)}. {shown(own)} is asked here.")
    first = reached[0]
    if cell.by != first:
        yield Suspicion(
            "gradient.first-component-repeated",
            parts[first],
            f"That is {shown(parts[first])} once more. Differentiate again, with {cell.by} moving.",
        )
    everything: list[Node] = list(parts.values())
    yield Suspicion(
        "gradient.summed-to-one-number",
        total(everything),
        "A gradient has one component for each parameter. Do not add them up.",
    )
    length = Call("sqrt", (total([Power(part, number(2)) for part in everything]),))
    yield Suspicion(
        "gradient.normalised", Quotient(own, length), "You scaled the gradient to length 1. Keep its own length."
    )
    yield Suspicion(
        "gradient.negative-gradient", Negative(own), "That is the direction of descent. The gradient points uphill."
    )
    yield Suspicion(
        "gradient.second-component-missing", number(0), f"{cell.name} changes with {cell.by} too: this is not 0."
    )
