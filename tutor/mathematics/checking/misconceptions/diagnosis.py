"""Naming the mistake: every family of rules is asked, and what gives the learner's value is reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.problem import ProblemError
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tutor.mathematics.checking.misconceptions.situation import Suspicion, Typed
    from tutor.mathematics.checking.misconceptions.suspects import Suspects
    from tutor.mathematics.values.real import Value


@dataclass(frozen=True)
class Diagnosis:
    """The best explanation, and the ids of every other rule that gives the same value.

    `misconception` is None where the feedback names a mistake that has no id.
    """

    misconception: str | None
    also: tuple[str, ...]
    feedback: str


Evidence = Literal["exact", "strong", "weak", "none"]
CLEAR: frozenset[Evidence] = frozenset({"exact", "strong"})
"""What names a mistake by itself."""


def diagnose(
    suspects: Iterable[Suspects],
    typed: Typed | None,
    matches: Callable[[Value], Evidence],
    is_right: Callable[[Value], bool],
) -> Diagnosis | None:
    """Return what explains the learner's value, None where no rule gives it.

    `typed` is that value, for a first look in floating point; `matches` tells how well a value fits what was typed:
    strongly where it rounds to that, weakly where only few digits speak for it; `is_right` whether it is the right
    one, which explains nothing.
    """
    found: dict[str, _Named] = {}
    for those in suspects:
        look = _Look(those, typed, matches, is_right)
        found = {**found, **look.named()}
        if any(not identity.startswith("number.") for identity in found):
            break
        sentence = look.tested()
        if sentence is not None:
            return Diagnosis(next(iter(found), None), tuple(found)[1:], sentence)
    return _best(found)


@dataclass(frozen=True)
class _Named:
    """What a rule with an id says, and whether its value is exactly what was typed."""

    feedback: str
    is_exact: bool


@dataclass(frozen=True)
class _Look:
    """The answer, looked at with one set of values."""

    suspects: Suspects
    typed: Typed | None
    matches: Callable[[Value], Evidence]
    is_right: Callable[[Value], bool]

    def named(self) -> dict[str, _Named]:
        """Return the ids whose rules give the answer, with what they say; the weak hits only where none is strong."""
        found: dict[Evidence, dict[str, _Named]] = {"exact": {}, "strong": {}, "weak": {}, "none": {}}
        for suspicion, estimate in self.suspects.named:
            if suspicion.id is not None and suspicion.id not in found["exact"]:
                evidence = self._evidence(suspicion, estimate)
                found[evidence].setdefault(suspicion.id, _Named(suspicion.feedback, evidence == "exact"))
        return {**found["strong"], **found["exact"]} or found["weak"]

    def tested(self) -> str | None:
        """Return what the first test with a clear result says, None where none has one."""
        for found, most in self.suspects.tested():
            hits = [hit.feedback for hit, estimate in found if self._evidence(hit, estimate) in CLEAR]
            sentences = list(dict.fromkeys(hits))
            if sentences:
                return _either(sentences) if len(sentences) <= most else None
        return None

    def _evidence(self, suspicion: Suspicion, estimate: float | None) -> Evidence:
        if self.typed is not None and estimate is not None and self.typed.is_far_from(estimate):
            return "none"
        try:
            value = self.suspects.situation.of(suspicion.wrong)
        except (NotDefinedError, TooLargeError, ProblemError):
            return "none"
        found = self.matches(value)
        return "none" if found == "none" or self.is_right(value) else found


def _either(sentences: Sequence[str]) -> str:
    if len(sentences) == 1:
        return sentences[0]
    return f"Two things would give this. Either: {sentences[0]} Or: {sentences[1]}"


def _best(found: dict[str, _Named]) -> Diagnosis | None:
    """Return the best explanation: one that gives exactly what was typed, and of those the most specific one.

    Where another that is as good says something else, both are said.
    """
    if not found:
        return None

    def worse(identity: str) -> tuple[bool, int]:
        return not found[identity].is_exact, _rank(identity)

    first, *others = sorted(found, key=worse)
    feedback = found[first].feedback
    second = next((other for other in others if found[other].feedback != feedback), None)
    if second is not None and worse(second) == worse(first):
        feedback = _either((feedback, found[second].feedback))
    return Diagnosis(first, tuple(others), feedback)


_SLIPS = {"square-of-sum", "negative-square", "negative-exponent", "order-of-operations", "rounding"}
# From the particular to the general: a rule about this kind of cell explains more than one about any chain or number.
_GENERAL = (
    {"multiply-gate", "add-gate", "shared-weight", "partial"},
    {"links", "paths"},
    {"gradient"},
    _SLIPS,
    {"number"},
)


def _rank(identity: str) -> int:
    operation = identity.partition(".")[0]
    return next((place for place, operations in enumerate(_GENERAL, start=1) if operation in operations), 0)
