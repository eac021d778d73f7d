"""Broken rules of differentiation, in a local derivative and in what is carried back through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
from tutor.mathematics.checking.misconceptions.slopes.mistakes import Slips
from tutor.mathematics.checking.misconceptions.slopes.right import has, plus, times
from tutor.mathematics.notation.expression import ZERO, Name, Node, Product, Sum, names, rename

if TYPE_CHECKING:
    from collections.abc import Iterator


# Without the factor beside the variable: at a product on the way back, that is what arrives, passed on unchanged.
_PASSED_ON = frozenset({"partial.y-replaced-by-1", "power.linear-term-became-1"})


def local_slope(situation: Situation) -> Iterator[Suspicion]:
    """Yield the wrong local derivatives of a step."""
    cell = situation.cell
    if cell.kind != "direct":
        return
    for slip in _slips(situation).of_whole(situation.problem.steps[cell.name].formula):
        yield Suspicion(slip.id, _here(situation, slip.wrong), slip.feedback)


def carried_slope(situation: Situation) -> Iterator[Suspicion]:
    """Yield the wrong total derivatives that one wrong local derivative gives, the rest of the chain being right."""
    cell, problem = situation.cell, situation.problem
    if cell.kind != "total" or (problem.examples and not cell.example):
        return
    consumers = situation.derivation.consumers(cell.by)
    for consumer in consumers:
        others = [_term(situation, other) for other in consumers if other != consumer]
        formula = problem.steps[consumer].formula
        at_gate = _factors_beside(formula, cell.by) if consumer != problem.objective else frozenset()
        for slip in _slips(situation, at_gate).of_whole(formula):
            if others and slip.wrong == ZERO:  # nothing comes back this way: a path is missing
                continue
            if at_gate and slip.id in _PASSED_ON:
                continue
            wrong = times(*_upstream(situation, consumer), _here(situation, slip.wrong))
            where = "" if consumer == problem.objective else f"In ∂{consumer}/∂{cell.by}: "
            yield Suspicion(slip.id, plus(*others, wrong), where + slip.feedback)


def _slips(situation: Situation, but: frozenset[str] = frozenset()) -> Slips:
    variables = frozenset((*situation.problem.parameters, *situation.problem.steps))
    return Slips(situation.cell.by, variables - but)


def _factors_beside(formula: Node, name: str) -> frozenset[str]:
    """Return the names that the variable is multiplied by, if it stands in one product of names only.

    Mistakes with those are mistakes at a product on the way back, which have names of their own.
    """
    terms = formula.terms if isinstance(formula, Sum) else (formula,)
    mine = [term for term in terms if has(term, name)]
    if len(mine) != 1 or not isinstance(mine[0], Product) or not all(isinstance(f, Name) for f in mine[0].factors):
        return frozenset()
    return frozenset(names(mine[0])) - {name}


def _here(situation: Situation, node: Node) -> Node:
    """Return a formula over the names of the file at the place of the cell."""
    return rename(node, lambda name: situation.at(name).name)


def _upstream(situation: Situation, consumer: str) -> list[Name]:
    """Return the derivative that arrives at a step from the objective; none at the objective itself."""
    objective = situation.problem.objective
    return [] if consumer == objective else [situation.beside("total", objective, consumer)]


def _term(situation: Situation, consumer: str) -> Node:
    return times(*_upstream(situation, consumer), situation.beside("direct", consumer, situation.cell.by))
