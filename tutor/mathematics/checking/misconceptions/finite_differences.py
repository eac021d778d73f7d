"""Mistakes in a central difference (f(x + h) − f(x − h))/(2·h)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.patterns import (
    Factors,
    as_it_is,
    behind_minus,
    factors,
    forward_formula,
    minus,
    opener,
    scaled,
    terms,
    with_children,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Node, Quotient, Sum, children, number
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Inside, Put

_MOST_PARTS = 300
_DISTANCE = re.compile(r"(?:d?h|eps|epsilon|ε|delta|δ|Δ)\w*")


@dataclass(frozen=True)
class CentralDifference:
    """The values at the right and the left point, and the distance between the points."""

    right: Node
    left: Node
    distance: Node


@dataclass(frozen=True)
class Moved:
    """A formula at two points: both points, and the formula with something else in their place."""

    right: Node
    left: Node
    of: Put


def central_difference(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a step that divides the rise between two points by their distance."""
    formula = forward_formula(situation)
    found = _difference(formula) if formula is not None else None
    if found is None:
        return
    moved = _Alignment(situation, found.distance).of(found.right, found.left)
    if moved is None and not _is_distance(found.distance):
        return
    rise = minus(found.right, found.left)
    half = scaled(Fraction(1, 2), found.distance)
    points = "The two points lie " + shown(found.distance) + " apart"
    yield Suspicion("central-difference.divided-by-h-only", Quotient(rise, half), f"{points}. Divide by that.")
    if moved is not None:
        here = moved.of(Quotient(Sum((moved.right, moved.left)), number(2)))
        for one_sided in (minus(found.right, here), minus(here, found.left)):
            yield Suspicion(
                "central-difference.forward-difference",
                Quotient(one_sided, half),
                "That is the one-sided difference. Use a point on each side.",
            )
    yield Suspicion("central-difference.not-divided", rise, f"{points}. Divide the rise by that.")
    yield Suspicion(
        "central-difference.order-reversed",
        Quotient(minus(found.left, found.right), found.distance),
        f"Right point minus left point: {shown(rise)}.",
    )
    if moved is not None:
        yield Suspicion(
            "central-difference.difference-of-inputs",
            Quotient(moved.of(minus(moved.right, moved.left)), found.distance),
            "Work out the function at both points, and subtract the results then.",
        )


def _difference(formula: Node) -> CentralDifference | None:
    """Return the parts of (right − left)/distance."""
    found = factors(formula)
    if len(found.top) != 1 or found.coefficient <= 0 or (not found.bottom and found.coefficient == 1):
        return None
    parts = terms(found.top[0])
    taken = [inner for part in parts if (inner := behind_minus(part)) is not None]
    if len(parts) != 2 or len(taken) != 1:  # noqa: PLR2004 - two points
        return None
    right = next(part for part in parts if behind_minus(part) is None)
    return CentralDifference(right, taken[0], Factors(1 / found.coefficient, found.bottom, ()).tree)


def _is_distance(node: Node) -> bool:
    """Whether a divisor is 2·h, by its name."""
    found = factors(node)
    return (
        found.coefficient == 2  # noqa: PLR2004 - two steps of h
        and len(found.top) == 1
        and isinstance(found.top[0], Name)
        and _DISTANCE.fullmatch(found.top[0].name) is not None
    )


class _Alignment:
    """Finds how two formulas differ: at one quantity only, which lies the given distance apart in them.

    Looks behind the names of steps; gives up where that takes too long.
    """

    def __init__(self, situation: Situation, distance: Node) -> None:
        self._value = situation.derivation.value
        self._inside: Inside = opener(situation)
        self._distance = distance
        self._left = _MOST_PARTS

    def of(self, right: Node, left: Node) -> Moved | None:
        """Return the two points and the function that was taken at them; None where there is no such pair."""
        found = self._aligned(right, left)
        if found is None or found[0] is None or not self._are_apart(*found[0]):
            return None
        return Moved(*found[0], of=found[1])

    def _aligned(self, right: Node, left: Node) -> tuple[tuple[Node, Node] | None, Put] | None:
        """Return the pair that differs (None where nothing does) and how the whole is made from another one."""
        self._left -= 1
        if self._left < 0:
            return None
        if right == left:
            return None, lambda _: right
        if isinstance(right, Name) and isinstance(left, Name) and not self._are_apart(right, left):
            opened = self._inside(right), self._inside(left)
            return None if opened == (right, left) else self._aligned(*opened)
        parts, others = children(right), children(left)
        if _is_point(right, left) or not parts or with_children(left, parts) != right or len(parts) != len(others):
            return (right, left), as_it_is
        found = [self._aligned(part, other) for part, other in zip(parts, others, strict=True)]
        known = [one for one in found if one is not None]
        pairs = {pair for pair, _ in known if pair is not None}
        if len(known) < len(found) or len(pairs) != 1:
            return None
        makers = [make for _, make in known]
        return pairs.pop(), lambda new: with_children(right, [make(new) for make in makers])

    def _are_apart(self, right: Node, left: Node) -> bool:
        try:
            return evaluate(minus(right, left), self._value) == evaluate(self._distance, self._value)
        except (NotDefinedError, TooLargeError):
            return False


def _is_point(right: Node, left: Node) -> bool:
    """Whether these are x + h and x − h: sums that differ in the signs of terms alone."""
    if not isinstance(right, Sum) or not isinstance(left, Sum) or len(right.terms) != len(left.terms):
        return False
    pairs = [(one, other) for one, other in zip(right.terms, left.terms, strict=True) if one != other]
    return all(behind_minus(other) == one or behind_minus(one) == other for one, other in pairs)
