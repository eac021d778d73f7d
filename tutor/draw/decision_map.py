"""A map of what a network answers at each place, with the examples on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import spelled
from tutor.draw.number import short_number
from tutor.draw.palette import BOUNDS, LEVELS, value_level
from tutor.draw.plot.header import Entry
from tutor.draw.plot.map import Ground, Legend, Mark, Sign, map_picture
from tutor.draw.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.axes import Plot
    from tutor.draw.glyphs import Glyphs
    from tutor.draw.grid import Grid
    from tutor.draw.room import Room
    from tutor.draw.text import Line

_UNDEFINED: Sign = ("?", "dim")
_CLASSES: tuple[Sign, ...] = (
    (".", "first"),
    (":", "second"),
    ("+", "third"),
    ("=", "negative"),
    ("%", "positive"),
    ("~", "very-negative"),
)
_LETTERS = "abcdef"
_SIDES: dict[bool, Sign] = {True: ("x", "positive-point"), False: ("o", "negative-point")}
_UNSURE = 0.1  # a class that leads by less is no decision yet


@dataclass(frozen=True, slots=True)
class Example:
    """An example at (x, y): its target, what the network answers, and whether it is kept for the test.

    On a map of one output both are numbers on either side of the middle; on a map of classes, numbers of classes.
    """

    x: float
    y: float
    target: float
    output: float
    test: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a map: outputs above the middle are the upper side; `reach` away they are as clear as can be."""

    lower: str = "negative"
    upper: str = "positive"
    middle: float = 0
    reach: float = 1

    def right(self, example: Example) -> bool:
        """Whether the output is on the side of the target."""
        return (example.output > self.middle) == (example.target > self.middle)


EITHER = Sides()


def decision_picture(
    outputs: Grid, room: Room, *, examples: Sequence[Example] = (), sides: Sides = EITHER
) -> list[Line]:
    """Return the map of one output in five levels, `= - + #` from clearly below the middle to clearly above it.

    Examples are `o` below and `x` above, by their target; those kept for the test are capitals. One on the wrong side
    has the role `wrong`. Of very many examples an even share is shown, and that is said.
    """

    def ground(plot: Plot) -> Ground:
        return [[_level(value, sides) for value in row] for row in outputs.over(plot)]

    marks = [_mark(example, _SIDES[example.target > sides.middle], right=sides.right(example)) for example in examples]
    upper, lower = Entry("#+ x", sides.upper, "positive-point"), Entry("=- o", sides.lower, "negative-point")
    test = [Entry("X O", "test")] if any(example.test for example in examples) else []
    named = [Entry("x", sides.upper, "positive-point"), Entry("o", sides.lower, "negative-point")] if examples else []
    beside = [*_level_lines(outputs.title, sides, room.glyphs), *_lines([*named, *test], room.glyphs)]
    return map_picture(room, (outputs.x, outputs.y), ground, marks, Legend([upper, lower, *test], beside))


def class_picture(
    chances: Sequence[Grid], names: Sequence[str], room: Room, *, examples: Sequence[Example] = ()
) -> list[Line]:
    """Return the map of the likeliest class at each place, from one grid of probabilities for each class.

    Each of up to six classes has its own sign, which is left out where no class leads clearly, and a letter for its
    examples: small for training, capital for the test. Targets and outputs of examples are numbers of classes.
    Raises ValueError where there is no class.
    """
    if not chances:
        raise ValueError("a map of classes needs the probabilities of one class at least")

    def ground(plot: Plot) -> Ground:
        layers = [grid.over(plot) for grid in chances]
        return [[_likeliest(values) for values in zip(*rows, strict=True)] for rows in zip(*layers, strict=True)]

    marks = [_mark(example, _letter(example.target), right=example.target == example.output) for example in examples]
    entries = []
    for place, name in enumerate(names[: len(_CLASSES)]):
        letter, _ = _letter(place)
        sign, role = _CLASSES[place]
        entries.append(Entry(f"{sign} {letter}", name, role))
    if any(example.test for example in examples):
        entries.append(Entry("A B", "test"))
    axes = chances[0].x, chances[0].y
    return map_picture(room, axes, ground, marks, Legend(entries, _lines(entries, room.glyphs)))


def _level(value: float, sides: Sides) -> Sign:
    place = value_level(value, sides.middle, sides.reach)
    return _UNDEFINED if place is None else LEVELS[place]


def _likeliest(chances: Sequence[float]) -> Sign:
    if any(map(math.isnan, chances)):
        return _UNDEFINED
    second, first = ([-math.inf, *sorted(chances)])[-2:]
    if first - second < _UNSURE:
        return " ", "neutral"
    return _CLASSES[min(chances.index(first), len(_CLASSES) - 1)]


def _letter(number: float) -> Sign:
    """Return the letter and the role of the examples of a class."""
    known = number in range(len(_CLASSES))
    return (_LETTERS[int(number)], _CLASSES[int(number)][1]) if known else ("*", "plain")


def _mark(example: Example, sign: Sign, *, right: bool) -> Mark:
    """Return the mark of an example: seen before others where it is on the wrong side, or kept for the test."""
    text = sign[0].upper() if example.test else sign[0]
    return Mark(example.x, example.y, (text, sign[1] if right else "wrong"), 2 * (not right) + example.test)


def _level_lines(title: str, sides: Sides, glyphs: Glyphs) -> list[Line]:
    """Return what the five levels mean, the highest first."""
    bounds = [short_number(sides.middle + bound * sides.reach, glyphs) for bound in BOUNDS]
    words = [f"under {bounds[0]}", f"under {bounds[1]}", "between", f"over {bounds[2]}", f"over {bounds[3]}"]
    levels = zip(LEVELS, words, strict=True)
    lines: list[Line] = [(Span(sign, role), Span(f" {word}")) for (sign, role), word in levels]
    headed: list[Line] = [(Span(spelled(title, glyphs), "strong"),)] if title else []
    return [*headed, *reversed(lines)]


def _lines(entries: Sequence[Entry], glyphs: Glyphs) -> list[Line]:
    return [Entry(entry.sign, spelled(entry.text, glyphs), entry.role).spans for entry in entries]
