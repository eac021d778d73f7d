"""Mistakes with a mean squared error over a batch: its value, its slope by a weight, its slope by a bias."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from training import LINE, MEAN, SUM, Answers, Examiner, Run, Setting, Values, World, line, root, runs

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import float_of

if TYPE_CHECKING:
    from collections.abc import Callable

HALF = replace(
    LINE,
    steps={"y": "b + w*x", "e": "y - t", "E": "e^2/2"},
    loss=lambda w, d: line(w, d) ** 2 / 2,
    gradient=lambda w, d: {"w": line(w, d) * d["x"], "b": line(w, d)},
)
INLINE = replace(LINE, steps={"E": "(w*x + b - t)^2"})
IN_STEPS = replace(LINE, steps={"z": "x*w", "y": "z + b", "e": "t - y", "E": "e*e"})


def curve(w: Values, d: Values) -> Any:
    return w["w"] * (d["x"] ** 2 - 2) + w["b"] - d["t"]


CURVE = replace(
    LINE,
    steps={"h": "x^2 - 2", "y": "w*h + b", "E": "(y - t)^2"},
    loss=lambda w, d: curve(w, d) ** 2,
    gradient=lambda w, d: {"w": 2 * curve(w, d) * (d["x"] ** 2 - 2), "b": 2 * curve(w, d)},
)
KINDS: dict[str, tuple[World, Setting, Callable[[Values, Values], Any], Callable[[Values], Any]]] = {
    "mean of 2": (LINE, Setting(examples=2, steps=2), line, lambda d: d["x"]),
    "mean of 3": (LINE, Setting(examples=3, steps=2), line, lambda d: d["x"]),
    "sum of 3": (LINE, Setting(examples=3, steps=2, reduce=SUM), line, lambda d: d["x"]),
    "in one formula": (INLINE, Setting(examples=3, steps=2), line, lambda d: d["x"]),
    "in many steps": (IN_STEPS, Setting(examples=4, steps=1), line, lambda d: d["x"]),
    "of a curve": (CURVE, Setting(examples=3, steps=2), curve, lambda d: d["x"] ** 2 - 2),
    "halved": (HALF, Setting(examples=3, steps=2), line, lambda d: d["x"]),
}


class Errors:
    """The batch of one iteration: its residuals p − y, its inputs and targets, by the world's own formula."""

    def __init__(self, kind: str, run: Run, iteration: int) -> None:
        _, _, residual, inner = KINDS[kind]
        self.run, self.batch, self.point = run, run.batch(iteration), run.parameters[iteration]
        self.gaps = [residual(self.point, example) for example in self.batch]
        self.inputs = [inner(example) for example in self.batch]
        self.targets = [example["t"] for example in self.batch]
        self.factor = 1 if run.world is not HALF else Errors.half(self.gaps[0])
        self.count, self.is_mean = len(self.gaps), run.setting.reduce == MEAN

    @staticmethod
    def half(like: Any) -> Any:
        return (like - like + 1) / 2

    def over(self, parts: Any) -> Any:
        return self.run.over(list(parts))

    def losses(self) -> dict[str, Any]:
        """Return the wrong answers of the catalogue's table of the mean squared error."""
        c, gaps, count, over = self.factor, self.gaps, self.count, self.over
        squares = [c * gap**2 for gap in gaps]
        predictions = [gap + target for gap, target in zip(gaps, self.targets, strict=True)]
        whole = sum(gaps)
        is_halved = c != 1
        return {
            "mse.not-averaged": sum(squares) if self.is_mean else None,
            "mse.not-squared": [over(c * gap for gap in gaps), -over(c * gap for gap in gaps)],
            "mse.absolute-error": over(c * abs(gap) for gap in gaps),
            "mse.root-taken": root(over(squares)),
            "mse.sum-squared": [c * whole**2 / count, c * (whole / count) ** 2] if self.is_mean else c * whole**2,
            "mse.half-included": None if is_halved else over(squares) / 2,
            "half-square.extra-factor-2": over(squares) * 2 if is_halved else None,
            "mse.divided-by-n-minus-1": sum(squares) / (count - 1) if self.is_mean and count > 2 else None,
            "mse.squares-subtracted": over(
                c * (p**2 - target**2) for p, target in zip(predictions, self.targets, strict=True)
            ),
            "mse.bias-left-out-of-the-prediction": over(c * (gap - self.point["b"]) ** 2 for gap in gaps),
            "mse.one-sample-only": squares,
        }

    def weight(self) -> dict[str, Any]:
        """Return the wrong answers of the catalogue's table of the slope by the weight."""
        two, gaps, inputs, count, over = 2 * self.factor, self.gaps, self.inputs, self.count, self.over
        each = [two * gap * x for gap, x in zip(gaps, inputs, strict=True)]
        is_halved, several = self.factor != 1, self.is_mean and count > 1
        average = (sum(gaps), sum(inputs)) if not self.is_mean else (sum(gaps) / count, sum(inputs) / count)
        return {
            "mse-weight.factor-2-missing": None if is_halved else over(each) / 2,
            "half-square.half-left-over": over(each) / 2 if is_halved else None,
            "half-square.extra-factor-2": over(each) * 2 if is_halved else None,
            "half-square.reversed": -over(each) if is_halved else None,
            "mse-weight.residual-reversed": None if is_halved else -over(each),
            "mse-weight.not-averaged": sum(each) if several else None,
            "mse-weight.factor-2-and-mean-both-missing": sum(each) / 2 if several and count > 2 else None,
            "mse-weight.divided-by-n-twice": over(each) / count if count > 1 else None,
            "mse-weight.inner-derivative-x-missing": over(two * gap for gap in gaps),
            "mse-weight.residual-still-squared": over(two * gap**2 * x for gap, x in zip(gaps, inputs, strict=True)),
            "mse-weight.averaged-separately": two * average[0] * average[1] if count > 1 else None,
            "mse-weight.multiplied-by-y": over(two * gap * t for gap, t in zip(gaps, self.targets, strict=True)),
            "mse-weight.multiplied-by-w": over(two * gap * self.point["w"] for gap in gaps),
            "mse-weight.prediction-without-bias": over(
                two * (gap - self.point["b"]) * x for gap, x in zip(gaps, inputs, strict=True)
            ),
            "mse-weight.one-sample-only": each if count > 1 else None,
            "mse-weight.x-squared": over(two * gap * x**2 for gap, x in zip(gaps, inputs, strict=True)),
        }

    def bias(self) -> dict[str, Any]:
        """Return the wrong answers of the catalogue's table of the slope by the bias."""
        two, gaps, over = 2 * self.factor, self.gaps, self.over
        each = [two * gap for gap in gaps]
        is_halved = self.factor != 1
        return {
            "mse-bias.multiplied-by-x": over(gap * x for gap, x in zip(each, self.inputs, strict=True)),
            "mse-bias.factor-2-missing": None if is_halved else over(each) / 2,
            "half-square.half-left-over": over(each) / 2 if is_halved else None,
            "mse-bias.multiplied-by-b": over(gap * self.point["b"] for gap in each),
            "mse-bias.residual-reversed": None if is_halved else -over(each),
            "half-square.reversed": -over(each) if is_halved else None,
        }


