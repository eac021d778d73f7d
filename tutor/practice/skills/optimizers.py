"""Problems about optimizers: momentum, Nesterov's momentum, RMSprop, Adam, AdamW."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import TYPE_CHECKING, Final, TypeVar

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, one_of, polynomial, signed, whole
from tutor.practice.skills.examples import columns_of, misses_of, model_of, rows_of, start_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tutor.practice.draft import Number

Betas = TypeVar("Betas")
_STEEPEST: Final = 12
_WITHOUT_EPSILON: Final = " To keep the numbers short, ε is 0."


@dataclass(frozen=True)
class Valley:
    """A parabola over one parameter: its formula, how quickly its slope grows, and where it is lowest."""

    formula: str
    curvature: int
    lowest: Fraction

    def start(self, slope: Fraction) -> Fraction:
        """Return where the slope is this."""
        return self.lowest + slope / self.curvature


def valley_of(shape: Random, name: str, curvatures: tuple[int, ...]) -> Valley:
    """Return a parabola; its formula is a square or a sum of terms, and that of w may be moved up."""
    curvature = one_of(shape, *curvatures)
    lowest = one_of(shape, -4, -3, -2, -1, 1, 2, 3, 4, 5)
    half, height = Fraction(curvature, 2), one_of(shape, 0, 0, 1, 2, 3) if name == "w" else 0
    away = polynomial([(1, name), (-lowest, "")])
    if one_of(shape, True, True, False):
        formula = polynomial([(half, f"({away})^2"), (height, "")])
    else:
        formula = polynomial([(half, f"{name}^2"), (-curvature * lowest, name), (height, "")])
    return Valley(formula, curvature, Fraction(lowest))


def momentum_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take two steps with momentum, in the hardest grade three, or with two parameters that each have a velocity."""
    return _with_velocity(shape, numbers, grade, "momentum")


def nesterov_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take two steps with Nesterov's momentum, which look ahead with the new velocity."""
    return _with_velocity(shape, numbers, grade, "nesterov")


def _with_velocity(shape: Random, numbers: Random, grade: int, rule: str) -> Draft:
    names = at_grade(grade, ["w"], ["w"], one_of(shape, ["w"], ["w1", "w2"]))
    count = 2 if grade < HARDEST or len(names) > 1 or rule == "nesterov" else 3
    curvatures = at_grade(grade, (2, 4), (2, 4, 6), (2, 4, 6, 8))
    valleys = [valley_of(shape, name, curvatures) for name in names]
    rates = at_grade(grade, ("0.1", "0.25", "0.05"), ("0.1", "0.05", "0.2"), ("0.1", "0.05", "0.02"))
    rate, beta = Fraction(numbers.choice(rates)), Fraction(numbers.choice(("0.5", "0.8", "0.9")))
    parameters: dict[str, Number] = {}
    for name, valley in zip(names, valleys, strict=True):
        away = whole(numbers, 2, 6) if grade == 1 else signed(numbers, whole(numbers, 2, 9) * numbers.choice((1, HALF)))
        parameters[name] = valley.lowest + away
    steps = {"L": " + ".join(valley.formula for valley in valleys)}
    start = [f"dL/d{name}" for name in names] if len(names) == 1 else []
    slopes = [[f"dL/d{name}", f"v_{name}", name] for name in names]
    later = [cell for place in range(1, count) for parts in slopes for cell in _round(parts, place)]
    cells = [*start, *later]
    story = one_of(shape, *_BALLS) if rule == "momentum" else one_of(shape, *_AHEAD)
    update: dict[str, Number | str] = {"rule": rule, "beta": beta, "eta": rate, "steps": count}
    return Draft(parameters, steps, tuple(cells), update=update, story=story)


_BALLS: Final = (
    "A ball keeps β of its velocity and adds the slope. At first it has the slope alone. Take that step first.",
    "Momentum: the new velocity is β times the old one and the gradient. It is 0 before the first step: start there.",
)
_AHEAD: Final = (
    "Nesterov: renew the velocity v, then step by η·(g + β·v). The first v is g alone: take that step first.",
    "Nesterov looks ahead: the step is η·(g + β·v), with the new v. Before the first step v is 0: take that one first.",
)


def _round(parts: list[str], before: int) -> tuple[str, ...]:
    """Return the cells of one update: the slope, the states in order, the parameter."""
    slope, *after = parts
    return (f"{slope}@{before}" if before else slope, *(f"{cell}@{before + 1}" for cell in after))


@cache
def _even_averages(share: Fraction) -> list[tuple[int, int]]:
    """Return pairs of slopes after which the root of RMSprop's running average comes out even, and v has changed.

    After slopes g and h it is (1 − ρ)·(ρ·g² + h²), and 1 − ρ is a square already.
    """
    return [
        (first, second)
        for first in range(2, 31)
        for second in range(1 - first, first)
        if second
        and second**2 != (1 - share) * first**2
        and _is_plain(_root((1 - share) * (share * first**2 + second**2)))
    ]


