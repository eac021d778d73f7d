"""The weights that a network starts with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.error import EngineError
from tutor.engine.random_streams import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.network import Network

    Floats = NDArray[np.float64]


def initial_parameters(network: Network, how: str, seed: int, given: Floats | None = None) -> Floats:
    """Return the flat vector of parameters at the start; biases start at 0 unless they are given.

    - xavier: uniform between ±√(6/(inputs + outputs)) of the layer (Glorot and Bengio 2010)
    - he: normal with standard deviation √(2/inputs) of the layer (He et al. 2015)
    - zero: every weight is 0, so that all units of a layer stay twins
    - given: `given`, as many finite numbers as the network has parameters, in the order of `network.names`

    Raises EngineError where `given` does not fit.
    """
    if how == "given":
        return _given(network, given)
    if given is not None:
        raise EngineError(f"starting weights are given, but the network starts with {how}. Write given for it.")
    parameters = np.zeros(network.parameter_count)
    random = stream(seed, "weights")
    for layer in range(1, network.layers + 1):
        weights = network.weights(parameters, layer)
        units, inputs = weights.shape
        if how == "xavier":
            limit = math.sqrt(6 / (inputs + units))
            weights[...] = random.uniform(-limit, limit, weights.shape)
        elif how == "he":
            weights[...] = random.normal(0, math.sqrt(2 / inputs), weights.shape)
    return parameters


def _given(network: Network, given: Floats | None) -> Floats:
    count = network.parameter_count
    if given is None:
        raise EngineError(f"the starting weights are to be given, and none are. Give {count} numbers, or write xavier.")
    parameters = np.array(given, dtype=np.float64)
    if parameters.shape != (count,):
        raise EngineError(f"{parameters.size} starting weights are given; this network needs {count} numbers.")
    if not np.isfinite(parameters).all():
        name = network.names[int(np.argmin(np.isfinite(parameters)))]
        raise EngineError(f"the starting value of {name} is not a finite number. Give finite numbers only.")
    return parameters
