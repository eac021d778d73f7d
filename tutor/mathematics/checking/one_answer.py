"""One answer to one cell, on its way to a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.mathematics.cells import CellError
from tutor.mathematics.checking.answers import Reading
from tutor.mathematics.checking.arithmetic import Calculation
from tutor.mathematics.checking.following import followed_values, own_world
from tutor.mathematics.checking.literals import compare, same
from tutor.mathematics.checking.misconceptions.diagnosis import CLEAR, diagnose
from tutor.mathematics.checking.misconceptions.situation import Typed
from tutor.mathematics.checking.reply import Reply
from tutor.mathematics.checking.words import (
    WHOLE_NUMBER,
    carried_on_sentence,
    follows_sentence,
    in_general,
    in_other_convention,
)
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Call, Constant, Name, Node, names, walk
from tutor.mathematics.presentation import shown_name, shown_value
from tutor.mathematics.values.decimal import float_of
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.checking.answers import OwnAnswer
    from tutor.mathematics.checking.check import CellChecker
    from tutor.mathematics.checking.conventions import Convention, Conventions
    from tutor.mathematics.checking.literals import Match
    from tutor.mathematics.checking.misconceptions.diagnosis import Evidence
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_LEAST_EVIDENCE = 2
_EVIDENCE: dict[Match, Evidence] = {
    "exact": "exact",
    "rounded": "strong",
    "short": "weak",
    "whole": "weak",
    "different": "none",
}


@dataclass(frozen=True)
class OneAnswer:
    """One answer to one cell, on its way to a verdict; `answered` are the earlier ones."""

    checker: CellChecker
    derivation: Derivation
    cell: Cell
    reading: Reading
    answered: Mapping[str, OwnAnswer]

    @cached_property
    def own(self) -> dict[str, Value]:
        """The values of the earlier answers."""
        return {identity: answer.value for identity, answer in self.answered.items()}

    @cached_property
    def right_ones(self) -> frozenset[str]:
        """The earlier answers that are right."""
        return frozenset(
            identity for identity, answer in self.answered.items() if answer.fits(self.derivation.value(identity))
        )

    def reply(self) -> Reply:
        """Return the verdict. Raises ReadingError where a name in the answer needs an example."""
        right = self.derivation.value(self.cell.id)
        verdict = self._against(right)
        read_as = self.reading.text
        if verdict == "exact":
            return Reply("correct", "Right.", read_as)
        if verdict == "short" and not self._follows_exactly():
            return Reply("incomplete", "Right so far. Give at least 3 significant digits.", read_as, counts=False)
        if verdict == "formula":
            return Reply("incomplete", "That is right. Now work out the number.", read_as, counts=False)
        if self.derivation.is_constant(self.cell.id):
            return Reply("incorrect", f"{shown_name(self.cell.id)} is given: copy it from the problem.", read_as)
        return (
            self._following(read_as)
            or self._other_reading(right, read_as)
            or self._explained(right, read_as, is_whole=verdict == "whole")
        )

    @property
    def _conventions(self) -> Conventions:
        return self.checker.conventions

    def _against(self, right: Value) -> str:
        """Compare with a value: exact, short, whole, formula (right, but not worked out) or different."""
        number = self.reading.number
        if number is not None:
            found = compare(number, right)
            return "exact" if found == "rounded" else found
        return self._tree_against(self.reading.tree, right)

    def _tree_against(self, tree: Node, right: Value) -> str:
        for value in self._values(tree):
            if same(value, right):
                worked_out = not any(isinstance(part, Name | Call | Constant) for part in walk(tree))
                return "exact" if worked_out and isinstance(value, Fraction) else "formula"
        return "different"

    def _values(self, tree: Node) -> Iterator[Value]:
        """Yield what the answer's tree may stand for; a state's name may mean the one before or after the update."""
        has_state = self.cell.kind == "parameter" and any(
            name in self.derivation.cell_names.state_names for name in names(tree)
        )
        for after in (True, False) if has_state else (True,):
            try:
                yield self.checker.value(tree, self.cell, after=after)
            except CellError as error:
                raise ReadingError(str(error), 0) from error
            except (NotDefinedError, TooLargeError):
                continue

    def _following(self, read_as: str) -> Reply | None:
        for value in followed_values(self.derivation, self.cell, self.own):
            verdict = self._against(value)
            if verdict == "exact":
                sentence = follows_sentence(self.derivation, self.cell, self.own)
                return Reply("follows", sentence, read_as)
            if verdict == "short":
                sentence = "Right so far from your own earlier answers. Give at least 3 significant digits."
                return Reply("incomplete", sentence, read_as, counts=False)
        return self._carrying_on(read_as)

    def _carrying_on(self, read_as: str) -> Reply | None:
        """Return the reply where the answer goes on with a convention that an earlier answer shows."""
        for convention in self._conventions.each:
            shown = self._conventions.shown_by(convention, self.answered, self.right_ones)
            value = self._conventions.value(convention, self.cell, self.own) if shown is not None else None
            if shown is not None and value is not None and self._against(value) == "exact":
                return Reply("follows", carried_on_sentence(convention, shown, self.own[shown]), read_as)
        return None

    def _follows_exactly(self) -> bool:
        """Whether the number as typed is exactly what comes from the earlier answers."""
        number = self.reading.number
        return number is not None and any(
            value == number.value for value in followed_values(self.derivation, self.cell, self.own)
        )

    def _other_reading(self, right: Value, read_as: str) -> Reply | None:
        if self.reading.other is None or self._tree_against(self.reading.other, right) == "different":
            return None
        return other_reading_reply(self.reading, read_as)

    def _explained(self, right: Value, read_as: str, *, is_whole: bool) -> Reply:
        def is_right(value: Value) -> bool:
            return same(value, right)

        typed = self._typed_value()
        found = diagnose(self.checker.suspects(self.cell, self.answered), self._roughly(typed), self._matches, is_right)
        convention = self._other_convention(is_right)
        if convention is not None:
            found = in_other_convention(convention, self.cell, found)
        if found is not None:
            counts = convention is None or not convention.is_open
            return Reply("incorrect", found.feedback, read_as, found.misconception, found.also, counts=counts)
        general = WHOLE_NUMBER if is_whole else in_general(typed, right)
        return Reply("incorrect", (self._calculation() or general) + self._first_wrong_step(), read_as)

    def _calculation(self) -> str | None:
        """Return where a calculation of the right form goes wrong, None where only a number was typed."""
        if self.reading.number is not None:
            return None
        known = own_world(self.derivation, self.own, self.cell.iteration) if self.own else self.derivation.value

        def typed(name: str) -> Value:
            return self.derivation.value(self.checker.resolve(name, self.cell))

        return Calculation(known, typed).said(self.derivation.formula(self.cell), self.reading.tree)

    def _first_wrong_step(self) -> str:
        """Return the sentence about the first earlier answer that is wrong, if the asked cell depends on one."""
        wrong = [
            identity
            for identity in self.answered
            if self.derivation.depends(self.cell.id, identity) and identity not in self.right_ones
        ]
        first = next((one for one in wrong if not any(self.derivation.depends(one, other) for other in wrong)), None)
        if first is None:
            return ""
        return f" It first goes wrong at {shown_name(first)} = {shown_value(self.own[first])}: begin there."

    def _other_convention(self, is_right: Callable[[Value], bool]) -> Convention | None:
        """Return the convention in which the answer would be right, unless an earlier answer speaks against it."""
        for convention in self._conventions.each:
            if self._conventions.contradicted_by(convention, self.right_ones):
                continue
            value = self._conventions.value(convention, self.cell, self.own)
            if value is not None and self._matches(value) in CLEAR and not is_right(value):
                return convention
        return None

    def _matches(self, value: Value) -> Evidence:
        """How well a wrong value fits what was typed: one digit alone is no evidence, unless it is exact."""
        number = self.reading.number
        if number is None:
            return "none" if self._tree_against(self.reading.tree, value) == "different" else "exact"
        found = compare(number, value)
        if number.digits < _LEAST_EVIDENCE and found != "exact":
            return "none"
        return _EVIDENCE[found]

    def _roughly(self, typed: Value | None) -> Typed | None:
        """Return what was typed for a first look in floating point, None where that cannot hold it."""
        number = self.reading.number
        try:
            return None if typed is None else Typed(float_of(typed), 10.0**number.place if number else 0.0)
        except (ArithmeticError, ValueError):
            return None

    def _typed_value(self) -> Value | None:
        return next(self._values(self.reading.tree), None)


def other_reading_reply(reading: Reading, read_as: str) -> Reply:
    """Return the reply where the other way to read an answer would have been right."""
    meant = Reading(reading.other or reading.tree, None, None).text
    sentence = f"This is read as {read_as}. If you mean {meant}, which would be right, write the brackets."
    return Reply("incorrect", sentence, read_as, counts=False)
