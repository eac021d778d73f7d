"""Rounding too early is named in every kind of cell."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - ruff takes the annotations of module variables for strings
from fractions import Fraction
from typing import Any

import pytest
from mpmath import exp, floor, mpf
from wrong_answers import Operation, Tally, examine

from tutor.mathematics.checking.misconceptions.rounding import rounded
from tutor.mathematics.values.arithmetic import exp as exact_exp

ABOVE = (0.4, 2.5)
FACTOR = (11, 40)


def shortened(value: Any, places: int, half: Any) -> Any:
    """Round or cut a number, written down once more in plain arithmetic."""
    unit = 10**places
    size = abs(value) * unit + half
    whole = size.numerator // size.denominator if isinstance(size, Fraction) else int(floor(size))
    return Fraction(whole if value > 0 else -whole, unit)


WAYS: dict[str, Callable[[Any], Any]] = {
    "rounding.intermediate-rounded-to-1-decimal": lambda q: shortened(q, 1, Fraction(1, 2)),
    "rounding.intermediate-rounded-to-2-decimals": lambda q: shortened(q, 2, Fraction(1, 2)),
    "rounding.intermediate-truncated-to-2-decimals": lambda q: shortened(q, 2, 0),
}


def rounding(formula: Callable[[Any, Callable[[Any], Any]], Any]) -> dict[str, Callable[[Any], Any]]:
    """Return the wrong formulas: `formula` gets the names and the way in which to shorten the intermediate value."""
    return {identity: lambda v, way=way: formula(v, way) for identity, way in WAYS.items()}


def as_it_is(value: Any) -> Any:
    return value


def sigma(z: Any) -> Any:
    return 1 / (1 + exp(-z))


def operation(steps: dict[str, str], cell: str, formula: Callable[..., Any], more: str = "", **spans: Any) -> Operation:
    given = {name: span for name, span in spans.items() if name != "w"}
    parameters = {name: span for name, span in spans.items() if name == "w"}
    return Operation(steps, cell, lambda v: formula(v, as_it_is), rounding(formula), given, parameters, more=more)


def error(v: Any) -> Any:
    return sigma(v.w * v.x) - v.t


NEURON = {"z": "w*x", "s": "sigmoid(z)", "E": "(s - t)^2"}
SPANS = {"w": ABOVE, "x": ABOVE, "t": (3, 5)}
UPDATE = "[update]\neta = 3"

OPERATIONS = {
    "a rational step": operation({"q": "a/7", "y": "k*q"}, "y", lambda v, r: v.k * r(v.a / 7), a=ABOVE, k=FACTOR),
    "a negative step": operation(
        {"q": "-a/7", "y": "k*q + 1"}, "y", lambda v, r: v.k * r(-v.a / 7) + 1, a=ABOVE, k=FACTOR
    ),
    "an irrational step": operation(
        {"s": "sigmoid(a)", "y": "k*s + a"}, "y", lambda v, r: v.k * r(sigma(v.a)) + v.a, a=ABOVE, k=FACTOR
    ),
    "a part of the formula": operation(
        {"y": "k*(a/7) + 1"}, "y", lambda v, r: v.k * r(v.a / 7) + 1, a=ABOVE, k=FACTOR
    ),
    "every step": operation(
        {"p": "a/7", "q": "a/3", "y": "k*p*q"}, "y", lambda v, r: v.k * r(v.a / 7) * r(v.a / 3), a=ABOVE, k=FACTOR
    ),
    "backward, what arrives": operation(
        NEURON,
        "dE/dz",
        lambda v, r: r(2 * error(v)) * sigma(v.w * v.x) * (1 - sigma(v.w * v.x)),
        **SPANS,
    ),
    "backward, in the local derivative": operation(
        NEURON,
        "dE/dz",
        lambda v, r: 2 * error(v) * r(sigma(v.w * v.x)) * (1 - r(sigma(v.w * v.x))),
        **SPANS,
    ),
    "a local derivative": operation(
        NEURON, "ds/dz:direct", lambda v, r: r(sigma(v.w * v.x)) * (1 - r(sigma(v.w * v.x))), **SPANS
    ),
    "an update": operation(
        {"s": "w*w*w/7"}, "w@1", lambda v, r: v.w - 3 * r(3 * v.w**2 / 7), UPDATE, w=ABOVE
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_early_rounding_is_named(name: str) -> None:
    tally = Tally()
    examine(OPERATIONS[name], tally)
    print(f"{name}: {tally}")


@pytest.mark.parametrize(
    ("value", "places", "cut", "expected"),
    [
        (Fraction(1, 4), 1, False, "0.3"),
        (Fraction(-1, 4), 1, False, "-0.3"),
        (Fraction(5, 4), 1, True, "1.2"),
        (Fraction(-2, 3), 2, True, "-0.66"),
        (Fraction(-2, 3), 2, False, "-0.67"),
        (Fraction(1, 1000), 2, False, "0"),
    ],
)
def test_rounding_and_cutting_off(value: Fraction, places: int, *, cut: bool, expected: str) -> None:
    assert rounded(value, places, cut=cut) == Fraction(expected)


def test_an_irrational_value_is_rounded() -> None:
    assert rounded(exact_exp(Fraction(1)), 2) == Fraction("2.72")
    assert rounded(exact_exp(Fraction(1)), 2, cut=True) == Fraction("2.71")
    assert abs(mpf("2.718") - exp(1)) < 0.001