def is_mixed(run: Run) -> bool:
    """Whether the gradients by the bias, which are the residuals, have both signs in every batch."""
    return all(len({one["b"] > 0 for one in each}) == 2 for each in run.each)


def place(iteration: int) -> str:
    return f"@{iteration}" if iteration else ""


def check(kind: str, cells: Callable[[Errors, str], list[tuple[str, Any, dict[str, Any]]]]) -> None:
    world, setting, _, _ = KINDS[kind]
    examiner = Examiner()
    expected: set[str] = set()
    for run in runs(world, setting, 4, seed=21, where=is_mixed):
        for iteration in range(setting.steps):
            errors = Errors(kind, run, iteration)
            for cell, right, wrong in cells(errors, place(iteration)):
                expected |= {identity for identity, value in wrong.items() if value is not None}
                examiner.examine(Answers(run, cell, right, wrong))
    print(f"{kind}: {examiner.tally}")
    assert examiner.applied == expected


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_the_loss_of_a_batch_are_named(kind: str) -> None:
    check(
        kind,
        lambda errors, at: [(f"E{at}", errors.over(errors.factor * gap**2 for gap in errors.gaps), errors.losses())],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_the_slope_by_a_weight_are_named(kind: str) -> None:
    def cells(errors: Errors, at: str) -> list[tuple[str, Any, dict[str, Any]]]:
        slopes = [2 * errors.factor * gap * x for gap, x in zip(errors.gaps, errors.inputs, strict=True)]
        return [(f"dE/dw{at}", errors.over(slopes), errors.weight())]

    check(kind, cells)


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_the_slope_by_a_bias_are_named(kind: str) -> None:
    check(
        kind,
        lambda errors, at: [(f"dE/db{at}", errors.over(2 * errors.factor * gap for gap in errors.gaps), errors.bias())],
    )


@pytest.mark.parametrize("world", [LINE, INLINE, IN_STEPS, HALF])
def test_mistakes_in_the_slopes_of_one_example_are_named(world: World) -> None:
    """The same rows for a problem without examples, and for one example of a batch."""
    kind = next(name for name, (kind, *_) in KINDS.items() if kind is world)
    examiner = Examiner()
    for setting, where in ((Setting(steps=1), ""), (Setting(examples=2, steps=1), "[2]")):
        for run in runs(world, setting, 3, seed=22):
            alone = Run(world, Setting(steps=1), run.written[0], [run.written[1][-1]])
            errors = Errors(kind, alone, 0)
            slope = 2 * errors.factor * errors.gaps[0]
            for cell, right, wrong in (
                (f"dE/dw{where}", slope * errors.inputs[0], errors.weight()),
                (f"dE/db{where}", slope, errors.bias()),
            ):
                examiner.examine(Answers(run, cell, right, wrong))
    print(f"{kind}, one example: {examiner.tally}")
    assert len(examiner.applied) == (11 if world is HALF else 12)


def test_a_hidden_weight_gets_what_makes_sense_for_it() -> None:
    """A prediction that is not linear in a weight has no input that belongs to it: no row speaks of one."""
    text = (
        '[parameters]\nv = "0.7"\nu = "-1.3"\n[steps]\nh = "tanh(v*x)"\ny = "u*h"\nE = "(y - t)^2"\n'
        '[examples]\nx = ["0.6", "-1.2"]\nt = ["0.3", "0.8"]\n'
    )
    derivation = derive(read_problem(text, "hidden.toml"))
    checker = CellChecker(derivation)
    slopes = [float_of(derivation.value(f"dE/dy[{example}]")) for example in (1, 2)]
    reply = checker.check("dE/dv", f"{sum(slopes) / 2:.6f}")
    assert reply.misconception == "mse-weight.inner-derivative-x-missing", reply
    assert "multiply each by the slope of y by v" in reply.feedback


def test_the_other_convention_is_named_as_one() -> None:
    run = next(runs(LINE, Setting(examples=3), 1, seed=23))
    checker = CellChecker(derive(read_problem(run.text, "half.toml")))
    loss = run.over([run.world.loss(run.parameters[0], example) for example in run.data])
    reply = checker.check("E", str(loss / 2))
    assert reply.misconception == "mse.half-included"
    assert "another convention" in reply.feedback
