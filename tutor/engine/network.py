"""A dense network: how its parameters lie in one flat vector, what they are called, forward and backward pass.

Layer l turns the activations a of layer l − 1 into z = W·a + b and then φ(z); layer 0 is the inputs. In the flat
vector each layer is a block of shape (units, inputs + 1), row after row: a row holds the weights of one unit and, last,
its bias. `W2[3,1]` is the weight of layer 2 into its unit 3 from unit 1 of layer 1, `b2[3]` the bias of that unit; all
count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tutor.engine.activations import ACTIVATIONS, Activation
from tutor.engine.losses import Loss, loss_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tutor.engine.data.table import Dataset
    from tutor.engine.settings import NetworkSettings

    Floats = NDArray[np.float64]

_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Forward:
    """The values of one forward pass, for each layer from 1 on, each of shape (examples, units).

    `activations` are as the next layer receives them, so after dropout; those of the last layer are its outputs.
    `factors` are what dropout multiplied them by, empty without dropout.
    """

    pre_activations: tuple[Floats, ...]
    activations: tuple[Floats, ...]
    factors: tuple[Floats, ...] = ()

    @property
    def outputs(self) -> Floats:
        """What the last layer gives: numbers, or logits."""
        return self.activations[-1]


@dataclass(frozen=True)
class Network:
    """The shape of a network and its functions; parameters are given to it as one flat vector.

    `sizes` are the numbers of inputs, of units of each hidden layer, and of outputs.
    """

    sizes: tuple[int, ...]
    activation: Activation
    loss: Loss

    @property
    def layers(self) -> int:
        """How many layers have weights."""
        return len(self.sizes) - 1

    @property
    def outputs(self) -> int:
        """How many outputs there are."""
        return self.sizes[-1]

    @property
    def hidden_units(self) -> int:
        """How many hidden units there are, in all layers together."""
        return sum(self.sizes[1:-1])

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each layer's block begins in the flat vector, and where the last one ends."""
        ends = np.cumsum([(inputs + 1) * units for inputs, units in pairwise(self.sizes)])
        return (0, *(int(end) for end in ends))

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return self.offsets[-1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each number of the flat vector, in its order."""
        found: list[str] = []
        for layer, (inputs, units) in enumerate(pairwise(self.sizes), start=1):
            for unit in range(1, units + 1):
                found += [f"W{layer}[{unit},{source}]" for source in range(1, inputs + 1)]
                found.append(f"b{layer}[{unit}]")
        return tuple(found)

    @cached_property
    def is_weight(self) -> NDArray[np.bool_]:
        """Which numbers of the flat vector are weights; the others are biases."""
        marks = np.ones(self.parameter_count, dtype=np.bool_)
        for layer in range(1, self.layers + 1):
            self.block(marks, layer)[:, -1] = False
        return marks

    def block(self, flat: NDArray[_Number], layer: int) -> NDArray[_Number]:
        """Return a view of a flat vector: one layer's rows of weights and bias, shape (units, inputs + 1)."""
        begin, end = self.offsets[layer - 1 : layer + 1]
        return flat[begin:end].reshape(self.sizes[layer], self.sizes[layer - 1] + 1)

    def weights(self, flat: Floats, layer: int) -> Floats:
        """Return a view of the weights of a layer, shape (units, inputs)."""
        return self.block(flat, layer)[:, :-1]

    def biases(self, flat: Floats, layer: int) -> Floats:
        """Return a view of the biases of a layer, shape (units,)."""
        return self.block(flat, layer)[:, -1]

    def forward(self, parameters: Floats, inputs: Floats, factors: Sequence[Floats] = ()) -> Forward:
        """Return every value of a forward pass; `factors` are those of dropout, one array for each hidden layer."""
        pre_activations, activations = [], []
        values = inputs
        for layer in range(1, self.layers + 1):
            values = values @ self.weights(parameters, layer).T + self.biases(parameters, layer)
            pre_activations.append(values)
            if layer < self.layers:
                values = self.activation.value(values)
                values = values * factors[layer - 1] if factors else values
            activations.append(values)
        return Forward(tuple(pre_activations), tuple(activations), tuple(factors))

    def backward(self, parameters: Floats, targets: Floats, forward: Forward) -> tuple[Floats, ...]:
        """Return the derivative of the batch's loss by every pre-activation: one array a layer, (examples, units)."""
        delta = self.loss.slope(forward.outputs, targets)
        found = [delta]
        for layer in range(self.layers - 1, 0, -1):
            z, a = forward.pre_activations[layer - 1], self.activation.value(forward.pre_activations[layer - 1])
            delta = (delta @ self.weights(parameters, layer + 1)) * self.activation.slope(z, a)
            delta = delta * forward.factors[layer - 1] if forward.factors else delta
            found.append(delta)
        return tuple(reversed(found))

    def gradient(self, inputs: Floats, forward: Forward, deltas: Sequence[Floats]) -> Floats:
        """Return the derivative of the batch's loss by every parameter, as a flat vector."""
        gradient = np.empty(self.parameter_count)
        sources = (inputs, *forward.activations)
        for layer, delta in enumerate(deltas, start=1):
            self.weights(gradient, layer)[...] = delta.T @ sources[layer - 1]
            self.biases(gradient, layer)[...] = delta.sum(axis=0)
        return gradient

    def predict(self, parameters: Floats, inputs: Floats) -> Floats:
        """Return what the network says about inputs of shape (examples, inputs): numbers, or probabilities."""
        return self.loss.prediction(self.forward(parameters, inputs).outputs)


def network_for(settings: NetworkSettings, data: Dataset) -> Network:
    """Return the network of these settings for the inputs and targets of this data.

    Raises EngineError where the loss does not fit the kind of targets.
    """
    sizes = (data.train_inputs.shape[1], *settings.hidden, data.train_targets.shape[1])
    return Network(sizes, ACTIVATIONS[settings.activation], loss_for(settings.loss, data.kind))
