"""How a problem puts the examples of a batch together: as their mean or as their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.notation.expression import Name, Node, Quotient, number, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.mathematics.checking.misconceptions.situation import Situation
    from tutor.mathematics.problem import Problem

# A batch that somebody works through by hand.
MOST_EXAMPLES = 16


def is_mean(problem: Problem) -> bool:
    """Whether the problem takes the mean over a batch, not the sum."""
    return problem.update is None or problem.update.reduce == "mean"


def mean(parts: Sequence[Node]) -> Node:
    """Return the mean of the parts."""
    return Quotient(total([*parts]), number(len(parts)))


def reduced(problem: Problem, parts: Sequence[Node]) -> Node:
    """Return the mean or the sum of the parts, as the problem has it."""
    return mean(parts) if is_mean(problem) and len(parts) > 1 else total([*parts])


def parts_of(situation: Situation, cell: Cell) -> list[Name]:
    """Return the cells of the single examples that a cell of a batch is made of."""
    return [
        situation.named(Cell(cell.kind, cell.name, cell.by, cell.state, example, cell.iteration))
        for example in situation.problem.batch(cell.iteration)
    ]


def convention(problem: Problem) -> str:
    """Return the sentence that tells how the problem puts a batch together."""
    return "This problem takes the mean." if is_mean(problem) else "This problem adds the examples up."
