"""The lines of a network between two layers, made of the signs of their numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.number import short_number
from tutor.draw.palette import LEVELS, value_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.plot.canvas import Canvas
    from tutor.draw.text import Role

_DIGITS = 3
_DENSITY = (1, 2, 4, 2, 1)  # every how many characters the sign of each level stands
_LABEL_PLACES = (0.5, 0.3, 0.7, 0.15, 0.85)
_MOST_LABELS = 8

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from a cell (row, column) to another one further right, and its number."""

    start: Cell
    end: Cell
    value: float

    @property
    def cells(self) -> list[Cell]:
        """The cells along the line, a blank kept free at both ends."""
        (row, column), (last_row, last_column) = (self.start[0], self.start[1] + 1), (self.end[0], self.end[1] - 1)
        down, across = last_row - row, last_column - column
        count = max(abs(down), abs(across))
        return [
            (row + round(down * place / max(1, count)), column + round(across * place / max(1, count)))
            for place in range(count + 1)
        ]


def draw_wires(canvas: Canvas, wires: Sequence[Wire], reach: float) -> None:
    """Draw the lines, the strong over the weak, and where they all have room, their numbers on them."""
    for wire in sorted(wires, key=lambda wire: abs(wire.value) if not math.isnan(wire.value) else math.inf):
        sign, role, every = _look(wire.value, reach)
        for cell in wire.cells[::every]:
            canvas.sign(*cell, sign, role)
    for cell, text in _labels(canvas, wires):
        canvas.text(*cell, text)


def _look(value: float, reach: float) -> tuple[str, Role, int]:
    """Return the sign of a line, its role, and on every how many of its cells it stands."""
    level = value_level(value / reach)
    if level is None:
        return "?", "wrong", 1
    return "-" if value < 0 else "+" if value > 0 else ".", LEVELS[level][1], _DENSITY[level]


def _labels(canvas: Canvas, wires: Sequence[Wire]) -> list[tuple[Cell, str]]:
    """Return where the number of each line stands, nothing where not all of them find a place."""
    if len(wires) > _MOST_LABELS:
        return []
    labels: list[tuple[Cell, str]] = []
    taken: set[Cell] = set()
    for wire in wires:
        text = f" {short_number(wire.value, canvas.room.glyphs, _DIGITS)} "
        found = next((cell for cell in _places(wire, len(text)) if not _cells(cell, len(text)) & taken), None)
        if found is None:
            return []
        taken |= _cells(found, len(text))
        labels.append((found, text))
    return labels


def _places(wire: Wire, size: int) -> list[Cell]:
    """Return where a label may start: centred on a part of the line, inside of it, a piece of line on both sides."""
    cells = wire.cells
    anchors = [cells[round(part * (len(cells) - 1))] for part in _LABEL_PLACES]
    starts = [(row, column - size // 2) for row, column in anchors]
    left, right = cells[0][1], cells[-1][1]
    return [start for start in starts if start[1] > left and start[1] + size <= right]


def _cells(start: Cell, size: int) -> set[Cell]:
    return {(start[0], start[1] + place) for place in range(size)}
