"""Problems about powers of an inner line, products of inner functions, and one input that acts along several roads."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.calm import calmest
from tutor.practice.skills.drawing import HALF, at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_STAND: Final = "A stand sells n {goods} at p euros each: the dearer, the fewer. m is the money that comes in."
_CALM: Final = frozenset(range(2, 13))
"""Numbers whose powers are easy to work out."""
_GOODS: Final = ("ice creams", "waffles", "lemonades", "balloons", "sandwiches", "tickets")


# -- a power of an inner line


def power_of_a_line(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the slope of a power of something inside, without a name for what is inside."""
    if grade > 1 and shape.random() < HALF:
        return _neuron_like(shape, numbers, grade)
    slope, constant = _either(shape, grade, whole(shape, 2, 6)), _either(shape, grade, whole(shape, 1, 12))
    exponent = whole(shape, 2, 4, but=(abs(slope),))
    squared = grade == HARDEST and shape.random() < HALF
    front = one_of(shape, 1, 1, whole(shape, 2, 4), -whole(shape, 2, 4)) if grade > 1 else one_of(shape, 1, 1, 2, 3)
    inside = polynomial([(slope, "x^2" if squared else "x"), (constant, "")])
    power = 2 if squared else 1
    halves = [Fraction(place, 2) for place in range(1 if grade == 1 else -12, 13) if place]
    calm = [place for place in halves if abs(slope * place**power + constant) in _CALM]
    places = calm or [place for place in halves if place.denominator == 1 and slope * place**power + constant]
    return Draft(
        {"x": numbers.choice(places)},
        {"y": polynomial([(front, f"({inside})^{exponent}")])},
        ("y", "dy/dx"),
        formula="dy/dx",
    )


def _neuron_like(shape: Random, numbers: Random, grade: int) -> Draft:
    """Return the square or the cube of a weighted sum, with the slope by the weight that is inside it."""
    exponent, form = one_of(shape, 2, 3), one_of(shape, "x1 + w*x2", "w*x1 + x2", "w*x1 - x2")
    by_input = grade == HARDEST and shape.random() < HALF
    steps = {"h": f"({form})^{exponent}"}

    def draw() -> Draft:
        values = {name: _place(numbers, grade) for name in ("x1", "x2", "w")}
        if by_input:
            return Draft(values, steps, ("h", "dh/dw", "dh/dx1", "dh/dx2"), formula="dh/dw")
        given = {name: values.pop(name) for name in ("x1", "x2")}
        return Draft(values, steps, ("h", "dh/dw"), given=given, formula="dh/dw")

    return calmest(draw)


# -- products of inner functions


