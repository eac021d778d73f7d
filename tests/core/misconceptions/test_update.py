"""Mistakes in one step, in steps of several parameters, and in which step is taken: every id of the catalogue."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from training import BOWL, LINE, SUM, UNIT, VALLEY, Answers, Examiner, Run, Setting, World, runs
from update_tables import step_mistakes, two_parameters
from updates import Update, losses

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

KINDS: dict[str, tuple[World, Setting]] = {
    "valley": (VALLEY, Setting()),
    "bowl": (BOWL, Setting()),
    "line with one example": (LINE, Setting()),
    "line with a batch": (LINE, Setting(examples=3)),
    "line with a batch added up": (LINE, Setting(examples=4, reduce=SUM)),
    "line in small batches": (LINE, Setting(examples=3, batch_size=2)),
    "unit of a network": (UNIT, Setting(examples=2)),
}


def wrong_steps(w: Any, eta: Any, g: Any, loss: Any) -> dict[str, Any]:
    """Return the wrong answers that one step of plain descent has."""
    return step_mistakes(w, eta, g, loss) | {"step.ascent": w + eta * g, "step.learning-rate-forgotten": w - g}


def is_uphill(run: Run) -> bool:
    return run.gradients[0][run.world.parameters[0]] < 0


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_in_a_step_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in (
        *runs(world, setting, 1, seed=1, where=is_uphill),
        *runs(world, setting, 1, seed=1, where=lambda run: not is_uphill(run)),
    ):
        for after in (1, setting.steps):
            old, g = run.parameters[after - 1], run.gradients[after - 1]
            for name in world.parameters:
                wrong = wrong_steps(old[name], run.eta, g[name], losses(run, after - 1))
                examiner.examine(Answers(run, f"{name}@{after}", run.parameters[after][name], wrong))
    print(f"{kind}: {examiner.tally}")
    assert examiner.applied == set(wrong_steps(1, 1, 1, 1))
    assert len(examiner.applied) == 19


def test_mistakes_in_a_step_from_own_earlier_answers_are_named() -> None:
    """The learner's own gradient and weights are wrong: the broken rule is applied to those."""
    examiner = Examiner()
    for run in runs(LINE, Setting(examples=2), 3, seed=2):
        g = run.gradients[0]["w"] * 2 + 1
        earlier = {"dE/dw": str(g)}
        wrong = wrong_steps(run.parameters[0]["w"], run.eta, g, losses(run, 0))
        examiner.examine(Answers(run, "w@1", run.parameters[0]["w"] - run.eta * g, wrong, earlier))
        point = {"w": run.parameters[0]["w"] - run.eta * g, "b": run.parameters[1]["b"]}
        second = run.gradient_at(point, 1)["w"]
        wrong = {
            "step.ascent": point["w"] + run.eta * second,
            "step.learning-rate-forgotten": point["w"] - second,
            "second-step.stale-gradient": point["w"] - run.eta * g,
            "second-step.restarted-from-w0": run.parameters[0]["w"] - run.eta * second,
            "second-step.one-step-too-few": point["w"],
        }
        both = {**earlier, "w@1": str(point["w"])}
        for told in (earlier, both):
            examiner.examine(Answers(run, "w@2", point["w"] - run.eta * second, wrong, told))
    print(f"from own earlier answers: {examiner.tally}")


# -- several parameters


