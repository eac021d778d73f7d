"""What a learner typed, read as a problem: lines such as `h = (x1 + w1*x2)^2` and `x1 = 3`, or a file's own text."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tutor.engine.descent_typed import MOST_VARIABLES, variables
from tutor.engine.error import EngineError
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import plain, pretty
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import canonical
from tutor.mathematics.problem import HYPERPARAMETERS, RULES, Problem, ProblemError, read_problem
from tutor.practice.workbench.file_text import FileText, number, numbers, quoted
from tutor.practice.workbench.naming import is_one_quantity, looks_like_a_weight, new_names
from tutor.practice.workbench.sorting import WORDS, Sorted, items, sort_lines
from tutor.practice.workbench.typed_lines import BenchError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.mathematics.notation.expression import Node

SOURCE: Final = "the workbench"
"""What a typed problem is called in messages."""
MOST_CHARACTERS: Final = 20_000
_MOST_NAMES: Final = 300
_LONGEST_TITLE: Final = 50
_HEADING: Final = re.compile(r"^[ \t]*\[[ \t]*(?:given|parameters|steps|examples|update)[ \t]*\]", re.MULTILINE)
_PARAMETERS: Final = re.compile(r"\s*parameters\s*:", re.IGNORECASE)
_USUAL: Final = {
    "eta": "0.1", "beta": "0.9", "rho": "0.9", "beta1": "0.9", "beta2": "0.999", "epsilon": "1e-8",
    "weight_decay": "0.01",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that has no number yet, and a number to offer for it."""

    name: str
    offered: str


@dataclass(frozen=True, slots=True)
class BenchReading:
    """How a typed text is read.

    `problem` is None where there is a fault, and where nothing is typed; names that are missing stand in it with the
    number that is offered. `file` is the text of the problem file, empty while something is missing. `notes` are
    sentences about what may surprise. A text that is a problem file's own (`is_file`) is kept as it is.
    """

    problem: Problem | None = None
    file: str = ""
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    fault: Fault | None = None
    is_file: bool = False


def read_bench(text: str) -> BenchReading:
    """Return how a typed text is read; nothing that can be typed raises."""
    if not text.strip():
        return BenchReading()
    if len(text) > MOST_CHARACTERS:
        message = f"This is longer than {MOST_CHARACTERS:,} characters. Put it into a problem file, and open that."
        return BenchReading(fault=Fault(message))
    if _HEADING.search(text):
        return _read_file(text)
    try:
        return _Reader(sort_lines(text)).reading()
    except BenchError as error:
        return BenchReading(fault=error.fault)


def with_line(text: str, line: str) -> str:
    """Return a text with a further line at its end."""
    return f"{text.rstrip()}\n{line}" if text.strip() else line


def with_parameters(text: str, parameters: Sequence[str]) -> str:
    """Return a typed text with the line that names its parameters, in place of the one that it may have."""
    lines = [line for line in text.split("\n") if not _PARAMETERS.match(line)]
    return with_line("\n".join(lines), f"parameters: {', '.join(parameters)}")


def _read_file(text: str) -> BenchReading:
    try:
        problem = read_problem(text, SOURCE)
    except ProblemError as error:
        message, line = _place(error)
        return BenchReading(fault=Fault(message, line), is_file=True)
    return BenchReading(problem, text if text.endswith("\n") else f"{text}\n", is_file=True)


def _place(error: ProblemError) -> tuple[str, int]:
    """Return the message of an error without its place, as a sentence, and the line that it names, or 0."""
    message = str(error).removeprefix(f"{SOURCE}:").strip()
    digits, colon, rest = message.partition(":")
    named = colon and digits.isascii() and digits.isdecimal()
    return (rest.strip(), int(digits)) if named else (message, 0)


