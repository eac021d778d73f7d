"""A step of a run as a problem, so that its table can be seen, and worked by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.engine.descent_step import DescentStep
from tutor.engine.error import EngineError
from tutor.engine.hand_table import problem_of
from tutor.engine.optimizers import STATES
from tutor.engine.regularization import norm
from tutor.mathematics.problem import RULES, Problem, Update

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tutor.engine.settings import OptimizerSettings
    from tutor.engine.step import Step
    from tutor.lab.run import Run
    from tutor.mathematics.values.real import Value

    Floats = NDArray[np.float64]

DIGITS = 6
_MOST_CELLS = 80


@dataclass(frozen=True, slots=True)
class HandTable:
    """A step as a problem of one iteration, and sentences about what it leaves out or rounds."""

    step: int
    problem: Problem
    notes: tuple[str, ...]


def hand_table(run: Run, *, is_next: bool = False) -> HandTable:
    """Return the step that a run took last, or the one that it will take next, as a problem.

    Raises EngineError where there is no such step, or it is too large to be worked by hand.
    """
    step = _next(run) if is_next else run.last
    if step is None:
        sentence = run.trouble if is_next and run.trouble else "No step has been taken yet. Take one with s."
        raise EngineError(sentence)
    number = run.steps + is_next
    if isinstance(step, DescentStep):
        return _of_descent(step, number)
    return _of_network(step, number)


def _next(run: Run) -> Step | DescentStep | None:
    """Return the next step, taken and taken back."""
    last, reached = run.last, run.reached
    if not run.step():
        return None
    step = run.last
    run.back()
    run.last, run.reached = last, reached
    return step


def _of_descent(step: DescentStep, number: int) -> HandTable:
    function = step.function
    problem = function.problem
    notes: list[str] = []
    parameters = dict(zip(function.parameters, map(_rounded, step.parameters_before), strict=True))
    if any(float(value) != each for value, each in zip(parameters.values(), step.parameters_before, strict=True)):
        notes.append(f"Numbers with more than {DIGITS} digits are rounded to {DIGITS}.")
    examples = {name: [values[place] for place in step.batch] for name, values in problem.examples.items()}
    reduce = problem.update.reduce if problem.update else "mean"
    if step.settings.clip is not None and norm(step.gradient) > step.settings.clip:
        update = None
        notes.append("The gradient was shortened before the update, so the update is not part of this table.")
    else:
        update = _update(
            step.settings,
            step.eta,
            step.time,
            reduce,
            _state(step.settings.rule, step.state_before, function.parameters),
        )
    return HandTable(
        number,
        replace(
            problem,
            title=f"Step {number} by hand",
            parameters=parameters,
            examples={name: tuple(values) for name, values in examples.items()},
            update=update,
        ),
        tuple(notes),
    )


def _of_network(step: Step, number: int) -> HandTable:
    """Return the whole batch where that can be worked by hand, else its first example alone."""
    cells = len(step.network.names) * 2 + len(step.batch) * (len(step.network.names) + 4 * sum(step.network.sizes))
    whole = cells <= _MOST_CELLS or len(step.batch) == 1
    table = problem_of(step, None if whole else 1)
    problem = table.problem
    notes = [*table.notes]
    if not whole:
        notes.insert(0, f"This is example {int(step.batch[0]) + 1}, the first of {len(step.batch)} in the batch.")
    return HandTable(
        number, replace(problem, title=f"Step {number} by hand", source="a step of a network"), tuple(notes)
    )


def _update(settings: OptimizerSettings, eta: float, time: int, reduce: str, state: Mapping[str, Value]) -> Update:
    rule = RULES[settings.rule]
    hyperparameters = {name: _exact(getattr(settings, name)) for name in rule.needs if name != "eta"}
    return Update(
        rule=rule,
        hyperparameters={"eta": _exact(eta), **hyperparameters},
        reduce=reduce,
        reduce_is_written=True,
        state=state,
        updates_before=time - 1,
    )


def _state(rule: str, numbers: Floats, names: Sequence[str]) -> dict[str, Value]:
    """Return the optimizer's state by the names of its cells, rounded; where it is all 0, nothing."""
    named = {
        f"{state}_{name}": _rounded(float(number))
        for state, row in zip(STATES[rule], numbers, strict=True)
        for name, number in zip(names, row, strict=True)
    }
    return dict(named) if any(named.values()) else {}


def _rounded(value: float) -> Fraction:
    return Fraction(f"{value:.{DIGITS}g}")


def _exact(value: float) -> Fraction:
    """Return the shortest decimal that is read as this number again."""
    return Fraction(repr(float(value)))
