"""Which cells of a problem a worksheet asks for: each is blank, given, or left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, Self

from tutor.mathematics.worksheet import new_worksheet

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation

Mark = Literal["blank", "given", "out"]
Group = Literal["forward", "local", "backward", "update"]

MOST_CELLS: Final = 500
"""So many cells can be chosen from: the first ones, in the order of work."""
_GROUPS: Final[dict[str, Group]] = {
    "forward": "forward", "direct": "local", "total": "backward", "parameter": "update", "state": "update",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell that can be chosen, and what the worksheet calls it and its part of the work."""

    cell: str
    label: str
    phase: str
    group: Group


@dataclass(frozen=True, slots=True)
class CellChoice:
    """The cells of a problem with a mark for each."""

    rows: tuple[CellRow, ...]
    marks: tuple[Mark, ...]
    is_cut: bool = False
    """Whether the problem has more cells than can be chosen from."""

    @property
    def blank(self) -> tuple[str, ...]:
        """The cells that the learner fills in."""
        return self._marked("blank")

    @property
    def given(self) -> tuple[str, ...]:
        """The cells that are filled in already."""
        return self._marked("given")

    @property
    def listed(self) -> tuple[str, ...]:
        """The cells of the worksheet, in the order of work."""
        return tuple(row.cell for row, mark in zip(self.rows, self.marks, strict=True) if mark != "out")

    def toggle(self, place: int) -> Self:
        """Return the choice with a blank cell given, and any other one blank."""
        return self._with(place, "given" if self.marks[place] == "blank" else "blank")

    def leave_out(self, place: int) -> Self:
        """Return the choice without a cell of the worksheet, or with one that was left out, blank."""
        return self._with(place, "blank" if self.marks[place] == "out" else "out")

    def only(self, *groups: Group) -> Self:
        """Return the choice with the cells of these groups blank, and the others given; what is left out stays so."""
        marks: list[Mark] = [
            "out" if mark == "out" else "blank" if row.group in groups else "given"
            for row, mark in zip(self.rows, self.marks, strict=True)
        ]
        return replace(self, marks=tuple(marks))

    def all_blank(self) -> Self:
        """Return the choice with every cell of the worksheet blank."""
        return self.only("forward", "local", "backward", "update")

    def _marked(self, wanted: Mark) -> tuple[str, ...]:
        return tuple(row.cell for row, mark in zip(self.rows, self.marks, strict=True) if mark == wanted)

    def _with(self, place: int, mark: Mark) -> Self:
        return replace(self, marks=(*self.marks[:place], mark, *self.marks[place + 1 :]))


def usual_choice(derivation: Derivation) -> CellChoice:
    """Return the choice to begin with: local derivatives are left out, all else is blank.

    This may take a second. Raises ProblemError where a value is not finite.
    """
    cells = list(islice(derivation.cells(), MOST_CELLS + 1))
    is_cut = len(cells) > MOST_CELLS
    entries = new_worksheet(derivation, [cell.id for cell in cells[:MOST_CELLS]]).entries
    rows = tuple(
        CellRow(entry.cell, entry.label, entry.phase, _GROUPS[cell.kind])
        for entry, cell in zip(entries, cells, strict=False)
    )
    return CellChoice(rows, tuple("out" if row.group == "local" else "blank" for row in rows), is_cut)
