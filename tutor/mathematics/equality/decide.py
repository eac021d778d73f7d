"""The decision: equal as functions of real names, on the open set where both sides are defined."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.equality.field import CHAINS
from tutor.mathematics.equality.fingerprint import (
    NO_PATTERN,
    Fingerprint,
    UndefinedError,
    branch_calls,
    is_total,
)
from tutor.mathematics.equality.sampling import points, rough_pattern, taken_branch, value_at
from tutor.mathematics.notation.expression import Call, Negative, Node, Number, Sum, names, walk
from tutor.mathematics.notation.limits import number_bits
from tutor.mathematics.values.enclosure import TooLargeError, TooWideError, separate
from tutor.mathematics.values.real import LAST_PRECISION, Real, enclose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.mathematics.values.real import Value

Answer = Literal["equal", "different", "undefined"]
_AGREEMENT_BITS = 256
_SMALLEST_PRIME_BITS = min(level.prime for fields in CHAINS for level in fields).bit_length() - 1
_CLOSE_BITS = 3_000
_ENOUGH_POINTS = 4
_MOST_REGIONS = 24


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

    "undefined" means that no open set was found on which both are defined. The same verdict every time.
    """
    if reference == answer:
        return Equality("equal")
    difference = Sum((answer, Negative(reference)))
    if is_total(difference):
        return _decide_total(difference)
    return _decide_by_regions(reference, answer, difference)


# -- formulas that are defined everywhere but on a thin set


def _decide_total(difference: Node) -> Equality:
    try:
        zero, complete = _is_zero(difference, NO_PATTERN)
    except UndefinedError:
        return _decide_by_values(difference)
    if zero:
        # Numbers too small to be multiples of the fields' primes cannot vanish in the fields only.
        small = number_bits(difference) < _SMALLEST_PRIME_BITS
        return Equality("equal" if small or _agrees_somewhere(difference) else "different")
    return Equality("different") if complete else _decide_by_values(difference)


def _is_zero(node: Node, pattern: Mapping[Node, int]) -> tuple[bool, bool]:
    """Return whether every fingerprint is 0, and whether they are complete.

    Raises UndefinedError where the fields cannot evaluate the formula.
    """
    complete = True
    for fields in CHAINS:
        fingerprint = Fingerprint(fields, pattern)
        value = fingerprint.of(node)
        complete = complete and fingerprint.complete
        if value:
            return False, complete
    return True, complete


def _agrees_somewhere(difference: Node) -> bool:
    """Check at one real point that the difference is 0: numbers made to vanish in the fields do not vanish there."""
    for point in points(names(difference)):
        value = value_at(difference, point)
        if value is not None:
            return not _is_apart(value, _precision(difference, _AGREEMENT_BITS))
    return False


def _decide_by_values(difference: Node) -> Equality:
    seen = 0
    for point in points(names(difference)):
        value = value_at(difference, point)
        if value is None:
            continue
        seen += 1
        if _is_apart(value, _AGREEMENT_BITS) or (seen <= _ENOUGH_POINTS and _is_apart(value, _precision(difference))):
            return Equality("different")
        if seen >= 2 * _ENOUGH_POINTS or not names(difference):
            return Equality("equal")
    return Equality("equal" if seen else "undefined")


def _precision(node: Node, base: int = _CLOSE_BITS) -> int:
    """Return the bits at which a difference made by the formula's own numbers would show."""
    written = sum(
        part.value.numerator.bit_length() + part.value.denominator.bit_length()
        for part in walk(node)
        if isinstance(part, Number)
    )
    return min(base + 2 * written, LAST_PRECISION)


def _is_apart(value: Value, bits: int) -> bool:
    """Whether the value is certainly not 0, looking at it with up to this many bits."""
    if isinstance(value, Fraction):
        return value != 0
    precision = 96
    while True:
        try:
            if _excludes_zero(value, precision):
                return True
        except (TooWideError, TooLargeError):
            pass
        if precision >= bits:
            return False
        precision = min(precision * 4, bits)


def _excludes_zero(value: Real, precision: int) -> bool:
    return separate(enclose(value, precision), enclose(Fraction(0), precision))


# -- formulas with branches, roots and logarithms


def _decide_by_regions(reference: Node, answer: Node, difference: Node) -> Equality:
    """Look at one point of each region that can be found: a region has its own branches and domain."""
    calls = branch_calls(difference)
    narrower = False
    common = 0
    regions: dict[object, int] = {}
    for point in points(names(difference)):
        look = rough_pattern((reference, answer), calls, point)
        if regions.get(look, 0) >= (_ENOUGH_POINTS if len(regions) < 3 else 2) or len(regions) > _MOST_REGIONS:  # noqa: PLR2004
            continue
        regions[look] = regions.get(look, 0) + 1
        if value_at(reference, point) is None:
            continue
        if value_at(answer, point) is None:
            narrower = True
            continue
        common += 1
        if not _zero_around(difference, calls, point):
            return Equality("different")
        if not names(difference):
            break
    return Equality("equal", narrower) if common else Equality("undefined", narrower)


def _zero_around(difference: Node, calls: Sequence[Call], point: Mapping[str, Fraction]) -> bool:
    """Whether the difference is 0 in the region around the point."""
    value = value_at(difference, point)
    if value is None or _is_apart(value, _AGREEMENT_BITS):
        return value is None
    pattern: dict[Node, int] = {}
    for call in calls:
        branch = taken_branch(call, point)
        if branch is None:
            return True  # on a kink: the regions on both sides decide
        pattern[call] = branch
    try:
        zero, complete = _is_zero(difference, pattern)
    except UndefinedError:
        zero, complete = False, False
    if zero:
        return True
    return not complete and not _is_apart(value, _precision(difference))
