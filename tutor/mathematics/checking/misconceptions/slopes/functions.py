"""Slips with exp, ln, roots, sine and the activations: the outer slope, and the inner factor of the chain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes.right import (
    has,
    minus,
    outer_slope,
    over,
    plus,
    power,
    slope,
    times,
)
from tutor.mathematics.checking.misconceptions.slopes.slip import Finder, Slip
from tutor.mathematics.notation.expression import ONE, ZERO, Call, Name, Negative, Node, Quotient, Sum, number
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TWO = Fraction(2)
_HALF = Fraction(1, 2)


def slips(function: str, arguments: tuple[Node, ...], by: str, find: Finder) -> Iterator[Slip]:
    """Yield the slips in the derivative of a function's value."""
    if function in {"max", "min"}:
        yield from _gate_slips(function, arguments, by)
        return
    inside = arguments[0]
    inner = slope(inside, by)
    maker = _OUTER.get(function)
    if maker is not None:
        for slip in maker(inside):
            yield slip.within(lambda wrong: times(wrong, inner))
    special = _WHOLE.get(function)
    if special is not None:
        yield from special(inside, inner, by)
    outer = outer_slope(function, arguments)
    if inner != ONE:
        yield Slip(
            _INNER_LOST.get(function, "chain.inner-derivative-missing"),
            outer,
            f"Multiply by the derivative of the inside {pretty(inside)}, which is {pretty(inner)}.",
        )
        yield Slip(
            "chain.only-the-inside-differentiated", inner, f"That is the inner rate. {function} brings a factor too."
        )
        yield Slip("chain.factors-added", plus(outer, inner), "Rates along a chain multiply. Here they were added.")
    for slip in find(inside):
        if slip.wrong != ONE:  # without the inner factor, it is the whole inner derivative that is lost
            yield slip.within(lambda wrong: times(outer, wrong))


_INNER_LOST = {
    "exp": "exponential.rate-lost",
    "log": "logarithm.inner-derivative-lost",
    "sin": "sine.inner-factor-lost",
}


def _exp(inside: Node, inner: Node, by: str) -> Iterator[Slip]:
    grown = Call("exp", (inside,))
    yield Slip(
        "exponential.treated-as-a-power",
        times(inside, Call("exp", (Sum((inside, Negative(ONE))),))),
        f"{by} stands in the exponent here, so the power rule does not apply.",
    )
    if not has(inner, by) and inner != ONE:
        yield Slip(
            "exponential.rate-removed-from-exponent",
            times(inner, Call("exp", (Name(by),))),
            f"The factor is right, but the exponent stays {pretty(inside)}.",
        )
    yield Slip("exponential.integrated", over(grown, inner), "Dividing by the rate is integration. Multiply by it.")


def _log(inside: Node, inner: Node, by: str) -> Iterator[Slip]:
    yield Slip(
        "logarithm.inside-replaced-by-x",
        over(inner, Name(by)),
        f"The whole inside {pretty(inside)} stands below, not only {by}.",
    )
    ten = Call("log", (number(10),))
    yield Slip(
        "logarithm.base-10-logarithm",
        over(inner, times(inside, ten)),
        "log is the natural logarithm here: no ln 10 appears.",
    )


def _sin(inside: Node, inner: Node, by: str) -> Iterator[Slip]:
    turned = Call("cos", (inside,))
    yield Slip(
        "sine.sign-added", minus(times(inner, turned)), "The minus belongs to the derivative of cosine, not of sine."
    )
    if inside != Name(by):
        yield Slip(
            "sine.inside-lost-its-factor",
            times(inner, Call("cos", (Name(by),))),
            f"The inside {pretty(inside)} stays as it is when sine is differentiated.",
        )


def _sqrt(inside: Node) -> Iterator[Slip]:
    root = Call("sqrt", (inside,))
    yield Slip("root.half-lost", Quotient(ONE, root), "The exponent ½ also comes down as a factor.")
    yield Slip("root.power-not-lowered", times(number(_HALF), root), "The factor ½ is right. Lower the power to −½.")


