"""What a curve shows, as sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from tutor.draw.glyphs import UNICODE, spelled
from tutor.draw.number import distinct_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.curve import Series
    from tutor.draw.glyphs import Glyphs


def curve_reading(
    name: str, values: Sequence[float], counted: str = "step", glyphs: Glyphs = UNICODE, *, first: int = 0
) -> str:
    """Return in one sentence how the values went, one for each step (or epoch: what is `counted`) from `first` on.

    >>> curve_reading("loss", [534, 100, 41, 50])
    'loss fell from 534 to 41, lowest at step 2, then rose to 50.'
    >>> curve_reading("f", [17, 8, 4, 2.733])
    'f fell from 17 to 2.733 in 3 steps, without a rise.'
    """
    finite = list(takewhile(math.isfinite, values))
    if not len(values):
        return spelled(f"{name} has no values yet.", glyphs)
    if not finite:
        return spelled(f"{name} is not finite at {counted} {first}: there is nothing to compare.", glyphs)
    said = _course(_Course(tuple(finite), counted, glyphs, first))
    if len(finite) < len(values):
        said += f"; from {counted} {first + len(finite)} on it is no longer finite: it diverged"
    return f"{spelled(name, glyphs)} {spelled(said, glyphs)}."


def race_reading(series: Sequence[Series], counted: str = "step", glyphs: Glyphs = UNICODE) -> str:
    """Return in one sentence which of the runs is lowest at the last step that all of them have taken.

    >>> from tutor.draw.curve import Series
    >>> race_reading([Series("sgd", [9, 4]), Series("adam", [9, 5])])
    'After 1 step sgd is lowest: sgd 4, adam 5.'
    """
    steps = min((len(run.values) for run in series), default=0) - 1
    if steps < 0:
        return "No run has a value yet."
    ends = [(run.name, float(run.values[steps])) for run in series]
    known = sorted((end for end in ends if math.isfinite(end[1])), key=lambda end: end[1])
    lost = [name for name, value in ends if not math.isfinite(value)]
    texts = distinct_numbers([value for _, value in known], glyphs)
    places = [f"{name} {text}" for (name, _), text in zip(known, texts, strict=True)]
    places += [f"{name} diverged" for name in lost]
    best = [name for name, value in known if value == known[0][1]]
    lowest = (
        "no run is finite" if not best else f"{best[0]} is lowest" if best[1:] == [] else f"{_and(best)} are lowest"
    )
    return spelled(f"After {_count(steps, counted)} {lowest}: {', '.join(places)}.", glyphs)


@dataclass(frozen=True, slots=True)
class _Course:
    """Finite values, one at least, with the words to tell of them."""

    values: tuple[float, ...]
    counted: str
    glyphs: Glyphs
    first: int

    @property
    def least(self) -> int:
        """The first place of the lowest value."""
        return self.values.index(min(self.values))

    @property
    def most(self) -> int:
        """The first place of the highest value."""
        return self.values.index(max(self.values))

    def at(self, place: int) -> str:
        """Return the name of a step."""
        return f"{self.counted} {self.first + place}"

    def numbers(self, *places: int) -> list[str]:
        """Return the values at these places, so that different ones look different."""
        return distinct_numbers([self.values[place] for place in places], self.glyphs)


def _course(course: _Course) -> str:
    values, last = course.values, len(course.values) - 1
    start, end = values[0], values[-1]
    low = values[course.least]
    if last == 0:
        return f"is {course.numbers(0)[0]}"
    if low == values[course.most]:
        return f"stayed at {course.numbers(0)[0]} for {_count(last, course.counted)}"
    if low < min(start, end):
        return _valley(course)
    if start == end:
        _, high = course.numbers(0, course.most)
        return f"rose from {course.numbers(0, course.most)[0]} to {high} at {course.at(course.most)}, then fell back"
    falls = end < start
    way, against = ("fell", "rise") if falls else ("rose", "fall")
    one, other = course.numbers(0, last)
    turns = sum((after > before) if falls else (after < before) for before, after in pairwise(values))
    turned = f"with {_count(turns, against)} on the way" if turns else f"without a {against}"
    return f"{way} from {one} to {other} in {_count(last, course.counted)}, {turned}"


def _valley(course: _Course) -> str:
    """Tell of values that are lowest neither at the start nor at the end."""
    one, low, end = course.numbers(0, course.least, len(course.values) - 1)
    back = "back " if course.values[0] == course.values[-1] else ""
    return f"fell from {one} to {low}, lowest at {course.at(course.least)}, then rose {back}to {end}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
