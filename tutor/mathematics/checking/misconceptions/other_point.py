"""The cells of a problem at another point than the one where the learner stands: other parameters, the same data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.recomputing import Recomputation
from tutor.mathematics.equality.sampling import rough_value
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Node, Number, number
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.update_rules import UpdateFormulas
from tutor.mathematics.values.decimal import float_of
from tutor.mathematics.values.real import Real, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.mathematics.checking.misconceptions.situation import Situation

N = TypeVar("N")
NO_VALUE = (ProblemError, ArithmeticError, ValueError)
"""What is raised where a hypothetical cell has no value."""

_OLD, _GRADIENT, _STATE = "old", "gradient", "state "


@dataclass(frozen=True)
class Reckoning(Generic[N]):
    """A way to work cells out: exactly, or in floating point where values are irrational.

    Floating point has 15 digits, more than anybody types of a number without an end, and takes a tenth of the time.
    """

    situation: Situation
    known: Callable[[str], N]
    evaluate: Callable[[Node, Callable[[str], N]], N]


def exactly(situation: Situation) -> Reckoning[Value]:
    """Return the way to work cells out exactly."""
    return Reckoning(situation, situation.value, evaluate)


def roughly(situation: Situation) -> Reckoning[float]:
    """Return the way to work cells out in floating point."""
    return Reckoning(situation, situation.rough, _rough)


class Work(Protocol):
    """Something to work out, in whichever way."""

    def __call__(self, reckoning: Reckoning[N], /) -> N:
        """Return the value. Raises one of NO_VALUE where there is none."""


def worked_out(situation: Situation, work: Work) -> Number | None:
    """Return a hypothetical value as a number to put into a formula, None where it has none.

    It is exact where the asked cell's own value is rational.
    """
    is_rational = isinstance(situation.derivation.value(situation.cell.id), Fraction)
    try:
        value = work(exactly(situation)) if is_rational else work(roughly(situation))
        return number(Fraction(float_of(value) if isinstance(value, Real) else value))
    except NO_VALUE:
        return None


def _rough(node: Node, look_up: Callable[[str], float]) -> float:
    return rough_value(node, _Looked(look_up))


class _Looked(dict[str, float]):
    """A mapping that asks a function."""

    def __init__(self, look_up: Callable[[str], float]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, name: str) -> float:
        return self._look_up(name)


class OtherPoint(Generic[N]):
    """What the cells of one iteration would be if its parameters had other values.

    Everything that depends on the changed parameters is worked out anew; all else is as the learner has it.
    """

    def __init__(self, reckoning: Reckoning[N], iteration: int, parameters: Mapping[str, N]) -> None:
        """Remember the values of the changed parameters, by their names."""
        self._situation = reckoning.situation
        self._iteration = iteration
        changed = {Cell("parameter", name, iteration=iteration).id: value for name, value in parameters.items()}
        derivation = self._situation.derivation
        self._cells = Recomputation(derivation, reckoning.known, reckoning.evaluate, changed).keeping(
            lambda cell: cell.kind in {"parameter", "state"} or cell.iteration != iteration
        )

    def gradient(self, parameter: str, example: int = 0) -> N:
        """Return the objective's derivative by a parameter, over the batch or for one example.

        Raises one of NO_VALUE where it has no value there.
        """
        cell = Cell("total", self._situation.problem.objective, parameter, "", example, self._iteration)
        return self._cells.value(self._situation.named(cell).name)


@dataclass(frozen=True)
class Place(Generic[N]):
    """Where one parameter stands, with the optimizer's memory of it."""

    value: N
    states: Mapping[str, N] = field(default_factory=dict)


def place_of(reckoning: Reckoning[N], parameter: str, iteration: int) -> Place[N]:
    """Return where a parameter stands after this many updates, as the learner has it."""
    situation = reckoning.situation
    update = situation.problem.update

    def known(cell: Cell) -> N:
        if not situation.derivation.is_constant(cell.id):
            situation.named(cell)
        return reckoning.known(cell.id)

    return Place(
        known(Cell("parameter", parameter, iteration=iteration)),
        {
            state: known(Cell("state", parameter, "", state, 0, iteration))
            for state in (update.rule.state if update else ())
        },
    )


def moved(reckoning: Reckoning[N], place: Place[N], gradient: N, time: int) -> Place[N]:
    """Return where a parameter stands after one more update with this gradient; `time` counts updates from 1.

    Raises one of NO_VALUE where that has no value.
    """
    update = reckoning.situation.problem.update
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

    def look_up(name: str) -> N:
        return here[name] if name in here else reckoning.known(name)

    states = {name: reckoning.evaluate(formulas.state(name), look_up) for name in place.states}
    return Place(reckoning.evaluate(formulas.parameter(), look_up), states)
