"""What a family of buggy rules gets to see: one cell, its formula, and the values to apply a rule to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.equality.sampling import rough_value
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Node
from tutor.mathematics.presentation import pretty_formula, shown_name
from tutor.mathematics.values.decimal import float_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem
    from tutor.mathematics.values.real import Value

# Answers are typed with 2 digits or more, so what gives one lies within a twentieth of it.
_NEAR = 0.06
_SMALL = 1e-300


@dataclass(frozen=True)
class Suspicion:
    """What a buggy rule would give: its id (None where the mistake has none), the wrong formula, and what to say."""

    id: str | None
    wrong: Node
    feedback: str


@dataclass(frozen=True)
class Situation:
    """One asked cell, with `value` giving each cell as the learner had it: from the earlier answers, else the truth.

    `answered` are the cells that the learner has worked out before.
    """

    derivation: Derivation
    cell: Cell
    value: Callable[[str], Value]
    answered: frozenset[str] = frozenset()
    _rough: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def problem(self) -> Problem:
        """The problem that the cell belongs to."""
        return self.derivation.problem

    @property
    def formula(self) -> Node:
        """The right formula of the cell."""
        return self.derivation.formula(self.cell)

    @property
    def is_one_link(self) -> bool:
        """Whether the learner has worked out a derivative that this one goes on from.

        What can go wrong before it has not gone wrong here: a slip there is in the answer given there.
        """
        return any(
            self.derivation.cell(identity).kind == "total" and self.derivation.depends(self.cell.id, identity)
            for identity in self.answered
        )

    def of(self, node: Node) -> Value:
        """Return the value of a formula over cells. Raises NotDefinedError where it has none."""
        return evaluate(node, self.value)

    def is_far(self, node: Node, typed: Value | None) -> bool:
        """Whether a quick look in floating point shows that the formula does not give what was typed."""
        if typed is None:
            return False
        try:
            found, wanted = rough_value(node, _Floats(self)), float_of(typed)
        except (ArithmeticError, ValueError):
            return False
        return abs(found - wanted) > _NEAR * max(abs(found), abs(wanted), _SMALL)

    def rough(self, identity: str) -> float:
        """Return the value of a cell in floating point."""
        if identity not in self._rough:
            self._rough[identity] = float_of(self.value(identity))
        return self._rough[identity]

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
    """The floating-point values of cells, looked up when they are needed."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation

    def __missing__(self, identity: str) -> float:
        return self._situation.rough(identity)


def shown(node: Node) -> str:
    """Return a formula as the learner sees it."""
    return pretty_formula(node)


def shown_cell(name: Name) -> str:
    """Return a cell's name as the learner sees it."""
    return shown_name(name.name)
