"""What a family of buggy rules gets to see: one cell, its formula, and the values to apply a rule to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.equality.sampling import rough_value
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Node
from tutor.mathematics.presentation import pretty_formula, shown_name
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.values.decimal import float_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem
    from tutor.mathematics.values.real import Value

# Floating point has 15 digits; terms that cancel may cost half of them.
_ERROR = 1e-7


@dataclass(frozen=True)
class Typed:
    """What was typed, in floating point, and how far a value may lie from it that it still stands for."""

    value: float
    slack: float

    def is_far_from(self, found: float) -> bool:
        """Whether a value certainly is not what was typed."""
        return abs(found - self.value) > self.slack + _ERROR * (abs(found) + abs(self.value))


@dataclass(frozen=True)
class Suspicion:
    """What a buggy rule would give: its id (None where the mistake has none), the wrong formula, and what to say."""

    id: str | None
    wrong: Node
    feedback: str


@dataclass(frozen=True)
class Situation:
    """One asked cell, with `value` giving each cell as the learner had it: from the earlier answers, else the truth.

    `is_one_link` tells that the learner has worked out a derivative that this one goes on from. What can go wrong
    before it has not gone wrong here: a slip there is in the answer given there.
    """

    derivation: Derivation
    cell: Cell
    value: Callable[[str], Value]
    is_one_link: bool = False

    @property
    def problem(self) -> Problem:
        """The problem that the cell belongs to."""
        return self.derivation.problem

    @property
    def formula(self) -> Node:
        """The right formula of the cell."""
        return self.derivation.formula(self.cell)

    def of(self, node: Node) -> Value:
        """Return the value of a formula over cells. Raises NotDefinedError where it has none."""
        return evaluate(node, self.value)

    def estimate(self, node: Node) -> float | None:
        """Return the value of a formula in floating point, None where that cannot tell it."""
        try:
            return rough_value(node, self._floats)
        except (ArithmeticError, ValueError, ProblemError):
            return None

    @cached_property
    def _floats(self) -> _Floats:
        return _Floats(self.value)

    def rough(self, identity: str) -> float:
        """Return the value of a cell in floating point."""
        return self._floats[identity]

    def named(self, cell: Cell) -> Name:
        """Return the name of a cell, known to the derivation from now on."""
        self.derivation.formula(cell)
        return Name(cell.id)

    def at(self, name: str) -> Name:
        """Return a name of the file at the cell's own example and iteration."""
        return Name(self.derivation.name_at(name, self.cell.example, self.cell.iteration))

    def beside(self, kind: str, name: str, by: str = "") -> Name:
        """Return a cell of the same example and iteration: a local derivative, a total one, a step."""
        cell = Cell(kind, name, by, "", self.cell.example, self.cell.iteration)  # type: ignore[arg-type]  # a CellKind
        return self.named(cell)


class _Floats(dict[str, float]):
    """The floating-point values of cells, worked out when they are first needed."""

    def __init__(self, value: Callable[[str], Value]) -> None:
        super().__init__()
        self._value = value

    def __missing__(self, identity: str) -> float:
        found = self[identity] = float_of(self._value(identity))
        return found


def shown(node: Node) -> str:
    """Return a formula as the learner sees it."""
    return pretty_formula(node)


def shown_cell(name: Name) -> str:
    """Return a cell's name as the learner sees it."""
    return shown_name(name.name)
