"""Activation functions of hidden units, with their slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAK = 0.01  # the slope of leaky-relu below 0


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of one number, worked out for whole arrays.

    `value(z)` gives a = φ(z); `slope(z, a)` gives φ′(z), from whichever of z and a makes it shortest.
    """

    name: str
    value: Callable[[Floats], Floats]
    slope: Callable[[Floats, Floats], Floats]


def sigmoid(z: Floats) -> Floats:
    """Return 1/(1 + e^−z); at ±1000 it is 1 and 0. An overflow of e^−z is part of that and means nothing."""
    with np.errstate(over="ignore", under="ignore"):
        return 1 / (1 + np.exp(-z))


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("linear", np.positive, lambda z, _: np.ones_like(z)),
        Activation("square", np.square, lambda z, _: 2 * z),
        Activation("relu", lambda z: np.maximum(z, 0), lambda z, _: np.where(z > 0, 1.0, 0.0)),  # relu′(0) = 0
        Activation("leaky-relu", lambda z: np.maximum(z, LEAK * z), lambda z, _: np.where(z > 0, 1.0, LEAK)),
        Activation("sigmoid", sigmoid, lambda _, a: a * (1 - a)),
        Activation("tanh", np.tanh, lambda _, a: 1 - a * a),
    )
}
