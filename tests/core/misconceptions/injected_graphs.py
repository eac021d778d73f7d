"""Injected mistakes in the derivatives of random graphs of steps: in one rule, along a path, between paths, at a node.

The graph is worked out here a second time: values forwards, slopes along every path, all by plain arithmetic.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from elementary_rules import ONE_INPUT, TWO_INPUTS, Made, size, sqrt
from injection import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

Values = dict[str, Any]
SMALLEST, LARGEST = 1e-3, 1e4


@dataclass(frozen=True)
class Graph:
    """Parameters with their values, and steps in order; the last one is the objective."""

    parameters: dict[str, Fraction]
    steps: dict[str, Made]

    @property
    def text(self) -> str:
        """The problem file."""
        lines = ["[parameters]", *(f'{name} = "{value}"' for name, value in self.parameters.items()), "[steps]"]
        return "\n".join([*lines, *(f'{name} = "{made.text}"' for name, made in self.steps.items())])

    @property
    def objective(self) -> str:
        return list(self.steps)[-1]

    def forward(self) -> Values:
        """Return every value."""
        values: Values = dict(self.parameters)
        for name, made in self.steps.items():
            values[name] = made.value(*self.arguments(made, values))
        return values

    def arguments(self, made: Made, values: Values) -> list[Fraction]:
        return [values[name] for name in made.inputs]

    def slope(self, step: str, by: str, values: Values) -> Any:
        """Return the local slope of a step by one of its inputs."""
        made = self.steps[step]
        return made.slopes[made.inputs.index(by)](*self.arguments(made, values))

    def paths(self, name: str) -> list[list[str]]:
        """Return the paths from the objective down to a name."""
        found, waiting = [], [[self.objective]]
        while waiting:
            path = waiting.pop()
            if path[-1] == name:
                found.append(path)
            elif path[-1] in self.steps:
                waiting.extend([*path, used] for used in reversed(self.steps[path[-1]].inputs))
        return found

    def along(self, path: list[str], values: Values) -> list[Any]:
        return [self.slope(above, below, values) for above, below in pairwise(path)]

    def total(self, name: str, values: Values) -> Any:
        """Return the derivative of the objective by a name, over all paths."""
        if name == self.objective:
            return 1
        return sum(multiplied(self.along(path, values)) for path in self.paths(name))


def multiplied(factors: list[Any]) -> Any:
    result: Any = Fraction(1)
    for factor in factors:
        result = factor * result
    return result


def random_graph(source: random.Random) -> Graph | None:
    """Return a graph of two to four steps over two or three parameters; None where its numbers are unfit to type."""
    parameters = {name: size(source) for name in ("a", "b", "c")[: source.randint(2, 3)]}
    steps: dict[str, Made] = {}
    names = list(parameters)
    for step in ("h", "k", "m", "E")[-source.randint(2, 4) :]:
        latest = names[-1] if steps else source.choice(names)
        if source.random() < 0.5 and len(names) > 1:
            other = source.choice([name for name in names if name != latest])
            pair = source.sample([latest, other], 2)
            steps[step] = source.choice(TWO_INPUTS)(*pair, source)
        else:
            steps[step] = source.choice(ONE_INPUT)(latest, source)
        names.append(step)
    graph = Graph(parameters, steps)
    try:
        return graph if is_fit(graph) else None
    except (ArithmeticError, ValueError):
        return None


def is_fit(graph: Graph) -> bool:
    """Whether no number is very small or very large, and no two stand on the kink of max."""
    values = graph.forward()
    for made in graph.steps.values():
        if made.text.startswith("max") and abs(values[made.inputs[0]] - values[made.inputs[1]]) < SMALLEST:
            return False
    slopes = [graph.slope(step, by, values) for step, made in graph.steps.items() for by in made.inputs]
    numbers = [*values.values(), *slopes]
    return all(number == 0 or SMALLEST < abs(number) < LARGEST for number in numbers)


def injected(count: int, seed: int) -> Iterator[Wrong]:
    """Yield the mistakes in this many random graphs."""
    source = random.Random(seed)
    made = 0
    while made < count:
        graph = random_graph(source)
        if graph is not None:
            made += 1
            yield from _direct(graph)
            yield from _total(graph)


def _direct(graph: Graph) -> Iterator[Wrong]:
    """Yield the local slopes by one broken rule."""
    values = graph.forward()
    for step, made in graph.steps.items():
        arguments = graph.arguments(made, values)
        for place, by in enumerate(made.inputs):
            wrong = {identity: rule(*arguments) for identity, rule in made.wrong[place].items()}
            yield Wrong(graph.text, f"d{step}/d{by}:direct", made.slopes[place](*arguments), wrong)


def _total(graph: Graph) -> Iterator[Wrong]:
    values = graph.forward()
    for name in (*graph.parameters, *graph.steps):
        paths = graph.paths(name)
        if name == graph.objective or not paths:
            continue
        right = graph.total(name, values)
        wrong: dict[str, Any] = {}
        if len(paths) == 1:
            wrong |= links(graph.along(paths[0], values))
        if len(paths) == 2:
            wrong |= two_paths([graph.along(path, values) for path in paths])
        wrong |= carried(graph, name, values)
        wrong |= gate(graph, name, values)
        if name in graph.parameters:
            wrong |= gradient(graph, name, values)
        yield Wrong(graph.text, f"d{graph.objective}/d{name}", right, wrong)


def links(rates: list[Any]) -> Values:
    """Return the wrong answers along one path, from the table of links; a link of rate 1 cannot be missed."""
    added = sum(rates)
    rates = [rate for rate in rates if rate != 1]
    if len(rates) < 2 or not all(rates):
        return {}
    whole, first, last = multiplied(rates), rates[0], rates[-1]
    wrong = {
        "links.last-link-missing": multiplied(rates[:-1]),
        "links.first-link-missing": multiplied(rates[1:]),
        "links.links-added": added,
        "links.one-link-inverted": [whole / rate**2 for rate in rates],
        "links.a-link-used-twice": [whole * rate for rate in rates],
        "links.only-the-last-link": last,
        "links.only-the-first-link": first,
    }
    if len(rates) > 2:
        wrong["links.middle-link-missing"] = [whole / rate for rate in rates[1:-1]]
    return wrong


def two_paths(rates: list[list[Any]]) -> Values:
    """Return the wrong answers where two paths meet, from the table of paths; `rates[0]` is the first path."""
    one, other = (multiplied(path) for path in rates)
    if 1 in {one, other} or one == other:
        return {}
    wrong = {
        "paths.second-path-missing": one,
        "paths.first-path-missing": other,
        "paths.paths-multiplied": one * other,
        "paths.paths-averaged": (one + other) / 2,
    }
    if len(rates[0]) == len(rates[1]) == 2:
        (f_u, u), (f_v, v) = rates
        wrong["paths.links-crossed"] = f_u * v + f_v * u
        wrong["paths.sums-multiplied"] = (f_u + f_v) * (u + v)
    return wrong


def carried(graph: Graph, name: str, values: Values) -> Values:
    """Return what one wrong local slope gives, the rest of the chain being right."""
    wrong: dict[str, list[Any]] = {}
    right = graph.total(name, values)
    for step, made in graph.steps.items():
        if name not in made.inputs:
            continue
        place, arguments, upstream = made.inputs.index(name), graph.arguments(made, values), graph.total(step, values)
        for identity, rule in made.wrong[place].items():
            slope = rule(*arguments)
            if slope is not None:
                change = slope - made.slopes[place](*arguments)
                wrong.setdefault(identity, []).append(right + upstream * change)
    return dict(wrong)


def gate(graph: Graph, name: str, values: Values) -> Values:
    """Return the wrong answers at a product or a sum of two, where nothing else uses the name."""
    consumers = [step for step, made in graph.steps.items() if name in made.inputs]
    if len(consumers) != 1 or consumers[0] == graph.objective:
        return {}
    made, d = graph.steps[consumers[0]], graph.total(consumers[0], values)
    others = [values[other] for other in made.inputs if other != name]
    if len(others) != 1:
        return {}
    own, other = values[name], others[0]
    if made.text == f"{made.inputs[0]}*{made.inputs[1]}":
        return {
            "multiply-gate.own-input-used": d * own,
            "multiply-gate.upstream-missing": other,
            "multiply-gate.upstream-passed-unchanged": d,
            "multiply-gate.added-instead-of-multiplied": d + other,
            "multiply-gate.output-used": d * own * other,
        }
    if made.text == f"{made.inputs[0]} + {made.inputs[1]}":
        return {
            "add-gate.split-in-half": d / 2,
            "add-gate.scaled-by-the-other-input": d * other,
            "add-gate.local-slope-1-given": 1,
        }
    return {}


def gradient(graph: Graph, name: str, values: Values) -> Values:
    """Return the wrong answers in one component of a gradient."""
    parts = {each: graph.total(each, values) for each in graph.parameters if graph.paths(each)}
    if len(parts) < 2 or not all(parts.values()):
        return {}
    length = sqrt(sum(part**2 for part in parts.values()))
    return {
        "gradient.components-swapped": [part for other, part in parts.items() if other != name],
        "gradient.summed-to-one-number": sum(parts.values()),
        "gradient.negative-gradient": -parts[name],
        "gradient.normalised": parts[name] / length,
    }
