"""Whether a problem is fit to be worked by hand: short numbers, and no usual mistake that hides in them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import isclose
from typing import TYPE_CHECKING, Final

from tutor.mathematics.cells import CellError
from tutor.mathematics.checking.literals import compare, literal, same
from tutor.mathematics.checking.misconceptions.situation import Situation
from tutor.mathematics.checking.misconceptions.suspects import FAMILIES
from tutor.mathematics.notation.expression import Call, walk
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.presentation import digits_of, shown_name, shown_value, typed_value
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.values.decimal import float_of
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value
    from tutor.practice.draft import Draft
    from tutor.practice.skill import Skill

MOST_DIGITS: Final = 6
"""Significant digits of a number that is worked with by hand. Irrational values are rounded in any case."""
FEWEST_CELLS: Final = 2
"""A result and something on the way to it: of less, nothing could be shown and the rest left out."""
_ROUGHLY: Final = 1e-9
_PASSES: Final = frozenset({"exact", "rounded", "short"})
_TOLD: Final = frozenset({"exact", "rounded"})
_NOT_TYPED: Final = frozenset({"step", "sign"})
"""What a derivative is written with where there is no name for it that learners know."""


def faults(draft: Draft, skill: Skill, derivation: Derivation) -> tuple[str, ...]:
    """Return what speaks against a problem, a sentence each; nothing where it is fit to be worked by hand.

    `derivation` is that of the draft's own text. Mistakes, those that the skill names as its traps, are looked at
    only where the numbers are short, as that takes longer.
    """
    try:
        cells = [derivation.cell(name) for name in draft.cells]
        found = (*_about_cells(cells, derivation), *_about_formula(draft.formula, derivation))
        return found or tuple(_about_traps(cells, skill.traps, derivation))
    except (CellError, ProblemError) as error:
        return (str(error),)


def needed_cells(derivation: Derivation, cells: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of these cells and of all that have to be known on the way to them; given values are left out.

    Raises ProblemError where one of them has no finite value.
    """
    found: dict[str, None] = {}
    waiting = list(reversed(cells))
    while waiting:
        identity = waiting.pop()
        derivation.value(identity)
        if identity not in found and not derivation.is_constant(identity):
            found[identity] = None
            waiting.extend(reversed(derivation.inputs(identity)))
    return tuple(found)


def trap_values(derivation: Derivation, cell: Cell, traps: Collection[str]) -> dict[str, list[Value]]:
    """Return what each of these mistakes makes of a cell, in all the ways in which it can be made there.

    The mistakes that have nothing to do with the cell are left out.
    """
    situation = Situation(derivation, cell, derivation.value)
    found: dict[str, list[Value]] = {}
    for suspicion in (suspicion for family in FAMILIES for suspicion in family(situation)):
        if suspicion.id is None or suspicion.id not in traps:
            continue
        try:
            value = situation.of(suspicion.wrong)
        except (NotDefinedError, TooLargeError, ProblemError):
            continue
        found.setdefault(suspicion.id, []).append(value)
    return found


def _about_cells(cells: Sequence[Cell], derivation: Derivation) -> Iterator[str]:
    """Yield what speaks against the cells that are asked for, and against the numbers on the way to them."""
    if len(cells) < FEWEST_CELLS:
        yield "Too little is asked for. Name the result, and a cell on the way to it."
    asked = [cell.id for cell in cells]
    if len(set(asked)) < len(asked):
        yield "A cell is asked for twice. Name each cell once."
    for identity in asked:
        if derivation.is_constant(identity):
            yield f"{shown_name(identity)} is given. Ask for a cell that has to be worked out."
    for identity in needed_cells(derivation, asked):
        value = derivation.value(identity)
        if (digits := digits_of(value)) > MOST_DIGITS:
            where = f"{shown_name(identity)} = {shown_value(value)}"
            yield f"{where} has {digits} digits; {MOST_DIGITS} are enough to work with by hand."


def _about_formula(name: str, derivation: Derivation) -> Iterator[str]:
    """Yield what speaks against the formula that is asked for in the end."""
    if not name:
        return
    cell = derivation.cell(name)
    if cell.kind not in {"direct", "total"} or cell.example or cell.iteration or derivation.problem.examples:
        where = shown_name(cell.id)
        yield f"The formula of {where} cannot be asked for. Name a derivative, in a problem without examples."
        return
    for identity in needed_cells(derivation, [cell.id]):
        formula = derivation.formula(derivation.cell(identity))
        if derivation.cell(identity).kind in {"direct", "total"} and any(
            isinstance(part, Call) and part.function in _NOT_TYPED for part in walk(formula)
        ):
            yield f"The formula of {shown_name(cell.id)} cannot be typed: it has a jump. Name another derivative."


def _about_traps(cells: Sequence[Cell], traps: Collection[str], derivation: Derivation) -> Iterator[str]:
    """Yield what is wrong with the first cell in which a mistake hides; the cells behind it are not looked at."""
    applies = False
    for cell in cells:
        values = trap_values(derivation, cell, traps)
        applies = applies or bool(values)
        right = derivation.value(cell.id)
        found = tuple(_collisions(cell, right, values)) or tuple(_not_told(cell, right, values))
        if found:
            yield from found
            return
    if not applies:
        yield f"None of the mistakes {', '.join(traps)} has to do with any of these cells. Ask for another one."


def _collisions(cell: Cell, right: Value, values: Mapping[str, Sequence[Value]]) -> Iterator[str]:
    where = shown_name(cell.id)
    for trap, wrong in values.items():
        if any(_are_same(value, right) for value in wrong):
            yield f"The mistake {trap} gives the right value {shown_value(right)} in {where}."
    for (one, first), (other, second) in combinations(values.items(), 2):
        shared = next((value for value in first if any(_are_same(value, twin) for twin in second)), None)
        if shared is not None:
            yield f"The mistakes {one} and {other} both give {shown_value(shared)} in {where}."


def _are_same(first: Value, second: Value) -> bool:
    """Whether two values are equal; floating point tells most of those that are not."""
    if not (isinstance(first, Fraction) and isinstance(second, Fraction)):
        try:
            if not isclose(float_of(first), float_of(second), rel_tol=_ROUGHLY):
                return False
        except (ArithmeticError, ValueError):
            pass
    return same(first, second)


def _not_told(cell: Cell, right: Value, values: Mapping[str, Sequence[Value]]) -> Iterator[str]:
    """Yield the mistakes whose value, typed as it is shown, would pass, or would not be known for what it is.

    Whatever else gives the same value, the checker names every mistake that gives it.
    """
    for trap, wrong in values.items():
        tree = read(typed_value(wrong[0]), Scope.of(())).tree
        number = literal(tree)
        if number is None:
            continue  # a fraction stands for nothing but itself
        if compare(number, right) in _PASSES:
            yield f"The value {shown_value(wrong[0])} of the mistake {trap} passes in {shown_name(cell.id)}."
        elif compare(number, wrong[0]) not in _TOLD:
            yield f"The value {shown_value(wrong[0])} of the mistake {trap} is too long to be known again."
