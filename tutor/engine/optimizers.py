"""The update rules, as functions of flat vectors: what one update makes of parameters, gradient and state.

Conventions are PyTorch's; the formulas stand at OptimizerSettings. Sources: Sutskever et al. 2013 (momentum, Nesterov),
Tieleman and Hinton 2012 (RMSprop), Kingma and Ba 2015 (Adam), Loshchilov and Hutter 2019 (AdamW).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.settings import OptimizerSettings

    Floats = NDArray[np.float64]

STATES: dict[str, tuple[str, ...]] = {
    "sgd": (), "momentum": ("v",), "nesterov": ("v",), "rmsprop": ("v",), "adam": ("m", "v"), "adamw": ("m", "v"),
}  # fmt: skip


def start_state(rule: str, count: int) -> Floats:
    """Return the state before any update, all 0: one row of `count` numbers for each name in STATES[rule]."""
    return np.zeros((len(STATES[rule]), count))


def update(  # noqa: PLR0913, PLR0917 - the six things that an update is made of, in the order of its formula
    settings: OptimizerSettings, eta: float, parameters: Floats, gradient: Floats, state: Floats, time: int
) -> tuple[Floats, Floats]:
    """Return the parameters and the state after one update; nothing is changed in place.

    `eta` is the learning rate in force, `time` counts updates from 1 since the state was all 0. The gradient is taken
    as it is: clipping comes before.
    """
    match settings.rule:
        case "sgd":
            return parameters - eta * gradient, state
        case "momentum":
            velocity = settings.beta * state[0] + gradient
            return parameters - eta * velocity, velocity[np.newaxis]
        case "nesterov":
            velocity = settings.beta * state[0] + gradient
            return parameters - eta * (gradient + settings.beta * velocity), velocity[np.newaxis]
        case "rmsprop":
            squares = settings.rho * state[0] + (1 - settings.rho) * gradient**2
            return parameters - eta * gradient / (np.sqrt(squares) + settings.epsilon), squares[np.newaxis]
        case _:
            after = _averages(settings, gradient, state)
            first, second = corrected(settings, after, time)
            moved = parameters - eta * first / (np.sqrt(second) + settings.epsilon)
            if settings.rule == "adamw":
                moved -= eta * settings.weight_decay * parameters
            return moved, after


def _averages(settings: OptimizerSettings, gradient: Floats, state: Floats) -> Floats:
    """Return Adam's running means of the gradient and of its square after an update."""
    m = settings.beta1 * state[0] + (1 - settings.beta1) * gradient
    v = settings.beta2 * state[1] + (1 - settings.beta2) * gradient**2
    return np.stack([m, v])


def corrected(settings: OptimizerSettings, state: Floats, time: int) -> tuple[Floats, Floats]:
    """Return m̂ = m/(1 − β1^t) and v̂ = v/(1 − β2^t) of Adam's state after `time` updates."""
    return state[0] / (1 - settings.beta1**time), state[1] / (1 - settings.beta2**time)
