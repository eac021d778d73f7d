"""Mistakes with momentum, Nesterov, RMSprop, Adam and AdamW: their states, and the steps they make."""

from __future__ import annotations

from typing import Any

import pytest
from test_update import losses, sign
from training import BOWL, LINE, UNIT, Answers, Examiner, Run, Setting, World, root, runs, stepped

WORLDS: dict[str, tuple[World, int]] = {"line": (LINE, 0), "line with a batch": (LINE, 3), "unit": (UNIT, 0)}
MOMENTUM = ("momentum", "nesterov")
ADAM = ("adam", "adamw")


class Update:
    """One update of one parameter, with every quantity that the catalogue's formulas speak of."""

    def __init__(self, run: Run, name: str, after: int) -> None:
        self.run, self.name, self.after, self.t = run, name, after, after
        self.h, self.eta = run.numbers, run.eta
        self.w, self.g = run.parameters[after - 1][name], run.gradients[after - 1][name]
        self.new = run.parameters[after][name]
        zero = self.g - self.g
        self.old = {state: run.states[after - 1].get(name, {}).get(state, zero) for state in ("m", "v")}
        self.now = run.states[after][name]

    @property
    def cell(self) -> str:
        return f"{self.name}@{self.after}"

    def state(self, state: str) -> str:
        return f"{state}_{self.name}@{self.after}"


def updates(world: World, examples: int, rule: str, count: int, seed: int) -> list[Update]:
    setting = Setting(rule, examples=examples)
    return [
        Update(run, name, after)
        for run in runs(world, setting, count, seed=seed)
        for name in world.parameters
        for after in range(1, setting.steps + 1)
    ]


def velocities(u: Update) -> dict[str, Any]:
    """Return the wrong answers of the catalogue's table of the velocity."""
    v, g, beta = u.old["v"], u.g, u.h["beta"]
    return {
        "velocity.old-velocity-forgotten": g,
        "velocity.other-convention": beta * v + (1 - beta) * g,
        "velocity.beta-on-the-gradient": v + beta * g,
        "velocity.minus-sign": beta * v - g,
        "velocity.beta-forgotten": v + g,
        "velocity.roles-swapped": (1 - beta) * v + beta * g,
    }


@pytest.mark.parametrize("rule", MOMENTUM)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_the_velocity_are_named(kind: str, rule: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, rule, 1, seed=31):
        examiner.examine(Answers(u.run, u.state("v"), u.now["v"], velocities(u)))
    print(f"{rule}, {kind}: {examiner.tally}")
    assert len(examiner.applied) == 6


