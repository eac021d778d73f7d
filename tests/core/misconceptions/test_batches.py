"""Mistakes with a batch: its loss, its gradient, and the step against that."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest
from training import BOWL, LINE, MEAN, SUM, UNIT, Answers, Examiner, Run, Setting, World, runs

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

KINDS: dict[str, tuple[World, Setting]] = {
    "mean of 2": (LINE, Setting(examples=2, steps=2)),
    "mean of 3": (LINE, Setting(examples=3, steps=2)),
    "mean of 4": (LINE, Setting(examples=4, steps=2)),
    "sum of 3": (LINE, Setting(examples=3, steps=2, reduce=SUM)),
    "mean of 2 and 3": (LINE, Setting(examples=5, batch_size=3, steps=2)),
    "another loss": (BOWL, Setting(examples=3, steps=2)),
    "unit of a network": (UNIT, Setting(examples=3, steps=2)),
}


def is_mixed(run: Run) -> bool:
    """Whether gradients of both signs stand in the batch, and residuals too."""
    first = run.world.parameters[0]
    return all(len({one[first] > 0 for one in each}) == 2 for each in run.each)


def wrong_gradients(run: Run, parts: list[Any]) -> dict[str, Any]:
    count = len(parts)
    is_mean = run.setting.reduce == MEAN
    return {
        "batch-gradient.summed": sum(parts) if is_mean else None,
        "batch-gradient.first-sample-only": parts[0],
        "batch-gradient.last-sample-only": parts[-1],
        "batch-gradient.magnitudes-averaged": _not_just_turned(run, parts),
        "batch-gradient.off-by-one-in-n": sum(parts) / (count - 1) if is_mean and count > 2 else None,
        "batch-gradient.median": median(parts) if count > 2 else None,
        "mse-weight.divided-by-n-twice": None if is_mean else sum(parts) / count,
    }


def _not_just_turned(run: Run, parts: list[Any]) -> Any:
    sizes = run.over([abs(part) for part in parts])
    return None if sizes == -run.over(parts) else sizes


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_a_gradient_of_a_batch_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in runs(world, setting, 3, seed=11, where=is_mixed):
        for iteration in range(setting.steps):
            place = f"@{iteration}" if iteration else ""
            for name in world.parameters:
                parts = [one[name] for one in run.each[iteration]]
                objective = list(world.steps)[-1]
                answers = Answers(
                    run, f"d{objective}/d{name}{place}", run.gradients[iteration][name], wrong_gradients(run, parts)
                )
                examiner.examine(answers)
    print(f"{kind}: {examiner.tally}")
    expected = {identity for identity, value in wrong_gradients(run, [1, 2, -4, 7][: len(parts) + 1]).items() if value}
    if len(parts) == 2 and setting.examples == 2:
        expected -= {"batch-gradient.off-by-one-in-n", "batch-gradient.median"}
    assert examiner.applied == expected


def walked(run: Run, after: int, name: str) -> Any:
    """Return where a parameter ends if every example of the batch moves all of them at once."""
    point = run.parameters[after - 1]
    for example in run.batch(after - 1):
        slope = run.world.gradient(point, example)
        point = {each: value - run.eta * slope[each] for each, value in point.items()}
    return point[name]


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_a_step_on_a_batch_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in runs(world, setting, 4, seed=12):
        for after in range(1, setting.steps + 1):
            for name in world.parameters:
                old, eta = run.parameters[after - 1][name], run.eta
                parts, g = [one[name] for one in run.each[after - 1]], run.gradients[after - 1][name]
                wrong = {
                    "batch-step.updated-after-every-sample": walked(run, after, name),
                    "batch-step.summed-gradients": old - eta * sum(parts) if setting.reduce == MEAN else None,
                    "batch-step.divided-twice": old - eta * g / len(parts),
                    "batch-gradient.first-sample-only": old - eta * parts[0],
                    "batch-gradient.last-sample-only": old - eta * parts[-1],
                }
                examiner.examine(Answers(run, f"{name}@{after}", run.parameters[after][name], wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == (5 if setting.reduce == MEAN else 4)


# -- no batch, no mistake with one


def test_a_batch_of_one_has_no_mistakes_of_a_batch() -> None:
    """The last batch of a pass may hold one example: its mean is that example."""
    for run in runs(LINE, Setting(examples=3, batch_size=2, steps=2), 4, seed=13):
        checker = CellChecker(derive(read_problem(run.text, "one.toml")))
        g, w = run.gradients[1]["w"], run.parameters[1]["w"]
        for cell, answer in (("dE/dw@1", g / 2), ("dE/dw@1", 2 * g), ("w@2", w - run.eta * g / 2)):
            reply = checker.check(cell, str(answer))
            assert reply.verdict == "incorrect"
            found = {identity.partition(".")[0] for identity in (reply.misconception, *reply.also) if identity}
            assert not found & {"batch-gradient", "batch-step"}, reply


def test_a_division_by_the_full_size_of_a_shorter_batch_is_named() -> None:
    setting = Setting(examples=5, batch_size=3, steps=2)
    for run in runs(LINE, setting, 4, seed=14):
        checker = CellChecker(derive(read_problem(run.text, "shorter.toml")))
        added = sum(one["w"] for one in run.each[1])
        for divisor in (3, 5):
            reply = checker.check("dE/dw@1", str(added / divisor))
            assert reply.misconception == "batch-gradient.off-by-one-in-n", reply
            assert f"You divided by {divisor}, but this batch holds 2 examples" in reply.feedback


def test_a_sum_for_a_mean_is_called_another_way_not_nonsense() -> None:
    run = next(runs(LINE, Setting(examples=3), 1, seed=15))
    checker = CellChecker(derive(read_problem(run.text, "sum.toml")))
    reply = checker.check("dE/dw", str(3 * run.gradients[0]["w"]))
    assert reply.misconception == "batch-gradient.summed"
    assert reply.feedback == "That is the sum. This problem takes the mean. Divide by 3."
