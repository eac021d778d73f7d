"""Mistakes in the values of activations: ReLU, sigmoid, softmax."""

from __future__ import annotations

import pytest
from mpmath import exp, tanh
from wrong_answers import Operation, Tally, examine

WIDE = (-2.5, 2.5)
ABOVE = (0.2, 2.5)


def sigma(z: object) -> object:
    return 1 / (1 + exp(-z))


RELU = {
    "relu.identity": lambda v: v.z,
    "relu.absolute-value": lambda v: abs(v.z),
    "relu.derivative-given": lambda _: 1,
}
SIGMOID = {
    "sigmoid.sign-in-the-exponent": lambda v: 1 / (1 + exp(v.z)),
    "sigmoid.reciprocal-not-taken": lambda v: 1 + exp(-v.z),
    "sigmoid.e-minusz-read-as-minuse-z": lambda v: 1 / (1 - exp(v.z)),
    "sigmoid.tanh-used": lambda v: tanh(v.z),
}
SOFTMAX = {
    "softmax.no-exponentials": lambda v: v.z2 / (v.z1 + v.z2 + v.z3),
    "softmax.not-normalised": lambda v: exp(v.z2),
    "softmax.itself-left-out-of-the-sum": lambda v: exp(v.z2) / (exp(v.z1) + exp(v.z3)),
    "softmax.exponential-of-the-share": lambda v: exp(v.z2 / (v.z1 + v.z2 + v.z3)),
    "softmax.sigmoid-per-component": lambda v: sigma(v.z2),
}
SCORES = {"z1": ABOVE, "z2": WIDE, "z3": WIDE}


def has_a_sum(v: object) -> bool:
    return abs(v.z1 + v.z2 + v.z3) > 0.1


def softmax(v: object) -> object:
    return exp(v.z2) / (exp(v.z1) + exp(v.z2) + exp(v.z3))


def in_a_sum(name: str) -> Operation:
    """ReLU inside a larger formula: the rest is right."""
    return Operation(
        {"y": name},
        "y",
        lambda v: 3 * max(0, v.z) + v.c,
        {
            "relu.identity": lambda v: 3 * v.z + v.c,
            "relu.absolute-value": lambda v: 3 * abs(v.z) + v.c,
        },
        given={"z": WIDE, "c": ABOVE},
    )


OPERATIONS = {
    "relu": Operation({"a": "relu(z)"}, "a", lambda v: max(0, v.z), RELU, given={"z": WIDE}),
    "relu as max": Operation({"a": "max(0, z)"}, "a", lambda v: max(0, v.z), RELU, given={"z": WIDE}),
    "relu as max, turned": Operation({"a": "max(z, 0)"}, "a", lambda v: max(0, v.z), RELU, parameters={"z": WIDE}),
    "relu in a sum": in_a_sum("3*relu(z) + c"),
    "sigmoid": Operation({"s": "sigmoid(z)"}, "s", lambda v: sigma(v.z), SIGMOID, given={"z": WIDE}),
    "sigmoid written out": Operation({"s": "1/(1 + e^(-z))"}, "s", lambda v: sigma(v.z), SIGMOID, given={"z": WIDE}),
    "sigmoid turned round": Operation(
        {"s": "1/(exp(-z) + 1)"}, "s", lambda v: sigma(v.z), SIGMOID, parameters={"z": WIDE}
    ),
    "sigmoid as a fraction of e^z": Operation(
        {"s": "exp(z)/(1 + exp(z))"}, "s", lambda v: sigma(v.z), SIGMOID, given={"z": WIDE}
    ),
    "sigmoid as a power": Operation({"s": "(1 + exp(-z))^(-1)"}, "s", lambda v: sigma(v.z), SIGMOID, given={"z": WIDE}),
    "sigmoid in steps": Operation(
        {"u": "exp(-z)", "d": "1 + u", "s": "1/d"}, "s", lambda v: sigma(v.z), SIGMOID, given={"z": WIDE}
    ),
    "sigmoid of a sum": Operation(
        {"s": "sigmoid(w*x + b)"},
        "s",
        lambda v: sigma(v.w * v.x + v.b),
        {
            "sigmoid.sign-in-the-exponent": lambda v: sigma(-(v.w * v.x + v.b)),
            "sigmoid.reciprocal-not-taken": lambda v: 1 + exp(-(v.w * v.x + v.b)),
            "sigmoid.tanh-used": lambda v: tanh(v.w * v.x + v.b),
        },
        given={"x": ABOVE},
        parameters={"w": WIDE, "b": WIDE},
    ),
    "softmax": Operation(
        {"p2": "exp(z2)/(exp(z1) + exp(z2) + exp(z3))"}, "p2", softmax, SOFTMAX, given=SCORES, where=has_a_sum
    ),
    "softmax with a step for the sum": Operation(
        {"S": "e^z1 + e^z2 + e^z3", "p2": "e^z2/S"}, "p2", softmax, SOFTMAX, parameters=SCORES, where=has_a_sum
    ),
    "softmax all in steps": Operation(
        {"e1": "exp(z1)", "e2": "exp(z2)", "e3": "exp(z3)", "S": "e1 + e2 + e3", "p2": "e2/S"},
        "p2",
        softmax,
        SOFTMAX,
        given=SCORES,
        where=has_a_sum,
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_mistakes_in_activations_are_named(name: str) -> None:
    tally = Tally()
    examine(OPERATIONS[name], tally)
    print(f"{name}: {tally}")
