"""The wrong values of the catalogue's tables of updates, for every rule, written down as plain arithmetic.

`cells` gives, for one update of one parameter, every cell that it makes with the wrong answers to it.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from training import MEAN, Answers, Run, root, stepped
from updates import Update, losses, sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training import Values

MOMENTUM = ("momentum", "nesterov")
ADAM = ("adam", "adamw")
RULES = ("sgd", *MOMENTUM, "rmsprop", *ADAM)


def any_step(u: Update) -> Values:
    """Return the wrong answers of the table of one step, against whatever the rule steps against."""
    w, eta, d = u.w, u.eta, u.direction
    wrong = step_mistakes(w, eta, d, losses(u.run, u.after - 1))
    wrong["step.gradient-given-as-new-weight"] = [d, u.g]
    wrong["step.ascent"] = w + eta * d if u.rule in {"sgd", "rmsprop"} else None
    wrong["step.learning-rate-forgotten"] = None if u.rule in MOMENTUM else w - d
    return wrong


def step_mistakes(w: Any, eta: Any, d: Any, loss: Any) -> Values:
    """Return the wrong answers of one step against a direction, but for two that the optimizers call otherwise."""
    wrong = {
        "only-eta-subtracted": w - eta,
        "eta-added-to-the-gradient": w - (eta + d),
        "step-given-instead-of-new-value": -eta * d,
        "step-size-without-sign": eta * d,
        "gradient-given-as-new-weight": d,
        "divided-by-eta": w - d / eta,
        "loss-used-in-place-of-gradient": w - eta * loss,
        "weight-used-in-place-of-gradient": w - eta * w,
        "multiplicative-update": w * (1 - eta * d),
        "bracket-slip": (w - eta) * d,
        "gradient-sign-ignored": w - eta * abs(d),
        "only-the-sign-of-the-gradient": w - eta * sign(d),
        "learning-rate-ten-times-too-large": w - 10 * eta * d,
        "learning-rate-ten-times-too-small": w - eta * d / 10,
        "order-of-subtraction-reversed": eta * d - w,
        "unchanged": w,
        "step-taken-twice": w - 2 * eta * d,
    }
    return {f"step.{name}": value for name, value in wrong.items()}


# -- states


def velocity(u: Update) -> Values:
    v, g, beta = u.old["v"], u.g, u.h["beta"]
    return {
        "velocity.old-velocity-forgotten": g,
        "velocity.other-convention": beta * v + (1 - beta) * g,
        "velocity.beta-on-the-gradient": v + beta * g,
        "velocity.minus-sign": beta * v - g,
        "velocity.beta-forgotten": v + g,
        "velocity.roles-swapped": (1 - beta) * v + beta * g,
    }


def average_of_rmsprop(u: Update) -> Values:
    old, g, rho = u.old["v"], u.g, u.h["rho"]
    return {
        "adam-v.gradient-not-squared": rho * old + (1 - rho) * g,
        "adam-v.whole-share-squared": rho * old + ((1 - rho) * g) ** 2,
        "adam-m.weights-swapped": (1 - rho) * old + rho * g**2,
        "adam-m.full-gradient-added": rho * old + g**2,
        "rmsprop-step.sum-instead-of-average": old + g**2,
        "velocity.old-velocity-forgotten": (1 - rho) * g**2,
    }


def first_moment(u: Update) -> Values:
    m, g, one, two = u.old["m"], u.g, u.h["beta1"], u.h["beta2"]
    return {
        "adam-m.weights-swapped": (1 - one) * m + one * g,
        "adam-m.full-gradient-added": one * m + g,
        "adam-m.beta2-used": two * m + (1 - two) * g,
    }


def second_moment(u: Update) -> Values:
    v, g, one, two = u.old["v"], u.g, u.h["beta1"], u.h["beta2"]
    return {
        "adam-v.gradient-not-squared": two * v + (1 - two) * g,
        "adam-v.beta1-used": one * v + (1 - one) * g**2,
        "adam-v.whole-share-squared": two * v + ((1 - two) * g) ** 2,
    }


def correction(u: Update, state: str) -> Values:
    own, other = ("beta1", "beta2") if state == "m" else ("beta2", "beta1")
    moment, beta, t = u.now[state], u.h[own], u.t
    return {
        "adam-correction.not-corrected": moment,
        "adam-correction.t-ignored": moment / (1 - beta),
        "adam-correction.multiplied": moment * (1 - beta**t),
        "adam-correction.t-counted-from-0": moment / (1 - beta ** (t - 1)) if t > 1 else None,
        "adam-correction.beta2-used": moment / (1 - u.h[other] ** t),
        "adam-correction.power-of-the-difference": moment / (1 - beta) ** t,
    }


# -- steps


def momentum_step(u: Update) -> Values:
    new = u.h["beta"] * u.old["v"] + u.g
    wrong = {
        "momentum-step.plain-gradient-used": u.w - u.eta * u.g,
        "momentum-step.old-velocity-used": u.w - u.eta * u.old["v"],
        "momentum-step.learning-rate-missing": u.w - new,
        "momentum-step.added": u.w + u.eta * new,
    }
    return wrong | {identity: u.w - u.eta * other for identity, other in velocity(u).items()}


def nesterov_step(u: Update) -> Values:
    beta = u.h["beta"]
    ahead = u.g + beta * (beta * u.old["v"] + u.g)
    return {
        "momentum-step.plain-gradient-used": u.w - u.eta * u.g,
        "momentum-step.old-velocity-used": u.w - u.eta * (u.g + beta * u.old["v"]),
        "momentum-step.learning-rate-missing": u.w - ahead,
        "momentum-step.added": u.w + u.eta * ahead,
        "velocity.beta-forgotten": u.w - u.eta * (u.g + beta * u.old["v"] + u.g),
    }


def rmsprop_step(u: Update) -> Values:
    s, old, eps = u.now["v"], u.old["v"], u.h["epsilon"]
    return {
        "rmsprop-step.epsilon-inside-the-root": u.w - u.eta * u.g / root(s + eps),
        "rmsprop-step.old-average-used": u.w - u.eta * u.g / (root(old) + eps),
        "rmsprop-step.root-missing": u.w - u.eta * u.g / (s + eps),
        "rmsprop-step.sum-instead-of-average": [
            u.w - u.eta * u.g / (root(s + u.g**2) + eps),
            u.w - u.eta * u.g / (root(old + u.g**2) + eps),
        ],
        "adam-step.scaling-left-out": u.w - u.eta * u.g,
    }


def adam_step(u: Update) -> Values:
    m, v, m_hat, v_hat, eps = u.now["m"], u.now["v"], u.now["mhat"], u.now["vhat"], u.h["epsilon"]
    start = u.w - (u.eta * u.h["weight_decay"] * u.w if u.rule == "adamw" else 0)
    return {
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


def decay_of_adamw(u: Update) -> Values:
    strength = u.h["weight_decay"]
    plain = u.w - u.eta * u.now["mhat"] / (root(u.now["vhat"]) + u.h["epsilon"])
    wrong = {
        "penalty-forgotten": 0,
        "weight-missing": strength,
        "factor-2": 2 * strength * u.w,
        "sign": -strength * u.w,
        "penalty-value-added": strength * u.w**2 / 2,
        "l1-penalty": strength * sign(u.w),
    }
    return {f"weight-decay.{identity}": plain - u.eta * value for identity, value in wrong.items()}


def other_point(u: Update) -> Values:
    """Return the wrong answers about which step is taken."""
    longer = u.run.longer()
    wrong: Values = {"second-step.one-step-too-many": longer.parameters[u.after + 1][u.name]}
    if u.after > 1:
        start = u.run.parameters[0][u.name]
        wrong["second-step.stale-gradient"] = u.with_gradient(u.run.gradients[u.after - 2][u.name])
        wrong["second-step.restarted-from-w0"] = start - u.eta * u.direction
        wrong["second-step.one-step-too-few"] = start if u.after > 2 else None
    return wrong


def two_parameters(u: Update, other: str) -> Values:
    """Return the wrong answers in which the other of two parameters takes part."""
    run, before = u.run, u.after - 1
    moved = {**run.parameters[before], other: run.parameters[u.after][other]}
    g = run.gradients[before]
    return {
        "together.sequential-update": u.with_gradient(run.gradient_at(moved, before)[u.name]),
        "together.gradient-of-the-other-weight": u.with_gradient(g[other]),
        "together.started-from-the-other-weight": run.parameters[before][other] - u.eta * u.direction,
        "together.sum-of-partials-used": u.with_gradient(g[u.name] + g[other]),
    }


def after_every_example(u: Update) -> Any:
    """Return where the parameter ends if every example of the batch is an update of its own."""
    run = u.run
    point, states = run.parameters[u.after - 1], run.states[u.after - 1]
    for count, example in enumerate(run.batch(u.after - 1)):
        slopes = run.world.gradient(point, example)
        moved = {
            name: stepped(run, point[name], slopes[name], states.get(name, {}), u.after + count)
            for name in run.world.parameters
        }
        point = {name: value for name, (value, _) in moved.items()}
        states = {name: state for name, (_, state) in moved.items()}
    return point[u.name]


def batch_step(u: Update) -> Values:
    parts = [one[u.name] for one in u.run.each[u.after - 1]]
    return {
        "batch-step.updated-after-every-sample": after_every_example(u),
        "batch-step.summed-gradients": u.with_gradient(sum(parts)) if u.run.setting.reduce == MEAN else None,
        "batch-step.divided-twice": u.with_gradient(u.g / len(parts)),
        "batch-gradient.first-sample-only": u.with_gradient(parts[0]),
        "batch-gradient.last-sample-only": u.with_gradient(parts[-1]),
    }


def batch_gradient(run: Run, parts: list[Any]) -> Values:
    """Return the wrong answers of the table of a batch's gradient, from the gradients of its examples."""
    count = len(parts)
    is_mean = run.setting.reduce == MEAN
    sizes = run.over([abs(part) for part in parts])
    return {
        "batch-gradient.summed": sum(parts) if is_mean else None,
        "batch-gradient.first-sample-only": parts[0],
        "batch-gradient.last-sample-only": parts[-1],
        "batch-gradient.magnitudes-averaged": None if sizes == -run.over(parts) else sizes,
        "batch-gradient.off-by-one-in-n": sum(parts) / (count - 1) if is_mean and count > 2 else None,
        "batch-gradient.median": median(parts) if count > 2 else None,
        "mse-weight.divided-by-n-twice": None if is_mean else sum(parts) / count,
    }


