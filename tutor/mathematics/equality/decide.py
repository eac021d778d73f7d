"""The decision: equal as functions of real names, on the open set where both sides are defined."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.equality.branches import (
    branch_calls,
    deciding_conditions,
    is_total,
    rough_branch,
    taken_branch,
)
from tutor.mathematics.equality.certainty import is_zero
from tutor.mathematics.equality.exploring import unusual_points
from tutor.mathematics.equality.field import CHAINS
from tutor.mathematics.equality.fingerprint import NO_PATTERN, Fingerprint, UndefinedError
from tutor.mathematics.equality.sampling import is_undefined, points, rough_or_nothing, value_at
from tutor.mathematics.notation.expression import Call, Negative, Node, Sum, names, walk
from tutor.mathematics.notation.limits import number_bits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

Answer = Literal["equal", "different", "undefined"]
_Branches = tuple[int | None, ...]
_Look = tuple[tuple[bool, bool], _Branches]  # whether each side has a value, as it seems, and the branches taken
# What vanishes in every chain of fields and nowhere else is made of multiples of a prime of each.
_VANISHING_BITS = sum(min(level.prime for level in fields).bit_length() - 1 for fields in CHAINS)
_ENOUGH_POINTS = 4
_MOST_ORDER = 8
_MOST_LOOKS = 128
_MOST_POINTS = 60
_ROUGHLY = 1e-6


@dataclass(frozen=True)
class Equality:
    """The decision; `narrower` tells that the answer is defined on a smaller open set than the reference."""

    answer: Answer
    narrower: bool = False

    @property
    def equal(self) -> bool:
        """Whether both sides are equal wherever both are defined."""
        return self.answer == "equal"


def decide(reference: Node, answer: Node) -> Equality:
    """Decide whether the answer equals the reference.

    "undefined" means that no open set was found on which both are defined. What cannot be shown equal within the work
    that an answer may cost is "different". The same verdict every time.
    """
    if reference == answer:
        return Equality("equal")
    difference = Sum((answer, Negative(reference)))
    if is_total(difference):
        return _decide_total(difference)
    return _Regions(reference, answer, difference).decide()


def _vanishes(node: Node, pattern: Mapping[Node, int] = NO_PATTERN) -> bool | None:
    """Return whether the formula is 0 by its fingerprints, None where they cannot tell.

    Numbers that are multiples of the fields' primes vanish in them, too.
    """
    complete = True
    try:
        for fields in CHAINS:
            fingerprint = Fingerprint(fields, pattern)
            value = fingerprint.of(node)
            complete = complete and fingerprint.complete
            if value:
                return False if complete else None
    except UndefinedError:
        return None
    return True


def _has_small_numbers(node: Node) -> bool:
    """Whether the formula's numbers are too small to make multiples of the fields' primes."""
    return number_bits(node) < _VANISHING_BITS


def _order(node: Node) -> int:
    """Return how many things that are no fractions the formula is made of: so many may cancel one another."""
    return min(2 + sum(isinstance(part, Call) for part in walk(node)), _MOST_ORDER)


# -- formulas that are defined everywhere but on a thin set


def _decide_total(difference: Node) -> Equality:
    zero = _vanishes(difference)
    if zero is False:
        return Equality("different")
    if zero and _has_small_numbers(difference):
        return Equality("equal")
    order = _order(difference)
    enough = 1 if zero or not names(difference) else 2 * _ENOUGH_POINTS
    agreeing = 0
    defined = False
    for point in islice(points(names(difference)), _MOST_POINTS):
        value = value_at(difference, point)
        if value is None:
            continue
        defined = True
        agrees = is_zero(value, order)
        if agrees is False:
            return Equality("different")
        agreeing += agrees is True
        if agreeing >= enough:
            return Equality("equal")
    if agreeing:
        return Equality("equal")
    return Equality("different" if defined else "undefined")


# -- formulas with branches, roots and logarithms


class _Regions:
    """Looks at points of each region that can be found: a region has its own branches and domain."""

    def __init__(self, reference: Node, answer: Node, difference: Node) -> None:
        self._sides = (reference, answer)
        self._difference = difference
        self._names = names(difference)
        self._calls = branch_calls(difference)
        self._order = _order(difference)
        self._has_small_numbers = _has_small_numbers(difference)
        self._is_identity = self._is_shown(NO_PATTERN)
        # How many points of each look were compared; with which branches the sides agree for certain at some point,
        # and with which the fingerprints show that they agree everywhere.
        self._compared: Counter[_Look] = Counter()
        self._agreeing: set[_Branches] = set()
        self._shown: set[_Branches] = set()
        self._narrower = False

    def decide(self) -> Equality:
        """Decide by ordinary points, and by unusual ones where these alone can show a difference."""
        if not all(map(self._visit, points(self._names))):
            return Equality("different")
        if self._names and not (self._is_identity and self._agreeing):
            conditions = deciding_conditions(self._difference)
            for point in unusual_points(conditions, self._names):
                if not self._visit(point, narrow=True):
                    return Equality("different")
        if not self._compared:
            return Equality("undefined", self._narrower)
        is_known = self._agreeing == {branches for _, branches in self._compared}
        return Equality("equal" if is_known else "different", self._narrower)

    def _is_shown(self, pattern: Mapping[Node, int]) -> bool | None:
        vanishes = _vanishes(self._difference, pattern)
        return vanishes and self._has_small_numbers

    def _visit(self, point: Mapping[str, Fraction], *, narrow: bool = False) -> bool:
        """Look at a point, of a region that may be narrow; return False where the two sides differ there."""
        look, is_suspicious = self._look(point, narrow=narrow)
        _, branches = look
        is_enough = self._compared[look] >= _ENOUGH_POINTS and not is_suspicious
        if is_enough or (self._compared[look] and (self._is_identity or branches in self._shown)):
            return True
        reference, answer = (value_at(side, point) for side in self._sides)
        if reference is None or answer is None:
            self._narrower |= reference is not None and is_undefined(self._sides[1], point)
            return True
        self._compared[look] += 1
        if len(self._compared) > _MOST_LOOKS and not self._is_identity:
            return False
        agrees = self._is_identity or self._agrees(point, branches)
        if agrees:
            self._agreeing.add(branches)
        return agrees is not False

    def _look(self, point: Mapping[str, Fraction], *, narrow: bool) -> tuple[_Look, bool]:
        """Return what distinguishes the region of the point, and whether the sides seem to differ there, roughly."""
        at = {name: float(value) for name, value in point.items()}
        reference, answer = (rough_or_nothing(side, at) for side in self._sides)
        branches = tuple(taken_branch(call, point) if narrow else rough_branch(call, point, at) for call in self._calls)
        gap = abs(reference - answer) > _ROUGHLY * max(abs(reference), abs(answer))
        return ((math.isnan(reference), math.isnan(answer)), branches), gap

    def _agrees(self, point: Mapping[str, Fraction], branches: _Branches) -> bool | None:
        """Whether the two sides agree at the point, and in the region around it if that can be seen."""
        value = value_at(self._difference, point)
        zero = None if value is None else is_zero(value, self._order)
        if zero is False:
            return False
        pattern: dict[Node, int] = {
            call: branch for call in self._calls if (branch := taken_branch(call, point)) is not None
        }
        if len(pattern) < len(self._calls):
            return zero  # on a kink: the regions on both sides decide
        vanishes = _vanishes(self._difference, pattern)
        if vanishes is False:
            return False
        if vanishes and self._has_small_numbers:
            self._shown.add(branches)
            return True
        return zero