@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_a_step_with_momentum_are_named(kind: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, "momentum", 1, seed=32):
        new = u.h["beta"] * u.old["v"] + u.g
        wrong = {
            "momentum-step.plain-gradient-used": u.w - u.eta * u.g,
            "momentum-step.old-velocity-used": u.w - u.eta * u.old["v"],
            "momentum-step.learning-rate-missing": u.w - new,
            "momentum-step.added": u.w + u.eta * new,
        }
        wrong |= {identity: u.w - u.eta * velocity for identity, velocity in velocities(u).items()}
        examiner.examine(Answers(u.run, u.cell, u.new, wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == 10


@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_a_step_of_nesterov_are_named(kind: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, "nesterov", 1, seed=33):
        beta = u.h["beta"]
        ahead = u.g + beta * (beta * u.old["v"] + u.g)
        wrong = {
            "momentum-step.plain-gradient-used": u.w - u.eta * u.g,
            "momentum-step.old-velocity-used": u.w - u.eta * (u.g + beta * u.old["v"]),
            "momentum-step.learning-rate-missing": u.w - ahead,
            "momentum-step.added": u.w + u.eta * ahead,
            "velocity.beta-forgotten": u.w - u.eta * (u.g + beta * u.old["v"] + u.g),
        }
        examiner.examine(Answers(u.run, u.cell, u.new, wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == 5


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
        examiner.examine(Answers(run, "w@2", u.w - u.eta * own, wrong, {"v_w@2": str(own)}))
    assert len(examiner.applied) == 4


# -- RMSprop


@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_a_step_of_rmsprop_are_named(kind: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, "rmsprop", 1, seed=35):
        s, old, eps = u.now["v"], u.old["v"], u.h["epsilon"]
        wrong = {
            "rmsprop-step.epsilon-inside-the-root": u.w - u.eta * u.g / root(s + eps),
            "rmsprop-step.old-average-used": u.w - u.eta * u.g / (root(old) + eps),
            "rmsprop-step.root-missing": u.w - u.eta * u.g / (s + eps),
            "rmsprop-step.sum-instead-of-average": [
                u.w - u.eta * u.g / (root(s + u.g**2) + eps),
                u.w - u.eta * u.g / (root(old + u.g**2) + eps),
            ],
            "adam-step.scaling-left-out": u.w - u.eta * u.g,
        }
        examiner.examine(Answers(u.run, u.cell, u.new, wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == 5


@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_the_average_of_rmsprop_are_named(kind: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, "rmsprop", 1, seed=36):
        old, g, rho = u.old["v"], u.g, u.h["rho"]
        wrong = {
            "adam-v.gradient-not-squared": rho * old + (1 - rho) * g,
            "adam-v.whole-share-squared": rho * old + ((1 - rho) * g) ** 2,
            "adam-m.weights-swapped": (1 - rho) * old + rho * g**2,
            "adam-m.full-gradient-added": rho * old + g**2,
            "rmsprop-step.sum-instead-of-average": old + g**2,
            "velocity.old-velocity-forgotten": (1 - rho) * g**2,
        }
        examiner.examine(Answers(u.run, u.state("v"), u.now["v"], wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == 6


# -- Adam


@pytest.mark.parametrize("rule", ADAM)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_the_moments_of_adam_are_named(kind: str, rule: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, rule, 1, seed=37):
        m, v, g, one, two = u.old["m"], u.old["v"], u.g, u.h["beta1"], u.h["beta2"]
        first = {
            "adam-m.weights-swapped": (1 - one) * m + one * g,
            "adam-m.full-gradient-added": one * m + g,
            "adam-m.beta2-used": two * m + (1 - two) * g,
        }
        second = {
            "adam-v.gradient-not-squared": two * v + (1 - two) * g,
            "adam-v.beta1-used": one * v + (1 - one) * g**2,
            "adam-v.whole-share-squared": two * v + ((1 - two) * g) ** 2,
        }
        examiner.examine(Answers(u.run, u.state("m"), u.now["m"], first))
        examiner.examine(Answers(u.run, u.state("v"), u.now["v"], second))
    print(f"{rule}, {kind}: {examiner.tally}")
    assert len(examiner.applied) == 6


@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_the_correction_of_adam_are_named(kind: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, "adam", 1, seed=38):
        for state, own, other in (("m", "beta1", "beta2"), ("v", "beta2", "beta1")):
            moment, beta, t = u.now[state], u.h[own], u.t
            wrong = {
                "adam-correction.not-corrected": moment,
                "adam-correction.t-ignored": moment / (1 - beta),
                "adam-correction.multiplied": moment * (1 - beta**t),
                "adam-correction.t-counted-from-0": moment / (1 - beta ** (t - 1)) if t > 1 else None,
                "adam-correction.beta2-used": moment / (1 - u.h[other] ** t),
                "adam-correction.power-of-the-difference": moment / (1 - beta) ** t,
            }
            examiner.examine(Answers(u.run, u.state(f"{state}hat"), u.now[f"{state}hat"], wrong))
    print(f"{kind}: {examiner.tally}")
    assert len(examiner.applied) == 6


@pytest.mark.parametrize("rule", ADAM)
@pytest.mark.parametrize("kind", WORLDS)
def test_mistakes_in_a_step_of_adam_are_named(kind: str, rule: str) -> None:
    world, examples = WORLDS[kind]
    examiner = Examiner()
    for u in updates(world, examples, rule, 1, seed=39):
        m, v, m_hat, v_hat, eps = u.now["m"], u.now["v"], u.now["mhat"], u.now["vhat"], u.h["epsilon"]
        start = u.w - (u.eta * u.h["weight_decay"] * u.w if rule == "adamw" else 0)
        wrong = {
            "adam-step.no-bias-correction": start - u.eta * m / (root(v) + eps),
            "adam-step.only-m-corrected": start - u.eta * m_hat / (root(v) + eps),
            "adam-step.only-v-corrected": start - u.eta * m / (root(v_hat) + eps),
            "adam-step.root-missing": start - u.eta * m_hat / (v_hat + eps),
            "adam-step.gradient-on-top": start - u.eta * u.g / (root(v_hat) + eps),
            "adam-step.multiplied-by-the-root": start - u.eta * m_hat * root(v_hat),
            "adam-step.scaling-left-out": start - u.eta * m_hat,
            "adam-step.sign": start + u.eta * m_hat / (root(v_hat) + eps),
            "rmsprop-step.epsilon-inside-the-root": start - u.eta * m_hat / root(v_hat + eps),
        }
        examiner.examine(Answers(u.run, u.cell, u.new, wrong))
    print(f"{rule}, {kind}: {examiner.tally}")
    assert len(examiner.applied) == 9


# -- what goes wrong with every step


def directions(u: Update) -> Any:
    """Return what the learning rate multiplies."""
    match u.run.setting.rule:
        case "momentum":
            return u.now["v"]
        case "nesterov":
            return u.g + u.h["beta"] * u.now["v"]
        case "rmsprop":
            return u.g / (root(u.now["v"]) + u.h["epsilon"])
        case rule:
            moment = u.now["mhat"] / (root(u.now["vhat"]) + u.h["epsilon"])
            return moment + (u.h["weight_decay"] * u.w if rule == "adamw" else 0)


@pytest.mark.parametrize("rule", [*MOMENTUM, "rmsprop", *ADAM])
def test_mistakes_in_every_step_are_named_with_an_optimizer_too(rule: str) -> None:
    examiner = Examiner()
    for u in updates(BOWL, 0, rule, 1, seed=40)[::2]:
        w, eta, d = u.w, u.eta, directions(u)
        wrong = {
            "step.learning-rate-forgotten": None if rule in MOMENTUM else w - d,
            "step.ascent": w + eta * d if rule == "rmsprop" else None,
            "step.only-eta-subtracted": w - eta,
            "step.eta-added-to-the-gradient": w - (eta + d),
            "step.step-given-instead-of-new-value": -eta * d,
            "step.step-size-without-sign": eta * d,
            "step.gradient-given-as-new-weight": [d, u.g],
            "step.divided-by-eta": w - d / eta,
            "step.loss-used-in-place-of-gradient": w - eta * losses(u.run, u.after - 1),
            "step.weight-used-in-place-of-gradient": w - eta * w,
            "step.multiplicative-update": w * (1 - eta * d),
            "step.bracket-slip": (w - eta) * d,
            "step.gradient-sign-ignored": w - eta * abs(d),
            "step.only-the-sign-of-the-gradient": w - eta * sign(d),
            "step.learning-rate-ten-times-too-large": w - 10 * eta * d,
            "step.learning-rate-ten-times-too-small": w - eta * d / 10,
            "step.order-of-subtraction-reversed": eta * d - w,
            "step.unchanged": w,
            "step.step-taken-twice": w - 2 * eta * d,
        }
        if u.after > 1:
            wrong["second-step.one-step-too-few"] = w
            wrong["second-step.restarted-from-w0"] = u.run.parameters[0][u.name] - eta * d
        examiner.examine(Answers(u.run, u.cell, u.new, wrong))
    print(f"{rule}: {examiner.tally}")
    assert len(examiner.applied) >= 18


@pytest.mark.parametrize("rule", [*MOMENTUM, "rmsprop", *ADAM])
def test_a_step_too_many_is_named_beyond_the_last_one_too(rule: str) -> None:
    examiner = Examiner()
    for world, examples in ((LINE, 3), (UNIT, 0)):
        for run in runs(world, Setting(rule, examples=examples, steps=2), 2, seed=41):
            longer = run.longer()
            for after in (1, 2):
                for name in world.parameters:
                    wrong = {"second-step.one-step-too-many": longer.parameters[after + 1][name]}
                    examiner.examine(Answers(run, f"{name}@{after}", run.parameters[after][name], wrong))
    print(f"{rule}: {examiner.tally}")
    assert examiner.applied


@pytest.mark.parametrize("rule", [*MOMENTUM, "rmsprop", *ADAM])
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


@pytest.mark.parametrize("rule", [*MOMENTUM, "rmsprop", *ADAM])
def test_a_step_after_every_example_is_named_with_an_optimizer_too(rule: str) -> None:
    """Every example is an update of its own: the states move with it, and Adam counts it."""
    examiner = Examiner()
    for run in runs(LINE, Setting(rule, examples=3, steps=2), 3, seed=43):
        for after in (1, 2):
            point, states = run.parameters[after - 1], run.states[after - 1]
            for count, example in enumerate(run.batch(after - 1)):
                slopes = LINE.gradient(point, example)
                moved = {
                    name: stepped(run, point[name], slopes[name], states.get(name, {}), after + count)
                    for name in LINE.parameters
                }
                point = {name: value for name, (value, _) in moved.items()}
                states = {name: state for name, (_, state) in moved.items()}
            wrong = {"batch-step.updated-after-every-sample": point["w"]}
            examiner.examine(Answers(run, f"w@{after}", run.parameters[after]["w"], wrong))
    assert examiner.applied
