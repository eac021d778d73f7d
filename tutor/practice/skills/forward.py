"""Problems about the forward pass: one neuron, a layer of neurons with ReLU, two layers, the loss over a batch."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.calm import calmest, forward_values
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, signed, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tutor.practice.draft import Number

_JUDGES: Final = (
    "",
    "A neuron decides whether to go out. It weighs the sun and the wind, and adds its bias.",
    "A neuron weighs the price and the distance of a flat, and adds its bias.",
    "A neuron weighs salt and sugar in a soup, and adds its bias.",
)
_NAMES: Final = re.compile(r"[a-z]\w*")
_GAPS: Final[Sequence[Number]] = [Fraction(halves, 2) for halves in (3, 5, 6, 7, 8, 9, 11, 13)]
_WHOLE_GAPS: Final[Sequence[Number]] = (3, 4, 5, 6, 7, 8)
_KINDS: Final = ("square", "on", "off")
"""A squared neuron, and one with ReLU that is on or off."""
_DRAWS: Final = 8
_MOST_SUMMED: Final = 9
_LAYER: Final = "The neurons of a layer read the same inputs. ReLU cuts off what is below 0."
_TWO_LAYERS: Final = "The hidden neurons read the inputs, and the answer y reads the hidden neurons."
_BATCH: Final = "The loss E of the batch is the {how} of the squared errors of its examples."


def one_neuron(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the weighted sum of a neuron and for what its activation makes of it."""
    function = shape.choice(("sigmoid({})", "tanh({})", "{}^2"))
    count = at_grade(grade, 2, one_of(shape, 2, 3), 3)
    inputs, weights = [f"x{n}" for n in range(1, count + 1)], [f"w{n}" for n in range(1, count + 1)]
    steps = {"z": _mix(weights, inputs, "b"), "a": function.format("z")}
    cells: tuple[str, ...] = ("z", "a")
    names = [*weights, "b"]
    if grade == HARDEST:
        steps |= {"z2": "v*a + c", "a2": function.format("z2")}
        cells, names = ("z", "a", "z2", "a2"), [*names, "v", "c"]

    story = shape.choice(_JUDGES) if inputs == ["x1", "x2"] else ""

    def draw() -> Draft:
        entered = _inputs(numbers, inputs, grade)
        values = dict(zip(names, _different_weights(numbers, len(names), grade), strict=True))
        return _near_zero(Draft(values, steps, cells, given=entered, story=story), numbers)

    return min((draw() for _ in range(_DRAWS)), key=lambda draft: abs(Fraction(draft.parameters["b"])))


def _near_zero(draft: Draft, numbers: Random) -> Draft:
    """Return the draft with a bias that brings its sum near zero, where sigmoid and tanh still bend."""
    pairs = [(Fraction(draft.parameters[f"w{name[1:]}"]), Fraction(x)) for name, x in draft.given.items()]
    summed = sum((weight * x for weight, x in pairs), Fraction(0))
    wanted = Fraction(signed(numbers, Fraction(one_of(numbers, 2, 3, 4, 5, 6, 7, 8, 12, 14, 15, 16, 18, 20), 10)))
    bias = wanted - summed if wanted != summed else wanted / 2 - summed
    return replace(draft, parameters={**draft.parameters, "b": bias})