def _sigmoid(inside: Node) -> Iterator[Slip]:
    z, s = pretty(inside), Call("sigmoid", (inside,))
    one_less = Sum((ONE, Negative(s)))
    again = Call("sigmoid", (s,))
    for identity, wrong, feedback in (
        ("1-minus-s-missing", s, f"That is the output σ({z}). The slope has a factor 1 − σ({z}) too."),
        ("s-missing", one_less, f"One factor is missing: multiply by σ({z})."),
        (
            "pre-activation-used",
            times(inside, Sum((ONE, Negative(inside)))),
            f"The slope is made from the output σ({z}), not from {z}.",
        ),
        (
            "sigmoid-applied-twice",
            times(again, Sum((ONE, Negative(again)))),
            "The output is a sigmoid already. Do not apply it again.",
        ),
        (
            "sign-reversed",
            minus(times(s, one_less)),
            "The sigmoid always rises, so its slope is positive.",
        ),
        (
            "1-minus-s-squared",
            Sum((ONE, Negative(power(s, _TWO)))),
            "1 − s² is the rule for tanh. Here it is s·(1 − s).",
        ),
        ("maximum-slope-assumed", number(Fraction(1, 4)), f"The slope is ¼ only where {z} is 0."),
    ):
        yield Slip(f"sigmoid-slope.{identity}", wrong, feedback)


def _tanh(inside: Node) -> Iterator[Slip]:
    z, t = pretty(inside), Call("tanh", (inside,))
    for identity, wrong, feedback in (
        ("square-missing", Sum((ONE, Negative(t))), "Square the output before you take it from 1."),
        (
            "input-used",
            Sum((ONE, Negative(power(inside, _TWO)))),
            f"Use the output tanh({z}), not {z}.",
        ),
        ("sigmoid-rule", times(t, Sum((ONE, Negative(t)))), "That is the rule for the sigmoid. tanh has 1 − t²."),
        ("one-minus-missing", power(t, _TWO), "Take the square from 1."),
        ("output-given", t, f"That is the output tanh({z}). The slope is asked."),
    ):
        yield Slip(f"tanh-slope.{identity}", wrong, feedback)


def _relu(inside: Node) -> Iterator[Slip]:
    z = pretty(inside)
    on = Call("step", (inside,))
    off = Sum((ONE, Negative(on)))
    # Each mistake is that of one side; on the other side it gives the right slope, or a mistake of its own.
    yield Slip("relu-on.value-instead-of-slope", times(on, inside), f"Above 0 the slope is 1, whatever {z} is.")
    yield Slip("relu-on.off", ZERO, f"{z} is above 0: the unit is on, and the slope is 1.")
    yield Slip(
        "relu-off.negative-side-left-on", plus(on, off), f"{z} is not above 0: the unit is off, and the slope is 0."
    )
    yield Slip("relu-off.minus-one", plus(on, minus(off)), "The flat side has slope 0, not −1.")
    yield Slip(
        "relu-off.input-instead-of-slope", plus(on, times(off, inside)), "That is the input. The flat side has slope 0."
    )
    yield Slip(
        "relu-off.leaky-slope",
        plus(on, times(number(Fraction(1, 100)), off)),
        "That is the leaky variant. Plain ReLU is flat below 0.",
    )


_OUTER: dict[str, Callable[[Node], Iterator[Slip]]] = {
    "sqrt": _sqrt,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
}
_WHOLE: dict[str, Callable[[Node, Node, str], Iterator[Slip]]] = {"exp": _exp, "log": _log, "sin": _sin}


def _gate_slips(function: str, arguments: tuple[Node, ...], by: str) -> Iterator[Slip]:
    """Yield the slips at max and min: the slope goes to the argument that wins, and to no other."""
    inner = [slope(argument, by) for argument in arguments if has(argument, by)]
    if len(inner) != 1:
        return
    yield Slip("max-gate.routed-to-both", inner[0], f"{function} passes the slope only to the argument that wins.")
    yield Slip(
        "max-gate.split-in-half",
        times(number(_HALF), inner[0]),
        f"The argument that loses did not shape {function}: its slope is 0.",
    )
