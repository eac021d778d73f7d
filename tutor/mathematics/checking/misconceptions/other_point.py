"""The cells of a problem at another point than the one where the learner stands: other parameters, the same data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Number, number
from tutor.mathematics.update_rules import UpdateFormulas
from tutor.mathematics.values.decimal import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.checking.misconceptions.situation import Situation
    from tutor.mathematics.values.real import Value

_OLD, _GRADIENT, _STATE = "old", "gradient", "state "


class OtherPoint:
    """What the cells of one iteration would be if its parameters had other values.

    Everything that depends on the changed parameters is worked out anew; all else is as the learner has it.
    """

    def __init__(self, situation: Situation, iteration: int, parameters: Mapping[str, Value]) -> None:
        """Remember the values of the changed parameters, by their names."""
        self._situation = situation
        self._derivation = situation.derivation
        self._iteration = iteration
        # what each cell has become; None where nothing changes it
        self._changed: dict[str, Value | None] = {
            Cell("parameter", name, iteration=iteration).id: value for name, value in parameters.items()
        }

    def gradient(self, parameter: str, example: int = 0) -> Value:
        """Return the objective's derivative by a parameter, over the batch or for one example.

        Raises NotDefinedError, TooLargeError where it has no value there.
        """
        cell = Cell("total", self._situation.problem.objective, parameter, "", example, self._iteration)
        return self.value(self._situation.named(cell).name)

    def value(self, identity: str) -> Value:
        """Return the value of a cell at this point. Raises NotDefinedError, TooLargeError where it has none."""
        self._work_out(identity)
        return self._known(identity)

    def changes(self, identity: str) -> bool:
        """Whether a cell depends on what is different here."""
        self._work_out(identity)
        return self._changed[identity] is not None

    def _work_out(self, identity: str) -> None:
        stack = [identity]
        while stack:
            current = stack[-1]
            if current in self._changed:
                stack.pop()
            elif self._stays(current):
                self._changed[current] = None
            else:
                inputs = self._derivation.inputs(current)
                waiting = [name for name in inputs if name not in self._changed]
                stack.extend(waiting)
                if not waiting:
                    self._changed[current] = self._computed(current, inputs)

    def _stays(self, identity: str) -> bool:
        if self._derivation.is_constant(identity):
            return True
        cell = self._derivation.cell(identity)
        return cell.kind in {"parameter", "state"} or cell.iteration != self._iteration

    def _computed(self, identity: str, inputs: tuple[str, ...]) -> Value | None:
        if all(self._changed[name] is None for name in inputs):
            return None
        return evaluate(self._derivation.formula(self._derivation.cell(identity)), self._known)

    def _known(self, identity: str) -> Value:
        changed = self._changed[identity]
        return self._situation.value(identity) if changed is None else changed


@dataclass(frozen=True)
class Place:
    """Where one parameter stands, with the optimizer's memory of it."""

    value: Value
    states: Mapping[str, Value] = field(default_factory=dict)


def place_of(situation: Situation, parameter: str, iteration: int) -> Place:
    """Return where a parameter stands after this many updates, as the learner has it."""
    update = situation.problem.update
    states = update.rule.state if update else ()
    return Place(
        _as_learnt(situation, Cell("parameter", parameter, iteration=iteration)),
        {state: _as_learnt(situation, Cell("state", parameter, "", state, 0, iteration)) for state in states},
    )


def _as_learnt(situation: Situation, cell: Cell) -> Value:
    if not situation.derivation.is_constant(cell.id):
        situation.named(cell)
    return situation.value(cell.id)


def moved(situation: Situation, place: Place, gradient: Value, time: int) -> Place:
    """Return where a parameter stands after one more update with this gradient; `time` counts updates from 1.

    Raises NotDefinedError, TooLargeError where that has no value.
    """
    update = situation.problem.update
    if update is None:
        return place
    formulas = UpdateFormulas(
        update.rule.name,
        old=Name(_OLD),
        gradient=Name(_GRADIENT),
        state=lambda name, is_before: Name(_STATE + name) if is_before else formulas.state(name),
        time=time,
    )
    here = {_OLD: place.value, _GRADIENT: gradient}
    here.update({_STATE + name: value for name, value in place.states.items()})

    def look_up(name: str) -> Value:
        return here[name] if name in here else situation.value(name)

    states = {name: evaluate(formulas.state(name), look_up) for name in place.states}
    return Place(evaluate(formulas.parameter(), look_up), states)


def frozen(value: Value) -> Number:
    """Return the value as a number to put into a formula; an irrational one to 20 digits, more than anybody types."""
    return number(value if isinstance(value, Fraction) else Fraction(decimal_text(value)))
