"""Small problems that learn, with everything about them worked out a second time by plain arithmetic.

A world has its own formulas for the loss and the gradient of one example, written by hand. The update rules are written
down here once more from the contract, so that nothing in this file calls the derivation or a family of rules.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath
from wrong_answers import Tally, typed

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Values = dict[str, Any]
SUM, MEAN = "sum", "mean"
HYPERPARAMETERS = {
    "sgd": (),
    "momentum": ("beta",),
    "nesterov": ("beta",),
    "rmsprop": ("rho", "epsilon"),
    "adam": ("beta1", "beta2", "epsilon"),
    "adamw": ("beta1", "beta2", "epsilon", "weight_decay"),
}
# sizes at which every factor shows: far from 0 and 1, and unlike each other
USUAL = {
    "beta": "0.83",
    "rho": "0.77",
    "beta1": "0.71",
    "beta2": "0.86",
    "epsilon": "0.13",
    "weight_decay": "0.37",
}


@dataclass(frozen=True)
class World:
    """A kind of problem: its steps, its parameters, its data, and the loss and gradient of one example by hand."""

    steps: Mapping[str, str]
    parameters: tuple[str, ...]
    data: tuple[str, ...]
    loss: Callable[[Values, Values], Any]
    gradient: Callable[[Values, Values], Values]
    is_rational: bool = True
    given: Mapping[str, str] = field(default_factory=dict)


def line(w: Values, d: Values) -> Any:
    return w["w"] * d["x"] + w["b"] - d["t"]


LINE = World(
    {"y": "w*x + b", "E": "(t - y)^2"},
    ("w", "b"),
    ("x", "t"),
    lambda w, d: line(w, d) ** 2,
    lambda w, d: {"w": 2 * line(w, d) * d["x"], "b": 2 * line(w, d)},
)
VALLEY = World(
    {"E": "a*(w - t)^2"},
    ("w",),
    ("a", "t"),
    lambda w, d: d["a"] * (w["w"] - d["t"]) ** 2,
    lambda w, d: {"w": 2 * d["a"] * (w["w"] - d["t"])},
)
BOWL = World(
    {"F": "a*w1^2 + b*w1*w2 + c*w2^2"},
    ("w1", "w2"),
    ("a", "b", "c"),
    lambda w, d: d["a"] * w["w1"] ** 2 + d["b"] * w["w1"] * w["w2"] + d["c"] * w["w2"] ** 2,
    lambda w, d: {
        "w1": 2 * d["a"] * w["w1"] + d["b"] * w["w2"],
        "w2": d["b"] * w["w1"] + 2 * d["c"] * w["w2"],
    },
)


def _tanh_gradient(w: Values, d: Values) -> Values:
    h = mpmath.tanh(w["v"] * d["x"])
    error = w["u"] * h - d["t"]
    return {"v": 2 * error * w["u"] * (1 - h**2) * d["x"], "u": 2 * error * h}


UNIT = World(
    {"z": "v*x", "h": "tanh(z)", "y": "u*h", "E": "(y - t)^2"},
    ("v", "u"),
    ("x", "t"),
    lambda w, d: (w["u"] * mpmath.tanh(w["v"] * d["x"]) - d["t"]) ** 2,
    _tanh_gradient,
    is_rational=False,
)


@dataclass(frozen=True)
class Setting:
    """How a problem is trained: rule, batches, iterations."""

    rule: str = "sgd"
    examples: int = 0  # 0: the data are given, no examples
    batch_size: int = 0  # 0: all of them
    reduce: str = MEAN
    steps: int = 3


class Run:
    """One problem with numbers: its checker, and its history by plain arithmetic.

    `parameters[k]` and `states[k]` are what they are after k updates; `gradients[k]` is the batch's gradient at
    iteration k, `each[k]` those of its examples in order.
    """

    def __init__(self, world: World, setting: Setting, numbers: Values, data: list[Values]) -> None:
        self.world, self.setting, self.written = world, setting, (numbers, data)
        self.is_rational = world.is_rational and setting.rule in {"sgd", "momentum", "nesterov"}
        self.numbers = self._computed(numbers)
        self.data = [self._computed(example) for example in data]
        self.eta = self.numbers["eta"]
        numbers = self.numbers
        self.parameters: list[Values] = [{name: numbers[name] for name in world.parameters}]
        self.states: list[dict[str, Values]] = [{}]
        self.each: list[list[Values]] = []
        self.gradients: list[Values] = []
        for iteration in range(setting.steps):
            self._step(iteration)

    def _computed(self, values: Values) -> Values:
        """Return the numbers to work with: fractions, or 40 digits where roots or exponentials come in."""
        return values if self.is_rational else {name: mpmath.mpmathify(value) for name, value in values.items()}

    def longer(self) -> Run:
        """Return the same problem with one update more."""
        return Run(self.world, replace(self.setting, steps=self.setting.steps + 1), *self.written)

    def _step(self, iteration: int) -> None:
        now = self.parameters[-1]
        self.each.append([self.world.gradient(now, example) for example in self.batch(iteration)])
        self.gradients.append(self.reduced(self.each[-1]))
        moved, states = {}, {}
        for name in self.world.parameters:
            old = self.states[-1].get(name, {})
            moved[name], states[name] = stepped(self, now[name], self.gradients[-1][name], old, iteration + 1)
        self.parameters.append(moved)
        self.states.append(states)

    def batch(self, iteration: int) -> list[Values]:
        """Return the data of the examples of an iteration, in order, each pass ending with a shorter batch."""
        size = self.setting.batch_size or len(self.data)
        starts = range(0, len(self.data), size)
        start = starts[iteration % len(starts)]
        return self.data[start : start + size]

    def reduced(self, each: Sequence[Values]) -> Values:
        return {name: self.over([one[name] for one in each]) for name in self.world.parameters}

    def over(self, parts: Sequence[Any]) -> Any:
        """Return the mean or the sum, as the problem has it."""
        return sum(parts) / len(parts) if self.setting.reduce == MEAN else sum(parts)

    def gradient_at(self, point: Values, iteration: int) -> Values:
        """Return the gradient of an iteration's batch at any point."""
        return self.reduced([self.world.gradient(point, example) for example in self.batch(iteration)])

    @property
    def text(self) -> str:
        """The problem file."""
        numbers, data = self.written
        lines = []
        if self.setting.examples:
            lines.append("[examples]")
            lines += [f"{name} = [{', '.join(_quoted(row[name]) for row in data)}]" for name in self.world.data]
        given = self.world.given if self.setting.examples else {**data[0], **self.world.given}
        if given:
            lines += ["[given]", *(f"{name} = {_quoted(value)}" for name, value in given.items())]
        lines += ["[parameters]", *(f"{name} = {_quoted(numbers[name])}" for name in self.world.parameters)]
        lines += ["[steps]", *(f'{name} = "{formula}"' for name, formula in self.world.steps.items())]
        lines += ["[update]", f'rule = "{self.setting.rule}"', f"eta = {_quoted(numbers['eta'])}"]
        lines += [f"{name} = {_quoted(numbers[name])}" for name in HYPERPARAMETERS[self.setting.rule]]
        lines += [f"steps = {self.setting.steps}", f'reduce = "{self.setting.reduce}"']
        if self.setting.batch_size:
            lines.append(f"batch_size = {self.setting.batch_size}")
        return "\n".join(lines)


