"""An axis, and where a value stands on it."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace

_LARGEST = sys.float_info.max
_SMALLEST_SPAN = 1e-300
_SMALLEST_RELATIVE_SPAN = 1e-3  # below it the labels of an axis could not be told apart in four digits
_SMALLEST_LOGARITHM = 1e-300
_FAR = 1e6


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `low` to `high`, and what they are.

    `log` says that every factor of ten takes the same room, `whole` that only whole numbers are labelled.
    """

    low: float
    high: float
    title: str = ""
    log: bool = False
    whole: bool = False

    @property
    def drawable(self) -> Axis:
        """The same axis, made right where its ends are not finite, in the wrong order or too close together."""
        ends = sorted(_finite(end) for end in (self.low, self.high))
        if self.log:
            low, high = (max(end, _SMALLEST_LOGARITHM) for end in ends)
        else:
            low, high = ends
        middle = low / 2 + high / 2
        least = max(_SMALLEST_SPAN, abs(middle) * _SMALLEST_RELATIVE_SPAN)
        if high / 2 - low / 2 < least / 2:
            low, high = _finite(middle - least / 2), _finite(middle + least / 2)
        return replace(self, low=low, high=high)


def _finite(value: float) -> float:
    return 0.0 if math.isnan(value) else max(-_LARGEST, min(_LARGEST, value))


class Scale:
    """Where values stand on an axis: 0 is its low end, 1 its high end."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis.drawable
        self._low = self._even(self.axis.low)
        self._span = self._even(self.axis.high) - self._low

    def _even(self, value: float) -> float:
        """Return what grows evenly along the axis: half the value, which cannot overflow, or its logarithm."""
        return math.log10(value) if self.axis.log else value / 2

    def place(self, value: float) -> float:
        """Return the place of a value: below 0 or above 1 beside the axis, never infinite, nan for nan."""
        if math.isnan(value):
            return value
        if self.axis.log and value <= 0:
            return -_FAR
        if math.isinf(value):
            return math.copysign(_FAR, value)
        return max(-_FAR, min(_FAR, (self._even(value) - self._low) / self._span))

    def cell(self, value: float, count: int) -> int | None:
        """Return in which of `count` cells along the axis the value is, None where in none."""
        place = self.place(value)
        return min(count - 1, int(place * count)) if 0 <= place <= 1 else None

    def middle(self, cell: int, count: int) -> float:
        """Return the value in the middle of one of `count` cells."""
        part = (cell + 0.5) / count
        if self.axis.log:
            return float(10 ** (self._low + part * self._span))
        return 2 * (self._low * (1 - part) + (self._low + self._span) * part)
