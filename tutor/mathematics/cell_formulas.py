"""The formula of every cell, over other cells and given values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell, place_text
from tutor.mathematics.notation.expression import Name, Node, Quotient, number, product, rename, total
from tutor.mathematics.update_rules import UpdateFormulas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.paths import Paths
    from tutor.mathematics.problem import Problem


class CellFormulas:
    """Makes the formula of each cell when it is first asked for, and keeps it; knows the cell behind each id."""

    def __init__(self, problem: Problem, slopes: Mapping[tuple[str, str], Node], paths: Paths) -> None:
        """Remember what formulas are made of: the problem, its local derivatives, what uses what."""
        self._problem = problem
        self._slopes = slopes
        self._paths = paths
        self._made: dict[str, Node] = {}
        self.cells: dict[str, Cell] = {}

    def of(self, cell: Cell) -> Node:
        """Return the cell's formula over other cells and given values."""
        known = self._made.get(cell.id)
        if known is None:
            known = self._made[cell.id] = self._make(cell)
            self.cells[cell.id] = cell
        return known

    def _make(self, cell: Cell) -> Node:
        problem = self._problem
        whole_batch = bool(problem.examples) and not cell.example
        match cell.kind:
            case "forward" if whole_batch:
                return self._over_batch(cell)
            case "forward":
                return self._at(problem.steps[cell.name].formula, cell)
            case "direct":
                return self._at(self._slopes[cell.name, cell.by], cell)
            case "total" if whole_batch:
                return self._over_batch(cell)
            case "total":
                return self._chain(cell)
            case _:
                return self._updated(cell)

    def _at(self, node: Node, cell: Cell) -> Node:
        """Return a formula of the file with its names at the cell's example and iteration."""
        return rename(node, lambda name: self.name_at(name, cell.example, cell.iteration))

    def name_at(self, name: str, example: int, iteration: int) -> str:
        """Return the id under which a name of the file stands at an example and iteration."""
        problem = self._problem
        if name in problem.steps:
            cell = Cell("forward", name, example=example, iteration=iteration)
        elif name in problem.parameters:
            cell = Cell("parameter", name, iteration=iteration)
        else:
            return name + place_text(example if name in problem.examples else 0, 0)
        return self._id(cell)

    def _id(self, cell: Cell) -> str:
        identity = cell.id
        self.cells.setdefault(identity, cell)
        return identity

    def _chain(self, cell: Cell) -> Node:
        """Return the sum over what uses the variable next: its own total derivative times the local one."""
        terms: list[Node] = []
        for consumer in self._paths.consumers(cell.by):
            direct = Cell("direct", consumer, cell.by, example=cell.example, iteration=cell.iteration)
            factors: list[Node] = [Name(self._id(direct))]
            if consumer != self._problem.objective:
                upstream = Cell("total", cell.name, consumer, example=cell.example, iteration=cell.iteration)
                factors.insert(0, Name(self._id(upstream)))
            terms.append(product(factors))
        return total(terms)

    def _over_batch(self, cell: Cell) -> Node:
        batch = self._problem.batch(cell.iteration)
        terms: list[Node] = [
            Name(self._id(Cell(cell.kind, cell.name, cell.by, cell.state, example, cell.iteration)))
            for example in batch
        ]
        summed = total(terms)
        if self._problem.update and self._problem.update.reduce == "sum":
            return summed
        return Quotient(summed, number(len(batch)))

    def _updated(self, cell: Cell) -> Node:
        update = self._problem.update
        if update is None:  # a parameter moves only where there is an update: such a cell is refused by its name
            return Name(cell.name)
        before = cell.iteration - 1
        gradient = Cell("total", self._problem.objective, cell.name, iteration=before)

        def state(name: str, is_before: bool) -> Node:  # noqa: FBT001 - the protocol of UpdateFormulas
            iteration = before if is_before else cell.iteration
            return Name(self._id(Cell("state", cell.name, state=name, iteration=iteration)))

        formulas = UpdateFormulas(
            update.rule.name,
            old=Name(self._id(Cell("parameter", cell.name, iteration=before))),
            gradient=Name(self._id(gradient)) if self._paths.count(cell.name) else number(0),
            state=state,
            time=update.updates_before + cell.iteration,
        )
        return formulas.parameter() if cell.kind == "parameter" else formulas.state(cell.state)
