"""What a family of rules about the backward pass sees: the steps that use the variable, and what arrives from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes.right import times
from tutor.mathematics.notation.expression import Call, Name, Node, Product, Sum, rename, walk

if TYPE_CHECKING:
    from tutor.mathematics.checking.misconceptions.situation import Situation

ACTIVATIONS = frozenset({"sigmoid", "tanh", "relu", "softplus"})


@dataclass(frozen=True)
class Back:
    """The total derivative of one cell, as the sum over the steps that use its variable."""

    situation: Situation
    consumers: tuple[str, ...]

    def upstream(self, step: str) -> Name | None:
        """Return the derivative of the objective by a step; None at the objective, where it is 1."""
        objective = self.situation.problem.objective
        return None if step == objective else self.situation.beside("total", objective, step)

    def local(self, step: str, by: str | None = None) -> Name:
        """Return the local derivative of a step by the variable, or by another name."""
        return self.situation.beside("direct", step, by or self.situation.cell.by)

    def part(self, step: str) -> Node:
        """Return what comes back through one step."""
        upstream = self.upstream(step)
        return self.local(step) if upstream is None else times(upstream, self.local(step))

    def here(self, node: Node) -> Node:
        """Return a formula over the names of the file at the cell's example and iteration."""
        return rename(node, lambda name: self.situation.at(name).name)

    def consumers_of(self, name: str) -> tuple[str, ...]:
        """Return the steps that use a name on the way to the objective."""
        return self.situation.derivation.consumers(name)

    # -- what a step is

    def activation(self, step: str) -> tuple[str, str] | None:
        """Return the function and the pre-activation of a step `a = σ(z)`; None for any other step."""
        found = self.situation.problem.steps.get(step)
        match found.formula if found else None:
            case Call(function, (Name(inside),)) if function in ACTIVATIONS:
                return function, inside
            case _:
                return None

    def weighted(self, step: str) -> dict[str, str] | None:
        """Return, for a step like `w1*h1 + w2*h2 + b`, which input each weight multiplies; None for other steps."""
        found = self.situation.problem.steps.get(step)
        if found is None:
            return None
        pairs: dict[str, str] = {}
        for term in found.formula.terms if isinstance(found.formula, Sum) else (found.formula,):
            match term:
                case Product((Name(first), Name(second))) if self._is_weight_of(first, second):
                    pairs[first] = second
                case Product((Name(first), Name(second))) if self._is_weight_of(second, first):
                    pairs[second] = first
                case Name(name) if name in self.situation.problem.parameters:
                    continue
                case _:
                    return None
        return pairs or None

    def _is_weight_of(self, name: str, entered: str) -> bool:
        """Whether a name is the weight of what it multiplies: the parameter of the two.

        Where both are parameters, a weight is used in one row of its layer, and what it multiplies in every row.
        """
        problem = self.situation.problem
        if name not in problem.parameters or entered not in problem.parameters:
            return name in problem.parameters
        rows, rows_of_entered = (sum(one in step.uses for step in problem.steps.values()) for one in (name, entered))
        return rows == 1 < rows_of_entered


def has_logarithm(situation: Situation, name: str) -> bool:
    """Whether the objective takes logarithms of a name, as cross-entropies do."""
    formula = situation.problem.steps[situation.problem.objective].formula
    return any(isinstance(part, Call) and part.function == "log" and Name(name) in walk(part) for part in walk(formula))


def backward(situation: Situation) -> Back | None:
    """Return what the families see of a total derivative; None for a cell of another kind or of a whole batch."""
    cell = situation.cell
    if cell.kind != "total" or (situation.problem.examples and not cell.example):
        return None
    return Back(situation, situation.derivation.consumers(cell.by))
