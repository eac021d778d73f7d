"""Problems about the slopes of activations: sigmoid and tanh from their own values, ReLU as a gate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.arriving import gap_of, low_weights
from tutor.practice.skills.calm import with_target
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_OF_TWENTY: Final = (3, 5, 6, 7, 8, 12, 13, 14, 15, 17)


_GATES: Final = "A network should have said t. Some of its ReLU gates are open, and some are shut."
_SHORT_TANH: Final = ("2", "1/2", "3", "1/3", "7", "1/7", "4/3", "3/4", "13/9", "9/13", "11/2", "2/11")
"""Numbers with a tanh of their logarithm, (r² − 1)/(r² + 1), that is a short decimal."""
_WITH_HALVES: Final[tuple[Number, ...]] = (HALF, Fraction(3, 2), 2, 3, 4)


def sigmoid_slope(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for sigmoid's slope s·(1 − s), and carry it along a chain."""
    if grade == HARDEST:
        return _two_in_a_row(shape, numbers, "sigmoid")
    value = Fraction(one_of(numbers, *_OF_TWENTY), 20)
    return _one(shape, numbers, grade, "sigmoid", f"ln({value / (1 - value)})")


def tanh_slope(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the slope 1 − t² of tanh, and carry it along a chain."""
    if grade == HARDEST:
        return _two_in_a_row(shape, numbers, "tanh")
    return _one(shape, numbers, grade, "tanh", f"ln({numbers.choice(_SHORT_TANH)})")


def _one(shape: Random, numbers: Random, grade: int, function: str, place: str) -> Draft:
    """Return one activation: at a place where its value is short, then fed by a weighted sum with a loss behind it."""
    if grade == 1:
        steps = {"a": f"{function}(z)", "y": one_of(shape, "v*a + c", "c + v*a", "v*a - c", "c - v*a")}
        given: dict[str, Number] = {"v": whole(numbers, 2, 12), "c": whole(numbers, 1, 9)}
        return Draft({"z": place}, steps, ("a", "da/dz:direct", "dy/da", "dy/dz"), given=given, formula="dy/dz")
    steps = {"z": one_of(shape, "w*x + b", "w*x - b", "b + w*x"), "a": f"{function}(z)", "E": "(t - a)^2"}
    cells = ("a", "da/dz:direct", "dE/da", "dE/dz", "dE/dw", "dE/db")
    x, w = whole(numbers, -4, 4, but=(-1, 0, 1)), signed(numbers, Fraction(one_of(numbers, 2, 3, 4, 5, 6, 8, 12), 10))
    wanted = signed(numbers, Fraction(one_of(numbers, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16), 10))
    bias = wanted - w * x if "- b" not in steps["z"] else w * x - wanted
    least = 0 if function == "sigmoid" else -1
    return Draft(
        {"w": w, "b": bias or TENTH}, steps, cells, given={"x": x, "t": one_of(numbers, least, 1)}, formula="dE/dw"
    )


def _two_in_a_row(shape: Random, numbers: Random, function: str) -> Draft:
    steps = {
        "z1": one_of(shape, "w*x", "w*x + b"),
        "a1": f"{function}(z1)",
        "z2": one_of(shape, "v*a1 + c", "v*a1"),
        "a2": f"{function}(z2)",
        "E": one_of(shape, "(t - a2)^2", "(a2 - t)^2/2"),
    }
    names = ["w", *("b" for _ in range("b" in steps["z1"])), "v", *("c" for _ in range("c" in steps["z2"]))]
    values = {name: signed(numbers, Fraction(one_of(numbers, 2, 3, 4, 5, 6, 7, 8), 10)) for name in names}
    given = {"x": signed(numbers, Fraction(one_of(numbers, 1, 3, 4), 2)), "t": one_of(numbers, 0, 1)}
    cells = ("da2/dz2:direct", "dE/dz2", "dE/dv", "dE/da1", "da1/dz1:direct", "dE/dz1", "dE/dw")
    return Draft(values, steps, cells, given=given, formula="dE/dz1")


def relu_gates(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the way back through ReLU gates, of which some are open and some are shut."""
    width, inputs = at_grade(grade, 2, 2, 3), at_grade(grade, 1, 2, 2)
    units = range(1, width + 1)
    mask = [True, False, *(shape.random() < HALF for _ in units[2:])]
    shape.shuffle(mask)
    entering = ["x"] if inputs == 1 else ["x1", "x2"]
    rows = {unit: [f"w{unit}" if inputs == 1 else f"w{unit}{n}" for n in range(1, inputs + 1)] for unit in units}
    steps = {
        f"z{unit}": " + ".join([*(f"{w}*{x}" for w, x in zip(rows[unit], entering, strict=True)), f"b{unit}"])
        for unit in units
    }
    steps |= {f"a{unit}": f"relu(z{unit})" for unit in units}
    steps |= {"y": " + ".join([*(f"v{unit}*a{unit}" for unit in units), "c"]), "E": "(t - y)^2"}
    cells = (
        "dE/dy",
        *(f"dE/dv{unit}" for unit in units),
        *(f"dE/dz{unit}" for unit, is_open in zip(units, mask, strict=True) if not is_open),
        *(f"dE/d{rows[unit][-1]}" for unit in units),
    )
    entered: dict[str, Number] = dict(
        zip(entering, numbers.sample([2, 3, 4, 5] if grade < HARDEST else [HALF, 2, 3, 4], inputs), strict=True)
    )
    values: dict[str, Number] = {}
    for unit, is_open in zip(units, mask, strict=True):
        drawn, summed = low_weights(list(entered.values()), lambda: _gate_weight(numbers, grade))
        values |= dict(zip(rows[unit], drawn, strict=True))
        wanted = Fraction(one_of(numbers, 2, 3, 4, 5, 6), at_grade(grade, 1, 1, 2))
        values[f"b{unit}"] = (wanted if is_open else -wanted) - summed
    values |= {f"v{unit}": _gate_weight(numbers, grade) for unit in units} | {"c": whole(numbers, -5, 5)}
    return with_target(Draft(values, steps, cells, given=entered, story=_GATES), "y", gap_of(numbers, grade))


def _gate_weight(numbers: Random, grade: int) -> Number:
    return signed(numbers, whole(numbers, 2, 4) if grade == 1 else numbers.choice(_WITH_HALVES))
