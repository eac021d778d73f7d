"""Other conventions than the problem's: ½ before a square or none, mean or sum, another form of the velocity.

A learner who follows one of them is not wrong in the same way as one who breaks a rule. Each convention is told by the
formulas that it changes; what every other cell becomes with it follows from those.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.literals import same
from tutor.mathematics.checking.misconceptions.one_update import MOMENTUM, minus
from tutor.mathematics.checking.misconceptions.reducing import is_mean
from tutor.mathematics.checking.misconceptions.residuals import squared_error
from tutor.mathematics.checking.recomputing import Recomputation
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import ONE, Name, Node, Product, Quotient, Sum, number
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.update_rules import hyperparameter
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tutor.mathematics.checking.answers import OwnAnswer
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem
    from tutor.mathematics.values.real import Value

Kind = Literal["half", "no half", "sum", "mean", "averaged velocity", "step inside", "sign inside"]

_SAID: dict[Kind, str] = {
    "half": "a factor ½ before the square",
    "no half": "no factor ½ before the square",
    "sum": "the sum over the examples",
    "mean": "the mean over the examples",
    "averaged velocity": "the velocity β·v + (1 − β)·g",
    "step inside": "the velocity β·v − η·g, which is added to the parameter",
    "sign inside": "the velocity β·v − g, which is added to the parameter",
}
_IDS: dict[Kind, dict[str, str]] = {
    "half": {"forward": "mse.half-included", "": "mse-weight.factor-2-missing"},
    "no half": {"": "half-square.extra-factor-2"},
    "sum": {
        "forward": "mse.not-averaged",
        "parameter": "batch-step.summed-gradients",
        "": "batch-gradient.summed",
    },
    "mean": {"parameter": "batch-step.divided-twice", "": "mse-weight.divided-by-n-twice"},
    "averaged velocity": {"": "velocity.other-convention"},
    "step inside": {"": "velocity.minus-sign"},
    "sign inside": {"": "velocity.minus-sign"},
}
# what the same thing is called at a bias, and at a weight of a squared error
_ALSO: dict[Kind, tuple[str, ...]] = {"half": ("mse-bias.factor-2-missing",), "sum": ("mse-weight.not-averaged",)}


@dataclass(frozen=True)
class Convention:
    """One other convention in one problem; `is_open` where the problem's file does not decide between the two."""

    kind: Kind
    derivation: Derivation
    is_open: bool

    @property
    def said(self) -> str:
        """What the learner does, in words."""
        return _SAID[self.kind]

    def identity(self, cell: Cell) -> str:
        """Return the id under which the convention is named at a cell."""
        ids = _IDS[self.kind]
        return ids.get(cell.kind, ids[""])

    def names(self, identity: str) -> bool:
        """Whether an id is one of those that name the convention, at whatever cell."""
        return identity in _IDS[self.kind].values() or identity in _ALSO.get(self.kind, ())

    def touches(self, cell: Cell) -> bool:
        """Whether the convention can make a difference in a cell; told from the kind of the cell alone."""
        problem = self.derivation.problem
        is_batch = bool(problem.examples) and not cell.example
        if cell.kind in {"parameter", "state"} and not self.derivation.path_count(cell.name):
            return False
        match self.kind:
            case "half" | "no half":
                is_loss = cell.kind != "forward" or cell.name == problem.objective
                return (is_loss and cell.kind != "direct") or self._is_slope_of_objective(cell)
            case "sum" | "mean":
                return cell.iteration > 0 or (is_batch and cell.kind in {"forward", "total"})
            case _:
                return cell.iteration > 0

    def _is_slope_of_objective(self, cell: Cell) -> bool:
        return cell.kind == "direct" and cell.name == self.derivation.problem.objective

    def world(self, own: Mapping[str, Value]) -> Callable[[str], Value]:
        """Return what every cell is with this convention, and with the learner's own answers in their cells."""
        return (
            Recomputation(self.derivation, self.derivation.value, evaluate, own).with_formulas(self.other_formula).value
        )

    def other_formula(self, cell: Cell) -> Node | None:
        """Return the formula that a cell has in this convention, None where it keeps its own."""
        problem = self.derivation.problem
        is_batch = bool(problem.examples) and not cell.example
        match self.kind:
            case "half" | "no half":
                is_value = cell.kind == "forward" and cell.name == problem.objective and not is_batch
                if not is_value and not self._is_slope_of_objective(cell):
                    return None
                factor = number(Fraction(1, 2) if self.kind == "half" else 2)
                return Product((factor, self.derivation.formula(cell)))
            case "sum" | "mean":
                if not is_batch or cell.kind not in {"forward", "total"}:
                    return None
                count = number(len(problem.batch(cell.iteration)))
                right = self.derivation.formula(cell)
                return Product((count, right)) if self.kind == "sum" else Quotient(right, count)
            case _:
                return self._moved(cell)

    def _moved(self, cell: Cell) -> Node | None:
        """Return the velocity in its other form, and the step that goes with it."""
        if cell.kind not in {"state", "parameter"} or not cell.iteration:
            return None
        problem, beta, eta = self.derivation.problem, hyperparameter("beta"), hyperparameter("eta")
        old = Name(Cell("state", cell.name, state="v", iteration=cell.iteration - 1).id)
        gradient = Name(Cell("total", problem.objective, cell.name, iteration=cell.iteration - 1).id)
        step: Node = Product((eta, gradient)) if self.kind == "step inside" else gradient
        if cell.kind == "state":
            if self.kind == "averaged velocity":
                return Sum((Product((beta, old)), Product((minus(ONE, beta), gradient))))
            return minus(Product((beta, old)), step)
        if self.kind == "averaged velocity":
            return None
        new: Node = Name(Cell("state", cell.name, state="v", iteration=cell.iteration).id)
        if problem.update is not None and problem.update.rule.name == "nesterov":
            new = minus(Product((beta, new)), step)
        before = Name(self.derivation.name_at(cell.name, 0, cell.iteration - 1))
        return Sum((before, new if self.kind == "step inside" else Product((eta, new))))


