"""The row of each slot: in the order of its layer, as level with its neighbours as can be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.wiring.layers import Layered, Slot
    from tutor.draw.wiring.order import Order

Rows: TypeAlias = dict["Slot", int]

_SWEEPS = 6
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Manner:
    """How strongly two slots of neighbouring layers avoid one row: unconnected ones, and connected ones."""

    strangers: float
    neighbours: float


# From the most compact picture to one where no wire can be in the way of another.
MANNERS = (Manner(0.5, 0), Manner(1000, 0), Manner(1000, 1000))


class RowPlanner:
    """Finds rows for the slots of one graph in one order."""

    def __init__(self, graph: Layered, order: Order) -> None:
        self._order = order
        self._before: dict[Slot, set[Slot]] = {slot: set() for layer in order for slot in layer}
        self._after: dict[Slot, set[Slot]] = {slot: set() for layer in order for slot in layer}
        for gap in graph.gaps:
            for left, right in gap:
                self._before[right].add(left)
                self._after[left].add(right)

    def rows(self, height: int, manner: Manner) -> Rows:
        """Return rows below `height`, which is at least the size of the largest layer; the first used one is 0."""
        rows: Rows = {}
        for layer in self._order:
            self._place(layer, height, manner, rows)
        for sweep in range(_SWEEPS):
            before = dict(rows)
            for layer in self._order if sweep % 2 else reversed(self._order):
                self._place(layer, height, manner, rows)
            if rows == before:
                break
        top = min(rows.values())
        return {slot: row - top for slot, row in rows.items()}

    def _place(self, layer: Sequence[Slot], height: int, manner: Manner, rows: Rows) -> None:
        costs = [self._costs(slot, height, manner, rows) for slot in layer]
        rows.update(zip(layer, _cheapest(costs), strict=True))

    def _costs(self, slot: Slot, height: int, manner: Manner, rows: Rows) -> list[float]:
        """Return what the slot costs in each row, as the slots of the layers beside it stand now."""
        near = [rows[other] for other in self._before[slot] | self._after[slot] if other in rows]
        costs = [float(sum(abs(row - other) for other in near)) for row in range(height)]
        for left in self._order[slot.layer - 1] if self._before[slot] else ():
            if left in rows and self._after[left]:
                costs[rows[left]] += self._sharing(left, slot, manner)
        for right in self._order[slot.layer + 1] if self._after[slot] else ():
            if right in rows and self._before[right]:
                costs[rows[right]] += self._sharing(slot, right, manner)
        return costs

    def _sharing(self, left: Slot, right: Slot, manner: Manner) -> float:
        """Return what it costs that two slots with wires in the same gap share a row."""
        if right not in self._after[left]:
            return manner.strangers
        alone = len(self._after[left]) == 1 == len(self._before[right])
        return 0 if alone else manner.neighbours


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return the increasing rows that cost least in all, given what each slot costs in each row."""
    height = len(costs[0])
    totals: list[list[float]] = []
    above = [0.0] * height
    for line in costs:
        totals.append([first + own for first, own in zip(above, line, strict=True)])
        above = [_NEVER, *accumulate(totals[-1][:-1], min)]
    rows: list[int] = []
    limit = height
    for line in reversed(totals):
        limit = min(range(limit), key=line.__getitem__)
        rows.append(limit)
    return rows[::-1]
