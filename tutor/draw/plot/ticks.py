"""Values at which an axis is labelled: multiples of 1, 2 or 5 times a power of ten."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tutor.draw.number import scaled_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.plot.scale import Axis

_FIRST_DIGITS = (1, 2, 5)
_MOST_TICKS = 40
_STEPS = 9  # from a fortieth of the axis to 25 times the axis
_LEAST_DECADES = 2
_EVERY_DECADE = (1, 2, 3, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of an axis, and how it is written."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A distance between ticks: digit·10^exponent."""

    digit: int
    exponent: int

    @property
    def value(self) -> float:
        """The distance as a float, 0 where it is too small for one."""
        return float(f"{self.digit}e{self.exponent}")

    def multiple(self, count: int) -> float:
        """Return a multiple of the distance, rounded once."""
        return float(f"{count * self.digit}e{self.exponent}")


def steps_from(distance: float) -> Iterator[Step]:
    """Yield the steps 1, 2, 5, 10, 20 … from the first one that is at least `distance`, a positive number."""
    exponent = math.floor(math.log10(distance))
    while True:
        yield from (step for digit in _FIRST_DIGITS if (step := Step(digit, exponent)).value >= distance)
        exponent += 1


def ticks(axis: Axis, glyphs: Glyphs) -> Iterator[list[Tick]]:
    """Yield the ticks that the axis may have, from the many to the few; the last list is empty.

    The axis has to be a drawable one.
    """
    decades = list(_decades(axis, glyphs)) if axis.log else []
    yield from decades
    if not decades:
        half = axis.high / 2 - axis.low / 2
        least = max(half / _MOST_TICKS * 2, 1 if axis.whole else 0)
        for step in islice(steps_from(least), _STEPS):
            yield _multiples(axis, step, glyphs)
    yield []


def _multiples(axis: Axis, step: Step, glyphs: Glyphs) -> list[Tick]:
    first, last = math.ceil(axis.low / step.value), math.floor(axis.high / step.value)
    within = [count for count in range(first, last + 1) if axis.low <= step.multiple(count) <= axis.high]
    return [Tick(step.multiple(count), scaled_number(count * step.digit, step.exponent, glyphs)) for count in within]


def _decades(axis: Axis, glyphs: Glyphs) -> Iterator[list[Tick]]:
    """Yield powers of ten with their multiples, then alone, then every second, third … of them, then the outer two."""
    powers = range(math.floor(math.log10(axis.low)), math.floor(math.log10(axis.high)) + 1)
    marks = [Step(digit, power) for power in powers for digit in _FIRST_DIGITS]
    within = [mark for mark in marks if axis.low <= mark.value <= axis.high]
    whole = [mark for mark in within if mark.digit == 1]
    sparse = [[mark for mark in whole if mark.exponent % every == 0] for every in _EVERY_DECADE]
    for chosen in (within, *sparse, whole[:: max(1, len(whole) - 1)], within[:: max(1, len(within) - 1)]):
        if _LEAST_DECADES <= len(chosen) <= _MOST_TICKS:
            yield [Tick(mark.value, scaled_number(mark.digit, mark.exponent, glyphs)) for mark in chosen]
