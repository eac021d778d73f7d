"""Problems about the whole way back through a small network: two branches, two layers, an update, a random network."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.arriving import gap_of, low_weights, weight
from tutor.practice.skills.calm import calmest, with_target
from tutor.practice.skills.drawing import HALF, at_grade, one_of, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_MOST_WEIGHTS: Final = 6
_MOST_CELLS: Final = 8
_NAMES: Final = re.compile(r"[a-z]\w*")
_TWO_LAYERS: Final = "A network with one hidden layer gave the answer y. It should have said t."
_ONE_STEP: Final = "A small model should have said t. Work out its gradients, and move all its parameters at once."
_UNSEEN: Final = "A network that you have not seen before gave the answer y. It should have said t."
_SUSPECTS: Final = (
    "",
    "A small network guesses how many guests will come. It was wrong: question its weights one by one.",
    "A small network guesses the price of a bicycle. It was wrong: question its weights one by one.",
    "A small network guesses how long a walk takes. It was wrong: question its weights one by one.",
)


def two_branches(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for all gradients of a network with two hidden neurons of different kinds."""
    bent = one_of(shape, "(x1 + {w}*x2)^2", "({w}*x1 + x2)^2", "({w}*x1 - x2)^2", "(x2 + {w}*x1)^2", "({w}*x1)^2")
    plain = one_of(shape, "{w}*x1*x2", "{w}*x1 + x2", "{w}*x1^2", "{w}*x2 - x1", "x1*{w}*x2")
    kinds = [bent, plain]
    if grade == HARDEST and shape.random() < HALF:
        kinds[1] = one_of(shape, "({w}*x2 - x1)^2", "(x1 - {w}*x2)^2")
    if grade > 1:
        shape.shuffle(kinds)
    hidden = [kind.format(w=name) for kind, name in zip(kinds, ("w1", "w2"), strict=True)]
    bias = grade > 1 and shape.random() < HALF
    steps = {"h1": hidden[0], "h2": hidden[1], "y": "w3*h1 + w4*h2" + (" + w5" if bias else ""), "E": "(t - y)^2"}
    cells = ("dE/dy", "dE/dw3", "dE/dw4", "dE/dh1", "dE/dh2", "dE/dw1", "dE/dw2")
    names = ["w1", "w2", "w3", "w4", *("w5" for _ in range(bias))]
    story = one_of(shape, *_SUSPECTS)

    def draw() -> Draft:
        values = {name: weight(numbers, min(grade, 2)) for name in names}
        if grade == HARDEST:
            values |= {name: weight(numbers, grade) for name in ("w3", "w4")}
        given = dict(zip(("x1", "x2"), numbers.sample([2, 3, 4], 2), strict=True))
        bare = Draft(values, steps, cells, given=given, story=story, formula="dE/dw1")
        return with_target(bare, "y", gap_of(numbers, grade))

    return calmest(draw)


