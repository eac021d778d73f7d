"""What each typed line is: a number, a list of them, a formula, or a setting of the update rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import canonical
from tutor.mathematics.problem import HYPERPARAMETERS
from tutor.practice.workbench.naming import words_of
from tutor.practice.workbench.typed_lines import Assignment, BenchError, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS: Final = ("rule", "reduce")
"""Settings of the update rule that are words; the others are numbers."""
_SETTINGS: Final = frozenset({*WORDS, "steps", "batch_size", *HYPERPARAMETERS})


@dataclass(slots=True)
class Sorted:
    """The typed lines by what they are, each under its name; settings under the names that a problem file has."""

    title: str
    parameters: tuple[str, ...] | None
    """The names that the text says are learned; None where it does not say."""
    parameters_line: int
    values: dict[str, Assignment] = field(default_factory=dict)
    lists: dict[str, Assignment] = field(default_factory=dict)
    formulas: dict[str, Assignment] = field(default_factory=dict)
    update: dict[str, Assignment] = field(default_factory=dict)

    @property
    def declared(self) -> tuple[str, ...]:
        """The names that have a number, or a list of them."""
        return (*self.values, *self.lists)

    def lines(self) -> dict[str, int]:
        """Return the line of each name that is no setting."""
        return {name: each.line for part in (self.values, self.lists, self.formulas) for name, each in part.items()}


def sort_lines(text: str) -> Sorted:
    """Return the lines of a typed text by what they are.

    A name such as eta is a setting of the update rule, unless a formula uses it. Raises BenchError.
    """
    typed = take_apart(text)
    found = Sorted(typed.title, typed.parameters, typed.parameters_line)
    spelled = _once_each(typed.assignments)
    formulas = {name for name, each in spelled.items() if _is_formula(each)}
    used = {canonical(word) for name in formulas - {*WORDS} for word in words_of(spelled[name].right)}
    for name, each in spelled.items():
        if name in _SETTINGS and name not in used and (name in WORDS or name not in formulas):
            found.update[name] = each
        elif name in formulas:
            found.formulas[each.name] = each
        elif _is_list(each.right):
            found.lists[each.name] = each
        else:
            found.values[each.name] = each
    return found


def items(assignment: Assignment) -> list[str]:
    """Return the numbers of a list. Raises BenchError for anything else in it."""
    right = assignment.right
    if not right.endswith("]"):
        raise assignment.error("The list has no closing bracket. Write, for instance, [3, 1, 2].", len(right))
    found = []
    position = 1
    for item in right[1:-1].split(","):
        fault = number_fault(item)
        if fault is not None:
            raise assignment.error(fault.message, position + fault.position) from fault
        found.append(item.strip())
        position += len(item) + 1
    return found


def number_fault(text: str) -> ReadingError | None:
    """Return why a text is no number, nor a calculation with numbers; None where it is one."""
    try:
        read(text, Scope.of(()))
    except ReadingError as error:
        return error
    return None


def _once_each(assignments: Iterable[Assignment]) -> dict[str, Assignment]:
    """Return assignments by the spelling that all ways to write their names share."""
    spelled: dict[str, Assignment] = {}
    for assignment in assignments:
        earlier = spelled.setdefault(canonical(assignment.name), assignment)
        if earlier is not assignment:
            name, line = assignment.name, earlier.line
            also = "" if earlier.name == name else f", spelled {earlier.name}"
            raise BenchError(f"{name} is written in line {line} already{also}. Keep one of the two.", assignment.line)
    return spelled


def _is_list(right: str) -> bool:
    """Whether a right side is meant as a list of numbers: square brackets around a formula may stand for round ones."""
    return right.startswith("[") and ("," in right or not any(words_of(right)))


def _is_formula(assignment: Assignment) -> bool:
    """Whether a right side is a formula over names, and no number and no list.

    Raises BenchError for what is no number, and has no names that could make it a formula.
    """
    if _is_list(assignment.right):
        return False
    fault = number_fault(assignment.right)
    if fault is not None and not any(words_of(assignment.right)):
        raise assignment.error(fault.message, fault.position) from fault
    return fault is not None
