"""Problems about the gradient check: a nudge both ways, and the central difference beside the slope."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.calm import calmest, with_target
from tutor.practice.skills.drawing import at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_NUDGES = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 4))
_STORY = "A friend claims to know the gradient. Check it by running the function twice more."


def gradient_check(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for two nudged values, for the central difference that they give, and for the slope itself."""
    if grade > 1 and shape.random() < at_grade(grade, 0.0, 0.5, 1.0):
        return _of_a_network(shape, numbers, grade)
    power = at_grade(grade, 2, 3, 3)
    factor, other = whole(shape, 1, 5), int(signed(shape, whole(shape, 1, 9)))
    first = at_grade(grade, factor, one_of(shape, 1, 2), one_of(shape, 1, 2))
    formula = polynomial([(first, f"{{}}^{power}"), (other, "{}")])
    plain, up, down = (formula.format(place, place) for place in ("w", "(w + h)", "(w - h)"))
    steps = {"fup": up, "fdown": down, "central": "(fup - fdown)/(2*h)", "f": plain}
    cells = ("fup", "fdown", "central", "df/dw")
    return calmest(
        lambda: Draft(
            {"w": _place(numbers, grade)},
            steps,
            cells,
            given={"h": one_of(numbers, *_NUDGES)},
            story=_STORY,
            formula="df/dw",
        )
    )


def _of_a_network(shape: Random, numbers: Random, grade: int) -> Draft:
    inner = (
        one_of(shape, "v*(x1 + {}*x2)^2", "v*({}*x1)^2 + x2", "v*({}*x1 + x2)^2")
        if grade == HARDEST
        else one_of(shape, "{}*x1 + x2", "v*{}*x1", "v*({} + x1)")
    )
    steps = {
        "yup": inner.format("(w + h)"),
        "Eup": "(t - yup)^2",
        "ydown": inner.format("(w - h)"),
        "Edown": "(t - ydown)^2",
        "central": "(Eup - Edown)/(2*h)",
        "y": inner.format("w"),
        "E": "(t - y)^2",
    }
    cells = ("yup", "Eup", "ydown", "Edown", "central", "dE/dw")
    names = [name for name in ("x1", "x2", "v") if name in inner]

    def draw() -> Draft:
        given: dict[str, Number] = {name: whole(numbers, 1, 4) for name in names}
        given["h"] = numbers.choice(_NUDGES[:2])
        ratio = Fraction(given.get("x1", 1)) / given.get("x2", 1)  # at minus this, or one over this, the square is flat
        place = signed(numbers, numbers.choice([w for w in range(1, 6) if w not in {ratio, 1 / ratio}]))
        bare = Draft({"w": place}, steps, cells, given=given, story=_STORY, formula="dE/dw")
        return with_target(bare, "y", signed(numbers, whole(numbers, 2, 5)))

    return calmest(draw)


def _place(numbers: Random, grade: int) -> Number:
    return whole(numbers, 2, 9) if grade == 1 else signed(numbers, whole(numbers, 1, 5))
