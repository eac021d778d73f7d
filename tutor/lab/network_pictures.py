"""The pictures of a network that learns: what it says over its inputs, its weights and its gradients."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tutor.draw.bars import Bar, bar_picture, bar_reading
from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.decision_map import Example, Sides, class_picture, decision_picture
from tutor.draw.grid import Axis, Grid
from tutor.draw.map_reading import class_reading, decision_reading
from tutor.draw.network import Layer, Network, network_picture
from tutor.draw.room import Room
from tutor.draw.text import Line
from tutor.engine.step import Step
from tutor.engine.training import Training
from tutor.lab.run import Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.draw.glyphs import Glyphs
    from tutor.engine.data.table import Dataset

    Floats = NDArray[np.float64]

_MARGIN = 0.08
_FLAT = 2
"""Inputs that can be the two sides of a map."""
_READ = 21
"""Lines of the grid that a reading looks at."""
_MOST_POINTS = 600
"""Examples of each part that are drawn."""


Painter = Callable[[Run, Room], list[Line]]


def network_painters(run: Run) -> dict[str, Painter]:
    """Return the pictures of a network by their names, the telling one first; that of the losses is not among them."""
    data = _training(run).data
    found: dict[str, Painter] = {}
    inputs, outputs = len(data.input_names), len(data.target_names)
    if inputs == _FLAT and (outputs == 1 or data.kind == "categorical"):
        found["map"] = _map
    elif inputs == outputs == 1:
        found["fit"] = _fit
    return {**found, "network": _network, "weights": _weights, "gradients": _gradients}


def network_reading(run: Run, view: str, glyphs: Glyphs) -> str:
    """Return what a picture shows in one sentence; nothing where its losses say it all."""
    match view:
        case "map":
            return _map_reading(run, glyphs)
        case "weights" | "network":
            return bar_reading(_bars(run, _training(run).parameters), glyphs)
        case "gradients" if isinstance(run.last, Step):
            return bar_reading(_bars(run, run.last.gradient), glyphs)
        case _:
            return ""


def _training(run: Run) -> Training:
    assert isinstance(run.stepper, Training)
    return run.stepper


# -- what it says over its inputs


def _map(run: Run, room: Room) -> list[Line]:
    data = _training(run).data
    grids = _grids(run, max(2, room.width), max(2, room.height))
    if data.kind == "categorical":
        return class_picture(grids, data.classes, room, examples=_examples(run))
    return decision_picture(grids[0], room, examples=_examples(run), sides=_sides(data))


def _map_reading(run: Run, glyphs: Glyphs) -> str:
    data = _training(run).data
    if data.kind == "categorical":
        return class_reading(_examples(run), glyphs)
    (grid,) = _grids(run, _READ, _READ)
    return decision_reading(grid, glyphs, examples=_examples(run), sides=_sides(data))


def _sides(data: Dataset) -> Sides:
    """Return what lies on either side of the boundary: the two classes, or numbers below and above their middle."""
    if data.kind == "binary":
        return Sides(f"class {data.classes[0]}", f"class {data.classes[1]}", 0.5, 0.5)
    low, high = float(data.train_targets.min()), float(data.train_targets.max())
    return Sides("low", "high", (low + high) / 2, (high - low) / 2 or 1.0)


def _grids(run: Run, columns: int, rows: int) -> list[Grid]:
    """Return what the network says over the range of its two inputs, a grid for each output."""
    training = _training(run)
    data = training.data
    (left, right), (low, high) = _range(data, 0), _range(data, 1)
    across, up = np.meshgrid(np.linspace(left, right, columns), np.linspace(low, high, rows))
    said = training.predict(data.scaling.scaled(np.column_stack([across.ravel(), up.ravel()])))
    axes = Axis(left, right, data.input_names[0]), Axis(low, high, data.input_names[1])
    values = said.T.reshape(-1, rows, columns).tolist()
    return [Grid(each, *axes, name) for each, name in zip(values, data.target_names, strict=True)]


def _range(data: Dataset, column: int) -> tuple[float, float]:
    """Return the range of an input over the training data, with a margin, in its own units."""
    inputs = data.scaling.original(data.train_inputs)[:, column]
    low, high = float(inputs.min()), float(inputs.max())
    margin = _MARGIN * ((high - low) or 1.0)
    return low - margin, high + margin


def _examples(run: Run) -> list[Example]:
    """Return the training examples and those of the test, each with what the network says about it."""
    training = _training(run)
    data = training.data
    found: list[Example] = []
    for inputs, targets, is_test in (
        (data.train_inputs[:_MOST_POINTS], data.train_targets[:_MOST_POINTS], False),
        (data.test_inputs[:_MOST_POINTS], data.test_targets[:_MOST_POINTS], True),
    ):
        said = training.predict(inputs)
        if data.kind == "categorical":
            answers, wanted = said.argmax(axis=1), targets.argmax(axis=1)
        else:
            answers, wanted = said[:, 0], targets[:, 0]
        places = data.scaling.original(inputs)
        columns = zip(places[:, 0], places[:, 1], wanted, answers, strict=True)
        found += [Example(float(x), float(y), float(t), float(p), is_test) for x, y, t, p in columns]
    return found


def _fit(run: Run, room: Room) -> list[Line]:
    """Draw what the network says over its only input, among the examples."""
    training = _training(run)
    data = training.data
    left, right = _range(data, 0)
    places = np.linspace(left, right, 2 * max(1, room.width))
    said = training.predict(data.scaling.scaled(places[:, None]))[:, 0]
    inputs = data.scaling.original(data.train_inputs[:_MOST_POINTS])[:, 0].tolist()
    targets = data.train_targets[:_MOST_POINTS, 0].tolist()
    reach = (right - left) / (4 * max(1, room.width))
    lines = [
        Series("the network", said.tolist(), places.tolist()),
        # Each example is a stroke about half a column long, and then a gap.
        Series(
            "examples",
            [each for y in targets for each in (y, y, math.nan)],
            [place for x in inputs for place in (x - reach, x + reach, x)],
        ),
    ]
    return curve_picture(
        lines, room, axes=curve_axes(lines[1:], (data.input_names[0], data.target_names[0]), log=False)
    )


# -- what it is made of


def _network(run: Run, room: Room) -> list[Line]:
    return network_picture(_drawn(run), room)


def _drawn(run: Run) -> Network:
    """Return the network with its weights, and the activations of the first example of the last batch."""
    training, last = _training(run), run.last
    network, flat = training.network, training.parameters
    inputs = last.inputs[:1] if isinstance(last, Step) else training.data.train_inputs[:1]
    forward = network.forward(flat, inputs)
    values = [inputs[0], *(activations[0] for activations in forward.activations)]
    names = [
        list(training.data.input_names),
        *(
            [f"a{layer}{unit}" for unit in range(1, size + 1)]
            for layer, size in enumerate(network.sizes[1:-1], start=1)
        ),
        list(training.data.target_names),
    ]
    layers = [Layer(units, each.tolist()) for units, each in zip(names, values, strict=True)]
    numbers = range(1, network.layers + 1)
    return Network(
        layers,
        [network.weights(flat, layer).tolist() for layer in numbers],
        [network.biases(flat, layer).tolist() for layer in numbers],
    )


def _weights(run: Run, room: Room) -> list[Line]:
    return bar_picture(_bars(run, _training(run).parameters), room)


def _gradients(run: Run, room: Room) -> list[Line]:
    """Draw the gradient of the last step; before the first one, there is none."""
    last = run.last
    gradient = last.gradient if isinstance(last, Step) else np.zeros(0)
    return bar_picture(_bars(run, gradient), room)


def _bars(run: Run, numbers: Floats) -> list[Bar]:
    return [Bar(name, float(number)) for name, number in zip(_training(run).network.names, numbers, strict=False)]
