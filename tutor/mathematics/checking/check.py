"""The verdict on one answer: to a cell of a problem, or to a formula."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell, CellError
from tutor.mathematics.checking.answers import Reading, read_answer
from tutor.mathematics.checking.following import followed_values, own_world
from tutor.mathematics.checking.literals import compare, same
from tutor.mathematics.checking.misconceptions.diagnosis import diagnose
from tutor.mathematics.checking.misconceptions.situation import Situation
from tutor.mathematics.checking.reply import Reply, invalid
from tutor.mathematics.checking.words import WHOLE_NUMBER, follows_sentence, in_general
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Call, Constant, Name, Node, names, walk
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import GREEK, canonical
from tutor.mathematics.problem import SYMBOLS, ProblemError
from tutor.mathematics.update_rules import HYPERPARAMETER
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.checking.misconceptions.diagnosis import Evidence
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_ANSWER_PRECISION = 4_096
_LEAST_EVIDENCE = 2


class CellChecker:
    """Checks answers to the cells of one problem."""

    def __init__(self, derivation: Derivation) -> None:
        """Prepare the names that answers may use."""
        self._derivation = derivation
        problem = derivation.problem
        self._hyperparameters = {
            name: HYPERPARAMETER + key
            for key in (problem.update.hyperparameters if problem.update else ())
            for name in (key, _letter(key))
            if canonical(name) not in {canonical(declared) for declared in problem.names}
        }
        quantities = derivation.cell_names.quantities
        self._scope = Scope.of((*quantities, *self._hyperparameters), derivation.cell_names)

    def check(self, cell_text: str, answer: str, earlier: Mapping[str, str] | None = None) -> Reply:
        """Return the verdict on an answer to a cell; `earlier` are the learner's own earlier answers.

        Never raises for what was typed: what cannot be read is answered with `invalid`.
        """
        with limited_precision(_ANSWER_PRECISION):
            try:
                cell = self._derivation.cell(cell_text)
                reading = read_answer(answer, self._scope, cell, self._derivation.cell_names)
                if any(self.resolve(name, cell) == cell.id for name in names(reading.tree)):
                    sentence = f"{cell.id} is what is asked here. Write its value."
                    return Reply("incomplete", sentence, reading.text, counts=False)
                own = self._own_values(earlier or {}, cell)
                return _OneAnswer(self, self._derivation, cell, reading, own).reply()
            except (CellError, ProblemError) as error:
                return invalid(str(error))
            except ReadingError as error:
                return invalid(error.message, error.position)

    def values_of(self, answers: Mapping[str, str]) -> dict[str, Value]:
        """Return the values of the learner's answers; those that have none are left out."""
        values: dict[str, Value] = {}
        with limited_precision(_ANSWER_PRECISION):
            for text, answer in answers.items():
                try:
                    values.update(self._own_values({text: answer}, None))
                except (ReadingError, CellError, ProblemError):
                    continue
        return values

    def _own_values(self, earlier: Mapping[str, str], asked: Cell | None) -> dict[str, Value]:
        """Return the values of the earlier answers. Raises ReadingError where one of them is none."""
        values: dict[str, Value] = {}
        for text, answer in earlier.items():
            try:
                cell = self._derivation.cell(text)
                reading = read_answer(answer, self._scope, cell, self._derivation.cell_names)
                value = self.value(reading.tree, cell)
            except ReadingError as error:
                raise ReadingError(f"The earlier answer for {text} cannot be read: {error.message}", 0) from error
            except (NotDefinedError, TooLargeError) as error:
                raise ReadingError(f"The earlier answer for {text} has no value: {error}.", 0) from error
            if asked is None or cell.id != asked.id:
                self._derivation.formula(cell)
                values[cell.id] = value
        return values

    def value(self, tree: Node, cell: Cell, *, after: bool = True) -> Value:
        """Return the value of an answer's tree, its names taken at the cell's own example and iteration.

        Raises ReadingError where a name needs an example; NotDefinedError, TooLargeError where there is no value.
        """
        return evaluate(tree, lambda name: self._derivation.value(self.resolve(name, cell, after=after)))

    def resolve(self, name: str, cell: Cell, *, after: bool = True) -> str:
        """Return the id of what a name in an answer stands for; states are those after the update, or before it."""
        if name in self._hyperparameters:
            return self._hyperparameters[name]
        derivation = self._derivation
        if "[" in name and derivation.is_constant(name):
            return name
        moved = cell.kind in {"parameter", "state"}
        iteration = cell.iteration - 1 if moved and cell.iteration else cell.iteration
        states = derivation.cell_names.state_names
        if name in states:
            state, parameter = states[name]
            place = iteration + 1 if after and moved else iteration
            found = Cell("state", parameter, state=state, iteration=place)
        elif name in derivation.problem.names:
            identity = derivation.name_at(name, cell.example, iteration)
            if derivation.is_constant(identity):
                return identity
            found = derivation.cell(identity) if name not in derivation.problem.examples else self._needs_example(name)
        else:
            found = derivation.cell(name)
        if not derivation.is_constant(found.id):
            derivation.formula(found)
        return found.id

    def _needs_example(self, name: str) -> Cell:
        raise ReadingError(f"{name} is different for each example. Write which one: {name}[1].", 0)


