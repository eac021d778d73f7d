"""Injected mistakes in the problem files of the course, worked out a second time with numerical slopes.

A file's formulas are read here by Python's own arithmetic, and its slopes are central differences with 60 digits, so
that a new problem file needs nothing written for it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from elementary_rules import Made
from injected_graphs import Graph, gradient, links, multiplied, two_paths
from injection import Wrong
from update_tables import step_mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[3] / "lessons" / "problems"
TINY = Fraction(1, 10**30)
_DIGITS = 50
Values = dict[str, Any]


@dataclass(frozen=True)
class Shipped:
    """A problem file as data."""

    path: Path
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Shipped:
        return cls(path, tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Fraction))

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def batch(self) -> list[Values]:
        """The data of each example; of a problem without examples, nothing."""
        examples = self.data.get("examples", {})
        count = len(next(iter(examples.values()), []))
        return [{name: Fraction(values[i]) for name, values in examples.items()} for i in range(count)] or [{}]

    @property
    def is_suited(self) -> bool:
        """Whether it is what is worked out here: plain arithmetic, a last step to descend, whole batches."""
        steps, update = self.data["steps"], self.data.get("update", {})
        last = [*steps][-1]
        return (
            "parameters" in self.data
            and self.data.get("objective", last) == last
            and update.get("rule", "sgd") == "sgd"
            and "batch_size" not in update
            and not any(re.search(r"[A-Za-z_]\w*\s*\(|\^\s*[^\d\s]", formula) for formula in steps.values())
        )

    def graph(self, parameters: Values, example: Values) -> Graph:
        """Return the problem as a graph over its parameters, all else being numbers."""
        known = {name: Fraction(value) for name, value in self.data.get("given", {}).items()} | example
        steps: dict[str, Made] = {}
        for name, formula in self.data["steps"].items():
            named = re.sub(r"\b([^\W\d]\w*)", r"\1_", formula.replace("^", "**"))  # lambda is no name for Python
            code = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"Fraction('\1')", named)
            inputs = [used for used in (*parameters, *steps) if re.search(rf"\b{used}\b", formula)]
            steps[name] = made(code, tuple(inputs), known)
        return Graph(parameters, steps)


def made(code: str, inputs: tuple[str, ...], known: Values) -> Made:
    """Return a step whose value Python works out, and whose slopes are central differences."""

    def value(*arguments: Fraction) -> Fraction:
        values = {**known, **dict(zip(inputs, arguments, strict=True))}
        names = {f"{name}_": each for name, each in values.items()} | {"Fraction": Fraction}
        return Fraction(eval(code, {"__builtins__": {}}, names))

    def slope_by(place: int) -> Any:
        def slope(*arguments: Fraction) -> Fraction:
            moved = [[*arguments[:place], arguments[place] + h, *arguments[place + 1 :]] for h in (TINY, -TINY)]
            return round((value(*moved[0]) - value(*moved[1])) / (2 * TINY), _DIGITS)

        return slope

    return Made(code, inputs, value, tuple(slope_by(place) for place in range(len(inputs))), ({},) * len(inputs))


def injected(_count: int, _seed: int) -> Iterator[Wrong]:
    """Yield the mistakes in the course's problem files of plain arithmetic: in the gradients, and in the first step."""
    for path in sorted(FOLDER.glob("*.toml")):
        problem = Shipped.read(path)
        if problem.is_suited:
            yield from _mistakes(problem)


def _mistakes(problem: Shipped) -> Iterator[Wrong]:
    parameters = {name: Fraction(value) for name, value in problem.data["parameters"].items()}
    batch = problem.batch
    totals: dict[str, list[Fraction]] = {name: [] for name in parameters}
    losses = []
    for place, example in enumerate(batch, start=1):
        graph = problem.graph(parameters, example)
        values = graph.forward()
        losses.append(values[graph.objective])
        at = f"[{place}]" if example else ""
        for name in (*parameters, *graph.steps):
            paths = graph.paths(name)
            right = graph.total(name, values)
            if name in totals:
                totals[name].append(right)
            if name != graph.objective and paths:
                rates = [graph.along(path, values) for path in paths]
                wrong = links(rates[0]) if len(rates) == 1 else two_paths(rates) if len(rates) == 2 else {}
                if len(paths) > 1 and not all(multiplied(path) for path in rates):
                    wrong = {}
                if name in parameters:
                    wrong |= gradient(graph, name, values)
                yield Wrong(problem.text, f"d{graph.objective}/d{name}{at}", right, wrong)
    yield from _first_step(problem, parameters, totals, losses)


def _first_step(problem: Shipped, parameters: Values, totals: dict[str, list[Fraction]], losses: list[Any]) -> Any:
    update = problem.data.get("update")
    if update is None:
        return
    eta, is_sum = Fraction(update["eta"]), update.get("reduce") == "sum"
    for name, parts in totals.items():
        g = sum(parts) if is_sum else sum(parts) / len(parts)
        loss = sum(losses) if is_sum else sum(losses) / len(losses)
        w = parameters[name]
        if not g or not w:
            continue
        yield Wrong(
            problem.text,
            f"{name}@1",
            w - eta * g,
            step_mistakes(w, eta, g, loss) | {"step.ascent": w + eta * g, "step.learning-rate-forgotten": w - g},
        )
