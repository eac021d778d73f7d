"""The columns of the trunks in a channel: which must come before which, and the order with the fewest crossings."""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ORDERS = 40

Span: TypeAlias = tuple[int, int]


class Piece(NamedTuple):
    """A horizontal piece of wire in a row, from one trunk to another; None is the edge of the channel."""

    row: int
    start: int | None
    end: int | None


def precedence(pieces: Sequence[Piece]) -> set[tuple[int, int]] | None:
    """Return which trunk has to stand left of which, None where two pieces would lie on one another."""
    pairs = {(piece.start, piece.end) for piece in pieces if piece.start is not None and piece.end is not None}
    for first, second in combinations(pieces, 2):
        if first.row != second.row:
            continue
        left, right = (second, first) if _comes_after(first, second) else (first, second)
        if left.end is None or right.start is None or not _in_sequence(left, right):
            return None
        if left.end != right.start:
            pairs.add((left.end, right.start))
    return pairs


def _comes_after(first: Piece, second: Piece) -> bool:
    if first.start is None or second.end is None:
        return False
    return first.end is None or second.start is None or first.start == second.end


def _in_sequence(left: Piece, right: Piece) -> bool:
    """Whether it is known that one piece ends before the other begins."""
    return left.end == right.start or left.start is None or right.end is None


def is_possible(pairs: set[tuple[int, int]]) -> bool:
    """Whether the pairs can all be kept, that is, do not go round in a circle."""
    left = set(pairs)
    while left:
        followers = {second for _, second in left}
        free = {pair for pair in left if pair[0] not in followers}
        if not free:
            return False
        left -= free
    return True


def _orders(count: int, pairs: set[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the orders of the trunks that the pairs allow; there is one, as they do not go round in a circle."""
    before = [{first for first, second in pairs if second == trunk} for trunk in range(count)]

    def extend(placed: list[int]) -> Iterator[list[int]]:
        if len(placed) == count:
            yield list(placed)
            return
        done = set(placed)
        for trunk in range(count):
            if trunk not in done and before[trunk] <= done:
                placed.append(trunk)
                yield from extend(placed)
                placed.pop()

    return extend([])


def assign_columns(
    pieces: Sequence[Piece], spans: Sequence[Span], pairs: set[tuple[int, int]], clearance: int
) -> tuple[int, ...]:
    """Return the column of each trunk, such that few wires cross and few columns are used.

    Trunks in one column are `clearance` rows apart. The pairs must not go round in a circle.
    """
    choices = (_pack(order, spans, pairs, clearance) for order in islice(_orders(len(spans), pairs), _ORDERS))
    return min(choices, key=lambda columns: (crossings(pieces, spans, columns), max(columns, default=0)))


def _pack(order: Sequence[int], spans: Sequence[Span], pairs: set[tuple[int, int]], clearance: int) -> tuple[int, ...]:
    """Put each trunk into the first column right of those it must follow where it has room."""
    columns: dict[int, int] = {}
    for trunk in order:
        column = max((columns[first] + 1 for first, second in pairs if second == trunk), default=0)
        while any(columns[other] == column and _touch(spans[other], spans[trunk], clearance) for other in columns):
            column += 1
        columns[trunk] = column
    return tuple(columns[trunk] for trunk in range(len(spans)))


def _touch(first: Span, second: Span, clearance: int) -> bool:
    return first[0] <= second[1] + clearance and second[0] <= first[1] + clearance


def crossings(pieces: Sequence[Piece], spans: Sequence[Span], columns: Sequence[int]) -> int:
    """Return how often a piece passes behind a trunk."""
    count = 0
    for piece in pieces:
        start = -1 if piece.start is None else columns[piece.start]
        end = len(columns) if piece.end is None else columns[piece.end]
        count += sum(
            start < column < end and top <= piece.row <= bottom
            for column, (top, bottom) in zip(columns, spans, strict=True)
        )
    return count
