"""One training step, frozen: what it was made of, and every number in it when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.regularization import dropout_factors, penalty, penalty_slope, shorten

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.data.table import Dataset
    from tutor.engine.network import Forward, Network
    from tutor.engine.settings import TrainingSettings

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a run. Only the flat vectors are kept; forward values and gradients are worked out when asked for.

    `number` and `epoch` count from 1; `batch` tells which examples of the training part were used, counted from 0;
    `eta` is the learning rate in force; `time` counts the updates since the optimizer's state was all 0, with this one.
    The state has a row for each name in optimizers.STATES. Values that overflow are inf or nan, without a warning.
    """

    number: int
    epoch: int
    batch: NDArray[np.intp]
    eta: float
    time: int
    parameters_before: Floats
    parameters_after: Floats
    state_before: Floats
    state_after: Floats
    network: Network = field(repr=False)
    settings: TrainingSettings = field(repr=False)
    data: Dataset = field(repr=False)

    @cached_property
    def inputs(self) -> Floats:
        """The inputs of the batch, shape (examples, inputs)."""
        return self.data.train_inputs[self.batch]

    @cached_property
    def targets(self) -> Floats:
        """The targets of the batch, shape (examples, outputs)."""
        return self.data.train_targets[self.batch]

    @cached_property
    def dropout(self) -> tuple[Floats, ...]:
        """What each hidden unit was multiplied by, (examples, units) for each hidden layer; empty without dropout."""
        share, sizes = self.settings.dropout, self.network.sizes[1:-1]
        if not share or not sizes:
            return ()
        factors = dropout_factors(self.settings.seed, self.number - 1, sum(sizes), len(self.batch), share)
        return tuple(rows.T for rows in np.split(factors, np.cumsum(sizes)[:-1]))

    @cached_property
    def forward(self) -> Forward:
        """Pre-activations and activations of each layer, with the parameters before the step."""
        with np.errstate(all="ignore"):
            return self.network.forward(self.parameters_before, self.inputs, self.dropout)

    @cached_property
    def data_loss(self) -> float:
        """The loss of the batch without penalties."""
        with np.errstate(all="ignore"):
            return self.network.loss.value(self.forward.outputs, self.targets)

    @cached_property
    def penalty(self) -> float:
        """What L1 and L2 add to the loss."""
        with np.errstate(all="ignore"):
            weights = self.parameters_before[self.network.is_weight]
            return penalty(weights, self.settings.l1, self.settings.l2)

    @property
    def loss(self) -> float:
        """What the step makes smaller: the loss of the batch with its penalties, before the step."""
        return self.data_loss + self.penalty

    @cached_property
    def deltas(self) -> tuple[Floats, ...]:
        """The derivative of the batch's loss by every pre-activation, (examples, units) for each layer."""
        with np.errstate(all="ignore"):
            return self.network.backward(self.parameters_before, self.targets, self.forward)

    @cached_property
    def gradient(self) -> Floats:
        """The derivative of `loss` by each parameter, as a flat vector, before any clipping."""
        with np.errstate(all="ignore"):
            gradient = self.network.gradient(self.inputs, self.forward, self.deltas)
            weights = self.network.is_weight
            slope = penalty_slope(self.parameters_before[weights], self.settings.l1, self.settings.l2)
            gradient[weights] += slope
        return gradient

    @cached_property
    def clipped_gradient(self) -> Floats:
        """The gradient as the update rule got it: shortened where it was longer than the settings allow."""
        gradient = self.gradient.copy()
        if self.settings.optimizer.clip is not None:
            with np.errstate(all="ignore"):
                shorten(gradient, self.settings.optimizer.clip)
        return gradient

    @cached_property
    def update(self) -> Floats:
        """What was added to each parameter."""
        with np.errstate(all="ignore"):
            return self.parameters_after - self.parameters_before
