"""The verdict on one answer: to a cell of a problem, or to a formula."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell, CellError
from tutor.mathematics.checking.answers import OwnAnswer, Reading, read_answer
from tutor.mathematics.checking.conventions import Conventions
from tutor.mathematics.checking.example_names import ExampleNames
from tutor.mathematics.checking.following import own_world
from tutor.mathematics.checking.misconceptions.situation import Situation
from tutor.mathematics.checking.misconceptions.suspects import Suspects
from tutor.mathematics.checking.one_answer import OneAnswer
from tutor.mathematics.checking.reply import Reply, invalid
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Node, names
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import GREEK, canonical
from tutor.mathematics.problem import SYMBOLS, ProblemError
from tutor.mathematics.update_rules import HYPERPARAMETER
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_ANSWER_PRECISION = 4_096
_MOST_KEPT = 128

SuspectsKey = tuple[str, bool, frozenset[tuple[str, str]]]
"""A cell, whether it goes on from a derivative worked out before, and the earlier answers that are wrong."""


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
        self.conventions = Conventions(derivation)
        self._suspects: dict[SuspectsKey, Suspects] = {}
        self._scopes: dict[int, Scope] = {}

    def check(self, cell_text: str, answer: str, earlier: Mapping[str, str] | None = None) -> Reply:
        """Return the verdict on an answer to a cell; `earlier` are the learner's own earlier answers.

        Never raises for what was typed: what cannot be read is answered with `invalid`.
        """
        with limited_precision(_ANSWER_PRECISION):
            try:
                cell = self._derivation.cell(cell_text)
                reading = self._read(answer, cell)
                if any(self.resolve(name, cell) == cell.id for name in names(reading.tree)):
                    sentence = f"{cell.id} is what is asked here. Write its value."
                    return Reply("incomplete", sentence, reading.text, counts=False)
                own = self._own_answers(earlier or {}, cell)
                return OneAnswer(self, self._derivation, cell, reading, own).reply()
            except (CellError, ProblemError) as error:
                return invalid(str(error))
            except ReadingError as error:
                return invalid(error.message, error.position)

    def prepare(self, cell_text: str, earlier: Mapping[str, str] | None = None) -> None:
        """Work out what could go wrong in a cell before it is answered, so that the verdict comes at once."""
        with limited_precision(_ANSWER_PRECISION), suppress(CellError, ProblemError, ReadingError):
            cell = self._derivation.cell(cell_text)
            if self._derivation.is_constant(cell.id):
                return
            for suspects in self.suspects(cell, self._own_answers(earlier or {}, cell)):
                suspects.work_out()

    def values_of(self, answers: Mapping[str, str]) -> dict[str, Value]:
        """Return the values of the learner's answers; those that have none are left out."""
        values: dict[str, Value] = {}
        with limited_precision(_ANSWER_PRECISION):
            for text, answer in answers.items():
                try:
                    found = self._own_answers({text: answer}, None)
                except (ReadingError, CellError, ProblemError):
                    continue
                values.update({identity: own.value for identity, own in found.items()})
        return values

    def _own_answers(self, earlier: Mapping[str, str], asked: Cell | None) -> dict[str, OwnAnswer]:
        """Return the earlier answers with their values. Raises ReadingError where one of them has none."""
        answers: dict[str, OwnAnswer] = {}
        for text, answer in earlier.items():
            try:
                cell = self._derivation.cell(text)
                reading = self._read(answer, cell)
                value = self.value(reading.tree, cell)
            except ReadingError as error:
                raise ReadingError(f"The earlier answer for {text} cannot be read: {error.message}", 0) from error
            except (NotDefinedError, TooLargeError) as error:
                raise ReadingError(f"The earlier answer for {text} has no value: {error}.", 0) from error
            if asked is None or cell.id != asked.id:
                self._derivation.formula(cell)
                answers[cell.id] = OwnAnswer(value, reading.number, reading.text)
        return answers

    def _read(self, answer: str, cell: Cell) -> Reading:
        return read_answer(answer, self._scope(cell.example), cell, self._derivation.cell_names)

    def _scope(self, example: int) -> Scope:
        """Return the names that an answer about an example may use; example 0 is the whole batch, or none."""
        if example not in self._scopes:
            if len(self._scopes) >= _MOST_KEPT:
                self._scopes.pop(next(iter(self._scopes)))
            derivation = self._derivation
            cells = ExampleNames(derivation.problem, example) if example else derivation.cell_names
            self._scopes[example] = Scope.of((*cells.quantities, *self._hyperparameters), cells)
        return self._scopes[example]

    def suspects(self, cell: Cell, answered: Mapping[str, OwnAnswer]) -> Iterator[Suspects]:
        """Yield what could have gone wrong in a cell: from the earlier answers if one is wrong, then from the truth.

        What was worked out for an answer is kept for the next one.
        """
        derivation = self._derivation
        is_one_link = any(
            derivation.cell(identity).kind == "total" and derivation.depends(cell.id, identity) for identity in answered
        )
        own = {identity: answer.value for identity, answer in answered.items()}
        if any(value != derivation.value(identity) for identity, value in own.items()):
            typed = frozenset((identity, answer.read_as) for identity, answer in answered.items())
            yield self._kept((cell.id, is_one_link, typed), cell, own_world(derivation, own, cell.iteration))
        yield self._kept((cell.id, is_one_link, frozenset()), cell, derivation.value)

    def _kept(self, key: SuspectsKey, cell: Cell, value: Callable[[str], Value]) -> Suspects:
        if key not in self._suspects:
            if len(self._suspects) >= _MOST_KEPT:
                self._suspects.pop(next(iter(self._suspects)))
            self._suspects[key] = Suspects(Situation(self._derivation, cell, value, key[1]))
        return self._suspects[key]

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
