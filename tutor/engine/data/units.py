"""A network that was trained on scaled inputs, told for the inputs in their own units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.data.table import Scaling
    from tutor.engine.network import Network

    Floats = NDArray[np.float64]


def in_own_units(network: Network, parameters: Floats, scaling: Scaling) -> Floats:
    """Return the flat vector of the network that gives for the data's own inputs what this one gives for scaled ones.

    W·(x − mean)/deviation + b is the same as W'·x + b' with W' = W/deviation and b' = b − W'·mean: only the first layer
    changes.
    """
    found = parameters.copy()
    if scaling.is_identity:
        return found
    with np.errstate(all="ignore"):
        weights = network.weights(found, 1)
        weights /= np.array(scaling.deviations)
        network.biases(found, 1)[...] -= weights @ np.array(scaling.means)
    return found
