"""Mistakes in the value of a loss over a batch, above all of a mean squared error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.reducing import (
    MOST_EXAMPLES,
    convention,
    is_mean,
    mean,
    parts_of,
    reduced,
)
from tutor.mathematics.checking.misconceptions.residuals import SquaredError, at_example, biases, squared_error
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import times
from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TWO = number(2)


def batch_loss(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the objective of a batch."""
    cell = situation.cell
    batch = situation.problem.batch(cell.iteration)
    if cell.kind != "forward" or cell.example or not 2 <= len(batch) <= MOST_EXAMPLES:  # noqa: PLR2004
        return
    parts = parts_of(situation, cell)
    yield from _wrong_count(situation, parts)
    error = squared_error(situation.problem)
    if error is not None:
        yield from _Values(situation, error, batch).mistakes()


def _wrong_count(situation: Situation, parts: Sequence[Name]) -> Iterator[Suspicion]:
    problem, count = situation.problem, len(parts)
    summed = total([*parts])
    if is_mean(problem):
        yield Suspicion("mse.not-averaged", summed, f"That is the sum. {convention(problem)} Divide by {count}.")
        if count > 2:  # noqa: PLR2004 - n - 1 would be 1, which is the sum
            yield Suspicion(
                "mse.divided-by-n-minus-1",
                Quotient(summed, number(count - 1)),
                f"Divide by {count}, the number of examples. {count - 1} belongs to the variance of a sample.",
            )
    else:
        yield Suspicion(
            "mse-weight.divided-by-n-twice", mean(parts), f"That is the mean. {convention(problem)} Do not divide."
        )
    for part in parts:
        yield Suspicion("mse.one-sample-only", part, f"That is {shown(part)} alone. Include all {count} examples.")


class _Values:
    """What each example brings to a squared error: its difference, its prediction, its target."""

    def __init__(self, situation: Situation, error: SquaredError, batch: tuple[int, ...]) -> None:
        self._situation = situation
        self._error = error
        self._batch = batch
        self._gap = shown(error.base)

    def _each(self, node: Node) -> list[Node]:
        return [at_example(self._situation, node, example) for example in self._batch]

    def _over(self, parts: Sequence[Node]) -> Node:
        """Return the parts put together as the problem has it, each with the factor of its square."""
        factors = self._each(self._error.factor)
        weighted = [times(factor, part) for factor, part in zip(factors, parts, strict=True)]
        return reduced(self._situation.problem, weighted)

    def mistakes(self) -> Iterator[Suspicion]:
        yield from self._other_conventions()
        yield from self._not_squared()
        yield from self._squared_elsewhere()
        yield from self._without_bias()

    def _other_conventions(self) -> Iterator[Suspicion]:
        right = self._over([Power(gap, _TWO) for gap in self._each(self._error.residual)])
        if self._error.is_plain:
            yield Suspicion(
                "mse.half-included",
                Quotient(right, _TWO),
                f"Yours has a factor ½, which is another convention. Here it is {self._error.square} without it.",
            )
        if self._error.is_halved:
            yield Suspicion(
                "half-square.extra-factor-2",
                Product((_TWO, right)),
                f"Yours has no factor ½, which is another convention. Here it is ½·{self._error.square}.",
            )
        yield Suspicion("mse.root-taken", Call("sqrt", (right,)), "That is the root of it. Leave the root out.")

    def _not_squared(self) -> Iterator[Suspicion]:
        gaps = self._each(self._error.residual)
        plain = self._over(gaps)
        for wrong in (plain, Negative(plain)):
            yield Suspicion(
                "mse.not-squared", wrong, f"Square each {self._gap} first, or positive and negative ones cancel."
            )
        yield Suspicion(
            "mse.absolute-error",
            self._over([Call("abs", (gap,)) for gap in gaps]),
            f"That is made of |{self._gap}|, the absolute errors. Square the differences instead.",
        )

    def _squared_elsewhere(self) -> Iterator[Suspicion]:
        gaps = self._each(self._error.residual)
        factor = self._each(self._error.factor)[0]
        whole = Power(total(gaps), _TWO)
        averaged: list[Node] = [Quotient(whole, number(len(gaps))), Power(mean(gaps), _TWO)]
        for added in averaged if is_mean(self._situation.problem) else [whole]:
            yield Suspicion(
                "mse.sum-squared", times(factor, added), f"Square each {self._gap} first, and add them up afterwards."
            )
        predictions, targets = self._each(self._error.prediction), self._each(self._error.target)
        squares = self._over(
            [
                Sum((Power(prediction, _TWO), Negative(Power(target, _TWO))))
                for prediction, target in zip(predictions, targets, strict=True)
            ]
        )
        for wrong in (squares, Negative(squares)):
            yield Suspicion(
                "mse.squares-subtracted",
                wrong,
                f"Subtract first, then square: {self._gap} is squared as a whole.",
            )

    def _without_bias(self) -> Iterator[Suspicion]:
        for bias in biases(self._situation.problem, self._error.prediction):
            added = self._each(Name(bias))
            gaps = [
                Power(Sum((gap, Negative(b))), _TWO)
                for gap, b in zip(self._each(self._error.residual), added, strict=True)
            ]
            yield Suspicion(
                "mse.bias-left-out-of-the-prediction", self._over(gaps), f"The prediction includes the bias {bias}."
            )
