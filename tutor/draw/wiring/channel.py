"""The wires between two layers: vertical trunks and the horizontal pieces between them.

A source with several wires has a trunk that splits, a target with several a trunk that joins, a hub one of its own.
Wires of different trunks never touch, so whatever can be followed from left to right is an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from tutor.draw.wiring.columns import Piece, Span, assign_columns, crossings, is_possible, precedence
from tutor.draw.wiring.hubs import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ATTEMPTS = 100
_MOST_LINKS = 12  # more of them are a thicket, however they are laid


@dataclass(frozen=True, slots=True)
class Channel:
    """The drawing between two layers: pieces, and for each trunk its column and its rows from top to bottom."""

    pieces: tuple[Piece, ...]
    columns: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def width(self) -> int:
        """How many columns of trunks there are."""
        return max(self.columns, default=-1) + 1

    @property
    def crossings(self) -> int:
        """How many wires cross."""
        return crossings(self.pieces, self.spans, self.columns)


def route(wires: Sequence[tuple[int, int]], height: int, clearance: int) -> Channel | None:
    """Return the channel for wires from a row on the left to a row on the right, None where it has no room.

    All its rows are below `height`; trunks in one column are `clearance` rows apart.
    """
    plan = _Plan(wires)
    if len(plan.links) > _MOST_LINKS:
        return None
    pieces = _with_links(plan, height)
    pairs = None if pieces is None else precedence(pieces)
    if pieces is None or pairs is None:
        return None
    spans = [_span(pieces, trunk) for trunk in range(plan.trunks)]
    columns = assign_columns(pieces, spans, pairs, clearance)
    return Channel(tuple(pieces), columns, tuple(spans))


class _Plan:
    """The trunks of a channel, the pieces whose rows are given, and the links whose rows are free."""

    def __init__(self, wires: Sequence[tuple[int, int]]) -> None:
        hubs, single = split(wires)
        numbers = count()
        middles = [next(numbers) for _ in hubs]
        sources = [source for hub in hubs for source in hub.sources] + [source for source, _ in single]
        targets = [target for hub in hubs for target in hub.targets] + [target for _, target in single]
        self._splits = {row: next(numbers) for row in sorted(set(sources)) if sources.count(row) > 1}
        self._joins = {row: next(numbers) for row in sorted(set(targets)) if targets.count(row) > 1}
        self.trunks = next(numbers)
        self.links: list[tuple[int, int]] = []
        self.pieces = [Piece(row, None, trunk) for row, trunk in self._splits.items()]
        self.pieces += [Piece(row, trunk, None) for row, trunk in self._joins.items()]
        for hub, middle in zip(hubs, middles, strict=True):
            for row in sorted(hub.sources):
                self._connect(self._splits.get(row), middle, row)
            for row in sorted(hub.targets):
                self._connect(middle, self._joins.get(row), row)
        for source, target in single:
            self._connect_single(source, target)

    def _connect(self, start: int | None, end: int | None, row: int) -> None:
        """Connect two trunks in a row yet to be found, or a trunk with the port in the given row."""
        if start is None or end is None:
            self.pieces.append(Piece(row, start, end))
        else:
            self.links.append((start, end))

    def _connect_single(self, source: int, target: int) -> None:
        start, end = self._splits.get(source), self._joins.get(target)
        if start is None and end is None and source != target:
            bend = self.trunks
            self.trunks += 1
            self.pieces += [Piece(source, None, bend), Piece(target, bend, None)]
        else:
            self._connect(start, end, source if start is None else target)


def _with_links(plan: _Plan, height: int) -> list[Piece] | None:
    """Return the pieces with a row found for each link, None where none is found in a bounded number of attempts."""
    attempts = count()

    def extend(pieces: list[Piece], links: Sequence[tuple[int, int]]) -> list[Piece] | None:
        pairs = precedence(pieces)
        if pairs is None or not is_possible(pairs):
            return None
        if not links:
            return pieces
        for row in _rows_for(links[0], pieces, height):
            if next(attempts) > _ATTEMPTS:
                return None
            found = extend([*pieces, Piece(row, *links[0])], links[1:])
            if found is not None:
                return found
        return None

    return extend(plan.pieces, plan.links)


def _rows_for(link: tuple[int, int], pieces: Sequence[Piece], height: int) -> list[int]:
    """Return the rows for a link, the best first: those of its own ports, then the nearest that are free."""
    own = {piece.row for piece in pieces if piece.start in link and piece.end is None}
    own |= {piece.row for piece in pieces if piece.end in link and piece.start is None}
    taken = {piece.row for piece in pieces} - own
    spans = [_span(pieces, trunk) for trunk in link if any(trunk in piece[1:] for piece in pieces)]

    def cost(row: int) -> tuple[int, int]:
        away = sum(max(top - row, 0, row - bottom) for top, bottom in spans)
        return 2 * away + (row not in own) + 3 * (row in taken), row

    return sorted(range(height), key=cost)


def _span(pieces: Iterable[Piece], trunk: int) -> Span:
    rows = [piece.row for piece in pieces if trunk in (piece.start, piece.end)]
    return min(rows), max(rows)
