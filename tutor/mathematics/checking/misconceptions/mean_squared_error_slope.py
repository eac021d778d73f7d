"""Mistakes in the slope of a squared error by a weight or a bias: over a batch, and for one example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.reducing import (
    MOST_EXAMPLES,
    convention,
    is_mean,
    mean,
    parts_of,
    reduced,
)
from tutor.mathematics.checking.misconceptions.residuals import (
    SquaredError,
    at_example,
    biases,
    inner_derivative,
    is_data,
    squared_error,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import times
from tutor.mathematics.notation.expression import ONE, ZERO, Name, Negative, Node, Product, Quotient, Sum, number, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TWO = number(2)


def squared_error_gradient(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the slope of a squared error by one of its parameters."""
    cell, problem = situation.cell, situation.problem
    is_slope = cell.kind == "total" or (cell.kind == "direct" and cell.name == problem.objective)
    error = squared_error(problem) if is_slope and cell.by in problem.parameters else None
    if error is None or situation.is_one_link:
        return
    slope = _Slope(situation, error)
    if len(slope.examples) > MOST_EXAMPLES:
        return
    yield from _any_parameter(slope)
    if slope.inner == ONE:
        yield from _bias(slope)
    elif slope.inner is None:
        yield from _weight(slope)
    elif slope.is_batch or is_data(problem, slope.inner):
        yield from _weight(slope)
        yield from _linear_weight(slope, slope.inner)


@dataclass(frozen=True)
class _Slope:
    """The asked slope: over a batch the slopes of its examples, else the one of a single example."""

    situation: Situation
    error: SquaredError

    @property
    def by(self) -> str:
        return self.situation.cell.by

    @property
    def is_batch(self) -> bool:
        return bool(self.situation.problem.examples) and not self.situation.cell.example

    @property
    def examples(self) -> tuple[int, ...]:
        cell = self.situation.cell
        return self.situation.problem.batch(cell.iteration) if self.is_batch else (cell.example,)

    @property
    def parts(self) -> Sequence[Node]:
        """The right slope of each example."""
        return parts_of(self.situation, self.situation.cell) if self.is_batch else [self.situation.formula]

    @property
    def inner(self) -> Node | None:
        """How the parameter moves the prediction; None where it is not linear in it."""
        return inner_derivative(self.situation.problem, self.error.prediction, self.by)

    @property
    def gap(self) -> str:
        """The difference as the learner sees it."""
        return shown(self.error.base)

    @property
    def counts_mean(self) -> bool:
        """Whether several examples are averaged here."""
        return self.is_batch and is_mean(self.situation.problem) and len(self.examples) > 1

    def each(self, node: Node) -> list[Node]:
        """Return a formula over names of the file at each example."""
        return [at_example(self.situation, node, example) for example in self.examples]

    def over(self, parts: Sequence[Node]) -> Node:
        """Return what the examples bring, put together as the problem has it."""
        return reduced(self.situation.problem, parts)

    def gaps_times(self, node: Node) -> Node:
        """Return 2·factor·(prediction − target) times something of the same example, put together."""
        whole = times(_TWO, self.error.factor, self.error.residual, node)
        return self.over(self.each(whole))

    def parts_times(self, node: Node) -> Node:
        """Return the right slope of each example times something of the same example, put together."""
        return self.over([times(part, other) for part, other in zip(self.parts, self.each(node), strict=True)])


def _any_parameter(slope: _Slope) -> Iterator[Suspicion]:
    """Yield what goes wrong with the 2, the ½ and the sign."""
    right, gap = slope.over(slope.parts), slope.gap
    family = "mse-bias" if slope.inner == ONE else "mse-weight"
    if slope.error.is_halved:
        yield Suspicion(
            "half-square.half-left-over",
            Quotient(right, _TWO),
            "The 2 that the square brings down cancels the ½. No ½ is left.",
        )
        yield Suspicion(
            "half-square.extra-factor-2",
            Product((_TWO, right)),
            "The ½ before this square cancels the 2. Without the ½, yours would be right: another convention.",
        )
    else:
        yield Suspicion(
            f"{family}.factor-2-missing",
            Quotient(right, _TWO),
            f"The square brings down a factor 2. With a ½ before {slope.error.square} yours would be right, "
            "but that is another convention: there is none here.",
        )
    yield Suspicion(
        "half-square.reversed" if slope.error.is_halved else f"{family}.residual-reversed",
        Negative(right),
        f"Check the sign: the slope by {slope.by} has prediction minus target in it, {shown(slope.error.residual)}.",
    )
    yield Suspicion(
        "mse-weight.residual-still-squared",
        slope.parts_times(slope.error.residual),
        f"Differentiating lowers the square: {gap} is left to the first power.",
    )


