"""Problems about slopes: measured with a nudge, worked out by the power rule, of squares, of functions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, different, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_NUDGE = (
    "Feel how steep the ground is: shift x by h, and divide the change of height by the shift.",
    "Before and after a nudge of h: the change, divided by the nudge, is nearly the slope.",
)
_BOTH_WAYS = "A nudge to each side: the difference of the two heights, divided by the 2·h between them."
_WALKERS = "Two walkers on one hillside stand at x1 and x2. How high are they, and how steep is it there?"


def measured_slope(shape: Random, numbers: Random, grade: int) -> Draft:
    """Measure a slope with a nudge, and compare it with the slope that the power rule gives."""
    height = polynomial(at_grade(grade, _parabola(shape, 1), _parabola(shape, 2), _cubic(shape)))
    nudge = one_of(numbers, TENTH, *at_grade(grade, (TENTH * 2, HALF), (TENTH / 5, TENTH / 10), (HALF,)))
    x = whole(numbers, *at_grade(grade, (2, 12), (-9, 9), (-6, 6)), but=(-1, 0, 1))
    if grade < HARDEST:
        steps = {
            "before": height,
            "after": height.replace("x", "(x + h)"),
            "change": "after - before",
            "ratio": "change/h",
        }
        cells = (*steps, "dbefore/dx:direct")
        return Draft({"x": x}, steps, cells, given={"h": nudge}, story=one_of(shape, *_NUDGE))
    steps = {
        "f": height,
        "right": height.replace("x", "(x + h)"),
        "left": height.replace("x", "(x - h)"),
        "ratio": "(right - left)/(2*h)",
    }
    return Draft({"x": x}, steps, ("right", "left", "ratio", "df/dx:direct"), given={"h": nudge}, story=_BOTH_WAYS)


def _parabola(shape: Random, terms: int) -> list[tuple[Number, str]]:
    """Return the terms of a parabola: with one term, only the square."""
    square, slope, height = whole(shape, 1, 5), signed(shape, whole(shape, 2, 9)), signed(shape, whole(shape, 1, 9))
    rest: list[tuple[Number, str]] = [(slope, "x")] if terms > 1 else []
    return [(square, "x^2"), *rest, (one_of(shape, 0, height, height), "")]


def _cubic(shape: Random) -> list[tuple[Number, str]]:
    middle = one_of(shape, (signed(shape, whole(shape, 2, 5)), "x^2"), (signed(shape, whole(shape, 2, 9)), "x"))
    return [(whole(shape, 1, 3), "x^3"), middle, (one_of(shape, 0, whole(shape, -9, 9)), "")]


def power_rule(shape: Random, numbers: Random, grade: int) -> Draft:
    """Differentiate two or three powers and what is made of them; in the hardest grade one stands below a line."""
    exponents = at_grade(grade, (one_of(shape, 2, 3, 4), 1), tuple(different(shape, 2, 4, 2)), (3, 2))
    choices = _COEFFICIENTS if grade > 1 else tuple(map(Fraction, range(2, 8)))
    coefficients = [one_of(shape, *(choice for choice in choices if choice != exponent)) for exponent in exponents]
    x: Number = at_grade(
        grade,
        whole(numbers, 2, 9 if max(exponents) < len(_POWERS) - 1 else 5),
        signed(numbers, whole(numbers, 2, 6)),
        signed(numbers, one_of(numbers, *_PLACES)),
    )
    parts = {
        name: polynomial([(coefficient, "x" if exponent == 1 else f"x^{exponent}")])
        for name, coefficient, exponent in zip("uv", coefficients, exponents, strict=True)
    }
    if grade == HARDEST:
        parts["r"] = f"{whole(shape, 1, 9) * 2}/{one_of(shape, 'x', 'x^2')}"
    signs = [one_of(shape, " + ", " - ") for _ in parts]
    whole_sum = "".join((signs[place] if place else "") + name for place, name in enumerate(parts))
    slopes = [f"d{name}/dx:direct" for name in parts]
    return Draft({"x": x}, {**parts, "f": whole_sum}, (*parts, "f", *slopes, "df/dx"), formula="df/dx")


_COEFFICIENTS = (*map(Fraction, (2, 3, 4, 5, 6)), HALF, 3 * HALF, HALF / 2, 5 * HALF)
_PLACES = (*map(Fraction, (2, 4, 5, 10)), HALF)


def polynomial_slope(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out the height and the slope of a polynomial at two places."""
    powers = at_grade(grade, [2, 1, 0], one_of(shape, [3, 2, 1], [3, 1, 0], [3, 2, 0]), [4, 3, 2, 1, 0])
    if grade == HARDEST:
        powers.remove(one_of(shape, *powers[1:]))
    terms = [(_coefficient(shape, grade, power), _POWERS[power]) for power in powers]
    hill = polynomial(terms)
    if grade < HARDEST:
        places: list[Number] = list(different(numbers, *at_grade(grade, (2, 9), (-5, 5), (0, 0)), 2, but=(0, 1)))
    else:
        places = [signed(numbers, one_of(numbers, 2, 3, 4)), signed(numbers, one_of(numbers, 3 * HALF, 5 * HALF))]
    steps = {f"f{place}": hill.replace("x", f"x{place}") for place in (1, 2)}
    cells = [cell for place in (1, 2) for cell in (f"f{place}", f"df{place}/dx{place}:direct")]
    values = {f"x{place}": value for place, value in enumerate(places, start=1)}
    return Draft(values, steps, tuple(cells), story=_WALKERS, formula="df1/dx1:direct")


