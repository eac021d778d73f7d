"""The wrong values of neurons and activations, and the wrong slopes of activations, by the catalogue's tables."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from elementary_rules import exp, sigmoid, tanh

if TYPE_CHECKING:
    from collections.abc import Callable

Values = dict[str, Any]


def relu(z: Fraction) -> Fraction:
    return max(z, Fraction(0))


ACTIVATIONS: dict[str, Callable[[Fraction], Fraction]] = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}


def neuron(f: Callable[[Fraction], Fraction], pairs: list[tuple[Fraction, Fraction]], bias: Fraction) -> Values:
    """Return the wrong answers of the table of a neuron with two inputs."""
    (w, x), (u, y) = pairs
    z = w * x + u * y + bias
    return {
        "neuron.bias-forgotten": f(z - bias),
        "neuron.activation-forgotten": z,
        "neuron.weights-swapped": f(u * x + w * y + bias),
        "neuron.bias-added-after-the-activation": f(z - bias) + bias,
        "neuron.activation-per-product": f(w * x) + f(u * y) + bias,
        "neuron.activation-twice": f(f(z)),
        "neuron.weights-added-to-inputs": f(w + x + u + y + bias),
    }


def values_of(function: str, z: Fraction) -> Values:
    """Return the wrong answers of the table of an activation's value."""
    match function:
        case "sigmoid":
            return {
                "sigmoid.sign-in-the-exponent": sigmoid(-z),
                "sigmoid.reciprocal-not-taken": 1 + exp(-z),
                "sigmoid.e-minusz-read-as-minuse-z": 1 / (1 - exp(z)),
                "sigmoid.tanh-used": tanh(z),
            }
        case "relu":
            return {"relu.derivative-given": Fraction(1)}
        case _:
            return {}


def activation_slopes(function: str, z: Fraction) -> Values:
    """Return the wrong answers of the table of an activation's slope."""
    match function:
        case "sigmoid":
            s = sigmoid(z)
            wrong = {
                "1-minus-s-missing": s,
                "s-missing": 1 - s,
                "pre-activation-used": z * (1 - z),
                "sigmoid-applied-twice": sigmoid(s) * (1 - sigmoid(s)),
                "sign-reversed": s * (s - 1),
                "1-minus-s-squared": 1 - s**2,
                "maximum-slope-assumed": Fraction(1, 4),
            }
        case "tanh":
            t = tanh(z)
            wrong = {
                "square-missing": 1 - t,
                "input-used": 1 - z**2,
                "sigmoid-rule": t * (1 - t),
                "one-minus-missing": t**2,
                "output-given": t,
            }
        case _ if z > 0:
            return {"relu-on.value-instead-of-slope": z, "relu-on.off": Fraction(0)}
        case _:
            return {}
    return {f"{function}-slope.{name}": value for name, value in wrong.items()}
