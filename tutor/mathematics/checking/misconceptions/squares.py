"""Mistakes in the slope of a squared difference by either of its sides."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import (
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO = Fraction(2)


def _difference(formula: Node) -> tuple[Fraction, Node, Node] | None:
    """Return (c, a, b) where the formula is c·(a − b)², None for any other formula."""
    match formula:
        case Power(Sum((first, Negative(second))), Number(value)) if value == _TWO:
            return Fraction(1), first, second
        case Quotient(square, Number(value)) if value:
            inner = _difference(square)
            return inner and (inner[0] / value, inner[1], inner[2])
        case Product((Number(value), square)) | Product((square, Number(value))):
            inner = _difference(square)
            return inner and (inner[0] * value, inner[1], inner[2])
        case _:
            return None


def squared_error_slope(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the slope of a squared difference by one of its two sides."""
    cell = situation.cell
    if cell.kind not in {"direct", "total"} or (situation.problem.examples and not cell.example):
        return
    consumers = situation.derivation.consumers(cell.by)
    name = cell.name if cell.kind == "direct" else consumers[0] if len(consumers) == 1 else ""
    if cell.kind == "total" and name != situation.problem.objective:
        return
    step = situation.problem.steps[name]
    found = _difference(step.formula)
    if found is None or not isinstance(found[1], Name) or not isinstance(found[2], Name):
        return
    own, other = (found[1].name, found[2].name) if found[1].name == cell.by else (found[2].name, found[1].name)
    if own != cell.by:
        return
    gap = Sum((situation.at(own), Negative(situation.at(other))))
    yield from _slope_mistakes(found[0], gap, shown(gap), own)


def _slope_mistakes(factor: Fraction, gap: Node, written: str, own: str) -> Iterator[Suspicion]:
    half = factor == Fraction(1, 2)
    whole = number(2 * factor)
    names = ("half-square.reversed", "half-square.half-left-over") if half else (
        "mse-weight.residual-reversed", "mse-weight.factor-2-missing"
    )  # fmt: skip
    yield Suspicion(
        names[0],
        Negative(Product((whole, gap))),
        f"The sign is turned round: the slope by {own} has {written} in it.",
    )
    yield Suspicion(
        names[1],
        Product((number(factor), gap)),
        "The 2 that the square brings down cancels the ½."
        if half
        else f"The square brings down a factor 2. With ½·({written})² yours would be right: another convention.",
    )
    if half:
        yield Suspicion(
            "half-square.extra-factor-2",
            Product((number(2), gap)),
            "The ½ in this loss cancels the 2. Without the ½, yours would be right: another convention.",
        )
        loss = Product((number(factor), Power(gap, number(2))))
        yield Suspicion("half-square.loss-itself", loss, "That is the loss itself. Differentiate it.")
    yield Suspicion(
        "mse-weight.residual-still-squared",
        Product((whole, Power(gap, number(2)))),
        f"Differentiating lowers the square: {written} is left to the first power.",
    )
