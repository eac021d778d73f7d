"""The steps of a descent on a picture, each with its number."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.axes import Plot
    from tutor.draw.glyphs import Glyphs
    from tutor.draw.plot.canvas import Canvas

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trail:
    """The points (across, up) that a descent visited, in order; the first one has the number `first`."""

    points: Sequence[tuple[float, float]]
    first: int = 0


@dataclass(slots=True)
class Unseen:
    """The numbers of the steps that could not be written: behind others, or outside of the picture."""

    hidden: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)

    def note(self, glyphs: Glyphs) -> str:
        """Return what could not be written, in a few words; nothing where everything was."""
        said = [
            f"{_steps(numbers)} {how}"
            for numbers, how in ((self.hidden, "hidden"), (self.outside, "outside"))
            if numbers
        ]
        return glyphs.spell(", ".join(said))


def _steps(numbers: Sequence[int]) -> str:
    """Return the numbers as one step, as a range, or where there are gaps how many they are.

    >>> _steps([4]), _steps([4, 5, 6]), _steps([4, 6])
    ('step 4', 'steps 4–6', '2 steps')
    """
    if len(numbers) == 1:
        return f"step {numbers[0]}"
    if all(after - before == 1 for before, after in pairwise(numbers)):
        return f"steps {numbers[0]}–{numbers[-1]}"
    return f"{len(numbers)} steps"


def draw_trail(canvas: Canvas, plot: Plot, trail: Trail, *, clearing: bool = False) -> Unseen:
    """Draw each point with the number of its step, the last one first of all, then from the start.

    A point whose number would touch another one is a dot. `clearing` leaves a blank on both sides of each number.
    """
    glyphs = canvas.room.glyphs
    cells = [plot.cell(x, y) for x, y in trail.points]
    for cell in filter(None, cells):
        canvas.sign(*cell, "o" if glyphs.plain else "•", "path")
    unseen = Unseen(outside=[trail.first + place for place, cell in enumerate(cells) if cell is None])
    taken: set[Cell] = set()
    last = len(cells) - 1
    for place in [last, *range(last)] if cells else []:
        cell = cells[place]
        if cell is None:
            continue
        number = str(trail.first + place)
        start = _start(cell, len(number), plot)
        columns = range(start - 1, start + len(number) + 1)
        if start < plot.left or any((cell[0], column) in taken for column in columns):
            unseen.hidden.append(trail.first + place)
            continue
        taken.update((cell[0], column) for column in columns[1:-1])
        if clearing:
            _clear(canvas, plot, cell[0], columns)
        canvas.text(cell[0], start, number, "now" if place == last else "path")
    unseen.hidden.sort()
    return unseen


def _start(cell: Cell, size: int, plot: Plot) -> int:
    """Return where a number starts: at its point, or so that it ends there where the plot ends."""
    return cell[1] if cell[1] + size <= plot.right else cell[1] + 1 - size


def _clear(canvas: Canvas, plot: Plot, row: int, columns: range) -> None:
    for column in (columns[0], columns[-1]):
        if plot.left <= column < plot.right:
            canvas.sign(row, column, " ")
