"""Fewer points for the same line: what a picture of few columns can show of very many values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEPT_OF_EACH = 4


def thinned(values: Sequence[float], runs: int) -> list[int]:
    """Return the places of the values that matter where at most `runs` runs of them can be told apart.

    Of each run of neighbours the first, the least, the greatest and the last one matter, and all where one of them is
    not finite. A value added at the end changes nothing before it, until there are twice as many.
    """
    length = 1
    while len(values) > length * max(1, runs):
        length *= 2
    if length <= _KEPT_OF_EACH:
        return list(range(len(values)))
    return [place for start in range(0, len(values), length) for place in _kept(values, start, length)]


def _kept(values: Sequence[float], start: int, length: int) -> Iterator[int]:
    run = values[start : start + length]
    if not math.isfinite(sum(run)):
        return iter(range(start, start + len(run)))
    return iter(sorted({start + place for place in (0, run.index(min(run)), run.index(max(run)), len(run) - 1)}))
