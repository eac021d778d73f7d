"""The objective of a problem as a function of its parameters, in floats: value, gradient, values on a grid."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.descent_code import Compiler, as_float
from tutor.engine.error import EngineError
from tutor.mathematics.cells import Cell
from tutor.mathematics.notation.expression import Call, Node, rename, walk
from tutor.mathematics.values.decimal import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tutor.engine.descent_code import Code
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp] | Sequence[int]

_MOST_AXES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One forward and one backward pass at some parameters.

    `steps` holds the value of each step and `totals` the derivative of the objective by each step and parameter that
    it depends on, both for each example: arrays of shape (examples,), or of one number where there are no examples.
    `gradient` has one number for each parameter and, like `value`, is the mean or the sum over the examples.
    """

    steps: Mapping[str, Floats]
    totals: Mapping[str, Floats]
    value: float
    gradient: Floats


class ProblemFunction:
    """A problem's objective over the flat vector of its parameters, made of the derivation's own formulas.

    The steps are calculated as they are written, the gradient by a reverse sweep over the derivation's local
    derivatives. `reduce` says how examples are put together: "mean" or "sum".
    """

    def __init__(self, derivation: Derivation) -> None:
        """Make the functions; nothing is calculated yet."""
        problem = derivation.problem
        self.problem = problem
        self.parameters = tuple(problem.parameters)
        self.start = np.array([to_float(value) for value in problem.parameters.values()], dtype=np.float64)
        self.reduce = problem.update.reduce if problem.update else "mean"
        self._slots = {name: slot for slot, name in enumerate(problem.names)}
        compiler = Compiler(self._slots, {name: step.formula for name, step in problem.steps.items()})
        self._forward = {name: compiler.code(step.formula) for name, step in problem.steps.items()}
        self._slopes = _slope_codes(derivation, compiler)
        self._kinks = {name: _kink_codes(step.formula, compiler) for name, step in problem.steps.items()}
        self._given = {self._slots[name]: np.asarray(to_float(value)) for name, value in problem.given.items()}
        self._examples = {
            self._slots[name]: np.array([to_float(value) for value in values])
            for name, values in problem.examples.items()
        }

    @property
    def example_count(self) -> int:
        """How many examples there are; 0 for a problem without a batch."""
        return self.problem.example_count

    # -- at a point

    def value(self, parameters: Floats, examples: Places | None = None) -> float:
        """Return the objective over these examples (from 0; None for all): nan or infinite where it has none."""
        with np.errstate(all="ignore"):
            values = self._values(parameters, self._chosen(examples))
            return self._reduced(values[self._slots[self.problem.objective]], self._count(examples))

    def evaluate(self, parameters: Floats, examples: Places | None = None) -> Evaluation:
        """Return a forward and a backward pass over these examples (counted from 0; None for all)."""
        with np.errstate(all="ignore"):
            values = self._values(parameters, self._chosen(examples))
            totals = self._totals(values)
            count = self._count(examples)
            gradient = [self._reduced(totals[name], count) if name in totals else 0.0 for name in self.parameters]
            objective = values[self._slots[self.problem.objective]]
            return Evaluation(
                steps={name: _spread(values[self._slots[name]], count) for name in self.problem.steps},
                totals={name: _spread(total, count) for name, total in totals.items()},
                value=self._reduced(objective, count),
                gradient=np.array(gradient),
            )

    def gradient(self, parameters: Floats, examples: Places | None = None) -> Floats:
        """Return the derivative of the objective by each parameter over these examples (from 0; None for all)."""
        return self.evaluate(parameters, examples).gradient

    def on_kinks(self, parameters: Floats, examples: Places | None = None) -> tuple[tuple[str, str, int | None], ...]:
        """Return where a step stands exactly on a kink: the step, its function, the example (from 0)."""
        count = self._count(examples)
        found: list[tuple[str, str, int | None]] = []
        with np.errstate(all="ignore"):
            values = self._values(parameters, self._chosen(examples))
            for step, kinks in self._kinks.items():
                for function, least, codes in kinks:
                    zeros = sum((_spread(code(values), count) == 0).astype(int) for code in codes)
                    places = np.flatnonzero(np.asarray(zeros) >= least)
                    names = places if examples is None else np.asarray(examples)[places]
                    found += [(step, function, int(name) if self.example_count else None) for name in names]
        return tuple(found)

    # -- over a region

    def on_grid(self, axes: Mapping[str, Sequence[float]], parameters: Floats) -> Floats:
        """Return the objective over all examples on a grid, for a curve or a surface.

        `axes` gives the places along one or two parameters, in the order across and upwards; the others stay at
        `parameters`. The shape is (places,) for one axis and (places upwards, places across) for two.
        Raises EngineError for a name that is no parameter, and for more than two.
        """
        unknown = [name for name in axes if name not in self.parameters]
        if unknown or not 1 <= len(axes) <= _MOST_AXES:
            raise EngineError(
                f"a picture is drawn over one or two of the parameters {', '.join(self.parameters)}, "
                f"not over {', '.join(axes) or 'none'}."
            )
        moved = dict(zip(axes, np.meshgrid(*axes.values()), strict=True))
        point = [moved.get(name, value) for name, value in zip(self.parameters, parameters, strict=True)]
        shape = np.broadcast_shapes(*(grid.shape for grid in moved.values()))
        total = np.zeros(shape)
        with np.errstate(all="ignore"):
            for example in range(self.example_count) or (None,):
                values = self._values(point, example)
                total += np.broadcast_to(values[self._slots[self.problem.objective]], shape)
        return total / self.example_count if self.example_count and self.reduce == "mean" else total

    # -- the two sweeps

    def _chosen(self, examples: Places | None) -> slice | NDArray[np.intp]:
        return slice(None) if examples is None else np.array(examples, dtype=np.intp)

    def _count(self, examples: Places | None) -> int:
        """Return how many examples are worked on: 1 where the problem has none."""
        if not self.example_count:
            return 1
        return self.example_count if examples is None else len(examples)

    def _values(
        self, parameters: Sequence[Floats] | Floats, chosen: slice | NDArray[np.intp] | int | None
    ) -> list[Floats]:
        """Return the value of every name, in its slot; each an array over the chosen examples, or one number."""
        nothing = np.asarray(np.nan)
        values = [nothing] * len(self._slots)
        for slot, given in self._given.items():
            values[slot] = given
        for slot, column in self._examples.items():
            values[slot] = np.asarray(column[chosen])
        for name, parameter in zip(self.parameters, parameters, strict=True):
            values[self._slots[name]] = np.asarray(parameter)
        for name, code in self._forward.items():
            values[self._slots[name]] = code(values)
        return values

    def _totals(self, values: Sequence[Floats]) -> dict[str, Floats]:
        """Return the derivative of the objective by everything it depends on, from the last step to the first."""
        totals: dict[str, Floats] = {self.problem.objective: np.asarray(1.0)}
        for step in reversed(list(self.problem.steps)):
            upstream = totals.get(step)
            if upstream is not None:
                for name, code in self._slopes[step].items():
                    part = upstream * code(values)
                    totals[name] = totals[name] + part if name in totals else part
        return totals

    def _reduced(self, numbers: Floats, count: int) -> float:
        total = float(_spread(numbers, count).sum())
        return total / count if self.reduce == "mean" else total


