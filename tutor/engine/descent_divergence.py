"""Why a descent broke off: the first number in it that was none any more, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.divergence import Divergence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.descent_function import ProblemFunction
    from tutor.engine.descent_step import DescentStep

    Floats = NDArray[np.float64]


def before_any_step(function: ProblemFunction, start: Floats) -> Divergence:
    """Return the divergence of a run whose objective has no value at the start, or one beyond all floats."""
    first, what = _forward(function, start)
    return Divergence(0, first, f"Before any step {what}. Take another start.")


def diverged(step: DescentStep) -> Divergence:
    """Return why a run diverged in this step, in which the objective was finite before it."""
    first, what = _first(step)
    return Divergence(step.number, first, f"After step {step.number} {what}. {_remedy(step)}")


def _first(step: DescentStep) -> tuple[str, str]:
    """Return the first value that is not finite, in the order in which a step works them out, and what it is."""
    function = step.function
    objective = function.problem.objective
    for name, totals in step.evaluation.totals.items():
        if not np.isfinite(totals).all():
            derivative = f"∂{objective}/∂{name}"
            return derivative, f"{derivative} {_what(totals)}"
    for name, value in zip(function.parameters, step.parameters_after, strict=True):
        if not np.isfinite(value):
            return name, f"{name} {_what(np.atleast_1d(value))}"
    return _forward(function, step.parameters_after)


def _forward(function: ProblemFunction, parameters: Floats) -> tuple[str, str]:
    """Return the first step of the forward pass that is not finite, and what it is."""
    for name, values in function.evaluate(parameters).steps.items():
        if not np.isfinite(values).all():
            return name, f"{name} = “{function.problem.steps[name].text}” {_what(values)}"
    objective = function.problem.objective
    return objective, f"the {function.reduce} of {objective} over the examples is beyond all floats"


def _what(values: Floats) -> str:
    first = values[~np.isfinite(values)][0]
    return "has no value" if np.isnan(first) else "is infinite: beyond all floats, or divided by 0"


def _remedy(step: DescentStep) -> str:
    settings = step.settings
    if settings.rule in {"rmsprop", "adam", "adamw"} and not settings.epsilon and not step.state_after[-1].all():
        return "With ε = 0 a gradient of 0 is divided by 0. Write a small ε, such as 1e-8."
    return f"η = {step.eta:g} may be too large here: try η = {step.eta / 10:g}, or another start."