@pytest.mark.parametrize("kind", [kind for kind, (world, _) in KINDS.items() if len(world.parameters) == 2])
def test_mistakes_with_two_parameters_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in runs(world, setting, 3, seed=3):
        for after in (1, setting.steps):
            for name, other in (world.parameters, world.parameters[::-1]):
                wrong = two_parameters(Update(run, name, after), other)
                if world is BOWL:
                    own = 2 * run.data[0]["a" if name == "w1" else "c"] * run.parameters[after - 1][name]
                    wrong["together.cross-term-dropped"] = run.parameters[after - 1][name] - run.eta * own
                examiner.examine(Answers(run, f"{name}@{after}", run.parameters[after][name], wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == (5 if world is BOWL else 4)


def test_a_step_of_the_last_of_three_parameters_after_the_others_have_moved() -> None:
    """With three parameters the others may have moved all, or only those above or below."""
    text = (
        '[parameters]\np = "0.7"\nq = "-1.3"\nr = "0.9"\n[steps]\nF = "p*q*r + p^2*r + q^2*p"\n'
        '[update]\neta = "0.06"\nsteps = 1'
    )
    checker = CellChecker(derive(read_problem(text, "three.toml")))
    p, q, r, eta = Fraction("0.7"), Fraction("-1.3"), Fraction("0.9"), Fraction("0.06")
    new_p = p - eta * (q * r + 2 * p * r + q**2)
    new_q = q - eta * (p * r + 2 * q * p)
    new_r = r - eta * (p * q + p**2)
    for cell, wrong in (
        ("q@1", q - eta * (new_p * r + 2 * q * new_p)),
        ("q@1", q - eta * (p * new_r + 2 * q * p)),
        ("q@1", q - eta * (new_p * new_r + 2 * q * new_p)),
        ("r@1", r - eta * (new_p * new_q + new_p**2)),
        ("p@1", p - eta * (new_q * new_r + 2 * p * new_r + new_q**2)),
    ):
        reply = checker.check(cell, str(wrong))
        assert (reply.verdict, reply.misconception) == ("incorrect", "together.sequential-update"), (cell, reply)


# -- which step


def solved(rows: list[list[Any]]) -> list[Any]:
    """Solve two equations by Cramer's rule."""
    (a, b, e), (c, d, f) = rows
    return [(e * d - b * f) / (a * d - b * c), (a * f - e * c) / (a * d - b * c)]


def lowest(run: Run, name: str) -> Any:
    """Return where the objective of the whole data is lowest, by its own formula."""
    if run.world is VALLEY:
        return run.data[0]["t"]
    if run.world is LINE and len(run.data) > 1:
        xx, x = sum(d["x"] ** 2 for d in run.data), sum(d["x"] for d in run.data)
        xt, t = sum(d["x"] * d["t"] for d in run.data), sum(d["t"] for d in run.data)
        return solved([[xx, x, xt], [x, len(run.data), t]])[("w", "b").index(name)]
    return None


def is_steep(run: Run) -> bool:
    """Whether the parabolas of the problem are open above, and descent does not run away."""
    return all(example.get("a", 1) > 0 for example in run.data) and abs(run.gradients[-1][run.world.parameters[0]]) < 50


@pytest.mark.parametrize("kind", ["valley", "line with a batch", "line with a batch added up", "unit of a network"])
def test_mistakes_about_which_step_is_taken_are_named(kind: str) -> None:
    world, setting = KINDS[kind]
    examiner = Examiner()
    for run in runs(world, setting, 3, seed=4, where=is_steep):
        beyond = run.longer()
        for after in range(1, setting.steps + 1):
            for name in world.parameters:
                wrong = {
                    "second-step.one-step-too-many": beyond.parameters[after + 1][name],
                    "second-step.jumped-to-the-minimum": lowest(run, name),
                }
                if after > 1:
                    now, start = run.parameters[after - 1][name], run.parameters[0][name]
                    g, stale = run.gradients[after - 1][name], run.gradients[after - 2][name]
                    wrong["second-step.stale-gradient"] = now - run.eta * stale
                    wrong["second-step.restarted-from-w0"] = start - run.eta * g
                    wrong["second-step.one-step-too-few"] = [now, start]
                examiner.examine(Answers(run, f"{name}@{after}", run.parameters[after][name], wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == (4 if world is UNIT else 5)


def test_a_step_too_many_in_small_batches_uses_the_next_examples() -> None:
    setting = Setting(examples=5, batch_size=2, steps=4)
    examiner = Examiner()
    for run in runs(LINE, setting, 4, seed=5):
        wrong = {"second-step.one-step-too-many": run.longer().parameters[5]["w"]}
        examiner.examine(Answers(run, "w@4", run.parameters[4]["w"], wrong))
    assert examiner.applied


# -- what is said


SAID = {
    ("w1@1", "1.052"): "You moved with the gradient, which climbs. Descent subtracts: w1 − η·∂E/∂w1.",
    ("w1@1", "-519"): "The step is η·∂E/∂w1: η is missing. You took the whole gradient.",
    ("w2@1", "1.948"): "∂E/∂w1 belongs to w1. w2 moves by its own, ∂E/∂w2.",
    ("w1@2", "0.948"): "That is w1@1, the value before this step. Take one more: η·∂E/∂w1@1 away.",
    ("w1@2", "0.896"): "Work the gradient out again at the new point: ∂E/∂w1 belongs to the point before.",
}


@pytest.mark.parametrize(("cell", "answer"), SAID)
def test_the_sentences_use_the_names_on_the_screen(cell: str, answer: str) -> None:
    text = (
        "[given]\nx1 = 3\nx2 = 2\nt = 24\n[parameters]\nw1 = 1\nw2 = 2\nw3 = 1\nw4 = 1\nw5 = 0\n[steps]\n"
        'h1 = "(x1 + w1*x2)^2"\nh2 = "w2*x1*x2"\ny = "w3*h1 + w4*h2 + w5"\nE = "(t - y)^2"\n'
        "[update]\neta = 0.0001\nsteps = 2"
    )
    reply = CellChecker(derive(read_problem(text, "five.toml"))).check(cell, answer)
    assert SAID[cell, answer] in reply.feedback
