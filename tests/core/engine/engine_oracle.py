"""A network trained another way: plain loops over numbers of 50 digits, gradients by central differences.

Nothing here is shared with the engine: no arrays, no backward pass, formulas as the course gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mpmath import mp

DIGITS = 50
NUDGE = "1e-18"

Number = Any  # mpf
Example = tuple[Sequence[float], Sequence[float]]

ACTIVATIONS: dict[str, Callable[[Number], Number]] = {
    "linear": lambda z: z,
    "square": lambda z: z**2,
    "relu": lambda z: max(z, mp.mpf(0)),
    "leaky-relu": lambda z: z if z > 0 else z / 100,
    "sigmoid": lambda z: 1 / (1 + mp.exp(-z)),
    "tanh": mp.tanh,
}


def one_loss(name: str, y: list[Number], t: list[Number]) -> Number:
    """Return the loss of one example, whose mean (sum for sse) is the batch's."""
    squares = sum((a - b) ** 2 for a, b in zip(y, t, strict=True))
    match name:
        case "sse":
            return squares
        case "mse":
            return squares / len(y)
        case "half-mse":
            return squares / (2 * len(y))
        case "mae":
            return sum(abs(a - b) for a, b in zip(y, t, strict=True)) / len(y)
        case "binary":
            p = 1 / (1 + mp.exp(-y[0]))
            return -(t[0] * mp.log(p) + (1 - t[0]) * mp.log(1 - p))
        case _:
            total = sum(mp.exp(each) for each in y)
            return -sum(b * mp.log(mp.exp(a) / total) for a, b in zip(y, t, strict=True))


@dataclass
class Oracle:
    """A network with its rule; `parameters` are moved by `step`. Layout: per unit its weights, then its bias."""

    sizes: tuple[int, ...]
    activation: str
    loss: str
    parameters: list[Number]
    rule: str = "sgd"
    numbers: dict[str, float] = field(default_factory=dict)
    l1: float = 0
    l2: float = 0
    clip: float | None = None
    time: int = 0

    def __post_init__(self) -> None:
        self.parameters = [mp.mpf(float(each)) for each in self.parameters]
        self.m = [mp.mpf(0)] * len(self.parameters)
        self.v = [mp.mpf(0)] * len(self.parameters)

    def outputs(
        self, parameters: list[Number], x: Sequence[float], keeps: Sequence[Sequence[float]] = ()
    ) -> list[Number]:
        values, place = [mp.mpf(float(each)) for each in x], 0
        for layer in range(1, len(self.sizes)):
            received = values
            values = []
            for unit in range(self.sizes[layer]):
                row = parameters[place : place + len(received) + 1]
                place += len(row)
                z = sum((w * a for w, a in zip(row, received, strict=False)), row[-1])
                if layer < len(self.sizes) - 1:
                    z = ACTIVATIONS[self.activation](z) * (mp.mpf(float(keeps[layer - 1][unit])) if keeps else 1)
                values.append(z)
        return values

    def objective(self, parameters: list[Number], batch: Sequence[Example], keeps: Any = None) -> Number:
        total = mp.mpf(0)
        for place, (x, t) in enumerate(batch):
            own = [layer[place] for layer in keeps] if keeps else ()
            total += one_loss(self.loss, self.outputs(parameters, x, own), [mp.mpf(float(each)) for each in t])
        weights = [parameters[place] for place in self.weight_places()]
        penalty = self.l1 * sum(abs(w) for w in weights) + mp.mpf(self.l2) / 2 * sum(w**2 for w in weights)
        return (total if self.loss == "sse" else total / len(batch)) + penalty

    def weight_places(self) -> list[int]:
        places, begin = [], 0
        for inputs, units in zip(self.sizes, self.sizes[1:], strict=False):
            for _ in range(units):
                places += range(begin, begin + inputs)
                begin += inputs + 1
        return places

    def gradient(self, batch: Sequence[Example], keeps: Any = None) -> list[Number]:
        nudge, found = mp.mpf(NUDGE), []
        for place in range(len(self.parameters)):
            sides = []
            for sign in (1, -1):
                moved = list(self.parameters)
                moved[place] += sign * nudge
                sides.append(self.objective(moved, batch, keeps))
            found.append((sides[0] - sides[1]) / (2 * nudge))
        return found

    def step(self, batch: Sequence[Example], eta: float, keeps: Any = None) -> list[Number]:
        """Move the parameters by one update; return the gradient that it was made of."""
        gradient = self.gradient(batch, keeps)
        norm = mp.sqrt(sum(g**2 for g in gradient))
        if self.clip is not None and norm > self.clip:
            gradient = [g * self.clip / norm for g in gradient]
        self.time += 1
        self.parameters = [self.moved(place, g, mp.mpf(eta)) for place, g in enumerate(gradient)]
        return gradient

    def moved(self, place: int, g: Number, eta: Number) -> Number:
        w, numbers = self.parameters[place], {name: mp.mpf(value) for name, value in self.numbers.items()}
        match self.rule:
            case "sgd":
                return w - eta * g
            case "momentum":
                self.v[place] = numbers["beta"] * self.v[place] + g
                return w - eta * self.v[place]
            case "nesterov":
                self.v[place] = numbers["beta"] * self.v[place] + g
                return w - eta * (g + numbers["beta"] * self.v[place])
            case "rmsprop":
                self.v[place] = numbers["rho"] * self.v[place] + (1 - numbers["rho"]) * g**2
                return w - eta * g / (mp.sqrt(self.v[place]) + numbers["epsilon"])
        self.m[place] = numbers["beta1"] * self.m[place] + (1 - numbers["beta1"]) * g
        self.v[place] = numbers["beta2"] * self.v[place] + (1 - numbers["beta2"]) * g**2
        m_hat = self.m[place] / (1 - numbers["beta1"] ** self.time)
        v_hat = self.v[place] / (1 - numbers["beta2"] ** self.time)
        decay = eta * numbers["weight_decay"] * w if self.rule == "adamw" else 0
        return w - eta * m_hat / (mp.sqrt(v_hat) + numbers["epsilon"]) - decay
