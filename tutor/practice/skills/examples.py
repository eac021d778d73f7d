"""Models that are linear in their weights, examples for them that come out even, and their gradients."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final

from tutor.practice.skills.drawing import at_grade, different, one_of, signed, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

Row = dict[str, int]
Weights = dict[str, Fraction]

_MOST_DRAWS: Final = 200
_RATES: Final = tuple(map(Fraction, ("1/2", "1/4", "1/5", "1/10", "1/20", "1/50", "1/100", "1/200", "1/500")))
_ONE_KNOB = (
    "A baker sells x loaves and takes t. w is the price of a loaf, as it is guessed.",
    "A walker gets t kilometres far in x hours. w is the speed, as it is guessed.",
    "A pump fills t litres in x minutes. w is what flows in a minute, as it is guessed.",
    "x tickets cost t. w is the price of a ticket, as it is guessed.",
)
_TWO_KNOBS = (
    "A ride of x kilometres costs t. w is the price of a kilometre and b the fare for getting in, both guessed.",
    "A plant is t centimetres tall after x weeks. w is its growth in a week and b its height at first, both guessed.",
    "A gardener writes a bill of t for x hours. w is the price of an hour and b that of the way, both guessed.",
)
_PRICES = (
    "x1 apples and x2 pears cost t. w1 and w2 are their prices, as they are guessed.",
    "A bill is t for x1 hours of work and x2 metres of cable. w1 and w2 are the prices, as they are guessed.",
)


@dataclass(frozen=True)
class Model:
    """y = the sum of each weight times its feature: an input, the square of an input, or nothing for a bias."""

    features: Mapping[str, str]
    loss: str = "(y - t)^2"

    @property
    def columns(self) -> tuple[str, ...]:
        """The inputs that it reads."""
        return tuple(dict.fromkeys(feature.removesuffix("^2") for feature in self.features.values() if feature))

    @property
    def steps(self) -> dict[str, str]:
        """Its steps, as a problem file has them."""
        terms = (f"{weight}*{feature}" if feature else weight for weight, feature in self.features.items())
        return {"y": " + ".join(terms), "E": self.loss}

    @property
    def factor(self) -> int:
        """What the derivative of the loss by y has before the miss."""
        return 1 if self.loss.endswith("/2") else 2

    @property
    def convention(self) -> str:
        """A sentence about the loss where it is not the plain square."""
        return " The error of an example is half the square here." if self.factor == 1 else ""

    def feature(self, weight: str, row: Row) -> int:
        """Return what multiplies a weight in an example."""
        feature = self.features[weight]
        return row[feature.removesuffix("^2")] ** (2 if feature.endswith("^2") else 1) if feature else 1

    def answer(self, weights: Mapping[str, Fraction | int], row: Row) -> Fraction:
        """Return the prediction for an example."""
        return sum((Fraction(weights[name]) * self.feature(name, row) for name in self.features), Fraction(0))

    def gradient(self, weight: str, rows: Sequence[Row], misses: Sequence[Fraction | int]) -> Fraction:
        """Return the sum over the examples of the gradient, where each misses its target by so much."""
        pairs = zip(rows, misses, strict=True)
        return self.factor * sum((Fraction(miss) * self.feature(weight, row) for row, miss in pairs), Fraction(0))

    def moved(self, weights: Weights, rows: Sequence[Row], misses: Sequence[Fraction | int], rate: Fraction) -> Weights:
        """Return the weights after a step against the sum of the gradients."""
        return {name: value - rate * self.gradient(name, rows, misses) for name, value in weights.items()}


def model_of(shape: Random, knobs: int, grade: int) -> tuple[Model, str]:
    """Return a model with one weight or two, and a picture of it; in the hardest grade its loss may be halved."""
    losses = ["(y - t)^2", "(t - y)^2", "(t - y)^2", "(y - t)^2/2"]
    loss = one_of(shape, *losses[: at_grade(grade, 2, 2, 4)])
    if knobs == 1:
        feature, story = "x", one_of(shape, *_ONE_KNOB)
        if grade > 1 and one_of(shape, True, False, False):
            feature = "x^2"
        model = Model({"w": feature}, loss)
    elif one_of(shape, True, True, False):
        story, model = one_of(shape, *_TWO_KNOBS), Model({"w": "x", "b": ""}, loss)
    else:
        story, model = one_of(shape, *_PRICES), Model({"w1": "x1", "w2": "x2"}, loss)
    return model, story if grade == 1 else ""


def rows_of(model: Model, numbers: Random, count: int, grade: int) -> list[Row]:
    """Return so many examples; a single input is another one in each."""
    least, most = at_grade(grade, 2, -4, -5), at_grade(grade, 5, 5, 6)
    if "x^2" in model.features.values():
        least, most = -3, 4
    but = at_grade(grade, (0, 1), (-1, 0, 1), (-1, 0, 1))
    if count > most - least + 1 - len([number for number in but if least <= number <= most]):
        but = (0,)
    columns = [different(numbers, least, most, count, but) for _ in model.columns]
    return [dict(zip(model.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def start_of(model: Model, numbers: Random, grade: int) -> Weights:
    """Return the weights at the start."""
    least, most = at_grade(grade, 3, -4, -5), at_grade(grade, 8, 5, 6)
    return {weight: Fraction(whole(numbers, least, most)) for weight in model.features}


def misses_of(model: Model, numbers: Random, rows: Sequence[Row], *, is_mean: bool, grade: int) -> list[int]:
    """Return by how much each example misses its target, so that no gradient of the batch is 0 and a mean is short.

    From the second grade on, some answers are too high and some too low.
    """
    most = at_grade(grade, 4, 5, 5)
    signs = min(at_grade(grade, 1, 2, 2), len(rows))
    shares = len(rows) if is_mean else 1
    misses: list[int] = []
    for _ in range(_MOST_DRAWS):
        misses = [whole(numbers, -most, most) for _ in rows]
        sums = [model.gradient(weight, rows, misses) for weight in model.features]
        if len({miss > 0 for miss in misses}) == signs and all(g and _is_short(g / shares) for g in sums):
            break
    return misses


def _is_short(value: Fraction) -> bool:
    return value.denominator in {1, 2, 4}


def aimed_at(numbers: Random, answer: Fraction, most: int) -> int:
    """Return a whole target near an answer, and not on it."""
    return floor(answer) + int(signed(numbers, whole(numbers, 2, most)))


def rate_for(numbers: Random, gradients: Sequence[Fraction]) -> Fraction:
    """Return a learning rate with which the longest of the steps is neither tiny nor wild."""
    longest = max(map(abs, gradients))
    most = 3
    fitting = [rate for rate in _RATES if Fraction(3, 10) <= longest * rate <= most]
    return numbers.choice(fitting or [_RATES[-1]])


def columns_of(model: Model, rows: Sequence[Row], targets: Sequence[int]) -> dict[str, list[Fraction | int]]:
    """Return the section of examples."""
    columns: dict[str, list[Fraction | int]] = {name: [row[name] for row in rows] for name in model.columns}
    return {**columns, "t": list(targets)}
