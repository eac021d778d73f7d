"""Hints in steps, and why a cell has its value: words made from the derivation, for any problem."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell, place_text
from tutor.mathematics.checking.following import own_world
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, Node, names
from tutor.mathematics.presentation import (
    pretty_formula,
    short_decimal,
    shown_name,
    shown_value,
    with_numbers,
)
from tutor.mathematics.values.arithmetic import add, divide, subtract
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

HINTS = 4
_NUDGE = Fraction(1, 1000)


class Explainer:
    """Explains the cells of one derivation; `own` are the learner's earlier answers, which hints put in."""

    def __init__(self, derivation: Derivation, own: Mapping[str, Value] | None = None) -> None:
        """Remember what to explain from."""
        self._derivation = derivation
        self._own = dict(own or {})

    # -- hints

    def hint(self, cell: Cell, level: int) -> str:
        """Return the hint of a level: 1 a nudge, 2 the rule, 3 the rule with the numbers put in, 4 the value."""
        match level:
            case 1:
                return self._nudge(cell)
            case 2:
                return f"The rule: {shown_name(cell.id)} = {self.rule(cell)}."
            case 3:
                return f"With the numbers: {shown_name(cell.id)} = {self.numbers(cell)}."
            case _:
                value = self._derivation.value(cell.id)
                return f"{shown_name(cell.id)} {_equals(shown_value(value))}."

    def _nudge(self, cell: Cell) -> str:
        problem = self._derivation.problem
        match cell.kind:
            case "forward" if problem.examples and not cell.example:
                return "You have this number for each example. Now put them together for the batch."
            case "forward":
                used = ", ".join(dict.fromkeys(problem.steps[cell.name].uses))
                return f"Work {cell.name} out from what it uses: {used}."
            case "direct":
                text = problem.steps[cell.name].text
                return f"Only {cell.by} moves here; all else stands still in {cell.name} = {text}."
            case "total" if problem.examples and not cell.example:
                how = "Add" if problem.update and problem.update.reduce == "sum" else "Average"
                return f"You have ∂{cell.name}/∂{cell.by} for each example. {how} them."
            case "total":
                return self._nudge_backward(cell)
            case "state":
                return f"The optimizer remembers this about {cell.name}: it mixes its old value with the new gradient."
            case _:
                return f"Start from the old {cell.name} and move a little against its gradient."

    def _nudge_backward(self, cell: Cell) -> str:
        consumers = self._derivation.consumers(cell.by)
        if consumers == (cell.name,):
            text = self._derivation.problem.steps[cell.name].text
            return f"{cell.by} stands in {cell.name} itself: {cell.name} = {text}."
        if len(consumers) == 1:
            through = consumers[0]
            return (
                f"{cell.by} acts on {cell.name} only through {through}. Take what you have there, times one more link."
            )
        listed = ", ".join(consumers[:-1]) + " and " + consumers[-1]
        return f"{cell.by} acts on {cell.name} along more than one path: through {listed}. Each path brings a part."

    def rule(self, cell: Cell) -> str:
        """Return the cell's rule; where a local derivative stands in it alone, that one's own formula."""
        formula = self._opened(cell)
        return pretty_formula(formula, cell.id)

    def numbers(self, cell: Cell) -> str:
        """Return the rule with numbers put in: the learner's own where there are any."""
        formula = self._opened(cell)
        world = self._world(cell)
        values = {name: world(name) for name in names(formula)}
        return pretty_formula(with_numbers(formula, self._derivation, values))

    def _opened(self, cell: Cell) -> Node:
        formula = self._derivation.formula(cell)
        if cell.kind == "total" and isinstance(formula, Name):
            return self._derivation.formula(self._derivation.cell(formula.name))
        return formula

    def _world(self, cell: Cell) -> Callable[[str], Value]:
        if not self._own:
            return self._derivation.value
        return own_world(self._derivation, self._own, cell.iteration)

    # -- why

    def why(self, cell: Cell) -> list[str]:
        """Return the lines that derive the cell and, for a derivative, a finite difference to repeat by hand."""
        value = self._derivation.value(cell.id)
        label = shown_name(cell.id)
        lines = [
            f"{label} = {self.rule(cell)}",
            f"{' ' * len(label)} = {self.numbers(cell)} {_equals(shown_value(value))}",
        ]
        if cell.kind == "total" and (cell.example or not self._derivation.problem.examples):
            lines += self._path_lines(cell)
            lines += self._difference_lines(cell, cell.name)
        elif cell.kind == "direct":
            lines += self._difference_lines(cell, cell.name)
        note = self._derivation.note(cell)
        return [*lines, note] if note else lines

    def _path_lines(self, cell: Cell) -> list[str]:
        paths = self._derivation.paths(cell.by, 4)
        count = self._derivation.path_count(cell.by)
        lines = [f"path {' ← '.join(path)}" for path in paths]
        return [*lines, f"and {count - len(paths)} more paths"] if count > len(paths) else lines

    def _difference_lines(self, cell: Cell, top: str) -> list[str]:
        """Return the counter-check: move what the derivative is by, and see how much the top moves."""
        moved = self._derivation.name_at(cell.by, cell.example, cell.iteration)
        target = Cell("forward", top, "", "", cell.example, cell.iteration)
        self._derivation.formula(target)
        try:
            at = self._derivation.value(moved)
            above = self._with(moved, add((at, _NUDGE)), target, only_here=cell.kind == "direct")
            below = self._with(moved, subtract(at, _NUDGE), target, only_here=cell.kind == "direct")
        except (NotDefinedError, TooLargeError):
            return []
        slope = divide(subtract(above, below), 2 * _NUDGE)
        name = cell.by + place_text(cell.example if cell.by in self._derivation.problem.steps else 0, cell.iteration)
        return [
            f"Check it: with {name} {_equals(shown_value(add((at, _NUDGE))))}, {top} is {short_decimal(above, 10)};",
            f"with {name} {_equals(shown_value(subtract(at, _NUDGE)))}, {top} is {short_decimal(below, 10)}.",
            f"The difference, divided by 0.002, is {short_decimal(slope, 8)}.",
        ]

    def _with(self, moved: str, value: Value, target: Cell, *, only_here: bool) -> Value:
        if only_here:
            formula = self._derivation.formula(target)
            return evaluate(formula, lambda name: value if name == moved else self._derivation.value(name))
        return own_world(self._derivation, {moved: value}, target.iteration)(target.id)


def _equals(value: str) -> str:
    return value if value.startswith("≈") else f"= {value}"
