"""The order of the slots in each layer, from top to bottom, so that few wires cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.draw.wiring.layers import Layered, Slot

Order: TypeAlias = tuple[tuple["Slot", ...], ...]

_SWEEPS = 6


def ordered(graph: Layered) -> Order:
    """Return the slots of each layer in an order with few crossings, near the given one where that is free."""
    current = [list(layer) for layer in graph.layers]
    best, fewest = current, _crossings(current, graph)
    for sweep in range(_SWEEPS):
        current = [list(layer) for layer in current]
        _sweep(current, graph, rightwards=sweep % 2 == 0)
        crossings = _crossings(current, graph)
        if crossings < fewest:
            best, fewest = current, crossings
    return tuple(map(tuple, _exchanged(best, graph)))


def _sweep(order: list[list[Slot]], graph: Layered, *, rightwards: bool) -> None:
    """Sort each layer by the mean place of its neighbours in the layer before it."""
    count = len(order)
    for layer in range(1, count) if rightwards else range(count - 2, -1, -1):
        before = order[layer - 1] if rightwards else order[layer + 1]
        gap = graph.gaps[layer - 1] if rightwards else graph.gaps[layer]
        places = {slot: place for place, slot in enumerate(before)}
        neighbours: dict[Slot, list[int]] = {slot: [] for slot in order[layer]}
        for left, right in gap:
            slot, other = (right, left) if rightwards else (left, right)
            neighbours[slot].append(places[other])
        _sort_connected(order[layer], neighbours)


def _sort_connected(slots: list[Slot], neighbours: Mapping[Slot, list[int]]) -> None:
    """Sort the slots that have neighbours; the others keep their places."""
    connected = [slot for slot in slots if neighbours[slot]]
    connected.sort(key=lambda slot: sum(neighbours[slot]) / len(neighbours[slot]))
    moved = iter(connected)
    slots[:] = [next(moved) if neighbours[slot] else slot for slot in slots]


def _exchanged(order: list[list[Slot]], graph: Layered) -> list[list[Slot]]:
    """Return the order after exchanging neighbours for as long as that takes crossings away."""
    improved = True
    while improved:
        improved = False
        for layer, slots in enumerate(order):
            beside = _places_beside(order, graph, layer)
            for place, (upper, lower) in enumerate(pairwise(slots)):
                if _gain(beside[upper], beside[lower]) > 0:
                    slots[place : place + 2] = [lower, upper]
                    improved = True
                    break
    return order


def _places_beside(order: list[list[Slot]], graph: Layered, layer: int) -> dict[Slot, tuple[list[int], list[int]]]:
    """Return for each slot of the layer the places of its neighbours in the layers before and after it."""
    beside: dict[Slot, tuple[list[int], list[int]]] = {slot: ([], []) for slot in order[layer]}
    if layer > 0:
        before = {slot: place for place, slot in enumerate(order[layer - 1])}
        for left, right in graph.gaps[layer - 1]:
            beside[right][0].append(before[left])
    if layer < len(graph.gaps):
        after = {slot: place for place, slot in enumerate(order[layer + 1])}
        for left, right in graph.gaps[layer]:
            beside[left][1].append(after[right])
    return beside


def _gain(upper: tuple[list[int], list[int]], lower: tuple[list[int], list[int]]) -> int:
    """Return how many crossings fewer there are when two slots, one above the other, change places."""
    return sum((a > b) - (a < b) for above, below in zip(upper, lower, strict=True) for a in above for b in below)


def _crossings(order: Sequence[Sequence[Slot]], graph: Layered) -> int:
    places = {slot: place for layer in order for place, slot in enumerate(layer)}
    return sum(_inversions(sorted((places[left], places[right]) for left, right in gap)) for gap in graph.gaps)


def _inversions(ends: Sequence[tuple[int, int]]) -> int:
    """Return how many pairs of wires cross, given their sorted places on the left and on the right."""
    seen: list[int] = []
    count = 0
    for _, right in ends:
        count += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return count
