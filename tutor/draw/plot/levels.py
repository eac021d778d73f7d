"""The heights of a surface, cut at round numbers."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from tutor.draw.number import short_number
from tutor.draw.plot.scale import Axis
from tutor.draw.plot.ticks import Step
from tutor.draw.text import Line, Span, line_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs

_MOST_ALIKE = 0.5  # where even levels leave more than this share of a surface in one, equally large levels show more
_DIGITS = (1, 2, 3, 4, 5, 6, 8)
UNDEFINED = "?"
_GAP = Span("  ")


def level_signs(glyphs: Glyphs) -> str:
    """Return the signs of the levels from the lowest to the highest."""
    return " .:-=+*#" if glyphs.plain else " ·░▒▓█"


def level_bounds(values: Sequence[float], count: int) -> list[float]:
    """Return the lower bounds of all levels but the lowest one: at most `count` of them, round and ascending.

    They are evenly spaced, except where that would put most of the values into one level; then they are chosen so that
    each level holds about as many of the values.
    """
    finite = sorted(filter(math.isfinite, values))
    if not finite or finite[0] == finite[-1]:
        return []
    even = _even_bounds(finite[0], finite[-1], count)
    largest = max(Counter(bisect_right(even, value) for value in finite).values())
    return even if largest <= _MOST_ALIKE * len(finite) else _equal_shares(finite, count) or even


def _even_bounds(low: float, high: float, count: int) -> list[float]:
    axis = Axis(low, high).drawable
    distance = (axis.high / 2 - axis.low / 2) / (count + 1) * 2
    exponent = math.floor(math.log10(distance))
    for step in (Step(digit, power) for power in (exponent, exponent + 1) for digit in _DIGITS):
        if step.value >= distance:
            first, last = math.floor(axis.low / step.value) + 1, math.ceil(axis.high / step.value) - 1
            if last - first < count:
                return [step.multiple(place) for place in range(first, last + 1)]
    return []


def _equal_shares(ascending: Sequence[float], count: int) -> list[float]:
    shares = [ascending[len(ascending) * place // (count + 1)] for place in range(1, count + 1)]
    return sorted({bound for share in shares if ascending[0] < (bound := float(f"{share:.1e}")) <= ascending[-1]})


def level_entries(bounds: Sequence[float], glyphs: Glyphs) -> list[Line]:
    """Return each level's sign with its lower bound, from the lowest such level to the highest."""
    signs = level_signs(glyphs)[1:]
    return [
        (Span(sign, "contour"), Span(f" {short_number(bound, glyphs)}"))
        for sign, bound in zip(signs, bounds, strict=False)
    ]


def level_rows(lead: Line, entries: Sequence[Line], width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the lead and the entries in at most so many lines: all of them, or the first and the last one, or none."""
    if not entries:
        return []
    for chosen in (entries, [entries[0], (Span(glyphs.ellipsis),), entries[-1]]):
        lines = [lead] if lead else []
        for entry in chosen:
            if lines and line_width(lines[-1]) + len(_GAP.text) + line_width(entry) <= width:
                lines[-1] = (*lines[-1], _GAP, *entry)
            else:
                lines.append(entry)
        if len(lines) <= rows and all(line_width(line) <= width for line in lines):
            return lines
    return []