def _letter(hyperparameter: str) -> str:
    symbol = SYMBOLS[hyperparameter]
    return GREEK.get(symbol[0], symbol[0]) + symbol[1:]


@dataclass(frozen=True)
class _OneAnswer:
    """One answer to one cell, on its way to a verdict."""

    checker: CellChecker
    derivation: Derivation
    cell: Cell
    reading: Reading
    own: Mapping[str, Value]

    def reply(self) -> Reply:
        right = self.derivation.value(self.cell.id)
        verdict = self._against(right)
        read_as = self.reading.text
        if verdict == "exact":
            return Reply("correct", "Right.", read_as)
        if verdict == "short" and not self._follows_exactly():
            return Reply("incomplete", "Right so far. Give at least 3 significant digits.", read_as, counts=False)
        if verdict == "formula":
            return Reply("incomplete", "That is right. Now work out the number.", read_as, counts=False)
        return (
            self._following(read_as)
            or self._other_reading(right, read_as)
            or self._explained(right, read_as, is_whole=verdict == "whole")
        )

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
        found = diagnose(self._situations(), typed, self._matches, is_right)
        if found is not None:
            return Reply("incorrect", found.feedback, read_as, found.misconception, found.also)
        return Reply("incorrect", WHOLE_NUMBER if is_whole else in_general(typed, right), read_as)

    def _situations(self) -> Iterator[Situation]:
        if self.own:
            own = own_world(self.derivation, self.own, self.cell.iteration)
            yield Situation(self.derivation, self.cell, own, frozenset(self.own))
        yield Situation(self.derivation, self.cell, self.derivation.value, frozenset(self.own))

    def _matches(self, value: Value) -> Evidence:
        """How well a wrong value fits what was typed: one digit alone is no evidence, unless it is exact."""
        number = self.reading.number
        if number is not None and number.digits < _LEAST_EVIDENCE:
            return "strong" if value == number.value else "none"
        found = self._against(value)
        return "none" if found == "different" else "weak" if found in {"short", "whole"} else "strong"

    def _typed_value(self) -> Value | None:
        return next(self._values(self.reading.tree), None)


def other_reading_reply(reading: Reading, read_as: str) -> Reply:
    """Return the reply where the other way to read an answer would have been right."""
    meant = Reading(reading.other or reading.tree, None, None).text
    sentence = f"This is read as {read_as}. If you mean {meant}, which would be right, write the brackets."
    return Reply("incorrect", sentence, read_as, counts=False)
