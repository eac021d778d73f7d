"""Sentences about an answer that no misconception explains, and about answers that follow from earlier ones."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.literals import same
from tutor.mathematics.presentation import shown_name, shown_value
from tutor.mathematics.values.arithmetic import divide
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_LARGEST_RATIO = 12
WHOLE_NUMBER = "A whole number is taken as exact, and this one is not. If you rounded, give 3 digits or more."


def follows_sentence(derivation: Derivation, cell: Cell, own: Mapping[str, Value]) -> str:
    """Return the sentence for an answer that is right from the learner's own earlier ones."""
    inputs = derivation.inputs(cell.id)
    wrong = [identity for identity, value in own.items() if not same(value, derivation.value(identity))]
    near = [identity for identity in wrong if identity in inputs] or wrong[-1:]
    if not near:
        return "Right from your own earlier answers."
    used = ", ".join(f"{shown_name(identity)} = {shown_value(own[identity])}" for identity in near)
    return f"Right from your own {used}. This step is done well; the slip is in an earlier cell."


def in_general(typed: Value | None, right: Value) -> str:
    """Return the next best thing that is true about an answer which nothing explains."""
    if typed is None:
        return "This has no value here. Look at what it divides by, and at what stands under roots and logarithms."
    try:
        side = sign(typed)
    except (NotDefinedError, TooLargeError):
        return "This is out of all proportion: no number here comes near it."
    ratio = _ratio(typed, right)
    if ratio is not None:
        return f"Not this. It is {shown_value(ratio)} times what is asked: look for that factor."
    if sign(right) == 0:
        return "Not this. Put the numbers into the rule once more, one factor at a time."
    if side and side != sign(right):
        return "Not this; the sign is wrong too. Start with the signs."
    return "Not this, though the sign is right. Put the numbers into the rule once more, one factor at a time."


def _ratio(typed: Value, right: Value) -> Fraction | None:
    """Return answer ÷ right where that is a simple fraction."""
    if not isinstance(typed, Fraction) or not isinstance(right, Fraction) or not typed:
        return None
    try:
        ratio = divide(typed, right)
    except NotDefinedError:
        return None
    if isinstance(ratio, Fraction) and max(abs(ratio.numerator), ratio.denominator) <= _LARGEST_RATIO:
        return ratio
    return None