def _start(
    numbers: Random, options: Sequence[tuple[Betas, tuple[int, int], Fraction]], grade: int
) -> tuple[Betas, Fraction, Fraction]:
    """Return one of the β, a first slope that goes with it, and the learning rate, all of them short.

    An option has a pair of slopes for its β, and what makes a learning rate of their difference: with RMSprop and Adam
    the first step is as long whatever the slope.
    """
    found = [
        (betas, size * first, size * scale * (first - second))
        for betas, (first, second), scale in options
        for size in (Fraction(1, 5), HALF, Fraction(1), Fraction(2))
        if size * first <= _STEEPEST and size * second != 1 and (second > 0 or grade > 1)
    ]
    return numbers.choice([option for option in found if option[2] <= 1 and _is_plain(option[2])])


def _is_plain(value: Fraction | None) -> bool:
    """Whether a number is there and is written with one digit or two."""
    thousandths = 1000 * (value or TENTH**4)
    return thousandths.denominator == 1 and len(str(thousandths).strip("0")) <= len("25")


def _root(value: Fraction) -> Fraction | None:
    """Return the square root of a fraction, None where it is irrational."""
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root**2 == value else None


def rmsprop_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take two steps with RMSprop: in the hardest grade with the usual ρ, where the roots do not come out even."""
    valley = valley_of(shape, "w", (2, 4, 8, 10))
    cells = [cell for place in range(2) for cell in _round(["dL/dw", "v_w", "w"], place)]
    if grade == HARDEST:
        slope = Fraction(signed(numbers, whole(numbers, 2, 12)))
        share, rate = Fraction(9, 10), Fraction(numbers.choice(("0.5", "0.4", "0.2", "0.1", "0.05", "0.02")))
        story = (
            "RMSprop divides the slope by the root of a running mean of its squares. Four digits are enough."
            + _WITHOUT_EPSILON
        )
    else:
        options = [
            (share, pair, (_root(1 - share) or 1) / Fraction(valley.curvature))
            for share in map(Fraction, _SHARES[: at_grade(grade, 4, 6, 6)])
            for pair in _even_averages(share)
        ]
        share, first, rate = _start(numbers, options, grade)
        slope = Fraction(first if grade == 1 else signed(numbers, first))
        story = one_of(shape, *_SCALED) + _WITHOUT_EPSILON
    update: dict[str, Number | str] = {"rule": "rmsprop", "rho": share, "epsilon": 0, "eta": rate, "steps": 2}
    return Draft({"w": valley.start(slope)}, {"L": valley.formula}, tuple(cells), update=update, story=story)


_SHARES: Final = ("0.75", "0.64", "0.96", "0.84", "0.91", "0.99")
"""Values of ρ for which 1 − ρ is a square."""
_SCALED: Final = (
    "RMSprop divides the slope by the root of a running mean of its squares.",
    "v is a running mean of squared slopes, from 0. The step is η times the slope, divided by the root of v.",
)


_ADAM: Final = (
    "Adam: m is a running mean of the slopes, v one of their squares. Both are corrected, as they start at 0.",
    "Adam steps by η times m̂, divided by the root of v̂.",
)
_DECAYS: Final = (
    ("0.1", "0.1"), ("0.1", "0.5"), ("0.5", "0.1"), ("0.2", "0.1"), ("0.1", "0.2"), ("0.5", "0.2"), ("0.2", "0.5"),
    ("0.05", "0.2"),
)  # fmt: skip
_STATES: Final = ("m", "v", "mhat", "vhat")


def adam_first_step(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take the first step of Adam: on a parabola, for a neuron with two parameters, and for a batch."""
    rate = Fraction(numbers.choice(("0.1", "0.01", "0.05", "0.2", "0.5")))
    update: dict[str, Number | str] = {
        "rule": "adam",
        "beta1": Fraction(9, 10),
        "beta2": Fraction("0.999"),
        "epsilon": 0,
    }
    update["eta"] = rate
    story = one_of(shape, *_ADAM) + _WITHOUT_EPSILON
    if grade == 1:
        valley = valley_of(shape, "w", (2, 4, 6, 8))
        slope = Fraction(signed(numbers, whole(numbers, 2, 12)))
        cells = ("dL/dw", *(f"{state}_w@1" for state in _STATES), "w@1")
        return Draft({"w": valley.start(slope)}, {"L": valley.formula}, cells, update=update, story=story)
    model, _ = model_of(shape, 2, grade)
    count = at_grade(grade, 1, 1, one_of(shape, 2, 3))
    weights, rows = start_of(model, numbers, grade), rows_of(model, numbers, count, grade)
    misses = misses_of(model, numbers, rows, is_mean=True, grade=at_grade(grade, 1, 1, 3))
    first, second = one_of(shape, list(weights), [*reversed(weights)])
    cells = (f"dE/d{first}", *(f"{state}_{first}@1" for state in _STATES), f"{first}@1", f"dE/d{second}", f"{second}@1")
    examples = columns_of(
        model, rows, [int(model.answer(weights, row)) - miss for row, miss in zip(rows, misses, strict=True)]
    )
    if count > 1:
        story += " The gradient of the batch is the mean over its examples."
        return Draft(weights, model.steps, cells, examples=examples, update=update, story=story)
    given = {name: values[0] for name, values in examples.items()}
    return Draft(weights, model.steps, cells, given=given, update=update, story=story)


