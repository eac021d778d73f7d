"""The derivation of a problem: every cell with its formula, its exact value, its paths.

One graph carries everything. Each cell has a formula over other cells: a step's own expression, a local derivative as
SymPy finds it, a total derivative as the sum over what uses it next, an update rule. Values, the chain-rule expansion,
follow-through from a learner's answers, hints and drawings all read these formulas.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from tutor.mathematics.cell_formulas import CellFormulas
from tutor.mathematics.cells import Cell, CellNames, place_text
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Call, Constant, Name, Node, Number, names, replace, walk
from tutor.mathematics.paths import MOST_PATHS, Paths
from tutor.mathematics.update_rules import HYPERPARAMETER
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import LAST_PRECISION, Value, finite, limited_precision, sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.problem import Problem, ProblemError, Step


class Differentiate(Protocol):
    """What finds local derivatives: SymPy, here or in a process of its own."""

    def __call__(self, wanted: Mapping[tuple[str, str], Node]) -> Mapping[tuple[str, str], Node]:
        """Return the derivative of each (step, name): the step's formula by the name."""


def differentiate_here(wanted: Mapping[tuple[str, str], Node]) -> dict[tuple[str, str], Node]:
    """Find the derivatives in this process."""
    from tutor.mathematics.symbolic import differentiate_all  # noqa: PLC0415 - SymPy takes a quarter of a second to load

    return differentiate_all(wanted)


def derive(problem: Problem, differentiate: Differentiate = differentiate_here) -> Derivation:
    """Return the derivation of a problem.

    Raises ProblemError where a step of the first forward pass is not finite.
    """
    variables = {*problem.parameters, *problem.steps}
    wanted = {
        (step.name, name): step.formula for step in problem.steps.values() for name in step.uses if name in variables
    }
    slopes = {
        (step, name): _in_terms_of_itself(slope, problem.steps[step])
        for (step, name), slope in differentiate(wanted).items()
    }
    derivation = Derivation(problem, slopes)
    for cell in derivation.forward_cells(0):
        derivation.value(cell.id)
    return derivation


def _in_terms_of_itself(slope: Node, step: Step) -> Node:
    """Return a local derivative with the step's own name where its whole formula stands: h·(1 − h) for h = σ(z)."""
    if isinstance(step.formula, Number | Name | Constant):
        return slope
    return replace(slope, lambda part: Name(step.name) if part == step.formula else None)