def _weight(slope: _Slope) -> Iterator[Suspicion]:
    """Yield the mistakes in the slope by a weight, wherever it stands in the prediction."""
    parts, count, gap = slope.parts, len(slope.examples), slope.gap
    summed = total([*parts])
    if slope.counts_mean:
        convention_here = convention(slope.situation.problem)
        yield Suspicion("mse-weight.not-averaged", summed, f"That is the sum. {convention_here} Divide by {count}.")
        yield Suspicion(
            "mse-weight.factor-2-and-mean-both-missing",
            Quotient(summed, _TWO),
            f"Two constants are missing: the 2 that the square brings down, and the division by {count}.",
        )
        yield Suspicion(
            "mse-weight.divided-by-n-twice",
            Quotient(mean(parts), number(count)),
            f"The average was taken twice: divide by {count} once.",
        )
    if count > 1:
        for part in parts:
            yield Suspicion(
                "mse-weight.one-sample-only", part, f"That is {shown(part)} alone. Use all {count} examples."
            )
    if slope.is_batch or slope.inner is not None:
        moved = "each" if count > 1 else "it"
        yield Suspicion(
            "mse-weight.inner-derivative-x-missing",
            slope.gaps_times(ONE),
            f"{gap} depends on {slope.by}: multiply {moved} by {_inner_text(slope)}.",
        )


def _inner_text(slope: _Slope) -> str:
    if slope.inner is None:
        return f"the slope of {shown(slope.error.prediction)} by {slope.by}"
    return shown(slope.inner)


def _linear_weight(slope: _Slope, inner: Node) -> Iterator[Suspicion]:
    """Yield the mistakes in the slope by a weight that multiplies an input."""
    x, name = shown(inner), slope.by
    if slope.is_batch and len(slope.examples) > 1:
        gaps, inputs = slope.each(slope.error.residual), slope.each(inner)
        factor = slope.each(times(_TWO, slope.error.factor))[0]
        yield Suspicion(
            "mse-weight.averaged-separately",
            times(factor, slope.over(gaps), slope.over(inputs)),
            f"Multiply {slope.gap} and {x} within each example, and average then.",
        )
    target = slope.error.target
    yield Suspicion(
        "mse-weight.multiplied-by-y",
        slope.gaps_times(target),
        f"The inner derivative is the input {x}, not the target {shown(target)}.",
    )
    yield Suspicion(
        "mse-weight.multiplied-by-w",
        slope.gaps_times(Name(name)),
        f"The slope of {name}·{x} by {name} is {x}, not {name}.",
    )
    yield Suspicion("mse-weight.x-squared", slope.parts_times(inner), f"The input {x} enters once, not twice.")
    for bias in biases(slope.situation.problem, slope.error.prediction):
        lost = slope.each(times(_TWO, slope.error.factor, Name(bias), inner))
        without = [Sum((part, Negative(less))) for part, less in zip(slope.parts, lost, strict=True)]
        yield Suspicion(
            "mse-weight.prediction-without-bias",
            slope.over(without),
            f"The bias {bias} belongs in the prediction, also where you differentiate by {name}.",
        )


def _bias(slope: _Slope) -> Iterator[Suspicion]:
    """Yield the mistakes in the slope by a parameter that is added to the prediction."""
    problem = slope.situation.problem
    for weight in problem.parameters:
        inner = inner_derivative(problem, slope.error.prediction, weight)
        if inner not in (None, ONE, ZERO) and (slope.is_batch or is_data(problem, inner)):
            yield Suspicion(
                "mse-bias.multiplied-by-x",
                slope.gaps_times(inner),
                f"{shown(inner)} belongs to {weight}. {slope.by} is added as it is: its inner derivative is 1.",
            )
    yield Suspicion(
        "mse-bias.multiplied-by-b",
        slope.gaps_times(Name(slope.by)),
        f"The slope of {slope.by} by itself is 1, not {slope.by}.",
    )
