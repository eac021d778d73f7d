"""Problems about functions inside functions along one chain: their values, and the rates of their links."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.calm import calmest
from tutor.practice.skills.drawing import HALF, at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tutor.practice.draft import Number

_SIZES: Final[tuple[Number, ...]] = (*(Fraction(tenths, 10) for tenths in (2, 4, 5, 15, 25)), 2, 3, 4)
_STRAIGHT: Final = frozenset({"line", "way"})
_TWO_LINKS: Final = (
    (
        "hours",
        "side",
        "area",
        "plain square",
        "The side of a metal plate grows with the hours in the sun, and its area with it.",
    ),
    (
        "weeks",
        "edge",
        "volume",
        "plain cube",
        "A cube of ice grows week by week, its edge first, and its volume with the edge.",
    ),
    ("hours", "dough", "price", "way", "A baker makes dough by the hour, and sells what comes of it."),
    ("turns", "wheel", "way", "way", "Turns of a crank turn a wheel, and the wheel brings you forward."),
    (
        "years",
        "side",
        "field",
        "plain square",
        "A square field is fenced anew each year: its side grows, and its area with it.",
    ),
)
_THREE_LINKS: Final = (
    "The heating turns up the temperature, the temperature the demand for ice, and the demand the money in the till.",
    "Rain fills a river, the river a lake, and the lake a mill pond.",
)


def nested_value(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the value of each floor of a function inside a function, from the inside to the outside."""
    if grade == 1:
        steps = {
            "u": f"{whole(shape, 1, 9)} + {whole(shape, 2, 6)}*x",
            "v": _second_floor(shape, "x", grade),
            "f": _roof(shape, grade),
        }
        names: tuple[str, ...] = ("x",)
    else:
        first, second = shape.sample([1, 2, 3, 4], 2)
        inside = polynomial([(signed(shape, first), "x1"), (signed(shape, second), "x2")])
        steps = {"u": inside, "v": _second_floor(shape, "x2", grade), "f": _roof(shape, grade)}
        names = ("x1", "x2")
    return calmest(lambda: Draft({name: _place(numbers, grade) for name in names}, steps, tuple(steps)))


def _second_floor(shape: Random, name: str, grade: int) -> str:
    factor, other = whole(shape, 2, 4), int(signed(shape, whole(shape, 2, 4)))
    easy = (f"{whole(shape, 2, 9)} + {factor}*u", f"{factor}*u^2", f"u + {factor}*{name}^2")
    return one_of(
        shape,
        *at_grade(
            grade,
            easy,
            (*easy[1:], polynomial([(1, "u^2"), (other, name)]), polynomial([(1, "u"), (other, f"{name}^2")])),
            (polynomial([(1, "u^2"), (other, f"{name}^2")]), polynomial([(factor, "u^2"), (other, name)])),
        ),
    )


def _roof(shape: Random, grade: int) -> str:
    factor, constant = whole(shape, 2, 5), whole(shape, 1, 9)
    simple = f"{constant} + {factor}*v"
    return one_of(
        shape,
        *at_grade(
            grade,
            (simple, f"(v + {constant})^2"),
            (f"({constant} - v)^2", f"{constant} - {factor}*v", "(v + u)^2"),
            (f"(v - {factor}*u)^2", "(v + u)^2", f"({constant} - v)^2", f"{factor}*v - u^2"),
        ),
    )