def relu_layer(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the sums of a layer and for what ReLU makes of them: some neurons are on, some are off."""
    count, width = at_grade(grade, 2, 2, 3), at_grade(grade, 2, 3, 3)
    inputs = [f"x{n}" for n in range(1, count + 1)]
    is_on = _mask(shape, width)
    steps = {
        f"z{unit}": _mix([f"w{unit}{n}" for n in range(1, count + 1)], inputs, f"b{unit}")
        for unit in range(1, width + 1)
    }
    steps |= {f"a{unit}": f"relu(z{unit})" for unit in range(1, width + 1)}
    cells = tuple(f"{kind}{unit}" for unit in range(1, width + 1) for kind in "za")
    entered = _inputs(numbers, inputs, grade)
    values: dict[str, Number] = {}
    for unit, on in enumerate(is_on, start=1):
        weights, bias = _row(numbers, list(entered.values()), grade, is_on=on)
        values |= {f"w{unit}{n}": weight for n, weight in enumerate(weights, start=1)} | {f"b{unit}": bias}
    return Draft(values, steps, cells, given=entered, story=_LAYER)


def _mask(shape: Random, width: int) -> list[bool]:
    """Return which units are on: at least one is, and at least one is not."""
    mask = [True, False, *(shape.random() < HALF for _ in range(width - 2))]
    shape.shuffle(mask)
    return mask


def _row(numbers: Random, entered: Sequence[Number], grade: int, *, is_on: bool) -> tuple[list[Number], Number]:
    """Return the weights and the bias of a unit; it is switched off by its bias alone, so that a lost bias shows."""
    step = at_grade(grade, Fraction(1), HALF, TENTH)
    while True:
        weights = _different_weights(numbers, len(entered), grade)
        summed = sum((Fraction(weight) * x for weight, x in zip(weights, entered, strict=True)), Fraction(0))
        if 2 * step < summed <= _MOST_SUMMED and (not is_on or min(weights) < 0):
            break
    if is_on:
        return weights, signed(numbers, one_of(numbers, 1, 2) * step)
    return weights, -(summed // step + one_of(numbers, 1, 2, 3)) * step


def two_layers(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the forward pass of a hidden layer and a linear output."""
    width = at_grade(grade, 2, 2, 3)
    inputs, units = ["x1", "x2"], range(1, width + 1)
    weights = {unit: [f"w{unit}1", f"w{unit}2"] for unit in units}
    kinds = [shape.choice(_KINDS) if grade > 1 else "square" for _ in units]
    steps = {f"z{unit}": _mix(weights[unit], inputs, f"b{unit}") for unit in units}
    steps |= {f"a{unit}": f"z{unit}^2" if kinds[unit - 1] == "square" else f"relu(z{unit})" for unit in units}
    steps["y"] = _mix([f"v{unit}" for unit in units], [f"a{unit}" for unit in units], "c")
    size = min(grade, 2)

    def draw() -> Draft:
        entered = _inputs(numbers, inputs, grade)
        values: dict[str, Number] = {}
        for unit, kind in zip(units, kinds, strict=True):
            if kind == "square":
                *row, bias = _different_weights(numbers, 3, size)
            else:
                row, bias = _row(numbers, list(entered.values()), size, is_on=kind == "on")
            values |= {**dict(zip(weights[unit], row, strict=True)), f"b{unit}": bias}
        last = [*(f"v{unit}" for unit in units), "c"]
        values |= dict(zip(last, _different_weights(numbers, width + 1, size), strict=True))
        return Draft(values, steps, tuple(steps), given=entered, story=_TWO_LAYERS)

    return calmest(draw)


def batch_loss(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the loss of each example and for their mean or their sum."""
    reduce, count = one_of(shape, "mean", "sum"), at_grade(grade, 2, one_of(shape, 2, 3), 3)
    hidden = one_of(shape, "(w1*x)^2", "(w1*x + b)^2", "w1*x^2")
    steps = {"h": hidden, "y": one_of(shape, "w2*h + c", "w2*h"), "E": "(t - y)^2"}
    if grade == 1:
        steps = {"y": one_of(shape, "w*x + b", "b + w*x", "w*x"), "E": "(t - y)^2"}
    names = [
        name for name in ("w", "w1", "w2", "b", "c") if any(name in _NAMES.findall(step) for step in steps.values())
    ]
    asked = [name for name in steps if name != "E"] + ["E"]
    cells = (*(f"{name}[{place}]" for place in range(1, count + 1) for name in asked), "E")
    update: dict[str, Number | str] = {"rule": "sgd", "eta": Fraction(1, 10), "reduce": reduce}
    values = {name: whole(numbers, 2, 4) if grade == 1 else _weight_for_batch(numbers, name, grade) for name in names}
    xs = numbers.sample([1, 2, 3, 4, 5] if grade == 1 else [-3, -2, -1, 1, 2, 3, 4], count)
    gaps = [signed(numbers, size) for size in numbers.sample(_GAPS if grade == HARDEST else _WHOLE_GAPS, count)]
    answers = [forward_values(Draft(values, steps, (), given={"x": x, "t": 0}))["y"] for x in xs]
    targets = [Fraction(str(answer)) - gap for answer, gap in zip(answers, gaps, strict=True)]
    return Draft(values, steps, cells, examples={"x": xs, "t": targets}, update=update, story=_BATCH.format(how=reduce))


def _weight_for_batch(numbers: Random, name: str, grade: int) -> Number:
    """Return a small weight; in the hardest grade, what comes behind the hidden neuron is in halves."""
    if grade == HARDEST and name in {"w2", "c"}:
        return signed(numbers, Fraction(one_of(numbers, 1, 3, 5), 2))
    return signed(numbers, whole(numbers, 2, 3))


def _mix(weights: Sequence[str], inputs: Sequence[str], bias: str) -> str:
    return " + ".join([*(f"{weight}*{x}" for weight, x in zip(weights, inputs, strict=True)), bias])


def _inputs(numbers: Random, names: Sequence[str], grade: int) -> dict[str, Number]:
    """Return inputs that differ: small positive numbers, in the hardest grade also halves."""
    sizes: Sequence[Number] = (1, 2, 3, 4, 5) if grade < HARDEST else (HALF, 1, Fraction(3, 2), 2, Fraction(5, 2), 3)
    return dict(zip(names, numbers.sample(sizes, len(names)), strict=True))


def _different_weights(numbers: Random, count: int, grade: int) -> list[Number]:
    """Return weights of different sizes: whole numbers, then halves, then tenths, of either sign."""
    sizes: Sequence[Number] = at_grade(
        grade,
        (1, 2, 3, 4, 5),
        (HALF, Fraction(3, 2), 2, Fraction(5, 2), 3, 4),
        [Fraction(tenths, 10) for tenths in (2, 3, 4, 5, 6, 8, 12, 15)],
    )
    return [signed(numbers, size) for size in numbers.sample(sizes, count)]