_POWERS = ("", "x", "x^2", "x^3", "x^4")


def _coefficient(shape: Random, grade: int, power: int) -> Number:
    if grade == 1:
        return whole(shape, *((1, 5) if power > 1 else (2, 9)))
    size = whole(shape, 2, (9, 9, 5, 3, 2)[power]) if power < len(_POWERS) - 1 else one_of(shape, 1, 2)
    return size if power == len(_POWERS) - 1 else signed(shape, size)


def slope_of_square(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out the slope of the square of a straight line at two places."""
    rate, shift = whole(shape, 3, 5), whole(shape, 1, 9)
    if grade > 1:
        rate, shift = one_of(shape, (rate, shift), (rate, -shift), (-rate, shift))
    line = polynomial([(rate, "x"), (shift, "")] if rate > 0 else [(shift, ""), (rate, "x")])
    square = f"({line})^2"
    if grade == HARDEST:
        square = one_of(shape, f"{whole(shape, 2, 5)}*{square}", f"{square}/{one_of(shape, 2, 4)}")
        square += one_of(shape, "", polynomial([(1, ""), (signed(shape, whole(shape, 2, 9)), "x")])[1:])
    places = different(numbers, *at_grade(grade, (1, 9), (-6, 7), (-4, 4)), 2, but=(0, -shift // rate))
    steps = {f"f{place}": square.replace("x", f"x{place}") for place in (1, 2)}
    cells = [cell for place in (1, 2) for cell in (f"f{place}", f"df{place}/dx{place}:direct")]
    values = {f"x{place}": value for place, value in enumerate(places, start=1)}
    return Draft(values, steps, tuple(cells), story=_WALKERS, formula="df1/dx1:direct")


def function_slope(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out slopes of roots, logarithms and exponentials: of x alone, then with a line inside, then more of it."""
    kinds = shape.sample(("exp", "log", "sqrt"), at_grade(grade, 2, 2, 3))
    steps, values, cells = {}, {}, []
    for place, kind in enumerate(kinds, start=1):
        outside = whole(shape, *at_grade(grade, (2, 9), (2, 6), (2, 6)))
        inside = one_of(shape, *((2, 3) if kind == "exp" else (2, 4, 5)))
        shift = 0 if grade == 1 or kind == "exp" else whole(shape, *at_grade(grade, (0, 0), (1, 9), (-9, 9)))
        x = f"x{place}"
        line = polynomial([(inside, x), (shift, "")])
        values[x] = _within(numbers, kind, inside, shift)
        written = {"exp": f"{outside}*exp({line})", "log": f"{outside}*ln({line})", "sqrt": f"{outside}*sqrt({line})"}
        steps[f"f{place}"] = written[kind] + (one_of(shape, f" + {x}", f" - {x}") if grade == HARDEST else "")
        cells += [f"df{place}/d{x}:direct"]
    return Draft(values, steps, tuple(cells), formula="df1/dx1:direct")


def _within(numbers: Random, kind: str, inside: int, shift: int) -> Number | str:
    """Return a place where the function has a short slope."""
    if kind == "exp":
        return f"ln({whole(numbers, 2, 6)})"
    wanted = whole(numbers, 2, 10) ** 2 if kind == "sqrt" else one_of(numbers, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50)
    return Fraction(wanted - shift, inside)
