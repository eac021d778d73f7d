"""Points in the regions that points chosen at random miss: narrow ones, and those far away.

Along a line, the places are found where a condition is 0; between two neighbouring ones lies one region. A condition
whose sign was never seen to change is climbed, one name after the other.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING

from tutor.mathematics.equality.sampling import points, rough_or_nothing, rough_point, rounded, value_at
from tutor.mathematics.notation.expression import Call, Power, Quotient, names, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.mathematics.equality.sampling import Rough
    from tutor.mathematics.notation.expression import Node

Place = dict[str, Fraction]
Line = Callable[[float], float]  # the value of a condition, with one name at this value

_SMALL_SIZES = (1e-300, 1e-100, 1e-50, 1e-25, 1e-12, 1e-8)
_LARGE_SIZES = (1e6, 1e9, 1e12, 1e16, 1e22, 1e30, 1e50, 1e100, 1e300)
_SIZES = (*_SMALL_SIZES, 1e-4, 0.1, 0.5, 1, 2, 3, 5, 8, 12, 20, 40, 90, 300, 1e3, 1e4, *_LARGE_SIZES)
_GRID = tuple(sorted({0.0, *_SIZES, *(-size for size in _SIZES)}))
_NEAR = tuple(place for place in _GRID if abs(place) <= 300)  # noqa: PLR2004 - where a first look pays
_ODD_PLACES = (Fraction(17, 7), Fraction(-31, 3))
_MOST_CONDITIONS = 12
_MOST_LINES = 30
_HALVINGS = 60
_CLOSINGS = 80
_FAR_APART = 16
_GOLDEN = (math.sqrt(5) - 1) / 2


def unusual_points(conditions: Sequence[Node], moving: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    """Yield points on either side of every place that can be found where one of the conditions changes its sign.

    `moving` are the names of the formulas that the conditions are from.
    """
    explorer = _Explorer(conditions[:_MOST_CONDITIONS], sorted(moving))
    for start, name in islice(explorer.lines(), _MOST_LINES):
        for value in _between(sorted(explorer.turns(start, name))):
            point = start | {name: value}
            explorer.note(point, name)
            yield point


class _Explorer:
    """Looks for the places where conditions change their signs; remembers which signs were seen."""

    def __init__(self, conditions: Sequence[Node], moving: Sequence[str]) -> None:
        self._names = moving
        self._rough = {condition: rough_or_nothing(condition) for condition in conditions}
        self._is_simple = {condition: _is_simple(condition) for condition in conditions}
        self._changing: set[Node] = set()
        self._seen: set[tuple[bool, ...]] = set()
        self._waiting: deque[tuple[Place, str]] = deque()

    def lines(self) -> Iterator[tuple[Place, str]]:
        """Yield lines, each a place and the name that moves.

        Ordinary ones come first, then those through the best place of each condition that kept its sign, then those
        through the places that were noted.
        """
        some = points(self._names)
        starts = [next(some), next(some)]
        yield from product(starts, self._names)
        if len(self._names) == 1:
            return
        for condition in [condition for condition in self._is_simple if condition not in self._changing]:
            yield from product([self._climbed(condition, starts[0])], self._names)
        while self._waiting:
            place, moved = self._waiting.popleft()
            yield from ((place, name) for name in self._names if name != moved)

    def note(self, place: Place, moved: str) -> None:
        """Keep a place, found by moving a name, if the signs of the conditions there are new."""
        at = rough_point(place)
        signs = tuple(calculate(at) > 0 for calculate in self._rough.values())
        if signs not in self._seen:
            self._seen.add(signs)
            self._waiting.append((place, moved))

    def turns(self, place: Place, name: str) -> set[Fraction]:
        """Return where along the line a condition is 0, or is closest to it."""
        found: set[Fraction] = set()
        for condition, is_simple in self._is_simple.items():
            straight = _roots_of_straight(condition, place, name) if is_simple else None
            at = _line(self._rough[condition], place, name)
            turns = set(map(Fraction, _turns(at))) if straight is None else straight
            if any(_differ(at(rounded(turn - _beside(turn))), at(rounded(turn + _beside(turn)))) for turn in turns):
                self._changing.add(condition)
            found |= turns
        return found

    def _climbed(self, condition: Node, start: Place) -> Place:
        """Return a place where the condition comes as close as can be found to the sign that it does not have."""
        place = dict(start)
        for name in self._names:
            at = _line(self._rough[condition], place, name)
            direction = -1.0 if at(rounded(place[name])) > 0 else 1.0
            heights = {value: at(value) * direction for value in (rounded(place[name]), *_NEAR, *_turns(at))}
            best = max(heights, key=lambda value: -math.inf if math.isnan(heights[value]) else heights[value])
            place[name] = Fraction(best)
        return place


def _line(calculate: Rough, place: Place, name: str) -> Line:
    at = rough_point(place)

    def height(value: float) -> float:
        at[name] = value
        return calculate(at)

    return height


def _is_simple(condition: Node) -> bool:
    """Whether the condition is made of sums and products of its names, which are often straight along a line."""
    return not any(isinstance(part, Call | Power | Quotient) and names(part) for part in walk(condition))


def _roots_of_straight(condition: Node, place: Place, name: str) -> set[Fraction] | None:
    """Return where a straight line is 0 (nowhere, where it is level), None for a line that is not straight."""

    def at(value: Fraction) -> Fraction:
        height = value_at(condition, place | {name: value})
        return height if isinstance(height, Fraction) else value**2  # which is not straight

    start = at(Fraction(0))
    slope = at(Fraction(1)) - start
    if any(at(value) != start + slope * value for value in _ODD_PLACES):
        return None
    return {-start / slope} if slope else set()


def _turns(at: Line) -> Iterator[float]:
    heights = [at(value) for value in _GRID]
    for place, (left, right) in enumerate(pairwise(heights)):
        if _differ(left, right):
            yield _change(at, _GRID[place], _GRID[place + 1])
        if place and abs(heights[place - 1]) > abs(left) <= abs(right):
            yield from _dip(at, _GRID[place - 1], _GRID[place + 1], upwards=left < 0)


def _differ(left: float, right: float) -> bool:
    """Whether the condition holds on one side only; where it has no value it does not hold."""
    return (left > 0) != (right > 0)


def _change(at: Line, low: float, high: float) -> float:
    """Return where the condition changes its sign, by halving."""
    positive = at(low) > 0
    for _ in range(_HALVINGS):
        middle = _middle(low, high)
        if (at(middle) > 0) == positive:
            low = middle
        else:
            high = middle
    return high


def _middle(low: float, high: float) -> float:
    """Return a place between two: halfway, or halfway between their sizes where these are far apart."""
    if low * high > 0 and not 1 / _FAR_APART < low / high < _FAR_APART:
        return math.copysign(math.sqrt(abs(low)) * math.sqrt(abs(high)), low)
    return low / 2 + high / 2


def _dip(at: Line, low: float, high: float, *, upwards: bool) -> Iterator[float]:
    """Yield where the condition comes closest to changing its sign between two places, and where it does around there.

    `upwards`: it is below 0 and is to come above.
    """
    direction = -1.0 if upwards else 1.0
    ends = (low, high)
    left, right = high - (high - low) * _GOLDEN, low + (high - low) * _GOLDEN
    at_left, at_right = at(left) * direction, at(right) * direction
    for _ in range(_CLOSINGS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - (high - low) * _GOLDEN
            at_left = at(left) * direction
        else:
            low, left, at_left = left, right, at_right
            right = low + (high - low) * _GOLDEN
            at_right = at(right) * direction
    lowest = (low + high) / 2
    yield lowest
    for end in ends:
        if _differ(at(end), at(lowest)):
            yield _change(at, end, lowest)


def _beside(turn: Fraction) -> Fraction:
    return (abs(turn) or Fraction(1)) / 10**9


def _between(turns: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield a place between each two turns, beside each of them, and beyond the last ones."""
    if not turns:
        return
    yield turns[0] - abs(turns[0]) - 1
    yield turns[-1] + abs(turns[-1]) + 1
    for left, right in pairwise(turns):
        yield (left + right) / 2
    for turn in turns:
        for distance in (_beside(turn), _beside(turn) / 10**30):
            yield turn - distance
            yield turn + distance
