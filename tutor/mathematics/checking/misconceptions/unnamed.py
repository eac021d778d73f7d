"""Tests for mistakes that have no id: a factor or a term is missing or turned round, another quantity was put in.

They are made where no rule with an id explains the answer, one after the other; see `diagnosis.TESTS`.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.parts import factor_slips, term_slips
from tutor.mathematics.checking.misconceptions.patterns import (
    as_it_is,
    forward_formula,
    places,
    quantity,
    with_child,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    children,
    names,
    rename,
    walk,
)
from tutor.mathematics.notation.limits import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Put

_MOST_PARTS = 120
_MOST_WORK = 3_000
_MOST_EXAMPLES = 6


def _formula(situation: Situation) -> Node | None:
    formula = forward_formula(situation)
    return None if formula is None or sum(1 for _ in walk(formula)) > _MOST_PARTS else formula


def changed_factors(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one factor, power or function is missing, or one factor is counted another way."""
    formula = _formula(situation)
    if formula is None:
        return
    for part, put in _products(formula):
        for wrong, sentence in factor_slips(part):
            yield Suspicion(None, put(wrong), sentence)
    for part, put in places(formula):
        match part:
            case Power(base, raised) if constant(raised) is not None:
                yield Suspicion(None, put(Product((base, raised))), f"{shown(part)} is a power, not a product.")
            case Call(_, (inner,)):
                yield Suspicion(None, put(inner), f"{shown(part)} is needed here: the function is missing.")
            case _:
                continue


def _products(node: Node, put: Put = as_it_is, *, is_inside: bool = False) -> Iterator[tuple[Node, Put]]:
    """Yield the products, quotients and powers that are not part of another one, with their places."""
    is_product = isinstance(node, Product | Quotient | Power)
    if is_product and not is_inside:
        yield node, put
    for place, part in enumerate(children(node)):
        still_inside = is_product or (is_inside and isinstance(node, Negative))
        yield from _products(part, with_child(node, place, put), is_inside=still_inside)


def changed_terms(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one term of a sum is missing or has its sign turned round."""
    formula = _formula(situation)
    if formula is None:
        return
    for part, put in places(formula):
        for wrong, sentence in term_slips(part):
            yield Suspicion(None, put(wrong), sentence)


def replaced_inputs(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where another quantity of the problem was put in for one of the formula."""
    formula = _formula(situation)
    if formula is None:
        return
    used, known = names(formula), _known(situation)
    if len(used) * len(known) * sum(1 for _ in walk(formula)) > _MOST_WORK:
        return
    for name in used:
        for other in dict.fromkeys((*known, *_relatives(situation, name))):
            if other != name:
                yield Suspicion(
                    None,
                    _with(formula, name, other),
                    f"This is what comes out with {other} in the place of {name}.",
                )


def _with(formula: Node, name: str, other: str) -> Node:
    return rename(formula, lambda found: other if found == name else found)


def _known(situation: Situation) -> list[str]:
    """Return what is known before the cell, at its own example and iteration: data, parameters, the steps above it."""
    problem, cell = situation.problem, situation.cell
    found = [situation.at(name).name for name in (*problem.given, *problem.examples, *problem.parameters)]
    above = takewhile(lambda name: name != cell.name, problem.steps)
    return found + [situation.beside("forward", name).name for name in above]


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
