"""The verdict on a formula: equal to the expected one wherever both are defined."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.answers import Reading, read_answer
from tutor.mathematics.checking.literals import compare, same
from tutor.mathematics.checking.misconceptions.in_formulas import suspicions_about
from tutor.mathematics.checking.misconceptions.numbers import slips_of
from tutor.mathematics.checking.misconceptions.parts import factor_slips, sums_inside
from tutor.mathematics.checking.one_answer import other_reading_reply
from tutor.mathematics.checking.reply import Reply, invalid
from tutor.mathematics.checking.words import WHOLE_NUMBER
from tutor.mathematics.equality.decide import decide
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Call, Constant, Name, Node, names, walk
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from tutor.mathematics.values.real import Value

_PRECISION = 4_096
# Each part of a formula is a suspect; beyond this many, looking at them all would take too long.
_MOST_PARTS = 60
_OTHER_FORMULA = "This is a different formula. Work it out once more, one rule at a time."


def check_formula(expected: str, answer: str) -> Reply:
    """Return the verdict on an answer to an expected formula; the names in `expected` are the ones that exist.

    Never raises for what was typed.
    """
    with limited_precision(_PRECISION):
        if len(expected) > limits.CHARACTERS:
            return invalid(f"The expected formula is {len(expected):,} characters long; at most {limits.CHARACTERS:,}.")
        try:
            scope = Scope.of(names_in(expected))
            reference = read(expected, scope).tree
        except ReadingError as error:
            return invalid(f"The expected formula cannot be read: {error.message}")
        try:
            reading = read_answer(answer, scope)
        except ReadingError as error:
            return invalid(error.message, error.position)
        return _number(reference, reading) if not names(reference) else _formula(reference, reading)


def _formula(reference: Node, reading: Reading) -> Reply:
    read_as = reading.text
    found = decide(reference, reading.tree)
    if found.equal:
        sentence = "Right."
        if found.narrower:
            sentence = "Right where it is defined; your form is defined for fewer values than the expected one."
        return Reply("correct", sentence, read_as)
    if found.answer == "undefined":
        return Reply("incorrect", "This is not defined where the expected formula is.", read_as)
    if reading.other is not None and decide(reference, reading.other).equal:
        return other_reading_reply(reading, read_as)
    if max(limits.count(reference), limits.count(reading.tree)) > _MOST_PARTS:
        return Reply("incorrect", _OTHER_FORMULA, read_as)
    named = _named(reference, reading.tree)
    identity, also = next(iter(named), None), tuple(named)[1:]
    if identity is not None and not identity.startswith("number."):
        return Reply("incorrect", named[identity], read_as, identity, also)
    for wrong, feedback in (*factor_slips(reference), *sums_inside(reference)):
        if decide(wrong, reading.tree).equal:
            return Reply("incorrect", feedback, read_as, identity, also)
    if identity is not None:
        return Reply("incorrect", named[identity], read_as, identity, also)
    return Reply("incorrect", _OTHER_FORMULA, read_as)


def _named(reference: Node, answer: Node) -> dict[str, str]:
    """Return the ids whose rules turn the expected formula into the answer, with what they say."""
    named: dict[str, str] = {}
    for slip in suspicions_about(reference, answer):
        if slip.id is not None and slip.id not in named and decide(slip.wrong, answer).equal:
            named[slip.id] = slip.feedback
    return named


def _number(reference: Node, reading: Reading) -> Reply:
    """Check against an expected formula without names, which is a number."""
    read_as = reading.text
    try:
        right = evaluate(reference, _no_name)
    except (NotDefinedError, TooLargeError) as error:
        return invalid(f"The expected formula has no value: {error}.")
    verdict = _number_verdict(reading, right)
    if verdict == "exact":
        return Reply("correct", "Right.", read_as)
    if verdict == "short":
        return Reply("incomplete", "Right so far. Give at least 3 significant digits.", read_as, counts=False)
    if verdict == "formula":
        return Reply("incomplete", "That is right. Now work out the number.", read_as, counts=False)
    if reading.other is not None and decide(reference, reading.other).equal:
        return other_reading_reply(reading, read_as)
    for suspicion in slips_of(reference):
        try:
            wrong = evaluate(suspicion.wrong, _no_name)
        except (NotDefinedError, TooLargeError):
            continue
        if _number_verdict(reading, wrong) not in {"different", "whole"}:
            return Reply("incorrect", suspicion.feedback, read_as, suspicion.id)
    sentence = WHOLE_NUMBER if verdict == "whole" else "Not this. Work it out once more, one step at a time."
    return Reply("incorrect", sentence, read_as)


def _number_verdict(reading: Reading, right: Value) -> str:
    if reading.number is not None:
        found = compare(reading.number, right)
        return "exact" if found == "rounded" else found
    try:
        value = evaluate(reading.tree, _no_name)
    except (NotDefinedError, TooLargeError):
        return "different"
    if not same(value, right):
        return "different"
    worked_out = not any(isinstance(part, Name | Call | Constant) for part in walk(reading.tree))
    return "exact" if worked_out and isinstance(value, Fraction) else "formula"


def _no_name(name: str) -> Value:
    raise KeyError(name)