class _Reader:
    """Reads the lines of one text."""

    def __init__(self, typed: Sorted) -> None:
        self._typed = typed

    def reading(self) -> BenchReading:
        """Return the reading. Raises BenchError."""
        if not self._typed.formulas:
            raise BenchError("There is no formula yet. Write one, such as f = x^2 + 3*y.")
        known = self._names()
        trees = self._trees(known)
        used = {name for tree in trees.values() for name in names(tree)}
        unset = [name for name in known if name in used and name not in self._typed.declared]
        missing = (*(Missing(name, "1") for name in unset), *self._missing_settings())
        text = self._file(trees, used, unset, missing)
        try:
            problem = read_problem(text.text, SOURCE)
        except ProblemError as error:
            message, line = _place(error)
            raise BenchError(message, text.origin.get(line, 0)) from error
        problem = replace(problem, lines=self._typed.lines())
        return BenchReading(problem, "" if missing else text.text, missing, tuple(self._notes(used, unset)))

    # -- names

    def _names(self) -> tuple[str, ...]:
        """Return the names that formulas may use and that are no steps: those with a number first."""
        typed = self._typed
        formulas = list(typed.formulas.values())
        told = [*(name for formula in formulas for name in formula.arguments if name), *(typed.parameters or ())]
        alone = self._variables() if len(formulas) == 1 else ()
        taken = (*typed.declared, *typed.formulas)
        explained = {canonical(name) for name in alone}
        if explained and {canonical(name) for name in (*typed.declared, *told)} <= explained:
            found = alone
        else:
            found = new_names([*told, *(formula.right for formula in formulas)], taken)
        known = {canonical(name) for name in taken}
        fresh = [name for name in found if canonical(name) not in known]
        if len(fresh) + len(taken) > _MOST_NAMES:
            raise BenchError(f"There are more than {_MOST_NAMES} names. Write a problem file, and open that.")
        return (*typed.declared, *fresh)

    def _variables(self) -> tuple[str, ...]:
        """Return the variables of the only formula; none where it is not a function of one or two."""
        (formula,) = self._typed.formulas.values()
        try:
            found = variables(formula.right)
        except EngineError:
            return ()
        return found if all(map(is_one_quantity, found)) else ()

    def _trees(self, known: Sequence[str]) -> dict[str, Node]:
        """Return the formulas as they are read."""
        scope = Scope.of((*known, *self._typed.formulas))
        trees: dict[str, Node] = {}
        for name, formula in self._typed.formulas.items():
            try:
                trees[name] = read(formula.right, scope).tree
            except ReadingError as error:
                raise formula.error(error.message, error.position) from error
        return trees

    def _parameters(self, single: Sequence[str], used: set[str]) -> list[str]:
        """Return which of the names with one number are learned: those told, else weights and biases, else all.

        Of a plain function of one or two variables it is all of them, whatever they are called.
        """
        told = self._typed.parameters
        if told is None:
            usable = [name for name in single if name in used]
            if len(self._typed.formulas) == 1 and len(usable) <= MOST_VARIABLES and not self._typed.lists:
                return usable
            return [name for name in usable if looks_like_a_weight(name)] or usable
        spelled = {canonical(name): name for name in single}
        for name in told:
            if canonical(name) not in spelled:
                shown = ", ".join(single) or "none yet"
                message = f"{name} cannot be a parameter: it is no name with a number of its own. Those are: {shown}."
                raise BenchError(message, self._typed.parameters_line)
        return [spelled[canonical(name)] for name in told]

    # -- the update rule

    def _missing_settings(self) -> list[Missing]:
        """Return what the update rule needs and the text does not say."""
        return [Missing(name, _USUAL[name]) for name in self._needs() if name not in self._typed.update]

    def _needs(self) -> tuple[str, ...]:
        """Return the settings that the update rule needs; none where there is no update, or no such rule."""
        if not self._typed.update:
            return ()
        rule = RULES.get(self._rule)
        return rule.needs if rule else ()

    @property
    def _rule(self) -> str:
        written = self._typed.update.get("rule")
        return _word(written.right) if written else "sgd"

    # -- what may surprise

    def _notes(self, used: set[str], unset: Sequence[str]) -> list[str]:
        notes = []
        unused = [name for name in self._typed.declared if name not in used]
        if unused:
            notes.append(f"No formula uses {', '.join(unused)}.")
        settings = [name for name in self._typed.update if name in HYPERPARAMETERS and name not in self._needs()]
        if settings:
            notes.append(f"The rule {self._rule} does not use {', '.join(settings)}.")
        words = [name for name in unset if len(name) > 1 and name.isascii() and name.isalpha()]
        if words:
            notes.append(f"{words[0]} is read as one name. Write * between the factors of a product.")
        return notes

    # -- the file

    def _file(
        self, trees: Mapping[str, Node], used: set[str], unset: Sequence[str], missing: Sequence[Missing]
    ) -> FileText:
        """Return the problem file, in which what is missing has the number that is offered."""
        typed = self._typed
        offered = {each.name: number(each.offered) for each in missing}
        single = {name: number(each.right) for name, each in typed.values.items()}
        single |= {name: offered.pop(name) for name in unset}
        learned = self._parameters(list(single), used)
        lines = typed.lines()
        strict = Scope.of((*single, *typed.lists, *typed.formulas), strict=True)
        steps = {name: quoted(_written(typed.formulas[name].right, tree, strict)) for name, tree in trees.items()}
        settings = {name: _setting(name, each.right) for name, each in typed.update.items()}
        text = FileText()
        text.add_title(typed.title or _usual_title(trees))
        text.add_section("given", {name: value for name, value in single.items() if name not in learned}, lines)
        text.add_section("parameters", {name: single[name] for name in learned}, lines)
        text.add_section("steps", steps, lines)
        text.add_section("examples", {name: numbers(items(each)) for name, each in typed.lists.items()}, lines)
        text.add_section("update", settings | offered, {name: each.line for name, each in typed.update.items()})
        return text


def _written(typed: str, tree: Node, strict: Scope) -> str:
    """Return a formula for the file: as typed, or with every sign written where only that is read alike there."""
    with suppress(ReadingError):
        if read(typed, strict).tree == tree:
            return typed
    return plain(tree)


def _setting(name: str, right: str) -> str:
    """Return a setting of the update rule as a file holds it."""
    return quoted(_word(right)) if name in WORDS else number(right)


def _word(right: str) -> str:
    return right.strip("\"' ")


def _usual_title(trees: Mapping[str, Node]) -> str:
    """Return a title for a problem without one: its only formula, or what comes out in the end."""
    name, tree = list(trees.items())[-1]
    formula = f"{name} = {pretty(tree)}"
    if len(trees) > 1:
        return f"{name}, in {len(trees)} steps"
    return formula if len(formula) <= _LONGEST_TITLE else f"A formula for {name}"
