"""Cells worked out anew where some of them have other values, or other formulas; all else is as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from tutor.mathematics.notation.expression import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.notation.expression import Node

N = TypeVar("N")


def _same_formula(_: Cell) -> None:
    """Return no other formula for any cell."""


class Recomputation(Generic[N]):
    """What the cells of a problem become, exactly or in floating point.

    Only what depends on a change is evaluated; every other cell keeps the value that is known of it.
    """

    def __init__(
        self,
        derivation: Derivation,
        known: Callable[[str], N],
        evaluate: Callable[[Node, Callable[[str], N]], N],
        changed: Mapping[str, N],
    ) -> None:
        """Remember the values that are known, how to evaluate a formula, and the values that are changed."""
        self._derivation = derivation
        self._known = known
        self._evaluate = evaluate
        # what each cell has become; None where nothing changes it
        self._changed: dict[str, N | None] = dict(changed)
        self._stays: Callable[[Cell], bool] = lambda _: False
        self._other_formula: Callable[[Cell], Node | None] = _same_formula

    def keeping(self, stays: Callable[[Cell], bool]) -> Recomputation[N]:
        """Leave the cells for which `stays` is true as they are, whatever they depend on."""
        self._stays = stays
        return self

    def with_formulas(self, other_formula: Callable[[Cell], Node | None]) -> Recomputation[N]:
        """Use another formula for each cell for which `other_formula` returns one."""
        self._other_formula = other_formula
        return self

    def value(self, identity: str) -> N:
        """Return the value of a cell. Raises what evaluating or looking up a value raises where it has none."""
        self._work_out(identity)
        return self._found(identity)

    def _work_out(self, identity: str) -> None:
        stack = [identity]
        while stack:
            current = stack[-1]
            if current in self._changed:
                stack.pop()
                continue
            if self._derivation.is_constant(current):
                self._changed[current] = None
                continue
            cell = self._derivation.cell(current)
            if self._stays(cell):
                self._changed[current] = None
                continue
            other = self._other_formula(cell)
            if other is None:
                self._derivation.formula(cell)  # its inputs are known from now on
            inputs = self._derivation.inputs(current) if other is None else names(other)
            waiting = [name for name in inputs if name not in self._changed]
            stack.extend(waiting)
            if not waiting:
                self._changed[current] = self._computed(cell, inputs, other)

    def _computed(self, cell: Cell, inputs: tuple[str, ...], other: Node | None) -> N | None:
        if other is None and all(self._changed[name] is None for name in inputs):
            return None
        return self._evaluate(self._derivation.formula(cell) if other is None else other, self._found)

    def _found(self, identity: str) -> N:
        changed = self._changed[identity]
        return self._known(identity) if changed is None else changed
