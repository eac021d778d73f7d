"""Mistakes in the values of neurons and layers."""

from __future__ import annotations

import pytest
from mpmath import exp, tanh
from wrong_answers import Operation, Tally, examine

WIDE = (-2.5, 2.5)
ABOVE = (0.2, 2.5)
DATA = {"x1": WIDE, "x2": ABOVE}
PARAMETERS = {"w1": WIDE, "w2": ABOVE, "b": WIDE}


def sigma(z: object) -> object:
    return 1 / (1 + exp(-z))


def square(z: object) -> object:
    return z * z


def linear(z: object) -> object:
    return z


def total(v: object) -> object:
    return v.w1 * v.x1 + v.w2 * v.x2 + v.b


def neuron(f: object) -> dict[str, object]:
    return {
        "neuron.bias-forgotten": lambda v: f(v.w1 * v.x1 + v.w2 * v.x2),
        "neuron.activation-forgotten": total,
        "neuron.weights-swapped": lambda v: f(v.w2 * v.x1 + v.w1 * v.x2 + v.b),
        "neuron.bias-added-after-the-activation": lambda v: f(v.w1 * v.x1 + v.w2 * v.x2) + v.b,
        "neuron.activation-per-product": lambda v: f(v.w1 * v.x1) + f(v.w2 * v.x2) + v.b,
        "neuron.activation-twice": lambda v: f(f(total(v))),
        "neuron.weights-added-to-inputs": lambda v: f((v.w1 + v.x1) + (v.w2 + v.x2) + v.b),
    }


def sum_only(f: object) -> dict[str, object]:
    found = neuron(f)
    return {key: found[f"neuron.{key}"] for key in ("bias-forgotten", "weights-swapped", "weights-added-to-inputs")}


def one(
    formula: str, f: object, steps: dict[str, str] | None = None, wrong: dict[str, object] | None = None, seed: int = 1
) -> Operation:
    return Operation(
        {**(steps or {}), "a": formula},
        "a",
        lambda v: f(total(v)),
        wrong or neuron(f),
        given=DATA,
        parameters=PARAMETERS,
        seed=seed,
    )


LINEAR = {f"neuron.{key}": formula for key, formula in sum_only(linear).items()}
RELU = {key: formula for key, formula in neuron(lambda z: max(0, z)).items() if not key.endswith("twice")}
W = {"w11": WIDE, "w12": ABOVE, "w21": ABOVE, "w22": WIDE}
LAYER_1 = {
    "layer.columns-used": lambda v: v.w11 * v.x1 + v.w21 * v.x2,
    "layer.only-the-diagonal": lambda v: v.w11 * v.x1,
    "layer.products-not-summed": lambda v: v.w11 * v.x1,
}
LAYER_2 = {
    "layer.columns-used": lambda v: v.w12 * v.x1 + v.w22 * v.x2,
    "layer.only-the-diagonal": lambda v: v.w22 * v.x2,
    "layer.products-not-summed": lambda v: v.w21 * v.x1,
}
TWO_UNITS = {"z1": "w11*x1 + w12*x2", "z2": "x1*w21 + w22*x2"}
BIASED = {"z1": "w11*x1 + w12*x2 + b1", "z2": "b2 + w21*x1 + w22*x2"}
ACTIVE = {"a1": "tanh(w11*x1 + w12*x2 + b1)", "a2": "tanh(w21*x1 + w22*x2 + b2)"}
THREE = {f"z{i}": " + ".join(f"w{i}{j}*x{j}" for j in (1, 2, 3)) for i in (1, 2, 3)}


OPERATIONS = {
    "sigmoid neuron": one("sigmoid(w1*x1 + w2*x2 + b)", sigma),
    "sigmoid neuron in another order": one("σ(b + x2*w2 + x1*w1)", sigma),
    "sigmoid neuron with a step": one("sigmoid(z)", sigma, {"z": "w1*x1 + w2*x2 + b"}),
    "sigmoid neuron written out": one("1/(1 + exp(-z))", sigma, {"z": "w1*x1 + w2*x2 + b"}),
    "tanh neuron": one("tanh(w1*x1 + w2*x2 + b)", tanh),
    "relu neuron": one("relu(z)", lambda z: max(0, z), {"z": "w1*x1 + w2*x2 + b"}, RELU, seed=4),
    "squared neuron": one("(w1*x1 + w2*x2 + b)^2", square),
    "pre-activation": one("w1*x1 + w2*x2 + b", linear, wrong=LINEAR),
    "weights that are given": Operation(
        {"a": "tanh(w1*x1 + w2*x2 + b)"},
        "a",
        lambda v: tanh(total(v)),
        neuron(tanh),
        given={**DATA, **PARAMETERS},
    ),
    "fed by hidden units": Operation(
        {"h1": "tanh(x1)", "h2": "tanh(x2)", "y": "w1*h1 + w2*h2 + b"},
        "y",
        lambda v: v.w1 * tanh(v.x1) + v.w2 * tanh(v.x2) + v.b,
        {
            "neuron.bias-forgotten": lambda v: v.w1 * tanh(v.x1) + v.w2 * tanh(v.x2),
            "neuron.weights-swapped": lambda v: v.w2 * tanh(v.x1) + v.w1 * tanh(v.x2) + v.b,
        },
        given=DATA,
        parameters=PARAMETERS,
    ),
    "layer, first row": Operation(
        TWO_UNITS, "z1", lambda v: v.w11 * v.x1 + v.w12 * v.x2, LAYER_1, given=DATA, parameters=W
    ),
    "layer, second row": Operation(
        TWO_UNITS, "z2", lambda v: v.w21 * v.x1 + v.w22 * v.x2, LAYER_2, given=DATA, parameters=W
    ),
    "layer with biases": Operation(
        BIASED,
        "z2",
        lambda v: v.w21 * v.x1 + v.w22 * v.x2 + v.b2,
        {key: lambda v, wrong=wrong: wrong(v) + v.b2 for key, wrong in LAYER_2.items()},
        given=DATA,
        parameters={**W, "b1": WIDE, "b2": WIDE},
    ),
    "layer with biases left out as well": Operation(
        BIASED,
        "z2",
        lambda v: v.w21 * v.x1 + v.w22 * v.x2 + v.b2,
        {key: wrong for key, wrong in LAYER_2.items() if key != "layer.columns-used"},
        given=DATA,
        parameters={**W, "b1": WIDE, "b2": WIDE},
    ),
    "layer of activated units": Operation(
        ACTIVE,
        "a1",
        lambda v: tanh(v.w11 * v.x1 + v.w12 * v.x2 + v.b1),
        {key: lambda v, wrong=wrong: tanh(wrong(v) + v.b1) for key, wrong in LAYER_1.items()},
        given=DATA,
        parameters={**W, "b1": WIDE, "b2": WIDE},
    ),
    "layer of three": Operation(
        THREE,
        "z2",
        lambda v: v.w21 * v.x1 + v.w22 * v.x2 + v.w23 * v.x3,
        {
            "layer.columns-used": lambda v: v.w12 * v.x1 + v.w22 * v.x2 + v.w32 * v.x3,
            "layer.only-the-diagonal": lambda v: v.w22 * v.x2,
            "layer.products-not-summed": lambda v: v.w21 * v.x1,
        },
        given={"x1": WIDE, "x2": WIDE, "x3": WIDE},
        parameters={f"w{i}{j}": WIDE for i in (1, 2, 3) for j in (1, 2, 3)},
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_mistakes_in_layers_are_named(name: str) -> None:
    tally = Tally()
    examine(OPERATIONS[name], tally)
    print(f"{name}: {tally}")
