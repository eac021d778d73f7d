"""How good a network is on a whole part of the data, however large: its loss and its accuracy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.losses import BINARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tutor.engine.data.table import Dataset
    from tutor.engine.network import Network

    Floats = NDArray[np.float64]

_ROWS = 8192  # worked on at once, so that a million examples need no more memory than these


@dataclass(frozen=True, slots=True)
class Losses:
    """The loss on each part after so many epochs, without penalties; nan for a part that has no examples."""

    epoch: int
    train: float
    validation: float
    test: float


def losses_of(network: Network, parameters: Floats, data: Dataset, epoch: int) -> Losses:
    """Return the losses with these parameters."""
    return Losses(
        epoch,
        loss_on(network, parameters, data.train_inputs, data.train_targets),
        loss_on(network, parameters, data.validation_inputs, data.validation_targets),
        loss_on(network, parameters, data.test_inputs, data.test_targets),
    )


def loss_on(network: Network, parameters: Floats, inputs: Floats, targets: Floats) -> float:
    """Return the loss on examples, which may be infinite or nan; nan where there are none."""
    if not len(inputs):
        return math.nan
    with np.errstate(all="ignore"):
        total = sum(network.loss.total(y, t) for y, t in _outputs(network, parameters, inputs, targets))
        return network.loss.share(len(inputs), network.outputs) * total


def accuracy_on(network: Network, parameters: Floats, inputs: Floats, targets: Floats) -> float | None:
    """Return the share of examples whose class is the one that the network gives most; None where there are none.

    With one output, class 1 is given where the probability is above ½ (or the output, for a squared error).
    """
    if not len(inputs):
        return None
    right = 0
    with np.errstate(all="ignore"):
        for outputs, wanted in _outputs(network, parameters, inputs, targets):
            right += int((_classes(network, outputs) == _wanted(wanted)).sum())
    return right / len(inputs)


def _outputs(network: Network, parameters: Floats, inputs: Floats, targets: Floats) -> Iterator[tuple[Floats, Floats]]:
    for begin in range(0, len(inputs), _ROWS):
        rows = slice(begin, begin + _ROWS)
        yield network.forward(parameters, inputs[rows]).outputs, targets[rows]


def _classes(network: Network, outputs: Floats) -> NDArray[np.intp]:
    if network.outputs > 1:
        return np.asarray(outputs.argmax(axis=1))
    boundary = 0.0 if network.loss.name == BINARY else 0.5  # the logit 0 is the probability ½
    return (outputs[:, 0] > boundary).astype(np.intp)


def _wanted(targets: Floats) -> NDArray[np.intp]:
    if targets.shape[1] > 1:
        return np.asarray(targets.argmax(axis=1))
    return targets[:, 0].astype(np.intp)
