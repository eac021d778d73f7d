"""The arrays that a network's step works in, and the step bound to them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.activations import LEAK
from tutor.engine.regularization import shorten
from tutor.engine.step_code import KEEPS_Z, StepShape, bound_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.network import Network
    from tutor.engine.settings import OptimizerSettings, TrainingSettings
    from tutor.engine.step_code import Step

    Floats = NDArray[np.float64]

_OPERATIONS: dict[str, object] = {
    "multiply": np.multiply, "add": np.add, "subtract": np.subtract, "divide": np.divide, "negative": np.negative,
    "maximum": np.maximum, "sign": np.sign, "exp": np.exp, "tanh": np.tanh, "sqrt": np.sqrt,
    "largest": np.maximum.reduce, "total": np.add.reduce, "sqrt_number": math.sqrt, "shorten": shorten,
    "zero": np.array(0.0), "one": np.array(1.0), "leak": np.array(LEAK),
}  # fmt: skip


_LETTERS = {"values": "a", "slopes": "s", "zs": "z", "factors": "f", "dropped": "d"}
_RECEIVED = "ad"  # what the next layer receives, with a row of ones


class Moving:
    """What a run changes: the parameters and the optimizer's state, in arrays that stay the same objects.

    `moments` holds the gradient in its first row; Adam keeps the squares of it in the second.
    """

    def __init__(self, parameters: Floats, state: Floats) -> None:
        self.parameters = parameters.copy()
        self.state = state.copy()
        self.moments = np.zeros((2, parameters.size))

    @property
    def gradient(self) -> Floats:
        """The gradient that the last step used, penalties and clipping included."""
        gradient: Floats = self.moments[0]
        return gradient

    @property
    def is_finite(self) -> bool:
        """Whether every parameter and every number of the state is finite."""
        return bool(np.isfinite(self.parameters).all()) and bool(np.isfinite(self.state).all())

    def set(self, parameters: Floats, state: Floats) -> None:
        """Take these values over."""
        self.parameters[...] = parameters
        self.state[...] = state


@dataclass(frozen=True, slots=True)
class BuiltStep:
    """A step for one size of batch; `factors` is to be filled with those of dropout, one row for each hidden unit."""

    run: Step
    factors: tuple[Floats, ...]


def build_step(network: Network, settings: TrainingSettings, moving: Moving, examples: int) -> BuiltStep:
    """Return the step of a network for batches of so many examples; it works on the arrays of `moving`."""
    drops = settings.dropout > 0 and network.layers > 1
    layers = _Layers(network, examples, drops=drops)
    optimizer = settings.optimizer
    shape = StepShape(
        layers=network.layers,
        activation=network.activation.name,
        loss=network.loss.name,
        rule=optimizer.rule,
        drops=drops,
        l1=settings.l1 > 0,
        l2=settings.l2 > 0,
        clips=optimizer.clip is not None,
    )
    names = {
        **_OPERATIONS,
        **layers.names(),
        **_blocks(network, moving),
        **_penalties(network, settings),
        **_rule(optimizer, moving),
        "slope_share": np.array(network.loss.slope_share(examples, network.outputs)),
    }
    return BuiltStep(bound_step(shape, names), layers.factor_rows())


class _Layers:
    """The values of the layers for one size of batch: hidden ones side by side in one vector of each kind."""

    def __init__(self, network: Network, examples: int, *, drops: bool) -> None:
        self._network = network
        self._examples = examples
        count = (network.hidden_units + network.layers - 1) * examples
        kinds = ["values", "slopes", *(["zs"] if network.activation.name in KEEPS_Z else [])]
        self._vectors = {kind: np.ones(count) for kind in (*kinds, *(("factors", "dropped") if drops else ()))}

    def _views(self, kind: str) -> list[Floats]:
        """Return a vector's part for each hidden layer, shape (units + 1, examples)."""
        views, begin = [], 0
        for units in self._network.sizes[1:-1]:
            end = begin + (units + 1) * self._examples
            views.append(self._vectors[kind][begin:end].reshape(units + 1, self._examples))
            begin = end
        return views

    def factor_rows(self) -> tuple[Floats, ...]:
        """Return what dropout's factors are written to: an array (units, examples) for each hidden layer."""
        return tuple(view[:-1] for view in self._views("factors")) if "factors" in self._vectors else ()

    def names(self) -> dict[str, object]:
        """Return the layers' arrays by their names in the step."""
        found: dict[str, object] = dict(self._vectors)
        for kind in self._vectors:
            letter = _LETTERS[kind]
            for layer, view in enumerate(self._views(kind), start=1):
                found[f"{letter}{layer}"] = view[:-1]
                if letter in _RECEIVED:
                    found |= {f"{letter.upper()}{layer}": view, f"{letter.upper()}{layer}T": view.T}
        return {**found, **self._deltas()}

    def _deltas(self) -> dict[str, object]:
        """Return e (Wᵀ·δ, with a row for the ones) and δ (the rows above it) of each layer; the last δ is y."""
        sizes, examples = self._network.sizes, self._examples
        y = np.empty((sizes[-1], examples))
        found: dict[str, object] = {"y": y, "column": np.empty(examples)}
        deltas = [y]
        for layer, units in enumerate(sizes[1:-1], start=1):
            e = np.empty((units + 1, examples))
            found[f"e{layer}"] = e
            deltas.insert(layer - 1, e[:-1])
        for layer, delta in enumerate(deltas, start=1):
            found |= {f"delta{layer}": delta, f"delta{layer}_dot": delta.dot}
        return found


def _blocks(network: Network, moving: Moving) -> dict[str, object]:
    found: dict[str, object] = {}
    for layer in range(1, network.layers + 1):
        weights = network.block(moving.parameters, layer)
        found |= {f"W{layer}_dot": weights.dot, f"W{layer}T_dot": weights.T.dot}
        found[f"G{layer}"] = network.block(moving.gradient, layer)
    return found


def _penalties(network: Network, settings: TrainingSettings) -> dict[str, object]:
    weights = network.is_weight.astype(np.float64)
    return {"l1": settings.l1 * weights, "l2": settings.l2 * weights, "limit": settings.optimizer.clip}


def _rule(optimizer: OptimizerSettings, moving: Moving) -> dict[str, object]:
    found: dict[str, object] = {
        "parameters": moving.parameters,
        "g": moving.gradient,
        "work": np.empty(moving.parameters.size),
        "rate": np.array(0.0),
        "beta": np.array(optimizer.beta),
        "rho": np.array(optimizer.rho),
        "rest": np.array(1 - optimizer.rho),
        "epsilon": np.array(optimizer.epsilon),
    }
    if optimizer.rule in {"adam", "adamw"}:
        shares = np.ones_like(moving.moments) * np.array([[1 - optimizer.beta1], [1 - optimizer.beta2]])
        kept = np.ones_like(moving.moments) * np.array([[optimizer.beta1], [optimizer.beta2]])
        m, v = moving.state
        found |= {"m": m, "v": v, "state": moving.state, "kept": kept, "shares": shares, "small": np.array(0.0)}
        found |= {"squares": moving.moments[1], "moments": moving.moments, "fresh": np.empty_like(moving.moments)}
        found |= {"beta1": optimizer.beta1, "beta2": optimizer.beta2, "epsilon": optimizer.epsilon}
        found["decay"] = optimizer.weight_decay
    elif len(moving.state):
        found["v"] = moving.state[0]
    return found
