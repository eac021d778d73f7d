"""Losses: one number for how wrong the outputs are, and its slope by each output.

What "mean" means, with N examples of k outputs each, y the outputs and t the targets:

- mse: Σ(y − t)²/(N·k), the mean over every number; with one output that is the course's SSE/N
- sse: Σ(y − t)², nothing is divided
- half-mse: half of mse
- mae: Σ|y − t|/(N·k)
- cross-entropy, binary (one output): −Σ[t·ln p + (1 − t)·ln(1 − p)]/N with p = σ(y)
- cross-entropy, categorical: −Σ t·ln p/N with p = softmax(y), targets one-hot; the terms of one example are added

These are PyTorch's MSELoss, L1Loss, BCEWithLogitsLoss and CrossEntropyLoss. The outputs of a classifier are logits:
sigmoid and softmax belong to the loss, which stays exact at ±1000.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.activations import sigmoid
from tutor.engine.error import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of outputs and targets, both of shape (examples, outputs).

    `total` adds up over all examples and `direction` is the slope of one output, each up to a constant factor: the
    loss is `share`·total, its slope `slope_share`·direction. `prediction` turns outputs into what the network says: the
    numbers themselves, or probabilities.
    """

    name: str
    total: Callable[[Floats, Floats], float]
    direction: Callable[[Floats, Floats], Floats]
    prediction: Callable[[Floats], Floats]
    constant: float = 1.0
    slope_constant: float = 1.0
    is_mean: bool = True

    def share(self, examples: int, outputs: int) -> float:
        """Return the factor that makes the loss of so many examples out of their total."""
        return self.constant / self._count(examples, outputs)

    def slope_share(self, examples: int, outputs: int) -> float:
        """Return the factor that makes the slope by each output out of its direction."""
        return self.slope_constant / self._count(examples, outputs)

    def _count(self, examples: int, outputs: int) -> int:
        if not self.is_mean:
            return 1
        return examples if self.name == CATEGORICAL else examples * outputs

    def value(self, outputs: Floats, targets: Floats) -> float:
        """Return the loss of a batch."""
        return self.share(*outputs.shape) * self.total(outputs, targets)

    def slope(self, outputs: Floats, targets: Floats) -> Floats:
        """Return the derivative of the batch's loss by each output, shape (examples, outputs)."""
        return self.slope_share(*outputs.shape) * self.direction(outputs, targets)


BINARY = "binary cross-entropy"
CATEGORICAL = "categorical cross-entropy"


def softmax(logits: Floats) -> Floats:
    """Return e^y/Σe^y along the last axis; the largest logit is taken away first, so that nothing overflows."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _squares(y: Floats, t: Floats) -> float:
    return float(np.square(y - t).sum())


def _absolutes(y: Floats, t: Floats) -> float:
    return float(np.abs(y - t).sum())


def _binary_surprise(y: Floats, t: Floats) -> float:
    """Add up ln(1 + e^y) − t·y, written so that e^ is only taken of negative numbers."""
    return float((np.maximum(y, 0) - t * y + np.log1p(np.exp(-np.abs(y)))).sum())


def _categorical_surprise(y: Floats, t: Floats) -> float:
    """Add up Σt·(ln Σe^y − y)."""
    shifted = y - y.max(axis=-1, keepdims=True)
    logs = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return float((t * (logs - shifted)).sum())


def _difference(y: Floats, t: Floats) -> Floats:
    return np.asarray(y - t)


_LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("mse", _squares, _difference, np.positive, slope_constant=2.0),
        Loss("sse", _squares, _difference, np.positive, slope_constant=2.0, is_mean=False),
        Loss("half-mse", _squares, _difference, np.positive, constant=0.5),
        Loss("mae", _absolutes, lambda y, t: np.sign(y - t), np.positive),  # the slope of |r| at 0 is taken as 0
        Loss(BINARY, _binary_surprise, lambda y, t: sigmoid(y) - t, sigmoid),
        Loss(CATEGORICAL, _categorical_surprise, lambda y, t: softmax(y) - t, softmax),
    )
}


def loss_for(name: str, kind: str) -> Loss:
    """Return the loss of that name for targets of that kind (regression, binary or categorical).

    Raises EngineError for cross-entropy where targets are numbers.
    """
    if name != "cross-entropy":
        return _LOSSES[name]
    if kind == "regression":
        raise EngineError("cross-entropy needs classes as targets, and these are numbers. Write mse, or another loss.")
    return _LOSSES[BINARY if kind == "binary" else CATEGORICAL]
