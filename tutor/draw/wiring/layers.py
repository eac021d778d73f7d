"""Nodes in layers, so that every edge goes to the right, and wires that pass through the layers between."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Edge: TypeAlias = tuple[str, str]


class Slot(NamedTuple):
    """A place in a layer: a node in its own layer, or in a later one its wire passing through."""

    layer: int
    node: str


Wire: TypeAlias = tuple[Slot, Slot]


@dataclass(frozen=True, slots=True)
class Layered:
    """A graph in layers: the slots of each, and for each gap between two layers the wires across it."""

    homes: Mapping[str, int]
    layers: tuple[tuple[Slot, ...], ...]
    gaps: tuple[tuple[Wire, ...], ...]

    def passes(self, slot: Slot) -> bool:
        """Whether the slot is a wire passing through instead of a node."""
        return self.homes[slot.node] != slot.layer


def topological(nodes: Sequence[str], edges: Iterable[Edge]) -> list[str]:
    """Return the nodes so that each comes after all it is made of; where free, in the given order.

    Raises ValueError when the edges go round in a circle or name a node that does not exist.
    """
    known = set(nodes)
    after: dict[str, list[str]] = {node: [] for node in nodes}
    missing = dict.fromkeys(nodes, 0)
    for source, target in edges:
        if source not in known or target not in known:
            raise ValueError(f"The edge from {source} to {target} names a node that is not in the graph.")
        after[source].append(target)
        missing[target] += 1
    ready = deque(node for node in nodes if not missing[node])
    order: list[str] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for target in after[node]:
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    if len(order) < len(known):
        circle = ", ".join(node for node in nodes if missing[node])
        raise ValueError(f"These nodes go round in a circle: {circle}. Only graphs without circles can be drawn.")
    return order


def layered(order: Sequence[str], edges: Sequence[Edge]) -> Layered:
    """Return the graph in layers; `order` is topological, no edge appears twice."""
    homes = _homes(order, edges)
    ends: dict[str, int] = {}
    for source, target in edges:
        ends[source] = max(ends.get(source, 0), homes[target])
    count = max(homes.values(), default=-1) + 1
    layers: list[list[Slot]] = [[] for _ in range(count)]
    gaps: list[list[Wire]] = [[] for _ in range(max(0, count - 1))]
    made = {target for _, target in edges}
    for node in sorted(order, key=lambda node: node not in made):  # results first, beside what they are made of
        layers[homes[node]].append(Slot(homes[node], node))
    for node in order:
        for layer in range(homes[node] + 1, ends.get(node, 0)):
            layers[layer].append(Slot(layer, node))
            gaps[layer - 1].append((Slot(layer - 1, node), Slot(layer, node)))
    for source, target in edges:
        layer = homes[target]
        gaps[layer - 1].append((Slot(layer - 1, source), Slot(layer, target)))
    return Layered(homes, tuple(map(tuple, layers)), tuple(map(tuple, gaps)))


def _homes(order: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the layer of each node: as far left as its inputs allow, then as near to its users as helps."""
    inputs: dict[str, list[str]] = {node: [] for node in order}
    users: dict[str, list[str]] = {node: [] for node in order}
    for source, target in edges:
        inputs[target].append(source)
        users[source].append(target)
    homes: dict[str, int] = {}
    for node in order:
        homes[node] = max((homes[source] + 1 for source in inputs[node]), default=0)
    for node in reversed(order):
        if len(users[node]) > len(inputs[node]):
            homes[node] = min(homes[user] for user in users[node]) - 1
    return homes