# -- every cell of an update


def cells(u: Update) -> Iterator[Answers]:
    """Yield the cells that one update makes, each with its wrong answers."""
    yield from states(u)
    wrong = any_step(u) | _own_step(u) | other_point(u)
    for other in u.run.world.parameters:
        if other != u.name and len(u.run.world.parameters) == 2:
            wrong |= two_parameters(u, other)
    if len(u.run.batch(u.after - 1)) > 1:
        wrong |= batch_step(u)
    yield Answers(u.run, u.cell, u.new, wrong)


def states(u: Update) -> Iterator[Answers]:
    """Yield the cells of the optimizer's memory with their wrong answers."""
    if u.rule in MOMENTUM:
        yield Answers(u.run, u.state("v"), u.now["v"], velocity(u))
    elif u.rule == "rmsprop":
        yield Answers(u.run, u.state("v"), u.now["v"], average_of_rmsprop(u))
    elif u.rule in ADAM:
        yield Answers(u.run, u.state("m"), u.now["m"], first_moment(u))
        yield Answers(u.run, u.state("v"), u.now["v"], second_moment(u))
        for state in ("m", "v"):
            yield Answers(u.run, u.state(f"{state}hat"), u.now[f"{state}hat"], correction(u, state))


def _own_step(u: Update) -> Values:
    match u.rule:
        case "sgd":
            return {}
        case "momentum":
            return momentum_step(u)
        case "nesterov":
            return nesterov_step(u)
        case "rmsprop":
            return rmsprop_step(u)
        case "adam":
            return adam_step(u)
        case _:
            return adam_step(u) | decay_of_adamw(u)
