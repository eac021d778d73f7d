"""Mistakes with momentum, Nesterov, RMSprop, Adam and AdamW: their states, and the steps they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from training import BOWL, LINE, UNIT, Answers, Examiner, Setting, World, runs
from update_tables import (
    ADAM,
    MOMENTUM,
    adam_step,
    after_every_example,
    any_step,
    momentum_step,
    nesterov_step,
    other_point,
    rmsprop_step,
    states,
)
from updates import Update

if TYPE_CHECKING:
    from collections.abc import Callable

    from training import Values

WORLDS: dict[str, tuple[World, int]] = {"line": (LINE, 0), "line with a batch": (LINE, 3), "unit": (UNIT, 0)}
OPTIMIZERS = (*MOMENTUM, "rmsprop", *ADAM)
STEPS: dict[str, Callable[[Update], Values]] = {
    "momentum": momentum_step,
    "nesterov": nesterov_step,
    "rmsprop": rmsprop_step,
    "adam": adam_step,
    "adamw": adam_step,
}
# how many ids the tables of the states and of the steps have
STATE_IDS = {"momentum": 6, "nesterov": 6, "rmsprop": 6, "adam": 12, "adamw": 12}
STEP_IDS = {"momentum": 10, "nesterov": 5, "rmsprop": 5, "adam": 9, "adamw": 9}


def updates(world: World, examples: int, rule: str, count: int, seed: int) -> list[Update]:
    setting = Setting(rule, examples=examples)
    return [
        Update(run, name, after)
        for run in runs(world, setting, count, seed=seed)
        for name in world.parameters
        for after in range(1, setting.steps + 1)
    ]


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_the_states_are_named(kind: str, rule: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, rule, 1, seed=31):
        for answers in states(u):
            examiner.examine(answers)
    print(f"{rule}, {kind}: {examiner.tally}")
    assert len(examiner.applied) == STATE_IDS[rule]


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_a_step_are_named(kind: str, rule: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, rule, 1, seed=32):
        examiner.examine(Answers(u.run, u.cell, u.new, STEPS[rule](u)))
    print(f"{rule}, {kind}: {examiner.tally}")
    assert len(examiner.applied) == STEP_IDS[rule]


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_what_goes_wrong_with_every_step_is_named_with_an_optimizer_too(rule: str) -> None:
    examiner = Examiner()
    for u in updates(BOWL, 0, rule, 1, seed=40)[::2]:
        examiner.examine(Answers(u.run, u.cell, u.new, any_step(u) | other_point(u)))
    print(f"{rule}: {examiner.tally}")
    assert len(examiner.applied) >= 18


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_a_step_too_many_is_named_beyond_the_last_one_too(rule: str) -> None:
    examiner = Examiner()
    for world, examples in ((LINE, 3), (UNIT, 0)):
        for run in runs(world, Setting(rule, examples=examples, steps=2), 2, seed=41):
            for after in (1, 2):
                for name in world.parameters:
                    u = Update(run, name, after)
                    wrong = {"second-step.one-step-too-many": other_point(u)["second-step.one-step-too-many"]}
                    examiner.examine(Answers(run, u.cell, u.new, wrong))
    print(f"{rule}: {examiner.tally}")
    assert examiner.applied


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_an_old_gradient_is_named_in_the_state_that_it_enters(rule: str) -> None:
    examiner = Examiner()
    for run in runs(LINE, Setting(rule, examples=2, steps=2), 3, seed=42):
        u, stale = Update(run, "w", 2), run.gradients[0]["w"]
        match rule:
            case "momentum" | "nesterov":
                state, wrong = "v", u.h["beta"] * u.old["v"] + stale
            case "rmsprop":
                state, wrong = "v", u.h["rho"] * u.old["v"] + (1 - u.h["rho"]) * stale**2
            case _:
                state, wrong = "m", u.h["beta1"] * u.old["m"] + (1 - u.h["beta1"]) * stale
        examiner.examine(Answers(run, u.state(state), u.now[state], {"second-step.stale-gradient": wrong}))
    assert examiner.applied


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_a_step_after_every_example_is_named_with_an_optimizer_too(rule: str) -> None:
    """Every example is an update of its own: the states move with it, and Adam counts it."""
    examiner = Examiner()
    for run in runs(LINE, Setting(rule, examples=3, steps=2), 3, seed=43):
        for after in (1, 2):
            u = Update(run, "w", after)
            wrong = {"batch-step.updated-after-every-sample": after_every_example(u)}
            examiner.examine(Answers(run, u.cell, u.new, wrong))
    assert examiner.applied


def test_a_wrong_velocity_of_their_own_is_followed_into_the_step() -> None:
    """With the learner's own velocity in the row above, the broken rule of the step is applied to it."""
    examiner = Examiner()
    for run in runs(LINE, Setting("momentum", examples=2), 3, seed=34):
        u = Update(run, "w", 2)
        own = u.h["beta"] * u.old["v"] + (1 - u.h["beta"]) * u.g
        wrong = {
            "momentum-step.learning-rate-missing": u.w - own,
            "momentum-step.added": u.w + u.eta * own,
            "step.unchanged": u.w,
            "step.step-size-without-sign": u.eta * own,
        }
        examiner.examine(Answers(run, u.cell, u.w - u.eta * own, wrong, {"v_w@2": str(own)}))
    assert len(examiner.applied) == 4
