"""Mistakes with weight decay: a penalty in the objective, and the decay of AdamW."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from training import LINE, SUM, Answers, Examiner, Run, Setting, Values, World, line, runs
from update_tables import decay_of_adamw
from updates import Update, sign

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from collections.abc import Mapping


LAMBDA = Fraction("0.3")


def penalised(steps: Mapping[str, str], share: Fraction, *, both: bool = False) -> World:
    """Return the line with a penalty share·w² in its loss, and share·b² where it is on both."""

    def loss(w: Values, d: Values) -> Any:
        return line(w, d) ** 2 + share * (w["w"] ** 2 + (w["b"] ** 2 if both else 0))

    def gradient(w: Values, d: Values) -> Values:
        error = line(w, d)
        on_bias = 2 * share * w["b"] if both else 0
        return {"w": 2 * error * d["x"] + 2 * share * w["w"], "b": 2 * error + on_bias}

    return replace(LINE, steps=steps, loss=loss, gradient=gradient, given={"lam": "0.3"})


Y, L = {"y": "w*x + b"}, {"L": "(y - t)^2"}
WORLDS: dict[str, tuple[World, bool]] = {
    "a term": (penalised({**Y, "J": "(y - t)^2 + lam/2*w^2"}, LAMBDA / 2), True),
    "a term behind a step": (penalised({**Y, **L, "J": "L + lam*w^2/2"}, LAMBDA / 2), True),
    "a term before it": (penalised({**Y, **L, "J": "0.5*lam*w*w + L"}, LAMBDA / 2), True),
    "a step": (penalised({**Y, **L, "R": "(lam/2)*w^2", "J": "L + R"}, LAMBDA / 2), True),
    "on all parameters": (penalised({**Y, **L, "J": "L + lam/2*(w^2 + b^2)"}, LAMBDA / 2, both=True), True),
    "a whole term": (penalised({**Y, "J": "(y - t)^2 + lam*w^2"}, LAMBDA), False),
    "a whole step": (penalised({**Y, **L, "R": "lam*w^2", "J": "L + R"}, LAMBDA), False),
    "a number": (penalised({**Y, **L, "J": "L + 0.3*w^2"}, LAMBDA), False),
}
SETTINGS = {
    "alone": Setting(steps=2),
    "mean of 3": Setting(examples=3, steps=2),
    "sum of 3": Setting(examples=3, steps=2, reduce=SUM),
}


def wrong_gradients(loss: Any, w: Any, count: int, *, is_halved: bool) -> dict[str, Any]:
    """Return the wrong answers of the catalogue's table; a sum over examples holds the penalty `count` times."""
    slope = LAMBDA * w if is_halved else 2 * LAMBDA * w
    wrong = {
        "penalty-forgotten": 0,
        "weight-missing": LAMBDA if is_halved else 2 * LAMBDA,
        "factor-2": 2 * slope if is_halved else slope / 2,
        "sign": -slope,
        "penalty-value-added": LAMBDA * w**2 / 2 if is_halved else LAMBDA * w**2,
        "l1-penalty": LAMBDA * sign(w),
    }
    return {f"weight-decay.{name}": loss + count * value for name, value in wrong.items()}


def is_alike(run: Run) -> bool:
    """Whether the weight is far from where its penalty and its slope give the same."""
    return all(abs(point["w"] - 2) > 0.1 and abs(point["w"]) > 0.1 for point in run.parameters)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_with_a_penalty_are_named(kind: str, setting: str) -> None:
    """In the gradient of the batch, in that of one example, and in the step against it."""
    world, is_halved = WORLDS[kind]
    examiner = Examiner()
    for run in runs(world, SETTINGS[setting], 1, seed=51, where=is_alike):
        for name in world.parameters if "all" in kind else ["w"]:
            for iteration in (0, 1):
                point, batch = run.parameters[iteration], run.batch(iteration)
                at = f"@{iteration}" if iteration else ""
                plain = [LINE.gradient(point, example)[name] for example in batch]
                count = len(batch) if SETTINGS[setting].reduce == SUM else 1
                wrong = wrong_gradients(run.over(plain), point[name], count, is_halved=is_halved)
                right = run.gradients[iteration][name]
                examiner.examine(Answers(run, f"dJ/d{name}{at}", right, wrong))
                if SETTINGS[setting].examples:
                    alone = wrong_gradients(plain[1], point[name], 1, is_halved=is_halved)
                    examiner.examine(Answers(run, f"dJ/d{name}[2]{at}", run.each[iteration][1][name], alone))
                steps = {identity: point[name] - run.eta * value for identity, value in wrong.items()}
                examiner.examine(Answers(run, f"{name}@{iteration + 1}", point[name] - run.eta * right, steps))
    print(f"{kind}, {setting}: {examiner.tally}")
    assert len(examiner.applied) == 6


def test_a_penalty_on_the_learners_own_gradient_of_the_loss() -> None:
    """The learner's own slope of the loss is kept, and the penalty added to it wrongly."""
    world = WORLDS["a step"][0]
    examiner = Examiner()
    for run in runs(world, SETTINGS["alone"], 3, seed=52, where=is_alike):
        point, example = run.parameters[0], run.data[0]
        own = -2 * line(point, example)  # the sign is turned round
        loss = own * example["x"]
        wrong = wrong_gradients(loss, point["w"], 1, is_halved=True)
        examiner.examine(Answers(run, "dJ/dw", loss + LAMBDA * point["w"], wrong, {"dJ/dy": str(own)}))
    assert len(examiner.applied) == 6


@pytest.mark.parametrize(
    "objective",
    ["w^2", "w^2 + 3*v^2", "a*w^2 + a*w*v + v^2", "(w - a)^2 + 3*w^2", "(v - a)^2 + a*w^2"],
)
def test_a_square_that_is_no_penalty_is_not_called_one(objective: str) -> None:
    """A bowl has squares of its parameters too; a penalty stands beside something that is learned from."""
    text = f'[given]\na = "0.7"\n[parameters]\nw = "1.7"\nv = "-0.6"\n[steps]\nF = "{objective}"\n[update]\neta = "0.1"'
    derivation = derive(read_problem(text, "bowl.toml"))
    checker = CellChecker(derivation)
    g = derivation.value("dF/dw")
    for answer in (g - 3.4 * Fraction("0.7"), g - 2 * Fraction("1.7"), g - 6 * Fraction("1.7"), -g, g / 2):
        reply = checker.check("dF/dw", str(Fraction(answer)))
        found = (reply.misconception, *reply.also)
        assert not any(str(identity).startswith("weight-decay") for identity in found), reply


# -- AdamW


@pytest.mark.parametrize("examples", [0, 3])
def test_mistakes_with_the_decay_of_adamw_are_named(examples: int) -> None:
    examiner = Examiner()
    for run in runs(LINE, Setting("adamw", examples=examples), 2, seed=53):
        for name in LINE.parameters:
            for after in (1, 3):
                u = Update(run, name, after)
                examiner.examine(Answers(run, u.cell, u.new, decay_of_adamw(u)))
    print(f"adamw with {examples} examples: {examiner.tally}")
    assert len(examiner.applied) == 6