def _spread(numbers: Floats, count: int) -> Floats:
    """Return the numbers for each example, also where they are the same for every one."""
    return np.broadcast_to(numbers, (count,))


def to_float(value: Value) -> np.float64:
    """Return the float nearest to an exact value, infinite where that is beyond all floats."""
    return as_float(value) if isinstance(value, Fraction) else np.float64(decimal_text(value))


def _slope_codes(derivation: Derivation, compiler: Compiler) -> dict[str, dict[str, Code]]:
    """Return, for each step, its local derivative by each step and parameter that it uses."""
    problem = derivation.problem
    example = 1 if problem.examples else 0  # the formulas of the first example, its names changed back
    own = {derivation.name_at(name, example, 0): name for name in problem.names}
    variables = {*problem.parameters, *problem.steps}
    return {
        step.name: {
            name: compiler.code(
                rename(derivation.formula(Cell("direct", step.name, name, example=example)), own.__getitem__)
            )
            for name in step.uses
            if name in variables
        }
        for step in problem.steps.values()
    }


def _kink_codes(formula: Node, compiler: Compiler) -> list[tuple[str, int, list[Code]]]:
    """Return for each function with a kink: its name, how many of the numbers must be 0 for it, and these."""
    return [
        (part.function, 2 if part.function in {"max", "min"} else 1, codes)
        for part in walk(formula)
        if isinstance(part, Call) and (codes := compiler.kinks(part))
    ]
