"""Why a run broke off: the first number in it that was none any more, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.optimizers import STATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.network import Forward
    from tutor.engine.settings import OptimizerSettings
    from tutor.engine.step import Step

    Floats = NDArray[np.float64]

_ROWS = 8192  # of the training part, looked at together


@dataclass(frozen=True, slots=True)
class Divergence:
    """A run that cannot go on: after which step (0: before the first), what overflowed first, and all in a sentence."""

    step: int
    first: str
    cause: str


def before_any_step() -> Divergence:
    """Return the divergence of a run whose loss is infinite with the starting weights."""
    cause = (
        "The loss is no number before the first step: the inputs, the targets or the starting weights are too large. "
        "Normalise the data, or start with smaller weights."
    )
    return Divergence(0, "the loss", cause)


def diverged(step: Step) -> Divergence:
    """Return why a run diverged in this step, whose parameters were all finite before it."""
    first, value, in_update = _first(step)
    became = "became infinite" if np.isinf(value) else "is no number any more (nan)"
    remedy = _remedy(step, in_update=in_update)
    return Divergence(
        step.number, first, f"The loss is no longer a number after step {step.number}: {first} {became}. {remedy}"
    )


def _first(step: Step) -> tuple[str, float, bool]:
    """Return the first value that is not finite, in the order in which a step works them out; whether in the update."""
    found = _in_forward(step.forward, step.batch)
    if found:
        return *found, False
    if not np.isfinite(step.loss):
        return "the loss", step.loss, False
    names = step.network.names
    found = _entry("the gradient of {}", step.gradient, names)
    if found:
        return *found, False
    for name, row in zip(STATES[step.settings.optimizer.rule], step.state_after, strict=True):
        found = _entry(name + " of {}", row, names)
        if found:
            return *found, True
    found = _entry("{}", step.parameters_after, names)
    return (*found, True) if found else (*_after(step), True)


def _after(step: Step) -> tuple[str, float]:
    """Return the first value of the training part that the new parameters, all finite, make overflow."""
    inputs = step.data.train_inputs
    for begin in range(0, len(inputs), _ROWS):
        rows = inputs[begin : begin + _ROWS]
        with np.errstate(all="ignore"):
            forward = step.network.forward(step.parameters_after, rows)
        found = _in_forward(forward, np.arange(begin, begin + len(rows)))
        if found:
            return found
    return "the loss", np.inf


def _in_forward(forward: Forward, examples: NDArray[np.intp]) -> tuple[str, float] | None:
    for layer, (z, a) in enumerate(zip(forward.pre_activations, forward.activations, strict=True), start=1):
        found = _unit("z", layer, z, examples) or _unit("a", layer, a, examples)
        if found:
            return found
    return None


def _unit(letter: str, layer: int, values: Floats, examples: NDArray[np.intp]) -> tuple[str, float] | None:
    bad = np.argwhere(~np.isfinite(values))
    if not len(bad):
        return None
    row, unit = bad[0]
    return f"{letter}{layer}[{unit + 1}] of example {examples[row] + 1}", float(values[row, unit])


def _entry(pattern: str, values: Floats, names: tuple[str, ...]) -> tuple[str, float] | None:
    bad = np.flatnonzero(~np.isfinite(values))
    return (pattern.format(names[bad[0]]), float(values[bad[0]])) if len(bad) else None


def _remedy(step: Step, *, in_update: bool) -> str:
    optimizer = step.settings.optimizer
    if in_update and _divides_by_zero(step):
        return "With ε = 0 a gradient of 0 is divided by 0. Write a small ε, such as 1e-8."
    if step.number == 1 and not in_update:
        return "The inputs or the starting weights are too large. Normalise the inputs, or start with smaller weights."
    if optimizer.rule in {"momentum", "nesterov"} and optimizer.beta >= 1:
        return f"With β = {optimizer.beta:g} the velocity is never slowed down. Write a β below 1, such as 0.9."
    return f"η = {step.eta:g} is too large for this run. Try η = {step.eta / 10:g}{_or_clip(optimizer)}."


def _divides_by_zero(step: Step) -> bool:
    optimizer = step.settings.optimizer
    return optimizer.rule in {"rmsprop", "adam", "adamw"} and not optimizer.epsilon and not step.state_after[-1].all()


def _or_clip(optimizer: OptimizerSettings) -> str:
    return ", or clip the gradient" if optimizer.clip is None else ""