def two_layers_back(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the whole backward pass of a hidden layer and a linear answer."""
    inputs = ["x"] if grade == 1 else ["x1", "x2"]
    rows = {unit: [f"w{unit}{x[1:]}" for x in inputs] for unit in (1, 2)}
    steps = {
        f"z{unit}": " + ".join([*(f"{w}*{x}" for w, x in zip(row, inputs, strict=True)), f"b{unit}"])
        for unit, row in rows.items()
    }
    kinds = shape.choice(
        at_grade(grade, [("^2", "^2")], [("^2", "^2"), ("^2", "^3")], [("^2", "^3"), ("^3", "^2"), ("^2", "^2")])
    )
    steps |= {f"a{unit}": f"z{unit}{kind}" for unit, kind in zip((1, 2), kinds, strict=True)}
    steps |= {"y": one_of(shape, "v1*a1 + v2*a2", "v1*a1 + v2*a2 + c"), "E": "(t - y)^2"}
    front = [w for row in rows.values() for w in (row if grade == HARDEST else row[-1:])]
    cells = ("dE/dy", "dE/dv1", "dE/dv2", "dE/dz1", "dE/dz2", *(f"dE/d{w}" for w in front))

    def draw() -> Draft:
        given: dict[str, Number] = dict(zip(inputs, numbers.sample([2, 3, 4, 5], len(inputs)), strict=True))
        values: dict[str, Number] = {"c": weight(numbers, 2)} if "+ c" in steps["y"] else {}
        for unit, row in rows.items():
            drawn, summed = low_weights(list(given.values()), lambda: weight(numbers, max(grade, 2)))
            values |= dict(zip(row, drawn, strict=True))
            values[f"b{unit}"] = whole(numbers, -4, 4, but=(-1, 0, 1, int(summed))) - summed
            size = numbers.choice((3, 5, 6))  # no small square, nor half of one
            values[f"v{unit}"] = signed(numbers, size) if grade > 1 else size
        bare = Draft(values, steps, cells, given=given, story=_TWO_LAYERS, formula=f"dE/d{rows[1][0]}")
        return with_target(bare, "y", gap_of(numbers, min(grade, 2)))

    return calmest(draw)


def gradients_and_update(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for all gradients of a small network, and for one step of all its weights at once."""
    steps = shape.choice(
        at_grade(
            grade,
            [{"y": "w*x + b"}, {"y": "b + w*x"}, {"y": "w1*x1 + w2*x2"}, {"y": "w*x - b"}],
            [{"h": "w1*x", "y": "w2*h + b"}, {"h": "w1*x + b", "y": "w2*h"}, {"h": "x + w1", "y": "w2*h + b"}],
            [
                {"h": "(w1*x + b)^2", "y": "w2*h"},
                {"h1": "w1*x", "h2": "w2*h1", "y": "w3*h2"},
                {"h1": "w1*x1", "h2": "w2*x2", "y": "w3*h1 + w4*h2"},
                {"h": "w1*x1 + w2*x2", "y": "w3*h + b"},
            ],
        )
    )
    steps = {**steps, "E": one_of(shape, "(t - y)^2", "(y - t)^2")}
    used = _NAMES.findall(" ".join(steps.values()))
    names = [name for name in ("w", "w1", "w2", "w3", "w4", "b") if name in used]
    inputs = [name for name in ("x", "x1", "x2") if name in used]
    backward = ["dE/dy", *(f"dE/d{name}" for name in reversed(names))]
    cells = (*backward, *(f"{name}@1" for name in names))
    eta = Fraction(1, one_of(numbers, 20, 50, 100, 200, 500))

    def draw() -> Draft:
        values = {name: weight(numbers, min(grade, 2)) for name in names}
        given = {name: weight(numbers, min(grade, 2)) for name in inputs}
        bare = Draft(values, steps, cells, given=given, story=_ONE_STEP, formula=f"dE/d{names[0]}")
        with_gap = with_target(bare, "y", gap_of(numbers, min(grade, 2)))
        return replace(with_gap, update={"rule": "sgd", "eta": eta})

    return calmest(draw)


def random_network(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for all gradients of a network of random depth, width, activations, and one connection that skips layers."""
    depth = at_grade(grade, 1, 2, one_of(shape, 2, 3))
    inputs = ["x"] if shape.random() < HALF or grade == HARDEST else ["x1", "x2"]
    network = _Wiring(shape, inputs)
    for layer in range(1, depth + 1):
        widest = 2 if len(network.parameters) <= _MOST_WEIGHTS - 4 else 1
        network.add_layer(layer, shape.randint(1, widest))
    network.add_answer(skip=grade > 1)
    weights = [f"dE/d{name}" for name in reversed(network.parameters)]
    hidden = [f"dE/d{name}" for name in reversed(network.steps) if name != "y"]
    cells = ("dE/dy", *(hidden if len(hidden) + len(weights) < _MOST_CELLS else ()), *weights)
    steps = {**network.steps, "E": "(t - y)^2"}

    def draw() -> Draft:
        values = {name: weight(numbers, min(grade, 2)) for name in network.parameters}
        given: dict[str, Number] = dict(zip(inputs, numbers.sample([1, 2, 3, 4], len(inputs)), strict=True))
        bare = Draft(values, steps, cells, given=given, story=_UNSEEN)
        return with_target(bare, "y", gap_of(numbers, grade))

    return calmest(draw)


class _Wiring:
    """The steps of a network while it is put together, layer by layer."""

    def __init__(self, shape: Random, inputs: list[str]) -> None:
        self._shape = shape
        self._before = inputs
        self._inputs = inputs
        self._squares = self._weights = 0
        self.steps: dict[str, str] = {}
        self.parameters: list[str] = []

    def add_layer(self, layer: int, width: int) -> None:
        """Add a hidden layer of one neuron or two, each with an activation of its own."""
        names = [f"h{layer}{'ab'[unit]}" if width > 1 else f"h{layer}" for unit in range(width)]
        for name in names:
            self.steps[name] = self._activated(self._with_bias(self._mixed(self._before), name))
        self._before = names

    def add_answer(self, *, skip: bool) -> None:
        """Add the answer; a connection may skip the layers between it and what it starts from."""
        sources = [*self._inputs, *(name for name in self.steps if name not in self._before)]
        mixed = self._mixed(self._before)
        self.steps["y"] = f"{mixed} + {self._weighted(self._shape.choice(sources))}" if skip else mixed

    def _mixed(self, entering: list[str]) -> str:
        return " + ".join(self._weighted(name) for name in entering)

    def _weighted(self, name: str) -> str:
        if len(self.parameters) >= _MOST_WEIGHTS:
            return name
        self._weights += 1
        self.parameters.append(f"w{self._weights}")
        return f"{self.parameters[-1]}*{name}"

    def _with_bias(self, mixed: str, name: str) -> str:
        """Return a weighted sum, sometimes with a bias that is called after its neuron."""
        if len(self.parameters) >= _MOST_WEIGHTS or self._shape.random() < HALF:
            return mixed
        self.parameters.append(name.replace("h", "b").replace("y", "b"))
        return f"{mixed} + {self.parameters[-1]}"

    def _activated(self, mixed: str) -> str:
        kinds = ["{}", "relu({})", "({})^2"] if self._squares == 0 else ["{}", "relu({})"]
        kind = self._shape.choice(kinds)
        self._squares += kind == "({})^2"
        return kind.format(mixed)
