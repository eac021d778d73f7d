"""Cells: one name for every number that a learner can be asked for, `quantity[example]@iteration`."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.spelling import canonical, compose, is_name_letter, is_name_part

if TYPE_CHECKING:
    from tutor.mathematics.problem import Problem

CellKind = Literal["forward", "direct", "total", "parameter", "state"]


class CellError(Exception):
    """A text that names no cell of the problem; tells why and what exists."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell is: `name` is a step, a parameter or (for a total derivative) the objective.

    `by` is what a derivative is taken by; `state` the optimizer's quantity, such as `v`; `example` counts from 1 and
    is 0 for the whole batch or where there are no examples; `iteration` counts from 0.
    """

    kind: CellKind
    name: str
    by: str = ""
    state: str = ""
    example: int = 0
    iteration: int = 0

    @property
    def id(self) -> str:
        """The cell's name in the contract's spelling."""
        match self.kind:
            case "direct":
                quantity = f"d{self.name}/d{self.by}:direct"
            case "total":
                quantity = f"d{self.name}/d{self.by}"
            case "state":
                quantity = f"{self.state}_{self.name}"
            case _:
                quantity = self.name
        return quantity + place_text(self.example, self.iteration)


def place_text(example: int, iteration: int) -> str:
    """Return `[example]@iteration`, leaving out what is 0."""
    return (f"[{example}]" if example else "") + (f"@{iteration}" if iteration else "")


_PLACE = re.compile(r"(?:\[\s*(\d{1,9})\s*\])?(?:\s?@\s?(\d{1,9}))?")
_DERIVATIVE_SIGNS = "∂d"


class CellNames:
    """Reads the names of one problem's cells, in any spelling."""

    def __init__(self, problem: Problem) -> None:
        """Remember which quantities the problem has."""
        self._problem = problem

    @cached_property
    def _quantities(self) -> dict[str, str]:
        """Every name that a cell can be of, by its canonical spelling."""
        problem = self._problem
        states = problem.update.rule.state if problem.update else ()
        found = [*problem.names, *(f"{state}_{name}" for name in problem.parameters for state in states)]
        return {canonical(name): name for name in found}

    @cached_property
    def state_names(self) -> dict[str, tuple[str, str]]:
        """The state cells' names: `v_w1` to (`v`, `w1`)."""
        states = self._problem.update.rule.state if self._problem.update else ()
        return {f"{state}_{name}": (state, name) for name in self._problem.parameters for state in states}

    @property
    def quantities(self) -> tuple[str, ...]:
        """Every name that stands for a value of its own: what the file declares, and states."""
        return tuple(self._quantities.values())

    # -- a whole text

    def parse(self, text: str) -> Cell:
        """Return the cell that the text names. Raises CellError, with what exists, where it names none."""
        text = compose(text).strip()
        try:
            found = self._derivative(text, 0) or self._value(text, 0)
        except ReadingError as error:
            raise CellError(error.message) from error
        if found is None or found[1] != len(text):
            raise CellError(self._no_cell(text))
        return self.checked(found[0])

    def _no_cell(self, text: str) -> str:
        known = self.examples_of_cells()
        close = difflib.get_close_matches(text[:60], known, n=1, cutoff=0.5)
        shown = text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - what fits a sentence
        hint = f" Did you mean {close[0]}?" if close else ""
        return f"“{shown}” is not a cell of this problem.{hint} Cells are, for example, {', '.join(known[:6])}."

    def examples_of_cells(self) -> list[str]:
        """Return cells of the first iteration, as they are told to somebody who named one that does not exist."""
        problem = self._problem
        place = "[1]" if problem.examples else ""
        cells = [f"{step}{place}" for step in problem.steps]
        cells += [f"d{problem.objective}/d{name}{place}" for name in (*problem.parameters, *problem.steps)]
        return cells + ([f"{name}@1" for name in problem.parameters] if problem.update else [])

    # -- inside a formula

    def cell_at(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the id of the cell named at the position and where its name ends, None where none is.

        A plain name without an example or iteration is left to the reader of names.
        Raises ReadingError where ∂ begins no derivative, and where the example or iteration does not exist.
        """
        character = text[position]
        found = self._derivative(text, position) if character in _DERIVATIVE_SIGNS else None
        if found is None and character == "∂":
            example = f"∂{self._problem.objective}/∂{next(iter((*self._problem.parameters, *self._problem.steps)))}"
            raise ReadingError(
                f"∂ stands only in the name of a derivative of this problem, such as {example}.", position
            )
        if found is None and is_name_letter(character) and not self._is_inside_word(text, position):
            found = self._value(text, position, needs_place=True)
        if found is None:
            return None
        cell, end = found
        try:
            identity = cell.id if self._is_given(cell) else self.checked(cell).id
        except CellError as error:
            raise ReadingError(str(error), position) from error
        # `w1@0` is not what `w1` alone is read as where a later iteration is asked about
        explicit = not cell.iteration and "@" in text[position:end]
        return identity + ("@0" if explicit else ""), end

    def _is_given(self, cell: Cell) -> bool:
        """Whether this names a given value: that of an example, or one without a place."""
        count = self._problem.example_count if cell.name in self._problem.examples else 0
        return cell.kind == "parameter" and not cell.iteration and 1 <= cell.example <= count

    @staticmethod
    def _is_inside_word(text: str, position: int) -> bool:
        return position > 0 and is_name_part(text[position - 1])

    def _name_at(self, text: str, position: int, stops: str = "") -> tuple[str, int] | None:
        """Return the longest known name at the position; where `stops` are given, one of them must follow it."""
        end = position
        while end < len(text) and (is_name_part(text[end]) and (end > position or is_name_letter(text[end]))):
            end += 1
        for stop in range(end, position, -1):
            name = self._quantities.get(canonical(text[position:stop]))
            if (
                name is not None
                and (not stops or text[stop : stop + 1] in stops)
                and not (stop < len(text) and text[stop].isdigit() and text[stop - 1].isdigit())
            ):
                return name, stop
        return None

    def _derivative(self, text: str, position: int) -> tuple[Cell, int] | None:
        """Read `dE/dw1`, `∂E/∂w1:direct[2]@3`."""
        if text[position : position + 1] not in tuple(_DERIVATIVE_SIGNS):
            return None
        above = self._name_at(text, position + 1, "/ ")
        if above is None:
            return None
        name, at = above
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] != "/":
            return None
        at += 1
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] not in tuple(_DERIVATIVE_SIGNS):
            return None
        below = self._name_at(text, at + 1)
        if below is None:
            return None
        by, at = below
        direct = text.startswith(":direct", at)
        if direct:
            at += len(":direct")
        example, iteration, at = self._place(text, at)
        kind: CellKind = "direct" if direct or name != self._problem.objective else "total"
        if kind == "direct" and not direct and self._has_longer_path(name, by):
            message = f"∂{name}/∂{by} has more than one path here. Write ∂{name}/∂{by}:direct for the local derivative."
            raise ReadingError(message, position)
        return Cell(kind, name, by, "", example, iteration), at

    def _has_longer_path(self, name: str, by: str) -> bool:
        step = self._problem.steps.get(name)
        return step is not None and any(
            used in self._problem.steps and depends(self._problem, used, by) for used in step.uses
        )

    def _value(self, text: str, position: int, *, needs_place: bool = False) -> tuple[Cell, int] | None:
        """Read `h1[2]@3`, `w1@1`, `v_w1@2`."""
        found = self._name_at(text, position, "[@" if needs_place else "")
        if found is None:
            return None
        name, at = found
        if needs_place and not _PLACE.match(text, at).group():  # type: ignore[union-attr]  # matches always
            return None
        example, iteration, end = self._place(text, at)
        if name in self._problem.steps:
            return Cell("forward", name, "", "", example, iteration), end
        if name in self.state_names:
            state, parameter = self.state_names[name]
            return Cell("state", parameter, "", state, example, iteration), end
        return Cell("parameter", name, "", "", example, iteration), end

    @staticmethod
    def _place(text: str, at: int) -> tuple[int, int, int]:
        match = _PLACE.match(text, at)
        if match is None:
            return 0, 0, at
        return int(match[1] or 0), int(match[2] or 0), match.end()

    # -- what exists

    def checked(self, cell: Cell) -> Cell:
        """Return the cell if the problem has it. Raises CellError, saying what exists, where it does not."""
        problem = self._problem
        if cell.kind in {"parameter", "state"}:
            self._check_moved(cell)
            return cell
        if cell.iteration >= problem.iterations:
            last = problem.iterations - 1
            raise CellError(f"{cell.id}: the iterations of this problem are counted from 0 to {last}.")
        if cell.kind == "direct":
            self._check_direct(cell)
        elif cell.kind == "total" and cell.by not in (*problem.parameters, *problem.steps):
            raise CellError(f"{cell.id}: {cell.by} is given data; derivatives are taken by steps and parameters.")
        elif cell.kind == "total" and not depends(problem, problem.objective, cell.by):
            raise CellError(f"{cell.id}: {problem.objective} does not depend on {cell.by}.")
        self._check_example(cell)
        return cell

    def _check_moved(self, cell: Cell) -> None:
        problem = self._problem
        if cell.example and cell.name not in problem.examples:
            raise CellError(f"{cell.id}: {cell.name} is the same for every example. Leave out [{cell.example}].")
        if cell.name not in problem.parameters and cell.kind == "parameter":
            raise CellError(f"{cell.id}: {cell.name} is given, not asked for.")
        last = problem.update.steps if problem.update else 0
        if cell.iteration > last:
            raise CellError(f"{cell.id}: there are {last} updates in this problem.")

    def _check_direct(self, cell: Cell) -> None:
        step = self._problem.steps.get(cell.name)
        if step is None:
            raise CellError(f"{cell.id}: {cell.name} is not a step.")
        if cell.by not in step.uses or cell.by not in (*self._problem.parameters, *self._problem.steps):
            raise CellError(f"{cell.id}: {cell.name} = {step.text} has no local derivative by {cell.by}.")

    def _check_example(self, cell: Cell) -> None:
        problem = self._problem
        if not problem.examples:
            if cell.example:
                raise CellError(f"{cell.id}: this problem has no examples. Leave out [{cell.example}].")
            return
        if not cell.example:
            whole = (cell.kind == "total" and cell.by in problem.parameters) or (
                cell.kind == "forward" and cell.name == problem.objective
            )
            if not whole:
                raise CellError(f"{cell.id}: say which example, such as {cell.id.partition('@')[0]}[1].")
            return
        batch = problem.batch(cell.iteration)
        if cell.example not in batch:
            shown = ", ".join(map(str, batch[:8])) + (", …" if len(batch) > 8 else "")  # noqa: PLR2004 - a sentence
            raise CellError(f"{cell.id}: iteration {cell.iteration} uses the examples {shown}.")


def depends(problem: Problem, step: str, name: str) -> bool:
    """Whether a step depends on a name, by whatever path; a step does not depend on itself."""
    reached = {step}
    for current in reversed(list(problem.steps)):
        if current in reached:
            uses = problem.steps[current].uses
            if name in uses:
                return True
            reached.update(uses)
    return False
