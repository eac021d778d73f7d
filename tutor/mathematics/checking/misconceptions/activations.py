"""Mistakes in the value of an activation: ReLU, sigmoid, a softmax component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.forms import (
    Activation,
    Softmax,
    activation,
    logistic_argument,
    softmax,
)
from tutor.mathematics.checking.misconceptions.patterns import (
    forward_formula,
    negated,
    one_minus,
    opener,
    outermost,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Node, Quotient, Sum, number, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Put

_ONE = number(1)


def _exp(node: Node) -> Node:
    return Call("exp", (node,))


def before_activation(found: Activation) -> str:
    """Return the sentence about an answer that is the pre-activation."""
    return f"That is {shown(found.argument)}, before the activation. {found.order}"


def relu(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the value of a ReLU."""
    formula = forward_formula(situation)
    if formula is None:
        return
    for found, put in outermost(formula, _relu):
        z, written = found.argument, shown(found.argument)
        yield Suspicion("relu.identity", put(z), before_activation(found))
        yield Suspicion(
            "relu.absolute-value",
            put(Call("abs", (z,))),
            f"ReLU does not flip negative values, it removes them: {written} is below 0, so it becomes 0.",
        )
        yield Suspicion(
            "relu.derivative-given", put(_ONE), f"1 looks like the slope of ReLU. Its value at {written} is asked."
        )


def _relu(part: Node) -> Activation | None:
    found = activation(part)
    return found if found is not None and found.name == "ReLU" else None


def sigmoid(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the value of σ(z), also where it is written out with e^(−z)."""
    formula = forward_formula(situation)
    if formula is None:
        return
    inside = opener(situation)
    found: Iterator[tuple[Node, Put]] = outermost(formula, lambda part: logistic_argument(part, inside))
    for z, put in found:
        written = shown(z)
        falling = _exp(negated(z))
        for identity, wrong, feedback in (
            (
                "sign-in-the-exponent",
                Call("sigmoid", (negated(z),)),
                f"Your curve falls as {written} grows. The numerator is 1 and the exponent is minus {written}.",
            ),
            (
                "reciprocal-not-taken",
                Sum((_ONE, falling)),
                f"That is {shown(Sum((_ONE, falling)))}. Take the reciprocal at the end.",
            ),
            (
                "e-minusz-read-as-minuse-z",
                Quotient(_ONE, one_minus(_exp(z))),
                "A negative exponent means one divided by: e^(−z) is 1/e^z, not −e^z.",
            ),
            ("tanh-used", Call("tanh", (z,)), f"That is tanh({written}). The sigmoid runs from 0 to 1."),
        ):
            yield Suspicion(f"sigmoid.{identity}", put(wrong), feedback)


def softmax_component(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in one component of a softmax, also where its sum is a step of its own."""
    formula = forward_formula(situation)
    if formula is None:
        return
    inside = opener(situation)
    for found, put in outermost(formula, lambda part: softmax(part, inside)):
        for slip in _softmax_mistakes(found):
            yield Suspicion(slip.id, put(slip.wrong), slip.feedback)


def _softmax_mistakes(found: Softmax) -> Iterator[Suspicion]:
    own, scores = found.own, [*found.scores]
    others = [score for score in scores if score != own]
    z, total_score = shown(own), total(scores)
    grown = _exp(own)
    yield Suspicion(
        "softmax.not-normalised", grown, f"That is {shown(grown)} alone. Divide by the sum of all exponentials."
    )
    yield Suspicion(
        "softmax.no-exponentials", Quotient(own, total_score), "Exponentiate every score before you divide by the sum."
    )
    yield Suspicion(
        "softmax.itself-left-out-of-the-sum",
        Quotient(grown, total([_exp(score) for score in others])),
        f"The sum below includes {shown(grown)} itself as well.",
    )
    yield Suspicion(
        "softmax.exponential-of-the-share",
        _exp(Quotient(own, total_score)),
        "Exponentiate each score first, and divide afterwards.",
    )
    yield Suspicion(
        "softmax.sigmoid-per-component",
        Call("sigmoid", (own,)),
        f"That is σ({z}), which looks at {z} alone. In a softmax all components share one total.",
    )
