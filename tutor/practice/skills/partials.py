"""Problems about functions of several variables: how they react to each of them while the others stand still."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, different, one_of, polynomial, signed, whole
from tutor.practice.skills.steps import descent

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_SLIDERS = (
    "A mixing desk has several sliders, and the lamp shows f. How does it react to each of them alone?",
    "Turn one knob while the others stand still: how does f react?",
    "",
)
_ONE_EXAMPLE = (
    "One example of a straight line: its answer, its squared error, and how the error reacts to each parameter.",
    "How does the squared error of this one example react to the weights and to the bias?",
)
_ON_A_BOWL = "A ball on a bowl takes steps of gradient descent: both slopes first, then both moves."
_BETWEEN_HILLS = "This ground is a pass: it rises one way and falls the other way. Both slopes first, then both moves."
_TOGETHER = "Both parameters are moved at the same moment, each by its own slope at the old place."
_PAIRS = (("x", "y"), ("u", "v"), ("x1", "x2"), ("a", "b"), ("w", "b"), ("w1", "w2"))
_RATES = (TENTH, TENTH / 2, TENTH / 5, TENTH / 10, 2 * TENTH)


def partial_derivatives(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out a function of two or three variables, and its slope by each of them."""
    x, y = one_of(shape, *_PAIRS)
    names = [x, y, "z"] if grade == HARDEST and one_of(shape, True, False) else [x, y]
    products = (f"{x}*{y}", f"{x}^2*{y}", f"{x}*{y}^2")
    mixed: list[tuple[Number, str]] = [(whole(shape, 1, 4), products[0] if grade == 1 else one_of(shape, *products))]
    if grade == HARDEST:
        others = ("z*" + x, "z^2*" + x) if "z" in names else [term for term in products if term != mixed[0][1]]
        mixed.append((signed(shape, whole(shape, 2, 5)), one_of(shape, *others)))
    least = at_grade(grade, 1, -6, -6)
    powers = ("", "^2") if grade == 1 else ("", "^2", "^3")
    alone = [(whole(shape, least, 6), name + one_of(shape, *powers)) for name in names]
    drawn = different(numbers, *at_grade(grade, (2, 9), (-5, 6), (-4, 5)), len(names), but=(0, 1))
    slopes = [f"df/d{name}" for name in names]
    return Draft(
        dict(zip(names, drawn, strict=True)),
        {"f": polynomial([*mixed, *alone])},
        ("f", *slopes),
        story=one_of(shape, *_SLIDERS),
        formula=one_of(shape, *slopes),
    )


def bowl_step(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take a step on a bowl, in harder grades perhaps on a pass, in the hardest one two steps."""
    x, y = one_of(shape, *_PAIRS)
    steep, flat = different(shape, 1, 5, 2)
    other_way = -1 if grade > 1 and one_of(shape, True, False, False) else 1
    ground = polynomial([(steep, f"{x}^2"), (other_way * flat, f"{y}^2")])
    drawn = different(numbers, *at_grade(grade, (2, 12), (-9, 9), (-9, 9)), 2, but=(-1, 0, 1))
    rate = one_of(numbers, *at_grade(grade, _RATES[:3], _RATES, _RATES))
    slopes, count = [f"df/d{x}", f"df/d{y}"], 2 if grade == HARDEST else 1
    cells = [] if grade == HARDEST else ["f"]
    for step in range(count):
        cells += [slope + (f"@{step}" if step else "") for slope in slopes]
        cells += [f"{x}@{step + 1}", f"{y}@{step + 1}"]
    cells += [] if grade == HARDEST else ["f@1"]
    story = _BETWEEN_HILLS if other_way < 0 else _ON_A_BOWL
    update = descent(rate, 2)
    return Draft(dict(zip((x, y), drawn, strict=True)), {"f": ground}, tuple(cells), update=update, story=story)


def trough_step(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take a step where the variables meet in a product, so that it matters that both move at the same moment."""
    x, y = one_of(shape, *_PAIRS)
    first, second, mixed = whole(shape, 1, 4), whole(shape, 1, 4), whole(shape, 1, 5)
    if grade > 1:
        mixed = signed(shape, mixed)
    if grade == 1 and one_of(shape, True, False):
        ground = f"({polynomial([(1, x), (whole(shape, 2, 4), y)])})^2"
    else:
        alone = one_of(shape, x, y)
        line = [(signed(shape, whole(shape, 2, 9)), alone)] if grade == HARDEST else []
        product = f"{x}*{y}" if grade < HARDEST else one_of(shape, f"{x}*{y}", f"{x}^2*{y}", f"{x}*{y}^2")
        ground = polynomial([(first, f"{x}^2"), (mixed, product), (second, f"{y}^2"), *line])
    drawn = different(numbers, *at_grade(grade, (1, 8), (-7, 8), (-5, 5)), 2)
    update = descent(one_of(numbers, *_RATES), 1)
    cells = (f"df/d{x}", f"df/d{y}", f"{x}@1", f"{y}@1")
    values = dict(zip((x, y), drawn, strict=True))
    return Draft(values, {"f": ground}, cells, update=update, story=_TOGETHER, formula=one_of(shape, *cells[:2]))


def gradient_of_squared_error(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out how the squared error of one example reacts to the answer, to each weight and to the bias."""
    pairs = at_grade(grade, {"w": "x"}, {"w": "x"}, {"w1": "x1", "w2": "x2"})
    least = at_grade(grade, 2, -6, -5)
    parameters: dict[str, Number] = {weight: whole(numbers, least, 7) for weight in (*pairs, "b")}
    given: dict[str, Number] = {x: whole(numbers, least, 9, but=(-1, 0, 1)) for x in pairs.values()}
    answer = Fraction(parameters["b"]) + sum(Fraction(parameters[w]) * Fraction(given[x]) for w, x in pairs.items())
    part = at_grade(grade, Fraction(1), Fraction(1), one_of(numbers, HALF, Fraction(1)))
    given["t"] = answer + signed(numbers, whole(numbers, 3, 12)) * part
    steps = {
        "y": " + ".join([*(f"{weight}*{x}" for weight, x in pairs.items()), "b"]),
        "E": one_of(shape, "(t - y)^2", "(y - t)^2"),
    }
    cells = (*steps, "dE/dy", *(f"dE/d{name}" for name in parameters))
    formula = f"dE/d{one_of(shape, *parameters)}"
    return Draft(parameters, steps, cells, given=given, story=one_of(shape, *_ONE_EXAMPLE), formula=formula)
