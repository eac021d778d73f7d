"""Sentences about an answer that no misconception explains, and about answers that follow from earlier ones."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.literals import same
from tutor.mathematics.checking.misconceptions.diagnosis import Diagnosis
from tutor.mathematics.presentation import shown_name, shown_value
from tutor.mathematics.values.arithmetic import divide
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.checking.conventions import Convention
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_LARGEST_FACTOR = 12
_OTHER = "That is another convention than this problem's."
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


def carried_on_sentence(convention: Convention, shown_by: str, answer: Value) -> str:
    """Return the sentence for an answer that goes on with the convention of an earlier one."""
    where = f"{shown_name(shown_by)} = {shown_value(answer)}"
    return f"Right with {convention.said}, as in your own {where}. That is another convention than this problem's."


def in_other_convention(convention: Convention, cell: Cell, found: Diagnosis | None) -> Diagnosis:
    """Return the diagnosis of an answer that would be right in another convention, whatever else explains it."""
    identity = convention.identity(cell)
    named = [one for one in (found.misconception, *found.also) if one is not None] if found else []
    reasons = [one for one in named if not one.startswith("number.")]
    sentence = found.feedback if found is not None and reasons else f"Yours is right with {convention.said}. {_OTHER}"
    if convention.is_open:
        sentence += " The problem leaves that open, so this costs no try."
    first = named[0] if reasons else identity
    others = named if any(map(convention.names, named)) else [*named, identity]
    return Diagnosis(first, tuple(one for one in others if one != first), sentence)


def in_general(typed: Value | None, right: Value) -> str:
    """Return the next best thing that is true about an answer which nothing explains."""
    if typed is None:
        return "This has no value here. Look at what it divides by, and at what stands under roots and logarithms."
    try:
        side = sign(typed)
    except (NotDefinedError, TooLargeError):
        return "This is out of all proportion: no number here comes near it."
    ratio = _one_factor(typed, right)
    if ratio is not None and ratio.denominator == 1:
        return f"Not this. It is {shown_value(ratio)} times what is asked: look for that factor."
    if ratio is not None:
        return f"Not this. What is asked is {shown_value(1 / ratio)} times as much: look for that factor."
    if sign(right) == 0 or side == 0:
        return "Not this. Put the numbers into the rule once more, one factor at a time."
    if side != sign(right):
        return "Not this; the sign is wrong too. Start with the signs."
    return "Not this, though the sign is right. Put the numbers into the rule once more, one factor at a time."


def _one_factor(typed: Value, right: Value) -> Fraction | None:
    """Return answer ÷ right where one whole factor is missing, or is there besides.

    Of any other fraction nothing is said: from 7/12 of what is asked, everybody reads off what is asked. So where one
    of the two is 1 or -1: then the factor is the other one.
    """
    if not isinstance(typed, Fraction) or not isinstance(right, Fraction) or not typed:
        return None
    if abs(typed) == 1 or abs(right) == 1:
        return None
    try:
        ratio = divide(typed, right)
    except NotDefinedError:
        return None
    if not isinstance(ratio, Fraction) or max(abs(ratio.numerator), ratio.denominator) > _LARGEST_FACTOR:
        return None
    return ratio if 1 in {abs(ratio.numerator), ratio.denominator} else None
