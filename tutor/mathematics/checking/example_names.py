"""Names of cells as they are meant in an answer about one example."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.mathematics.cells import CellError, CellNames

if TYPE_CHECKING:
    from tutor.mathematics.cells import Cell
    from tutor.mathematics.problem import Problem


class ExampleNames(CellNames):
    """Reads a name without an example as that of one example, where it names no cell of the whole batch."""

    def __init__(self, problem: Problem, example: int) -> None:
        """Remember the problem and the example."""
        super().__init__(problem)
        self._example = example

    def checked(self, cell: Cell) -> Cell:
        """Return the cell if the problem has it, else that of the example. Raises CellError where it has neither."""
        try:
            return super().checked(cell)
        except CellError:
            if cell.example:
                raise
            return super().checked(replace(cell, example=self._example))
