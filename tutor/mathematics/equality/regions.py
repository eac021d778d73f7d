"""Formulas with branches, roots and logarithms: each region of theirs has its own branches and domain."""

from __future__ import annotations

import math
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from tutor.mathematics.equality.branches import branchings, deciding_conditions
from tutor.mathematics.equality.certainty import is_zero
from tutor.mathematics.equality.decision import Decision, Equality
from tutor.mathematics.equality.domain import conditions, is_defined_wherever
from tutor.mathematics.equality.exploring import unusual_points
from tutor.mathematics.equality.sampling import is_undefined, points, rough_or_nothing, rough_point, value_at
from tutor.mathematics.equality.vanishing import Finding, find_out
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from tutor.mathematics.equality.decision import Answer, Tier
    from tutor.mathematics.equality.sampling import Point
    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.notation.outline import Outline
    from tutor.mathematics.values.real import Value

_Branches = tuple[int | None, ...]
_Look = tuple[tuple[bool, bool], _Branches]  # whether each side has a value, as it seems, and the branches taken
_ENOUGH_POINTS = 4
_MOST_LOOKS = 128
_FIRST_POINTS = 24
_ROUGHLY = 1e-6


def decide_by_regions(reference: Node, answer: Node, difference: Node, seen: Outline) -> Decision:
    """Decide whether the answer equals the reference; `seen` is the outline of both."""
    finding = find_out(difference, seen)
    is_settled = finding is Finding.DIFFERENT or (
        finding is Finding.ZERO and not seen.has_branches and is_defined_wherever(answer, reference)
    )
    if is_settled:
        needed = list(dict.fromkeys(conditions(difference)))
        for work, point in enumerate(islice(points(seen.names), _FIRST_POINTS), 1):
            if all(_is_positive(condition, point) for condition in needed):
                verdict = Equality("equal" if finding is Finding.ZERO else "different")
                return Decision(verdict, "fingerprint", work * len(needed))
    return _Regions(reference, answer, difference, seen, is_identity=finding is Finding.ZERO).decide()


def _is_positive(node: Node, point: Point) -> bool:
    value = value_at(node, point)
    return value is not None and sign(value) > 0


def _is_inside(node: Node, point: Point) -> bool:
    """Whether the formula is defined around the point, too."""
    return all(_is_positive(condition, point) for condition in conditions(node))


class _Regions:
    """Looks at points of each region that can be found."""

    def __init__(self, reference: Node, answer: Node, difference: Node, seen: Outline, *, is_identity: bool) -> None:
        self._sides = (reference, answer)
        self._rough_sides = (rough_or_nothing(reference), rough_or_nothing(answer))
        self._difference = difference
        self._seen = seen
        self._branchings = branchings(difference)
        self._is_identity = is_identity
        # How many points of each look were compared; with which branches the sides agree for certain at some point,
        # and with which the fingerprints show that they agree everywhere.
        self._compared: Counter[_Look] = Counter()
        self._agreeing: set[_Branches] = set()
        self._shown: set[_Branches] = set()
        self._narrower = False
        self._tier: Tier = "branches"
        self._work = 0

    def decide(self) -> Decision:
        """Decide by ordinary points, and by unusual ones where these alone can show a difference."""
        names = self._seen.names
        if not all(map(self._visit, points(names))):
            return self._decision("different")
        if names and not (self._is_identity and self._agreeing):
            deciding = deciding_conditions(self._difference)
            for point in unusual_points(deciding, list(names)):
                if not self._visit(point, narrow=True):
                    return self._decision("different")
        if not self._compared:
            self._tier = "sampling"
            return self._decision("undefined")
        is_known = self._agreeing == {branches for _, branches in self._compared}
        return self._decision("equal" if is_known else "different")

    def _decision(self, answer: Answer) -> Decision:
        return Decision(Equality(answer, self._narrower and answer != "different"), self._tier, self._work)

    def _visit(self, point: Point, *, narrow: bool = False) -> bool:
        """Look at a point, of a region that may be narrow; return False where the two sides differ there."""
        look, is_suspicious = self._look(point, narrow=narrow)
        _, branches = look
        is_enough = self._compared[look] >= _ENOUGH_POINTS and not is_suspicious
        if is_enough or (self._compared[look] and (self._is_identity or branches in self._shown)):
            return True
        reference, answer = (self._value(side, point) for side in self._sides)
        if reference is None or answer is None:
            if reference is not None and not self._narrower and is_undefined(self._sides[1], point):
                self._narrower = _is_inside(self._sides[0], point)
            return True
        self._compared[look] += 1
        if len(self._compared) > _MOST_LOOKS and not self._is_identity:
            self._tier = "sampling"
            return False
        agrees = self._is_identity or self._agrees(point, branches)
        if agrees:
            self._agreeing.add(branches)
        return agrees is not False

    def _value(self, node: Node, point: Point) -> Value | None:
        self._work += 1
        return value_at(node, point)

    def _look(self, point: Point, *, narrow: bool) -> tuple[_Look, bool]:
        """Return what distinguishes the region of the point, and whether the sides seem to differ there, roughly."""
        at = rough_point(point)
        reference, answer = (calculate(at) for calculate in self._rough_sides)
        branches = tuple(
            branching.taken(point) if narrow else branching.seems_taken(point, at) for branching in self._branchings
        )
        gap = abs(reference - answer) > _ROUGHLY * max(abs(reference), abs(answer))
        return ((math.isnan(reference), math.isnan(answer)), branches), gap

    def _agrees(self, point: Point, branches: _Branches) -> bool | None:
        """Whether the two sides agree in the region around the point, or at least at the point."""
        pattern: dict[Node, int] = {
            branching.call: branch for branching in self._branchings if (branch := branching.taken(point)) is not None
        }
        is_inside = len(pattern) == len(self._branchings)  # not on a kink, where the regions on both sides decide
        finding = find_out(self._difference, self._seen, pattern) if is_inside else Finding.OPEN
        if finding is Finding.ZERO:
            self._shown.add(branches)
            return True
        if finding is Finding.DIFFERENT:
            self._tier = "branches"
            return False
        value = self._value(self._difference, point)
        zero = None if value is None else is_zero(value, self._seen.order)
        self._tier = "point" if zero is False else "sampling"
        return zero
