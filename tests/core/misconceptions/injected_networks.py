"""Injected mistakes in networks: neurons and layers forwards, losses, deltas and weights backwards, a softmax.

Each network is worked out here a second time with 60 digits, by the formulas that the catalogue has for it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from activation_tables import ACTIVATIONS, activation_slopes, neuron, values_of
from elementary_rules import constant, log, sigmoid, size, sqrt, tanh
from injected_softmax import softmax_cells
from injection import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

Values = dict[str, Any]
TEN, TWO = Fraction(10), Fraction(2)


def slope(function: str, z: Fraction) -> Fraction:
    """Return the slope of an activation at a pre-activation."""
    match function:
        case "sigmoid":
            return sigmoid(z) * (1 - sigmoid(z))
        case "tanh":
            return 1 - tanh(z) ** 2
        case _:
            return Fraction(int(z > 0))


@dataclass(frozen=True)
class Network:
    """A 2-2-1 network: hidden activation, activation of the output, loss, and its numbers."""

    hidden: str
    output: str
    loss: str
    numbers: Values
    v: Values = field(default_factory=dict)

    @classmethod
    def random(cls, source: random.Random, hidden: str, output: str, loss: str) -> Network | None:
        """Return a network with random numbers; None where a unit is off or nearly saturated."""
        names = ("x0", "x1", "w00", "w01", "w10", "w11", "b0", "b1", "u0", "u1", "c")
        numbers: Values = {name: constant(source) / 2 for name in names}
        numbers["y"] = Fraction(source.choice([0, 1])) if loss == "cross-entropy" else size(source)
        made = cls(hidden, output, loss, numbers)
        made.v.update(made._forward())
        slopes = [made.v["s0"], made.v["s1"], made.v["so"]]
        return made if all(abs(part) > Fraction(1, 50) for part in slopes) and abs(made.v["d"]) > 0.01 else None

    def _forward(self) -> Values:
        n = self.numbers
        f, g = ACTIVATIONS[self.hidden], ACTIVATIONS[self.output]
        z0 = n["w00"] * n["x0"] + n["w01"] * n["x1"] + n["b0"]
        z1 = n["w10"] * n["x0"] + n["w11"] * n["x1"] + n["b1"]
        h0, h1 = f(z0), f(z1)
        z2 = n["u0"] * h0 + n["u1"] * h1 + n["c"]
        o = g(z2)
        v = {**n, "z0": z0, "z1": z1, "z2": z2, "h0": h0, "h1": h1, "o": o}
        v["s0"], v["s1"], v["so"] = slope(self.hidden, z0), slope(self.hidden, z1), slope(self.output, z2)
        v["e"] = self._error(o, n["y"])
        v["d"] = v["e"] * v["so"]
        v["d0"], v["d1"] = v["d"] * n["u0"] * v["s0"], v["d"] * n["u1"] * v["s1"]
        return v

    def _error(self, o: Fraction, y: Fraction) -> Fraction:
        """Return the slope of the loss by the output."""
        match self.loss:
            case "half":
                return o - y
            case "square":
                return 2 * (o - y)
            case _:
                return (o - y) / (o * (1 - o))

    @property
    def text(self) -> str:
        """The problem file."""
        loss = {
            "half": "(o - y)^2/2",
            "square": "(y - o)^2",
            "cross-entropy": "-(y*ln(o) + (1 - y)*ln(1 - o))",
        }[self.loss]
        data = ("x0", "x1", "y")
        parameters = [name for name in self.numbers if name not in data]
        return "\n".join(
            [
                "[given]",
                *(f'{name} = "{self.numbers[name]}"' for name in data),
                "[parameters]",
                *(f'{name} = "{self.numbers[name]}"' for name in parameters),
                "[steps]",
                'z0 = "w00*x0 + w01*x1 + b0"',
                'z1 = "w10*x0 + w11*x1 + b1"',
                f'h0 = "{self.hidden}(z0)"',
                f'h1 = "{self.hidden}(z1)"',
                'z2 = "u0*h0 + u1*h1 + c"',
                f'o = "{self.output}(z2)"',
                f'L = "{loss}"',
                "[update]\neta = 0.3",
            ]
        )

    def cells(self) -> Iterator[Wrong]:
        """Yield the cells of the forward and the backward pass with their wrong answers."""
        v = self.v
        forward = {"z1": self._row(), "h0": self._unit(), "o": self._output(), "L": self._losses()}
        for cell, wrong in forward.items():
            right = {"L": self._loss()}.get(cell, v.get(cell))
            yield Wrong(self.text, cell, right, wrong)
        yield Wrong(self.text, "dh0/dz0:direct", v["s0"], activation_slopes(self.hidden, v["z0"]))
        yield Wrong(self.text, "dL/do", v["e"], self._by_output())
        yield Wrong(self.text, "dL/dz2", v["d"], self._delta())
        yield Wrong(self.text, "dL/du0", v["d"] * v["h0"], self._output_weight())
        yield Wrong(self.text, "dL/dz0", v["d0"], self._hidden_delta())
        yield Wrong(self.text, "dL/dw01", v["d0"] * v["x1"], self._hidden_weight())

    # -- forwards

    def _row(self) -> Values:
        v = self.v
        return {
            "neuron.bias-forgotten": v["z1"] - v["b1"],
            "neuron.weights-swapped": v["w11"] * v["x0"] + v["w10"] * v["x1"] + v["b1"],
            "neuron.weights-added-to-inputs": v["w10"] + v["x0"] + v["w11"] + v["x1"] + v["b1"],
            "layer.columns-used": v["w01"] * v["x0"] + v["w11"] * v["x1"] + v["b1"],
            "layer.only-the-diagonal": v["w11"] * v["x1"] + v["b1"],
            "layer.products-not-summed": v["w10"] * v["x0"] + v["b1"],
        }

    def _unit(self) -> Values:
        v, f = self.v, ACTIVATIONS[self.hidden]
        return neuron(f, [(v["w00"], v["x0"]), (v["w01"], v["x1"])], v["b0"]) | values_of(self.hidden, v["z0"])

    def _output(self) -> Values:
        v, f = self.v, ACTIVATIONS[self.output]
        return neuron(f, [(v["u0"], v["h0"]), (v["u1"], v["h1"])], v["c"]) | values_of(self.output, v["z2"])

    def _loss(self) -> Fraction:
        o, y = self.v["o"], self.v["y"]
        match self.loss:
            case "half":
                return (o - y) ** 2 / 2
            case "square":
                return (o - y) ** 2
            case _:
                return -log(o) if y else -log(1 - o)

    def _losses(self) -> Values:
        o, y = self.v["o"], self.v["y"]
        if self.loss == "cross-entropy":
            p = o if y else 1 - o
            return {
                "bce.minus-missing": log(p),
                "bce.base-10": -log(p) / log(TEN),
                "bce.base-2": -log(p) / log(TWO),
                "bce.wrong-class": -log(1 - p),
                "bce.log-forgotten": 1 - p,
                "bce.probability-negated": -p,
                "bce.squared-error-used": (1 - p) ** 2,
                "bce.both-terms-counted": -log(p) - log(1 - p),
            }
        half = Fraction(1, 2) if self.loss == "half" else Fraction(1)
        wrong = {
            "mse.not-squared": [half * (o - y), half * (y - o)],
            "mse.absolute-error": half * abs(o - y),
            "mse.squares-subtracted": [half * (o**2 - y**2), half * (y**2 - o**2)],
        }
        if self.loss == "square":
            return wrong | {"mse.half-included": (o - y) ** 2 / 2, "mse.root-taken": abs(o - y)}
        return wrong | {"half-square.extra-factor-2": (o - y) ** 2, "mse.root-taken": sqrt((o - y) ** 2 / 2)}

    # -- backwards

    def _by_output(self) -> Values:
        o, y, e = self.v["o"], self.v["y"], self.v["e"]
        match self.loss:
            case "half":
                return {
                    "half-square.extra-factor-2": 2 * e,
                    "half-square.half-left-over": e / 2,
                    "half-square.reversed": -e,
                    "half-square.loss-itself": e**2 / 2,
                }
            case "square":
                return {
                    "mse-weight.factor-2-missing": e / 2,
                    "mse-weight.residual-reversed": -e,
                    "mse-weight.residual-still-squared": 2 * (o - y) ** 2,
                }
            case _:
                return {
                    "bce-probability.formula-of-the-other-label": 1 / (1 - o) if y else -1 / o,
                    "bce-probability.already-at-z": o - y,
                    "bce-probability.inner-minus-lost": None if y else -e,
                }

    def _delta(self) -> Values:
        v = self.v
        if self.loss == "cross-entropy":
            return {
                "bce-logit.reversed": v["y"] - v["o"],
                "bce-logit.sigmoid-slope-applied-twice": (v["o"] - v["y"]) * v["so"],
                "bce-logit.stopped-at-p": v["e"],
                "bce-logit.pre-activation-used": v["z2"] - v["y"],
                "bce-logit.factor-2": 2 * (v["o"] - v["y"]),
            }
        wrong = {
            "delta-output.activation-slope-missing": v["e"],
            "delta-output.target-reversed": -v["d"],
            "delta-output.error-missing": v["so"],
        }
        if self.output == "sigmoid":
            wrong["delta-output.slope-from-the-pre-activation"] = v["e"] * v["z2"] * (1 - v["z2"])
        return wrong

    def _output_weight(self) -> Values:
        v, d = self.v, self.v["d"]
        return {
            "output-weight.input-of-the-wrong-layer": [d * v["x0"], d * v["x1"]],
            "output-weight.own-output-used": d * v["o"],
            "output-weight.pre-activation-used": d * v["z0"],
            "output-weight.weight-used": d * v["u0"],
            "output-weight.activation-missing": d,
            "output-weight.neighbouring-index": d * v["h1"],
        }

    def _hidden_delta(self) -> Values:
        v, d, s = self.v, self.v["d"], self.v["s0"]
        wrong = {
            "delta-hidden.activation-slope-missing": d * v["u0"],
            "delta-hidden.weight-missing": d * s,
            "delta-hidden.other-weight": d * v["u1"] * s,
            "delta-hidden.updated-weight-used": d * (v["u0"] - Fraction("0.3") * d * v["h0"]) * s,
            "delta-hidden.output-slope-missing": v["e"] * v["u0"] * s,
        }
        if self.hidden == "sigmoid":
            wrong["delta-hidden.slope-from-the-pre-activation"] = d * v["u0"] * v["z0"] * (1 - v["z0"])
            wrong["delta-hidden.slope-is-h-only"] = d * v["u0"] * v["h0"]
        return wrong

    def _hidden_weight(self) -> Values:
        v = self.v
        return {
            "hidden-weight.transposed": v["d1"] * v["x0"],
            "hidden-weight.input-missing": v["d0"],
            "hidden-weight.hidden-activation-used": v["d0"] * v["h1"],
            "hidden-weight.output-error-only": v["e"] * v["x1"],
            "hidden-weight.hidden-layer-skipped": v["d"] * v["x1"],
        }


def injected(count: int, seed: int) -> Iterator[Wrong]:
    """Yield the mistakes in `count` networks of each kind, and in as many softmaxes."""
    source = random.Random(seed)
    kinds = (
        ("sigmoid", "sigmoid", "half"),
        ("tanh", "sigmoid", "cross-entropy"),
        ("relu", "sigmoid", "cross-entropy"),
        ("sigmoid", "tanh", "square"),
        ("tanh", "tanh", "half"),
    )
    for kind in kinds:
        made = 0
        while made < count:
            network = Network.random(source, *kind)
            if network is not None:
                made += 1
                yield from network.cells()
    made = 0
    while made < count:
        cells = list(softmax_cells(source))
        made += bool(cells)
        yield from cells