def _quoted(value: Any) -> str:
    return f'"{value}"'


def stepped(run: Run, w: Any, g: Any, old: Values, t: int) -> tuple[Any, Values]:
    """Return the parameter and its state after one update: PyTorch's conventions, as the contract has them."""
    rule, h = run.setting.rule, run.numbers
    eta = h["eta"]
    match rule:
        case "sgd":
            return w - eta * g, {}
        case "momentum" | "nesterov":
            v = h["beta"] * old.get("v", 0) + g
            return w - eta * (v if rule == "momentum" else g + h["beta"] * v), {"v": v}
        case "rmsprop":
            v = h["rho"] * old.get("v", 0) + (1 - h["rho"]) * g**2
            return w - eta * g / (root(v) + h["epsilon"]), {"v": v}
        case _:
            m = h["beta1"] * old.get("m", 0) + (1 - h["beta1"]) * g
            v = h["beta2"] * old.get("v", 0) + (1 - h["beta2"]) * g**2
            m_hat, v_hat = m / (1 - h["beta1"] ** t), v / (1 - h["beta2"] ** t)
            new = w - eta * m_hat / (root(v_hat) + h["epsilon"])
            decay = eta * h["weight_decay"] * w if rule == "adamw" else 0
            return new - decay, {"m": m, "v": v, "mhat": m_hat, "vhat": v_hat}


