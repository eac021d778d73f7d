"""The decision: equal as functions of real names, on the open set where both sides are defined."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tutor.mathematics.equality.certainty import is_zero
from tutor.mathematics.equality.decision import Decision, Equality
from tutor.mathematics.equality.regions import decide_by_regions
from tutor.mathematics.equality.sampling import points, value_at
from tutor.mathematics.equality.vanishing import Finding, find_out
from tutor.mathematics.notation.expression import Negative, Node, Sum
from tutor.mathematics.notation.outline import outline

if TYPE_CHECKING:
    from tutor.mathematics.notation.outline import Outline

_ENOUGH_POINTS = 8
_MOST_POINTS = 60


def decide(reference: Node, answer: Node) -> Equality:
    """Decide whether the answer equals the reference.

    "undefined" means that no open set was found on which both are defined. What cannot be shown equal within the work
    that an answer may cost is "different". The same verdict every time.
    """
    return decision(reference, answer).verdict


def decision(reference: Node, answer: Node) -> Decision:
    """Decide whether the answer equals the reference, as `decide` does, and tell what the decision rests on."""
    if reference == answer:
        return Decision(Equality("equal"), "structure")
    difference = Sum((answer, Negative(reference)))
    seen = outline(reference, answer)
    if seen.is_total:
        return _decide_total(difference, seen)
    return decide_by_regions(reference, answer, difference, seen)


def _decide_total(difference: Node, seen: Outline) -> Decision:
    """Decide about formulas that are defined everywhere but on a thin set."""
    finding = find_out(difference, seen)
    if finding is Finding.DIFFERENT:
        return Decision(Equality("different"), "fingerprint")
    if finding is Finding.ZERO:
        return Decision(Equality("equal"), "fingerprint")
    enough = 1 if finding is Finding.SEEMS_ZERO or not seen.names else _ENOUGH_POINTS
    agreeing = work = 0
    defined = False
    for point in islice(points(seen.names), _MOST_POINTS):
        work += 1
        value = value_at(difference, point)
        if value is None:
            continue
        defined = True
        agrees = is_zero(value, seen.order)
        if agrees is False:
            return Decision(Equality("different"), "point", work)
        agreeing += agrees is True
        if agreeing >= enough:
            break
    if agreeing:
        return Decision(Equality("equal"), "sampling", work)
    return Decision(Equality("different" if defined else "undefined"), "sampling", work)
