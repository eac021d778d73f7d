"""Broken rules of differentiation, in a local derivative and in what is carried back through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
from tutor.mathematics.checking.misconceptions.slopes.mistakes import Slips
from tutor.mathematics.checking.misconceptions.slopes.right import plus, times
from tutor.mathematics.notation.expression import Name, Node, rename

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        for slip in _slips(situation).of_whole(problem.steps[consumer].formula):
            wrong = times(*_upstream(situation, consumer), _here(situation, slip.wrong))
            where = "" if consumer == problem.objective else f"In ∂{consumer}/∂{cell.by}: "
            yield Suspicion(slip.id, plus(*others, wrong), where + slip.feedback)


def _slips(situation: Situation) -> Slips:
    return Slips(situation.cell.by, frozenset((*situation.problem.parameters, *situation.problem.steps)))


def _here(situation: Situation, node: Node) -> Node:
    """Return a formula over the names of the file at the place of the cell."""
    return rename(node, lambda name: situation.at(name).name)


def _upstream(situation: Situation, consumer: str) -> list[Name]:
    """Return the derivative that arrives at a step from the objective; none at the objective itself."""
    objective = situation.problem.objective
    return [] if consumer == objective else [situation.beside("total", objective, consumer)]


def _term(situation: Situation, consumer: str) -> Node:
    return times(*_upstream(situation, consumer), situation.beside("direct", consumer, situation.cell.by))