class Derivation:
    """Every cell of a problem. Formulas and values are worked out when they are first asked for, and kept."""

    def __init__(self, problem: Problem, slopes: Mapping[tuple[str, str], Node]) -> None:
        """Keep the problem and its local derivatives."""
        self.problem = problem
        self.cell_names = CellNames(problem)
        self._slopes = slopes
        self._inputs: dict[str, tuple[str, ...]] = {}
        self._values: dict[str, Value] = _constants(problem)
        self._given = frozenset(self._values)
        self._ancestor_sets: dict[str, frozenset[str]] = {}
        self._paths = Paths(problem)
        self._formulas = CellFormulas(problem, slopes, self._paths)
        self._cells = self._formulas.cells

    def with_numbers(self, problem: Problem) -> Derivation:
        """Return the derivation of a problem with the same steps and other numbers: nothing is differentiated again."""
        assert problem.steps == self.problem.steps
        return Derivation(problem, self._slopes)

    # -- which cells there are

    def cells(self) -> Iterator[Cell]:
        """Yield every cell in the order of work: forward, local, backward, update, iteration after iteration."""
        for iteration in range(self.problem.iterations):
            yield from self.forward_cells(iteration)
            yield from self._direct_cells(iteration)
            yield from self.total_cells(iteration)
            if self.problem.update:
                yield from self.update_cells(iteration + 1)

    def _examples(self, iteration: int) -> tuple[int, ...]:
        return self.problem.batch(iteration) or (0,)

    def forward_cells(self, iteration: int) -> Iterator[Cell]:
        """Yield the steps of one iteration, example after example, and the batch's objective."""
        for example in self._examples(iteration):
            for step in self.problem.steps:
                yield Cell("forward", step, example=example, iteration=iteration)
        if self.problem.examples:
            yield Cell("forward", self.problem.objective, iteration=iteration)

    def _direct_cells(self, iteration: int) -> Iterator[Cell]:
        for example in self._examples(iteration):
            for step, name in self._slopes:
                yield Cell("direct", step, name, example=example, iteration=iteration)

    def total_cells(self, iteration: int) -> Iterator[Cell]:
        """Yield the total derivatives from the objective backwards, and those of the batch."""
        objective = self.problem.objective
        for example in self._examples(iteration):
            for name in self.backward_order():
                yield Cell("total", objective, name, example=example, iteration=iteration)
        if self.problem.examples:
            for name in self.problem.parameters:
                if self._paths.count(name):
                    yield Cell("total", objective, name, iteration=iteration)

    def backward_order(self) -> list[str]:
        """Return what the objective depends on: steps from the last to the first, then the parameters."""
        order = [*reversed(list(self.problem.steps)), *self.problem.parameters]
        return [name for name in order if self._paths.count(name) and name != self.problem.objective]

    def update_cells(self, iteration: int) -> Iterator[Cell]:
        """Yield the states and then the parameters after this many updates."""
        update = self.problem.update
        if update is None:
            return
        for name in self.problem.parameters:
            for state in update.rule.state:
                yield Cell("state", name, state=state, iteration=iteration)
        for name in self.problem.parameters:
            yield Cell("parameter", name, iteration=iteration)

    def cell(self, text: str) -> Cell:
        """Return the cell of this name, in any spelling. Raises CellError where there is none."""
        known = self._cells.get(text)
        return known if known is not None else self.cell_names.parse(text)

    # -- formulas

    def formula(self, cell: Cell) -> Node:
        """Return the cell's formula over other cells and given values; what is given is only itself."""
        return Name(cell.id) if cell.id in self._given else self._formulas.of(cell)

    def name_at(self, name: str, example: int, iteration: int) -> str:
        """Return the id under which a name of the file stands at an example and iteration."""
        return self._formulas.name_at(name, example, iteration)

    # -- values

    def inputs(self, identity: str) -> tuple[str, ...]:
        """Return the ids of what the cell's formula uses directly; given values have none."""
        known = self._inputs.get(identity)
        if known is None:
            cell = self._cells.get(identity)
            known = () if cell is None or self.is_constant(identity) else names(self.formula(cell))
            self._inputs[identity] = known
        return known

    def is_constant(self, identity: str) -> bool:
        """Whether this is given from the start: data, a starting value, a hyperparameter."""
        return identity in self._given

    def value(self, identity: str) -> Value:
        """Return the exact value of a cell, or of a given name, by its id.

        Raises ProblemError where it is not finite.
        """
        stack = [identity]
        while stack:
            current = stack[-1]
            if current in self._values:
                stack.pop()
                continue
            waiting = [name for name in self._ensure_inputs(current) if name not in self._values]
            if waiting:
                stack.extend(waiting)
                continue
            cell = self._cells[current]
            self._values[current] = self._evaluated(cell)
            stack.pop()
        return self._values[identity]

    def _ensure_inputs(self, identity: str) -> tuple[str, ...]:
        if identity not in self._cells:
            self._cells[identity] = self.cell_names.parse(identity)
        return self.inputs(identity)

    def _evaluated(self, cell: Cell) -> Value:
        try:
            with limited_precision(LAST_PRECISION):  # what a hasty question would round away must not be kept
                return finite(evaluate(self.formula(cell), self._values.__getitem__))
        except (NotDefinedError, TooLargeError) as error:
            raise self._not_finite(cell, str(error)) from error

    def _not_finite(self, cell: Cell, why: str) -> ProblemError:
        what = cell.id
        step = self.problem.steps.get(cell.name)
        if cell.kind == "forward" and step is not None:
            what = f"{cell.id} = “{step.text}”"
        return self.problem.fault(
            cell.name,
            f"{what} is not finite: {why}. Change the values it starts from, or the formula, so that it has a value.",
        )

    def depends(self, identity: str, on: str) -> bool:
        """Whether a cell's value depends on another cell, by whatever way."""
        return on in self._ancestors(identity)

    def _ancestors(self, identity: str) -> frozenset[str]:
        known = self._ancestor_sets.get(identity)
        if known is None:
            found: set[str] = set()
            waiting = list(self._ensure_inputs(identity))
            while waiting:
                current = waiting.pop()
                if current not in found:
                    found.add(current)
                    waiting.extend(self.inputs(current))
            known = self._ancestor_sets[identity] = frozenset(found)
        return known

    # -- paths

    def path_count(self, name: str) -> int:
        """Return along how many paths the objective depends on a name."""
        return self._paths.count(name)

    def paths(self, name: str, most: int = MOST_PATHS) -> list[tuple[str, ...]]:
        """Return the first paths from the objective to a name, in the order of the steps."""
        return self._paths.first(name, most)

    def consumers(self, name: str) -> tuple[str, ...]:
        """Return the steps that use a name and lead to the objective."""
        return self._paths.consumers(name)

    # -- kinks

    def note(self, cell: Cell) -> str | None:
        """Return the sentence that tells that a step stands exactly on a kink, None where it does not."""
        if cell.kind not in {"forward", "direct"} or (self.problem.examples and not cell.example):
            return None
        formula = self.formula(Cell("forward", cell.name, "", "", cell.example, cell.iteration))
        for part in walk(formula):
            if isinstance(part, Call) and self._on_kink(part):
                return (
                    f"{cell.name}{place_text(cell.example, cell.iteration)} stands exactly on the kink of "
                    f"{part.function}. Its slope there is taken as 0."
                )
        return None

    def _on_kink(self, call: Call) -> bool:
        if call.function not in {"relu", "abs", "max", "min"}:
            return False
        values = [evaluate(argument, self.value) for argument in call.arguments]
        if call.function in {"relu", "abs"}:
            return sign(values[0]) == 0
        best = evaluate(call, self.value)
        return sum(sign(subtract(value, best)) == 0 for value in values) > 1


def _constants(problem: Problem) -> dict[str, Value]:
    """Return everything that is given: data, examples, starting values, hyperparameters, states before any update."""
    constants: dict[str, Value] = {**problem.given, **problem.parameters}
    for name, values in problem.examples.items():
        constants.update({f"{name}[{place}]": value for place, value in enumerate(values, 1)})
    if problem.update:
        for name, value in problem.update.hyperparameters.items():
            constants[HYPERPARAMETER + name] = value
        for state in problem.update.rule.state:
            before = {f"{state}_{name}": Fraction(0) for name in problem.parameters}
            constants.update({cell: problem.update.state.get(cell, zero) for cell, zero in before.items()})
    return constants
