"""One update of one parameter: what it is made of, and what it would be with another part in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.other_point import NO_VALUE
from tutor.mathematics.checking.misconceptions.situation import shown
from tutor.mathematics.notation.expression import Call, Name, Negative, Node, Product, Quotient, Sum
from tutor.mathematics.update_rules import UpdateFormulas, hyperparameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.checking.misconceptions.situation import Situation

MOMENTUM = frozenset({"momentum", "nesterov"})
ADAM = frozenset({"adam", "adamw"})
_AVERAGES = {"mhat": "m", "vhat": "v"}


def minus(first: Node, *others: Node) -> Node:
    """Return the first formula less the others."""
    return Sum((first, *(Negative(other) for other in others)))


def cell_name(situation: Situation, cell: Cell) -> Name:
    """Return the name of a cell; a starting value stays what is given."""
    return Name(cell.id) if situation.derivation.is_constant(cell.id) else situation.named(cell)


def has_value(situation: Situation, cell: Cell) -> bool:
    """Whether a cell that the asked one does not need has a value at all."""
    try:
        situation.value(cell_name(situation, cell).name)
    except NO_VALUE:
        return False
    return True


@dataclass(frozen=True)
class OneUpdate:
    """The update that makes the asked cell, seen from one parameter."""

    situation: Situation
    name: str

    @property
    def rule(self) -> str:
        """The name of the update rule."""
        update = self.situation.problem.update
        return update.rule.name if update else ""

    @property
    def before(self) -> int:
        """The iteration whose gradient moves the parameter."""
        return self.situation.cell.iteration - 1

    @property
    def old(self) -> Name:
        """The parameter before the update."""
        return self.parameter_at(self.before)

    @property
    def gradient(self) -> Name:
        """The gradient that moves the parameter."""
        return self.gradient_at(self.before)

    @property
    def eta(self) -> Name:
        """The learning rate."""
        return hyperparameter("eta")

    def parameter_at(self, iteration: int) -> Name:
        """Return the parameter after this many updates."""
        return cell_name(self.situation, Cell("parameter", self.name, iteration=iteration))

    def gradient_at(self, iteration: int) -> Name:
        """Return the gradient of the objective, or of the batch's, at an iteration."""
        objective = self.situation.problem.objective
        return self.situation.named(Cell("total", objective, self.name, iteration=iteration))

    def state_before(self, state: str) -> Name:
        """Return the optimizer's state before the update."""
        return cell_name(self.situation, Cell("state", self.name, state=state, iteration=self.before))

    def state_after(self, state: str) -> Name:
        """Return the optimizer's state after the update."""
        return self.situation.named(Cell("state", self.name, state=state, iteration=self.before + 1))

    @property
    def direction(self) -> Node:
        """What the learning rate multiplies: the gradient, the velocity, the scaled moment."""
        match self.rule:
            case "sgd":
                return self.gradient
            case "momentum":
                return self.state_after("v")
            case "nesterov":
                return Sum((self.gradient, Product((hyperparameter("beta"), self.state_after("v")))))
            case "rmsprop":
                return scaled(self.gradient, self.state_after("v"))
            case _:
                moment = self.moment
                return Sum((moment, Product((hyperparameter("weight_decay"), self.old)))) if self.decays else moment

    @property
    def moment(self) -> Node:
        """What Adam steps against: m̂/(√v̂ + ε)."""
        return scaled(self.state_after("mhat"), self.state_after("vhat"))

    @property
    def decays(self) -> bool:
        """Whether the rule shrinks the parameter besides moving it."""
        return self.rule == "adamw"

    @property
    def what_moves(self) -> str:
        """What the direction is called."""
        return {"sgd": "gradient", "momentum": "velocity"}.get(self.rule, "direction")

    @property
    def step(self) -> Node:
        """The learning rate times the direction."""
        return Product((self.eta, self.direction))

    def moved_by(self, direction: Node) -> Node:
        """Return the parameter moved against another direction; a decay is still taken away."""
        changes: list[Node] = [Product((self.eta, direction))]
        if self.decays:
            changes.append(self.decay)
        return minus(self.old, *changes)

    @property
    def decay(self) -> Node:
        """What adamw takes away besides the step: η·λ·w."""
        return Product((self.eta, hyperparameter("weight_decay"), self.old))

    def with_gradient(self, gradient: Node) -> Node:
        """Return the asked cell's formula with another gradient; the states are worked out anew from it."""
        return self._asked(self._formulas({}, gradient))

    def with_states(self, states: Mapping[str, Node]) -> Node:
        """Return the asked cell's formula with other states after the update, and what follows from them."""
        return self._asked(self._formulas(states, None))

    def _asked(self, formulas: UpdateFormulas) -> Node:
        cell = self.situation.cell
        return formulas.state(cell.state) if cell.kind == "state" else formulas.parameter()

    def _formulas(self, states: Mapping[str, Node], gradient: Node | None) -> UpdateFormulas:
        def state(name: str, is_before: bool) -> Node:  # noqa: FBT001 - the protocol of UpdateFormulas
            if is_before:
                return self.state_before(name)
            if name in states:
                return states[name]
            if gradient is not None or _AVERAGES.get(name) in states:
                return formulas.state(name)
            return self.state_after(name)

        new_gradient = self.gradient if gradient is None else gradient
        formulas = UpdateFormulas(self.rule, self.old, new_gradient, state, time=self.before + 1)
        return formulas

    @property
    def others(self) -> list[OneUpdate]:
        """The same update of the other parameters that the objective depends on."""
        situation, problem = self.situation, self.situation.problem
        reached = [name for name in problem.parameters if name != self.name and situation.derivation.path_count(name)]
        gradients = {name: Cell("total", problem.objective, name, iteration=self.before) for name in reached}
        return [OneUpdate(situation, name) for name, cell in gradients.items() if has_value(situation, cell)]

    @property
    def uses_gradient(self) -> bool:
        """Whether the asked cell is made from the gradient, not only from states that were asked before."""
        return self.situation.cell.state not in _AVERAGES

    @property
    def batch(self) -> tuple[int, ...]:
        """The examples that the gradient is made of; none where the problem has no examples."""
        return self.situation.problem.batch(self.before)

    @property
    def direction_text(self) -> str:
        """The direction as the learner sees it, in brackets where it is a sum."""
        g = shown(self.gradient)
        match self.rule:
            case "sgd" | "momentum":
                return shown(self.direction)
            case "nesterov":
                return f"({shown(self.direction)})"
            case "rmsprop":
                return f"{g}/(√{shown(self.state_after('v'))} + ε)"
            case _:
                moment = f"{shown(self.state_after('mhat'))}/(√{shown(self.state_after('vhat'))} + ε)"
                return f"({moment} + λ·{shown(self.old)})" if self.decays else moment

    @property
    def step_text(self) -> str:
        """The learning rate times the direction, as the learner sees it."""
        return f"η·{self.direction_text}"


def one_update(situation: Situation, *kinds: str) -> OneUpdate | None:
    """Return the update that makes the asked cell; None for a cell of other kinds, and for a parameter that rests."""
    cell, problem = situation.cell, situation.problem
    if cell.kind not in kinds or not cell.iteration or problem.update is None:
        return None
    return OneUpdate(situation, cell.name) if situation.derivation.path_count(cell.name) else None


def scaled(top: Node, square: Node) -> Node:
    """Return top/(√square + ε)."""
    return Quotient(top, Sum((Call("sqrt", (square,)), hyperparameter("epsilon"))))
