"""Mistakes in the value of a squared error: of one example, or of several samples in one formula."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.forms import (
    Roles,
    SquaredDifference,
    squared_difference,
    weighted_sum,
)
from tutor.mathematics.checking.misconceptions.patterns import (
    factors,
    forward_formula,
    minus,
    negated,
    opener,
    outermost,
    scaled,
    squared,
    terms,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Name, Node, Sum, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Inside, Put

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class SquaredErrors:
    """A number times a sum of squared differences."""

    coefficient: Fraction
    errors: tuple[SquaredDifference, ...]

    @property
    def count(self) -> int:
        """How many differences there are."""
        return len(self.errors)

    @property
    def gaps(self) -> list[Node]:
        """The differences."""
        return [error.base for error in self.errors]

    @property
    def is_mean(self) -> bool:
        """Whether their sum is divided by how many there are."""
        return self.count > 1 and self.coefficient * self.count in {1, _HALF}

    def of(self, parts: list[Node], times: Fraction | int = 1) -> Node:
        """Return the same number times the sum of other parts."""
        return scaled(self.coefficient * times, total(parts))


def squared_error(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a squared error."""
    inside, formula = opener(situation), forward_formula(situation)
    if formula is None:
        return
    for found, put in outermost(formula, lambda part: squared_errors(part, inside)):
        yield from _mistakes(situation, found, put)


def squared_errors(part: Node, inside: Inside) -> SquaredErrors | None:
    """Return the squared differences that a part is made of, None for any other part."""
    if isinstance(part, Name):
        return None
    alone = squared_difference(part, inside)
    if alone is not None:
        return SquaredErrors(alone.factor, (alone,)) if alone.factor > 0 else None
    whole = factors(part)
    if len(whole.top) != 1 or whole.bottom or whole.coefficient <= 0:
        return None
    found = [squared_difference(term, inside) for term in terms(inside(whole.top[0]))]
    errors = tuple(error for error in found if error is not None)
    if len(errors) < max(2, len(found)) or len({error.factor for error in errors}) > 1:
        return None
    return SquaredErrors(whole.coefficient * errors[0].factor, errors)


def _mistakes(situation: Situation, found: SquaredErrors, put: Put) -> Iterator[Suspicion]:
    if found.is_mean:
        yield from _mean_mistakes(found, put)
    if found.count > 1:
        yield Suspicion(
            "mse.sum-squared",
            put(scaled(found.coefficient, squared(total(found.gaps)))),
            "Square each error first, and add afterwards.",
        )
        first = found.of([squared(found.gaps[0])], found.count if found.is_mean else 1)
        yield Suspicion(
            "mse.one-sample-only", put(first), f"That is the first of {found.count} squared errors. Use them all."
        )
    for slip in (
        *_other_convention(found),
        *_power_mistakes(found),
        *_side_mistakes(found),
        *_lost_bias(situation, found),
    ):
        yield Suspicion(slip.id, put(slip.wrong), slip.feedback)


def _mean_mistakes(found: SquaredErrors, put: Put) -> Iterator[Suspicion]:
    squares = [squared(gap) for gap in found.gaps]
    n = found.count
    yield Suspicion(
        "mse.not-averaged",
        put(found.of(squares, n)),
        f"That is the sum of the squared errors. Here it is divided by {n}.",
    )
    if n > 2:  # noqa: PLR2004 - with two samples, n − 1 would be 1, which is the sum
        yield Suspicion(
            "mse.divided-by-n-minus-1",
            put(found.of(squares, Fraction(n, n - 1))),
            f"Divide by the number of samples, {n}. {n} − 1 belongs to the variance of a sample.",
        )


def _power_mistakes(found: SquaredErrors) -> Iterator[Suspicion]:
    """Yield what is taken instead of the squares: the differences themselves, their sizes, a root of it all."""
    gaps = found.gaps
    squares = found.of([squared(gap) for gap in gaps])
    alone = f"That is the difference {shown(gaps[0])} itself. Square it." if found.count == 1 else ""
    not_squared = alone or "Square each error first, or positive and negative ones cancel."
    yield Suspicion("mse.not-squared", found.of(gaps), not_squared)
    yield Suspicion("mse.not-squared", negated(found.of(gaps)), not_squared)
    yield Suspicion(
        "mse.absolute-error",
        found.of([Call("abs", (each,)) for each in gaps]),
        alone or "That is made of the absolute errors. Square the differences instead.",
    )
    yield Suspicion(
        "mse.root-taken",
        Call("sqrt", (squares,)),
        alone if found.coefficient == 1 and alone else "That is the root of it. Leave the root out.",
    )


def _other_convention(found: SquaredErrors) -> Iterator[Suspicion]:
    """Yield the squared error with a factor ½ where it has none, and the other way round."""
    squares = [squared(gap) for gap in found.gaps]
    gap = shown(found.gaps[0])
    factor = found.coefficient * (found.count if found.is_mean else 1)
    if factor == 1:
        yield Suspicion(
            "mse.half-included",
            found.of(squares, _HALF),
            f"Yours has a factor ½, which is another convention. Here it is ({gap})² without it.",
        )
    if factor == _HALF:
        yield Suspicion(
            "half-square.extra-factor-2",
            found.of(squares, 2),
            f"Yours has no factor ½, which is another convention. Here it is ½·({gap})².",
        )


def _side_mistakes(found: SquaredErrors) -> Iterator[Suspicion]:
    """Yield what comes of squaring both sides of the difference one by one."""
    differences: list[Node] = [minus(squared(error.first), squared(error.second)) for error in found.errors]
    gap = shown(found.gaps[0])
    for wrong in (found.of(differences), negated(found.of(differences))):
        yield Suspicion("mse.squares-subtracted", wrong, f"Subtract first, then square: {gap} is squared as a whole.")
    sums: list[Node] = [Sum((squared(error.first), squared(error.second))) for error in found.errors]
    yield Suspicion(
        "square-of-sum.square-distributed",
        found.of(sums),
        f"Squaring {gap} also brings a middle term: work out the difference first.",
    )


def _lost_bias(situation: Situation, found: SquaredErrors) -> Iterator[Suspicion]:
    """Yield the errors of predictions without their biases."""
    inside, roles = opener(situation), Roles(situation.problem)
    lost: list[str] = []

    def without_bias(side: Node) -> Node:
        summed = weighted_sum(inside(side), roles)
        if summed is None or not summed.biases:
            return side
        lost.append(shown(total([*summed.biases])))
        return summed.tree(summed.products, bias=False)

    gaps = [minus(without_bias(error.first), without_bias(error.second)) for error in found.errors]
    if lost:
        yield Suspicion(
            "mse.bias-left-out-of-the-prediction",
            found.of([squared(gap) for gap in gaps]),
            f"The prediction includes the bias {lost[0]}.",
        )
