"""Hubs: groups of wires in a gap where each of several sources goes to each of several targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGEST_SEARCH = 200


class Hub(NamedTuple):
    """All sources of a hub go to all its targets, so that their wires may join in one line."""

    sources: frozenset[int]
    targets: frozenset[int]


def split(wires: Iterable[tuple[int, int]]) -> tuple[list[Hub], list[tuple[int, int]]]:
    """Return the hubs that save most, with two or more ends on either side, and the wires that are in none."""
    users: dict[int, set[int]] = {}
    for source, target in sorted(wires):
        users.setdefault(source, set()).add(target)
    hubs: list[Hub] = []
    while True:
        candidates = _candidates(users)
        if not candidates:
            break
        hub = max(candidates, key=_saving)
        hubs.append(hub)
        for source in hub.sources:
            users[source] -= hub.targets
    return hubs, [(source, target) for source in users for target in sorted(users[source])]


def _candidates(users: dict[int, set[int]]) -> list[Hub]:
    """Return the hubs that can be made of these wires: each set of targets that some sources share."""
    shared: list[frozenset[int]] = []
    pending = [frozenset(targets) for targets in users.values()]
    for group in pending:
        for targets in list(users.values()):
            common = group & targets
            if len(common) > 1 and common not in shared and len(shared) < _LARGEST_SEARCH:
                shared.append(common)
                pending.append(common)
    hubs = [Hub(frozenset(s for s, targets in users.items() if targets >= group), group) for group in shared]
    return [hub for hub in hubs if len(hub.sources) > 1]


def _saving(hub: Hub) -> tuple[int, int]:
    """Return how many wires fewer are drawn with the hub, and how tall it is at the least."""
    sources, targets = hub
    return len(sources) * len(targets) - len(sources) - len(targets), -(max(sources) - min(sources))
