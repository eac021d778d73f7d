"""Tests for mistakes that have no id: a factor or a term is missing or turned round, another quantity was put in.

They are made where no rule with an id explains the answer, one after the other; see `diagnosis.TESTS`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.patterns import (
    Factors,
    as_it_is,
    behind_minus,
    factors,
    forward_formula,
    negated,
    places,
    quantity,
    terms,
    with_child,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    names,
    number,
    rename,
    total,
    walk,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Put

_MOST_PARTS = 120
_MOST_PAIRS = 300
_MOST_EXAMPLES = 6


def _formula(situation: Situation) -> Node | None:
    formula = forward_formula(situation)
    return None if formula is None or sum(1 for _ in walk(formula)) > _MOST_PARTS else formula


def changed_factors(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one factor, power or function is missing, or one factor is counted another way."""
    formula = _formula(situation)
    if formula is None:
        return
    yield from _in_products(formula, as_it_is)
    for part, put in places(formula):
        written = shown(part)
        match part:
            case Power(base, raised) if constant(raised) is not None:
                yield Suspicion(None, put(base), f"The power of {written} is missing.")
                yield Suspicion(None, put(Product((base, raised))), f"{written} is a power, not a product.")
            case Call(_, (inner,)):
                yield Suspicion(None, put(inner), f"{written} is asked here: the function is missing.")
            case _:
                continue


def _in_products(node: Node, put: Put) -> Iterator[Suspicion]:
    """Yield the changes of one factor, from the outermost products inwards."""
    found = factors(node)
    if not isinstance(node, Product | Quotient) or not (found.top or found.bottom):
        for place, part in enumerate(children(node)):
            yield from _in_products(part, with_child(node, place, put))
        return
    size = abs(found.coefficient)
    if size not in {0, 1}:
        without = replace(found, coefficient=found.coefficient / size)
        yield Suspicion(None, put(without.tree), f"The factor {shown(number(size))} is missing: {shown(node)}.")
    for place, factor in enumerate(found.top):
        others = (*found.top[:place], *found.top[place + 1 :])
        for wrong, sentence in (
            (replace(found, top=others), f"The factor {shown(factor)} is missing: {shown(node)}."),
            (replace(found, top=(*found.top, factor)), f"The factor {shown(factor)} is counted twice: {shown(node)}."),
            (
                replace(found, top=others, bottom=(*found.bottom, factor)),
                f"You divided by {shown(factor)}. Multiply by it: {shown(node)}.",
            ),
        ):
            yield Suspicion(None, put(wrong.tree), sentence)
        yield from _in_products(factor, _put_on_top(found, others, put))
    for place, factor in enumerate(found.bottom):
        others = (*found.bottom[:place], *found.bottom[place + 1 :])
        for wrong, sentence in (
            (replace(found, bottom=others), f"Divide by {shown(factor)} too: {shown(node)}."),
            (
                replace(found, top=(*found.top, factor), bottom=others),
                f"You multiplied by {shown(factor)}. Divide by it: {shown(node)}.",
            ),
        ):
            yield Suspicion(None, put(wrong.tree), sentence)
        yield from _in_products(factor, _put_below(found, others, put))


def _put_on_top(found: Factors, others: tuple[Node, ...], put: Put) -> Put:
    return lambda new: put(replace(found, top=(new, *others)).tree)


def _put_below(found: Factors, others: tuple[Node, ...], put: Put) -> Put:
    return lambda new: put(replace(found, bottom=(new, *others)).tree)


def changed_terms(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one term of a sum is missing or has its sign turned round."""
    formula = _formula(situation)
    if formula is None:
        return
    for part, put in places(formula):
        added = terms(part) if isinstance(part, Sum) else []
        for place, term in enumerate(added):
            others = [*added[:place], *added[place + 1 :]]
            written = shown(behind_minus(term) or term)
            yield Suspicion(None, put(total(others)), f"The term {written} is missing: {shown(part)}.")
            yield Suspicion(
                None, put(total([negated(term), *others])), f"The sign of {written} is turned round: {shown(part)}."
            )


def replaced_inputs(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where another quantity of the problem was put in for one of the formula."""
    formula = _formula(situation)
    if formula is None:
        return
    used = names(formula)
    known = _known(situation)
    if len(used) * len(known) > _MOST_PAIRS:
        return
    for name in used:
        for other in dict.fromkeys((*known, *_relatives(situation, name))):
            if other != name:
                yield Suspicion(
                    None,
                    rename(formula, lambda found, name=name, other=other: other if found == name else found),  # type: ignore[misc]  # bound now
                    f"This is what comes out with {other} in the place of {name}.",
                )


def _known(situation: Situation) -> list[str]:
    """Return the quantities of the problem at the cell's own example and iteration, without the cell itself."""
    problem, cell = situation.problem, situation.cell
    found = [situation.at(name).name for name in (*problem.given, *problem.examples, *problem.parameters)]
    return found + [situation.beside("forward", name).name for name in problem.steps if name != cell.name]


def _relatives(situation: Situation, name: str) -> Iterator[str]:
    """Yield the same quantity in the other examples of the batch, and before the latest update."""
    problem, cell = situation.problem, situation.cell
    own = quantity(name)
    if own in problem.examples or (own in problem.steps and cell.example):
        for example in problem.batch(cell.iteration)[:_MOST_EXAMPLES]:
            yield _at(situation, own, example, cell.iteration)
    if own in problem.parameters and cell.iteration:
        yield _at(situation, own, 0, cell.iteration - 1)


def _at(situation: Situation, name: str, example: int, iteration: int) -> str:
    identity = situation.derivation.name_at(name, example, iteration)
    if name in situation.problem.steps:
        situation.named(situation.derivation.cell(identity))
    return identity