class Conventions:
    """The other conventions that a problem leaves room for, with what its cells are in each."""

    def __init__(self, derivation: Derivation) -> None:
        """Find which conventions there are in the problem."""
        self.each = tuple(_conventions(derivation))
        self._differences: dict[tuple[Kind, str], bool] = {}
        self._worlds = {convention.kind: convention.world({}) for convention in self.each}

    def value(self, convention: Convention, cell: Cell, own: Mapping[str, Value]) -> Value | None:
        """Return a cell's value in a convention, with the learner's own answers in their cells.

        None where the convention does not touch the cell, and where there is no value.
        """
        if not convention.touches(cell):
            return None
        try:
            convention.derivation.formula(cell)
            return convention.world(own)(cell.id) if own else self._worlds[convention.kind](cell.id)
        except (NotDefinedError, TooLargeError, ProblemError):
            return None

    def shown_by(self, convention: Convention, answered: Mapping[str, OwnAnswer], right: Collection[str]) -> str | None:
        """Return the earlier answer that is right with the convention and only with it, None where there is none.

        `right` are the earlier answers that are right as the problem has it.
        """
        for identity, answer in answered.items():
            if identity in right:
                continue
            others = {other: known.value for other, known in answered.items() if other != identity}
            cell = convention.derivation.cell(identity)
            for own in ({}, others) if others else ({},):
                value = self.value(convention, cell, own)
                if value is not None and answer.fits(value):
                    return identity
        return None

    def contradicted_by(self, convention: Convention, right: Collection[str]) -> bool:
        """Whether the convention would have made a difference in an earlier answer that is right without it."""
        return any(self._differs(convention, identity) for identity in right)

    def _differs(self, convention: Convention, identity: str) -> bool:
        key = (convention.kind, identity)
        if key not in self._differences:
            value = self.value(convention, convention.derivation.cell(identity), {})
            self._differences[key] = value is not None and not same(value, convention.derivation.value(identity))
        return self._differences[key]


def _conventions(derivation: Derivation) -> list[Convention]:
    problem = derivation.problem
    found: list[Convention] = []
    error = squared_error(problem)
    if error is not None and (error.is_plain or error.is_halved):
        found.append(Convention("half" if error.is_plain else "no half", derivation, is_open=False))
    if problem.examples:
        is_open = problem.update is None or not problem.update.reduce_is_written
        found.append(Convention("sum" if is_mean(problem) else "mean", derivation, is_open=is_open))
    if _has_velocity(problem):
        # both are in wide use, and no problem file can say which it means; the sign alone is in use nowhere
        kinds: tuple[tuple[Kind, bool], ...] = (
            ("averaged velocity", True),
            ("step inside", True),
            ("sign inside", False),
        )
        found += [Convention(kind, derivation, is_open) for kind, is_open in kinds]
    return found


def _has_velocity(problem: Problem) -> bool:
    return problem.update is not None and problem.update.rule.name in MOMENTUM