def product_of_inner(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the slope of a product such as u²·v³, whose factors are lines: with names for them, or in one line."""
    left = right = _line(shape, grade, "x")
    while left == right:
        right = _line(shape, grade, "x")
    exponents = shape.choice(
        at_grade(grade, [(1, 2), (2, 1), (2, 2)], [(1, 2), (2, 2), (3, 1), (1, 3)], [(2, 3), (3, 2), (2, 2)])
    )
    if grade < HARDEST and shape.random() < HALF:
        steps = {"y": "*".join(_power(f"({line})", n) for line, n in zip((left, right), exponents, strict=True))}
        return calmest(lambda: Draft({"x": _place(numbers, grade)}, steps, ("y", "dy/dx"), formula="dy/dx"))
    product = "*".join(_power(name, n) for name, n in zip("uv", exponents, strict=True))
    if grade < HARDEST:
        steps = {"u": left, "v": right, "y": product}
        asked = ("u", "v", "dy/du:direct", "dy/dv:direct", "dy/dx")
        return calmest(lambda: Draft({"x": _place(numbers, grade)}, steps, asked, formula="dy/dx"))
    steps = {"u": _plane(shape), "v": _plane(shape), "f": product}
    cells = ("u", "v", "df/du", "df/dv", "df/dx1", "df/dx2")
    return calmest(lambda: Draft({name: _place(numbers, 2) for name in ("x1", "x2")}, steps, cells, formula="df/dx2"))


# -- several roads


def two_roads(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the slope by an input that reaches the result on two roads or three."""
    if grade == 1 and shape.random() < HALF:
        return _stand(shape, numbers)
    if grade == HARDEST:
        return _meeting_roads(shape, numbers) if shape.random() < HALF else _three_roads(shape, numbers)
    inner = [
        _line(shape, grade, "x"),
        polynomial([(_either(shape, grade, one_of(shape, 1, 2, 3)), "x^2"), (one_of(shape, 0, 1, 3), "")]),
    ]
    shape.shuffle(inner)
    factor = whole(shape, 2, 4)
    y = one_of(
        shape,
        "u*v",
        f"u^2 + {factor}*v",
        f"{factor}*u - v^2" if grade > 1 else f"{factor}*u*v",
        "u^2*v" if grade > 1 else "u*v",
    )
    steps = {"u": inner[0], "v": inner[1], "y": y}
    cells = ("u", "v", "dy/du:direct", "dy/dv:direct", "du/dx:direct", "dv/dx:direct", "dy/dx")
    return calmest(lambda: Draft({"x": _place(numbers, grade)}, steps, cells, formula="dy/dx"))


def _stand(shape: Random, numbers: Random) -> Draft:
    slope = whole(shape, 2, 12)
    most = slope * whole(shape, 5, 12)
    steps = {"n": f"{most} - {slope}*p", "m": "p*n"}
    cells = ("n", "dm/dp:direct", "dm/dn:direct", "dn/dp:direct", "dm/dp")
    story = _STAND.format(goods=shape.choice(_GOODS))
    return calmest(lambda: Draft({"p": Fraction(whole(numbers, 3, 9), 2)}, steps, cells, story=story, formula="dm/dp"))


def _three_roads(shape: Random, numbers: Random) -> Draft:
    first, second, third = (int(signed(shape, whole(shape, 2, 4))) for _ in range(3))
    steps = {
        "u": polynomial([(1, "x^2"), (first, "x")]),
        "v": polynomial([(second, "x"), (whole(shape, 1, 5), "")]),
        "y": polynomial([(1, "u*v"), (third, one_of(shape, "x", "x^2"))]),
    }
    cells = ("u", "v", "dy/du:direct", "dy/dv:direct", "dy/dx:direct", "dy/dx")
    return calmest(lambda: Draft({"x": _place(numbers, HARDEST)}, steps, cells, formula="dy/dx"))


def _meeting_roads(shape: Random, numbers: Random) -> Draft:
    """Return the three floors of the lesson with other numbers: two roads meet, and go on together."""
    factor = int(signed(shape, whole(shape, 2, 3)))
    steps = {
        "u": _plane(shape),
        "v": polynomial([(1, "u^2"), (factor, "x2^2")]),
        "f": one_of(shape, "v^2", "v^3", f"v^2 - {whole(shape, 2, 5)}*v"),
    }
    cells = ("u", "v", "df/dv", "df/du", "df/dx1", "dv/dx2:direct", "df/dx2")
    return calmest(
        lambda: Draft({name: whole(numbers, -3, 3) for name in ("x1", "x2")}, steps, cells, formula="df/dx2")
    )


# -- pieces


def _plane(shape: Random) -> str:
    first, second = shape.sample([1, 2, 3, 4], 2)
    return polynomial([(first, "x1"), (signed(shape, second), "x2")])


def _line(shape: Random, grade: int, name: str) -> str:
    slope, constant = _either(shape, grade, whole(shape, 2, 4)), _either(shape, grade, whole(shape, 1, 6))
    return polynomial([(slope, name), (constant, "")])


def _either(shape: Random, grade: int, size: int) -> int:
    """Return a size, with either sign where the problems are harder."""
    return size if grade == 1 else int(signed(shape, size))


def _power(base: str, exponent: int) -> str:
    return base if exponent == 1 else f"{base}^{exponent}"


def _place(numbers: Random, grade: int) -> Number:
    if grade == 1:
        return whole(numbers, 2, 6)
    return whole(numbers, -5, 5) if grade < HARDEST else signed(numbers, Fraction(one_of(numbers, 1, 3, 4, 6, 8), 2))