def chain_of_two(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the rates of two links, each at the number that goes into it, and for their product."""
    if grade == 1:
        names, kind, story = _names_and_story(shape)
        links = _links(shape, ("line", kind), names, grade)
        return calmest(lambda: _chain(names, links, {names[0]: _place(numbers, grade)}, story))
    kinds = shape.choice(
        [
            ("line", "cube"),
            ("quadratic", "line"),
            ("line", "quadratic"),
            ("square", "quadratic"),
            ("quadratic", "square"),
        ]
    )
    steps = _links(shape, kinds, "xu", grade)
    return calmest(lambda: _chain(("x", "u", "y"), steps, {"x": _place(numbers, grade)}))


def _names_and_story(shape: Random) -> tuple[tuple[str, str, str], str, str]:
    if shape.random() < HALF:
        return ("x", "u", "y"), one_of(shape, "square", "cube", "quadratic"), ""
    start, inner, outer, kind, story = shape.choice(_TWO_LINKS)
    return (start, inner, outer), kind, story


def chain_of_three(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the rates of three links, and for their product."""
    kinds = list(
        shape.choice(
            at_grade(
                grade,
                [("line", "square", "line"), ("line", "line", "square"), ("square", "line", "line")],
                [
                    ("line", "square", "line"),
                    ("line", "quadratic", "line"),
                    ("square", "line", "quadratic"),
                    ("line", "line", "cube"),
                ],
                [
                    ("line", "quadratic", "square"),
                    ("quadratic", "line", "quadratic"),
                    ("square", "line", "cube"),
                    ("line", "square", "quadratic"),
                ],
            )
        )
    )
    steps = _links(shape, kinds, "xuv", grade)
    story = one_of(shape, "", *_THREE_LINKS) if grade == 1 else ""
    return calmest(lambda: _chain(("x", "u", "v", "y"), steps, {"x": _place(numbers, grade)}, story))


def _chain(names: Sequence[str], steps: Sequence[str], values: dict[str, Number], story: str = "") -> Draft:
    links = [f"d{above}/d{below}:direct" for below, above in pairwise(names)]
    whole_rate = f"d{names[-1]}/d{names[0]}"
    cells = (*names[1:-1], *reversed(links), whole_rate)
    return Draft(values, dict(zip(names[1:], steps, strict=True)), cells, story=story, formula=whole_rate)


def _links(shape: Random, kinds: Sequence[str], names: Sequence[str], grade: int) -> list[str]:
    """Return the functions of a chain; no two of its lines are equally steep, so that it shows which one is lost."""
    steps: list[str] = []
    for kind, name in zip(kinds, names, strict=False):
        step = _link(shape, kind, name, grade)
        while kind in _STRAIGHT and _steepness(step) in map(_steepness, steps):
            step = _link(shape, kind, name, grade)
        steps.append(step)
    return steps


def _steepness(step: str) -> str:
    return step.partition("*")[0].removeprefix("-")


def _link(shape: Random, kind: str, name: str, grade: int) -> str:
    """Return a function of one name: a line, a power with a factor, or a quadratic function."""
    factor = whole(shape, 2, 4)
    match kind:
        case "line":
            return _line(shape, name, grade)
        case "way":
            return f"{factor}*{name}"
        case "plain square":
            return f"{name}^2"
        case "plain cube":
            return f"{name}^3"
        case "quadratic":
            first, second = _signed_from(2, shape, grade, factor - 1), _signed_from(2, shape, grade, whole(shape, 2, 6))
            return polynomial([(first, f"{name}^2"), (second, name)])
        case _:
            power = f"{name}^{2 if kind == 'square' else 3}"
            front = one_of(shape, 1, _signed_from(2, shape, grade, factor))
            return polynomial([(front, power), (one_of(shape, 0, whole(shape, 1, 9)), "")])


def _line(shape: Random, name: str, grade: int) -> str:
    slope, constant = whole(shape, 2, 5), whole(shape, 1, 6)
    return polynomial([(_signed_from(2, shape, grade, slope), name), (_signed_from(2, shape, grade, constant), "")])


def _signed_from(least: int, shape: Random, grade: int, size: int) -> int:
    """Return a size, from some grade on with either sign."""
    return int(signed(shape, size)) if grade >= least else size


def _place(numbers: Random, grade: int) -> Number:
    """Return where the functions are looked at: a small number, in the hardest grade also a half or a fifth."""
    if grade == HARDEST:
        return signed(numbers, numbers.choice(_SIZES))
    return whole(numbers, 2, 7) if grade == 1 else whole(numbers, -5, 5)