def root(value: Any) -> Any:
    return mpmath.sqrt(value)


def runs(
    world: World, setting: Setting, count: int, seed: int, where: Callable[[Run], bool] = lambda _: True
) -> Iterator[Run]:
    """Yield problems of a kind with random numbers of two digits; `where` keeps them generic."""
    source = random.Random(seed)
    made = 0
    while made < count:
        numbers: Values = {name: Fraction(value) for name, value in USUAL.items()}
        numbers["eta"] = Fraction(source.choice(["0.03", "0.06", "0.07", "0.13"]))
        numbers |= {name: _number(source) for name in world.parameters}
        data = [{name: _number(source) for name in world.data} for _ in range(setting.examples or 1)]
        run = Run(world, setting, numbers, data)
        if where(run):
            made += 1
            yield run


def _number(source: random.Random) -> Fraction:
    while True:
        value = Fraction(source.randint(-290, 290), 100)
        if abs(value) not in {0, 1} and abs(value) > Fraction(1, 4):
            return value


@dataclass
class Answers:
    """The wrong answers to one cell of one problem, by the ids that they belong to."""

    run: Run
    cell: str
    right: Any
    wrong: Mapping[str, Any]
    earlier: Mapping[str, str] = field(default_factory=dict)


class Examiner:
    """Types wrong answers in every way, sees each named, and counts; types right ones and sees none named."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.applied: set[str] = set()
        self._checkers: dict[int, CellChecker] = {}

    def examine(self, answers: Answers) -> None:
        checker = self._checker(answers.run)
        for text in typed(answers.right):
            reply = checker.check(answers.cell, text, answers.earlier)
            assert reply.verdict in {"correct", "follows"}, (answers.run.text, answers.cell, text, reply)
            assert (reply.misconception, reply.also) == (None, ())
        for identity, values in answers.wrong.items():
            for value in values if isinstance(values, list) else [values]:
                if value is None or _same(value, answers.right):
                    continue  # the rule does not apply to these numbers
                self.applied.add(identity)
                for text in typed(value):
                    self._examine_one(checker, answers, identity, text)

    def _checker(self, run: Run) -> CellChecker:
        if id(run) not in self._checkers:
            self._checkers = {id(run): CellChecker(derive(read_problem(run.text, "test.toml")))}
        return self._checkers[id(run)]

    def _examine_one(self, checker: CellChecker, answers: Answers, identity: str, text: str) -> None:
        reply = checker.check(answers.cell, text, answers.earlier)
        if reply.verdict in {"correct", "incomplete", "follows"}:
            self.tally.right += 1  # at these digits the wrong value and a right one are the same
            return
        told = (identity, answers.run.text, answers.cell, text, reply)
        assert reply.verdict == "incorrect", told
        assert identity in {reply.misconception, *reply.also}, told
        assert reply.feedback.endswith("."), told
        self.tally.named += 1
        others = {reply.misconception, *reply.also} - {identity}
        self.tally.unique += all(str(other).startswith("number.") for other in others)
        self.tally.first += reply.misconception == identity


def _same(first: Any, second: Any) -> bool:
    return abs(mpmath.mpmathify(first) - mpmath.mpmathify(second)) < mpmath.mpf(10) ** -12