_EVEN_BETAS: Final = ((Fraction("0.25"), Fraction("0.6")), (Fraction("0.6"), Fraction("0.25")))
"""Pairs of β1 and β2 for which 1 + β is a short divisor."""


@cache
def _even_moments(beta2: Fraction) -> list[tuple[int, int]]:
    """Return pairs of slopes after which the root of Adam's corrected second moment comes out even.

    After slopes g and h that moment is (β2·g² + h²)/(1 + β2).
    """
    return [
        (first, second)
        for first in range(2, 41)
        for second in range(1 - first, first)
        if second and _root((beta2 * first**2 + second**2) / (1 + beta2))
    ]


def adam_second_step(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take the second step of Adam: with β that come out even, and then with the usual β1 and a root to be rounded."""
    valley = valley_of(shape, "w", (2, 4, 8, 10))
    if grade == HARDEST:
        beta1, beta2 = map(Fraction, numbers.choice((("0.9", "0.95"), ("0.9", "0.8"), ("0.8", "0.9"), ("0.8", "0.95"))))
        first, rate = Fraction(whole(numbers, 6, 15)), Fraction(numbers.choice((1, 2, 4)), valley.curvature)
    else:
        options = [
            (betas, pair, Fraction(1, valley.curvature)) for betas in _EVEN_BETAS for pair in _even_moments(betas[1])
        ]
        (beta1, beta2), first, rate = _start(numbers, options, grade)
    slope = Fraction(first if grade == 1 else signed(numbers, first))
    cells = [
        *at_grade(grade, ("dL/dw", "w@1"), ("w@1",), ("w@1",)),
        *_round(["dL/dw", "m_w", "mhat_w", "v_w", "vhat_w", "w"], 1),
    ]
    story = one_of(shape, *_ADAM) + " Go on from the first step to the second." + _WITHOUT_EPSILON
    update: dict[str, Number | str] = {
        "rule": "adam",
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": 0,
        "eta": rate,
        "steps": 2,
    }
    return Draft({"w": valley.start(slope)}, {"L": valley.formula}, tuple(cells), update=update, story=story)


def adamw_steps(shape: Random, numbers: Random, grade: int) -> Draft:
    """Take a step of AdamW; then one with two parameters; then two steps on slopes that do not change."""
    rate, decay = map(Fraction, numbers.choice(_DECAYS))
    update: dict[str, Number | str] = {
        "rule": "adamw",
        "beta1": Fraction(9, 10),
        "beta2": Fraction("0.999"),
        "epsilon": 0,
    }
    update |= {"eta": rate, "weight_decay": decay, "steps": at_grade(grade, 1, 1, 2)}
    story = "AdamW takes the step of Adam, and besides η·λ·w with the old w. λ is weight_decay." + _WITHOUT_EPSILON
    names = at_grade(grade, ["w"], ["w1", "w2"], one_of(shape, ["w"], ["w1", "w2"]))
    if grade < HARDEST:
        valleys = [valley_of(shape, name, (2, 4)) for name in names]
        parameters = {
            name: signed(numbers, whole(numbers, 5, 16, {int(2 * abs(valley.lowest))}) * HALF)
            for name, valley in zip(names, valleys, strict=True)
        }
        formula = " + ".join(valley.formula for valley in valleys)
        cells = [cell for name in names for cell in (f"dL/d{name}", f"mhat_{name}@1", f"vhat_{name}@1", f"{name}@1")]
    else:
        parameters = {name: signed(numbers, whole(numbers, 2, 9)) for name in names}
        formula = polynomial([(int(signed(shape, whole(shape, 2, 9))), name) for name in names])
        last = names[-1]
        cells = [*(f"{name}@1" for name in names), f"m_{last}@2", f"mhat_{last}@2", f"v_{last}@2", f"vhat_{last}@2"]
        cells += [f"{name}@2" for name in names]
    return Draft(parameters, {"L": formula}, tuple(cells), update=update, story=story)
