"""Mistakes with a batch: its loss, its gradient, and the step against that."""

from __future__ import annotations

import pytest
from training import BOWL, LINE, MEAN, SUM, UNIT, Answers, Examiner, Run, Setting, World, runs
from update_tables import batch_gradient, batch_step
from updates import Update

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
                    run, f"d{objective}/d{name}{place}", run.gradients[iteration][name], batch_gradient(run, parts)
                )
                examiner.examine(answers)
    print(f"{kind}: {examiner.tally}")
    expected = {identity for identity, value in batch_gradient(run, [1, 2, -4, 7][: len(parts) + 1]).items() if value}
    if len(parts) == 2 and setting.examples == 2:
        expected -= {"batch-gradient.off-by-one-in-n", "batch-gradient.median"}
    assert examiner.applied == expected


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_a_step_on_a_batch_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in runs(world, setting, 4, seed=12):
        for after in range(1, setting.steps + 1):
            for name in world.parameters:
                u = Update(run, name, after)
                examiner.examine(Answers(run, u.cell, u.new, batch_step(u)))
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
