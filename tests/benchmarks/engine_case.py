"""What the engine's benchmark measures: a network, its data and its rule, and the flat vector that all start with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from tutor.engine.data.table import Dataset, Scaling
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

ETA = 0.001


class Run(Protocol):
    """One way to train; `parameters` are in the engine's order, so that all can be compared."""

    name: str

    def steps(self, count: int) -> None: ...

    def parameters(self) -> Floats: ...


@dataclass(frozen=True)
class Case:
    """A network, a batch and a rule; `wanted` is how many times faster than PyTorch eager the step should be."""

    sizes: tuple[int, ...]
    batch: int
    rule: str
    wanted: float
    batches: int = 200

    @property
    def name(self) -> str:
        return f"{'-'.join(map(str, self.sizes))} tanh, mse, batch {self.batch}, {self.rule}"

    def settings(self) -> TrainingSettings:
        network = NetworkSettings(self.sizes[1:-1], "tanh", "mse")
        return TrainingSettings(network, OptimizerSettings(self.rule, eta=ETA), self.batch, shuffle=False)

    def data(self) -> Dataset:
        random = np.random.default_rng(0)
        count = self.batch * self.batches
        return dataset(random.normal(size=(count, self.sizes[0])), random.normal(size=(count, self.sizes[-1])))


def dataset(inputs: Floats, targets: Floats) -> Dataset:
    """Return arrays as a data set that is all training part."""
    columns, outputs = inputs.shape[1], targets.shape[1]
    empty = np.empty((0, columns)), np.empty((0, outputs))
    names = tuple(f"x{place}" for place in range(columns)), tuple(f"t{place}" for place in range(outputs))
    scaling = Scaling((0.0,) * columns, (1.0,) * columns)
    return Dataset("benchmark", inputs, targets, *empty, *empty, *names, kind="regression", scaling=scaling)


def blocks(sizes: tuple[int, ...], flat: Floats) -> list[tuple[Floats, Floats]]:
    """Return the weights (units, inputs) and biases of each layer of a flat vector."""
    found, begin = [], 0
    for inputs, units in pairwise(sizes):
        block = flat[begin : begin + (inputs + 1) * units].reshape(units, inputs + 1)
        found.append((block[:, :-1], block[:, -1]))
        begin += block.size
    return found
