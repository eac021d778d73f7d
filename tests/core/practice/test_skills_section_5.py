"""The problems of section 5: fit for work by hand, ever new, and right by loops written from the textbook."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, sqrt
from typing import TYPE_CHECKING

import pytest
from hand_problems import (
    GRADES,
    derived,
    drafted,
)
from plain_work import Dual, worked

from tutor.mathematics.values.decimal import float_of
from tutor.practice.skills.section_5 import SECTION_5

if TYPE_CHECKING:
    from tutor.practice.draft import Draft

SKILLS = {skill.id: skill for skill in SECTION_5}
fifty = pytest.mark.parametrize(("grade", "shape"), [(grade, shape) for grade in GRADES for shape in range(17)])

Weights = dict[str, Fraction]


# -- batches, by a loop over the examples


class BatchLoop:
    """Gradient descent on a model that is linear in its weights, with exact fractions."""

    def __init__(self, draft: Draft) -> None:
        self.features = dict(term.partition("*")[::2] for term in draft.steps["y"].split(" + "))
        columns = {name: list(map(Fraction, values)) for name, values in draft.examples.items()}
        self.rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        self.factor = 1 if draft.steps["E"].endswith("/2") else 2
        self.eta = Fraction(draft.update["eta"])
        self.is_mean = draft.update.get("reduce", "mean") == "mean"
        self.size = int(draft.update.get("batch_size", len(self.rows)))
        self.weights: list[Weights] = [{name: Fraction(value) for name, value in draft.parameters.items()}]

    def feature(self, name: str, row: dict[str, Fraction]) -> Fraction:
        column, _, power = self.features[name].partition("^")
        return row[column] ** int(power or 1) if column else Fraction(1)

    def answer(self, place: int, iteration: int) -> Fraction:
        return sum(
            (value * self.feature(name, self.rows[place]) for name, value in self.at(iteration).items()), Fraction(0)
        )

    def gradient_of_one(self, name: str, place: int, iteration: int) -> Fraction:
        row = self.rows[place]
        return self.factor * (self.answer(place, iteration) - row["t"]) * self.feature(name, row)

    def gradient(self, name: str, iteration: int) -> Fraction:
        starts = range(0, len(self.rows), self.size)
        start = starts[iteration % len(starts)]
        batch = range(start, min(start + self.size, len(self.rows)))
        added = sum((self.gradient_of_one(name, place, iteration) for place in batch), Fraction(0))
        return added / len(batch) if self.is_mean else added

    def at(self, iteration: int) -> Weights:
        while len(self.weights) <= iteration:
            now = len(self.weights) - 1
            self.weights.append(
                {name: value - self.eta * self.gradient(name, now) for name, value in self.weights[now].items()}
            )
        return self.weights[iteration]

    def cell(self, cell: str) -> Fraction:
        name, _, iteration = cell.partition("@")
        what, _, example = name.rstrip("]").partition("[")
        now, by = int(iteration or 0), what.removeprefix("dE/d")
        if what == "y":
            return self.answer(int(example) - 1, now)
        if what == "E":
            squares = [(self.answer(place, now) - row["t"]) ** 2 for place, row in enumerate(self.rows)]
            return sum(squares, Fraction(0)) / (len(squares) if self.is_mean else 1)
        if by == what:
            return self.at(now)[what]
        return self.gradient_of_one(by, int(example) - 1, now) if example else self.gradient(by, now)


@fifty
@pytest.mark.parametrize(
    "skill", ["online-updates", "batch-gradient-sum", "batch-gradient-mean", "mini-batch-epoch", "line-in-one-batch"]
)
def test_batches_agree_with_a_loop(skill: str, grade: int, shape: int) -> None:
    draft = drafted(SKILLS[skill], grade, shape)
    derivation, loop = derived(draft), BatchLoop(draft)
    assert [derivation.value(cell) for cell in draft.cells] == [loop.cell(cell) for cell in draft.cells]


@fifty
def test_sum_and_mean_make_the_same_step(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["sum-or-mean-rate"], grade, shape)
    derivation = derived(draft)
    gradients = list(map(Fraction, draft.parameters.values()))
    rate, count = Fraction(draft.given["rate"]), len(gradients)
    is_from_sum = list(draft.steps).index("bysum") < list(draft.steps).index("bymean")
    assert derivation.value("other") == (rate * count if is_from_sum else rate / count)
    step = (rate if is_from_sum else rate / count) * sum(gradients)
    assert derivation.value("bysum") == derivation.value("bymean") == Fraction(draft.given["w"]) - step


@fifty
def test_updates_of_an_epoch_are_the_batches_rounded_up(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["counting-updates"], grade, shape)
    derivation = derived(draft)
    rows = next(iter(draft.parameters.values())) * Fraction(draft.given.get("share", 1))
    updates = ceil(rows / draft.given["size"])
    assert rows.denominator == 1
    assert derivation.value("updates") == updates
    assert derivation.value("total") == draft.given["epochs"] * updates


# -- optimizers, by loops from their definitions


def slope(draft: Draft, place: dict[str, Fraction], name: str) -> Fraction:
    """Return the slope of a quadratic function, for which a central difference is exact."""

    def height(change: int) -> Fraction:
        names = {other: Dual(value + (change if other == name else 0)) for other, value in place.items()}
        return Fraction(worked(draft.steps["L"], names).value)

    return (height(1) - height(-1)) / 2


def start(draft: Draft) -> Weights:
    return {name: Fraction(value) for name, value in draft.parameters.items()}


@fifty
@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_velocities_agree_with_a_loop(rule: str, grade: int, shape: int) -> None:
    draft = drafted(SKILLS[f"{rule}-steps"], grade, shape)
    derivation = derived(draft)
    eta, beta = Fraction(draft.update["eta"]), Fraction(draft.update["beta"])
    place, velocity = start(draft), dict.fromkeys(draft.parameters, Fraction(0))
    for count in range(1, int(draft.update["steps"]) + 1):
        slopes = {name: slope(draft, place, name) for name in place}
        velocity = {name: beta * velocity[name] + slopes[name] for name in place}
        ahead = {name: slopes[name] + beta * velocity[name] if rule == "nesterov" else velocity[name] for name in place}
        place = {name: value - eta * ahead[name] for name, value in place.items()}
        for name, value in place.items():
            assert derivation.value(f"v_{name}@{count}") == velocity[name]
            assert derivation.value(f"{name}@{count}") == value


@fifty
def test_rmsprop_agrees_with_a_loop(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["rmsprop-steps"], grade, shape)
    derivation = derived(draft)
    eta, rho, w, average = float(draft.update["eta"]), float(draft.update["rho"]), float(start(draft)["w"]), 0.0
    for count in (1, 2):
        g = float(slope(draft, {"w": Fraction(w)}, "w"))
        average = rho * average + (1 - rho) * g**2
        w -= eta * g / sqrt(average)
        assert float_of(derivation.value(f"v_w@{count}")) == pytest.approx(average, rel=1e-9)
        assert float_of(derivation.value(f"w@{count}")) == pytest.approx(w, rel=1e-9, abs=1e-12)


@fifty
def test_roots_come_out_even_before_the_hardest_grade(grade: int, shape: int) -> None:
    derivation = derived(drafted(SKILLS["rmsprop-steps"], grade, shape))
    assert isinstance(derivation.value("w@2"), Fraction) is (grade < 3)


@fifty
def test_the_first_step_of_adam_is_eta_long(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["adam-first-step"], grade, shape)
    derivation, eta = derived(draft), Fraction(draft.update["eta"])
    for name, value in start(draft).items():
        g = derivation.value(f"d{list(draft.steps)[-1]}/d{name}")
        assert derivation.value(f"mhat_{name}@1") == g
        assert derivation.value(f"vhat_{name}@1") == g * g
        assert derivation.value(f"{name}@1") == value - (eta if g > 0 else -eta)


@fifty
def test_the_second_step_of_adam_agrees_with_its_closed_form(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["adam-second-step"], grade, shape)
    derivation = derived(draft)
    eta, beta1, beta2 = (Fraction(draft.update[name]) for name in ("eta", "beta1", "beta2"))
    w = start(draft)["w"]
    g = slope(draft, {"w": w}, "w")
    w -= eta if g > 0 else -eta
    h = slope(draft, {"w": w}, "w")
    mean, square = (beta1 * g + h) / (1 + beta1), (beta2 * g**2 + h**2) / (1 + beta2)
    assert (derivation.value("mhat_w@2"), derivation.value("vhat_w@2")) == (mean, square)
    moved = float(w) - float(eta * mean) / sqrt(square)
    assert float_of(derivation.value("w@2")) == pytest.approx(moved, rel=1e-9, abs=1e-12)


@fifty
def test_adamw_shrinks_the_old_weight_besides_the_step(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["adamw-steps"], grade, shape)
    derivation = derived(draft)
    eta, decay = Fraction(draft.update["eta"]), Fraction(draft.update["weight_decay"])
    place = start(draft)
    for count in range(1, int(draft.update["steps"]) + 1):  # with a slope that stays, every step of Adam is η long
        signs = {name: 1 if slope(draft, place, name) > 0 else -1 for name in place}
        place = {name: (1 - eta * decay) * value - eta * signs[name] for name, value in place.items()}
        assert all(derivation.value(f"{name}@{count}") == value for name, value in place.items())
