"""A network: its units with their values, and its weights or their gradients by sign and size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tutor.draw.glyphs import UNICODE, spelled
from tutor.draw.number import short_number
from tutor.draw.plot.canvas import Canvas
from tutor.draw.plot.header import Entry, header
from tutor.draw.plot.network_table import Block, draw_blocks
from tutor.draw.plot.wires import Wire, draw_wires
from tutor.draw.width import cut, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.room import Room
    from tutor.draw.text import Line

Shown = Literal["weights", "gradients"]

_HEADED = 5
_DIGITS = 3
_WIDEST_UNIT = 7
_LEAST_GAP, _LEAST_ROWS = 10, 3
_GAP_EACH = 2  # columns that each line between two layers needs to be told from the others


@dataclass(frozen=True, slots=True)
class Layer:
    """Units with their names and, as far as known, their activations."""

    names: Sequence[str]
    values: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Layers from the inputs to the outputs, and for each layer but the first what leads to it.

    `weights[k][i][j]` leads from unit j of layer k to unit i of layer k + 1, which also gets `biases[k][i]`. The
    gradients, where they are known, have the same shapes.
    """

    layers: Sequence[Layer]
    weights: Sequence[Sequence[Sequence[float]]]
    biases: Sequence[Sequence[float]]
    weight_gradients: Sequence[Sequence[Sequence[float]]] = ()
    bias_gradients: Sequence[Sequence[float]] = ()

    def numbers(self, shown: Shown) -> tuple[Sequence[Sequence[Sequence[float]]], Sequence[Sequence[float]]]:
        """Return what is shown of the wires, and of the biases."""
        return (self.weights, self.biases) if shown == "weights" else (self.weight_gradients, self.bias_gradients)


def network_picture(
    network: Network, room: Room, *, shown: Shown = "weights", reach: float | None = None
) -> list[Line]:
    """Return the units in columns with their activations, joined by lines for the weights or for their gradients.

    A line is made of + or − by its sign; the larger the number, the denser the line: `reach` is what counts as large,
    by default the largest number there is. Where there is room the numbers stand on the lines. Biases are left out,
    and that is said. Where such a picture would not be clear, there is a table of the numbers instead, biases and all;
    where even these do not fit, a sign stands for each.
    """
    canvas = Canvas(room)
    top = int(room.height >= _HEADED)
    weights, _ = network.numbers(shown)
    reach = reach if reach is not None and reach > 0 else _largest(weights)
    columns = _columns(network, room, room.height - top)
    entries: list[Entry] = []
    if columns is None:
        title, note = f"{shown} by target", draw_blocks(canvas, _blocks(network, shown), top, reach)
    else:
        title, note = shown, "without biases"
        entries = [Entry("+++", "large", "very-positive"), Entry("- -", "medium", "negative")]
        _draw_graph(canvas, network, weights, (top, reach), columns)
    if top:
        canvas.line(0, 0, header(title, entries, note if len(weights) else f"no {shown} known", room))
    return canvas.lines()


def _draw_graph(
    canvas: Canvas,
    network: Network,
    weights: Sequence[Sequence[Sequence[float]]],
    look: tuple[int, float],
    columns: Sequence[tuple[int, int]],
) -> None:
    """Draw units and lines; `look` is the first row and what counts as large."""
    top, reach = look
    units = [_rows(len(layer.names), canvas.height - top, top) for layer in network.layers]
    for layer, rows, (column, _) in zip(network.layers, units, columns, strict=True):
        _draw_units(canvas, layer, rows, column)
    sides = pairwise(zip(units, columns, strict=True))
    for ((sources, (start, width)), (targets, (end, _))), matrix in zip(sides, weights, strict=False):
        wires = [
            Wire((sources[source], start + width), (targets[target], end - 1), value)
            for target, row in enumerate(matrix[: len(targets)])
            for source, value in enumerate(row[: len(sources)])
        ]
        draw_wires(canvas, wires, reach)


def _largest(weights: Sequence[Sequence[Sequence[float]]]) -> float:
    sizes = (abs(value) for matrix in weights for row in matrix for value in row if math.isfinite(value))
    return max(sizes, default=0) or 1


def _columns(network: Network, room: Room, rows: int) -> list[tuple[int, int]] | None:
    """Return the column and the width of each layer, None where no clear picture fits."""
    counts = [len(layer.names) for layer in network.layers]
    if len(counts) <= 1 or not all(counts) or max(counts) * _LEAST_ROWS - 1 > rows:
        return None
    widths = [min(_WIDEST_UNIT, max(map(display_width, _labels(layer, room.glyphs)))) for layer in network.layers]
    gaps = len(widths) - 1
    left = room.width - sum(widths) - 2 * gaps
    wires = max(one * other for one, other in pairwise(counts))
    if left < max(_LEAST_GAP, _GAP_EACH * wires) * gaps:
        return None
    starts = [sum(widths[:place]) + place * 2 + left * place // gaps for place in range(len(widths))]
    return list(zip(starts, widths, strict=True))


def _labels(layer: Layer, glyphs: Glyphs) -> list[str]:
    values = [short_number(value, glyphs, _DIGITS) for value in layer.values]
    return [*(spelled(name, glyphs) for name in layer.names), *values]


def _rows(count: int, rows: int, top: int) -> list[int]:
    """Return the row of each unit's name, evenly spread."""
    return [top + (2 * place + 1) * rows // (2 * count) - (rows > 2 * count) for place in range(count)]


def _draw_units(canvas: Canvas, layer: Layer, rows: Sequence[int], column: int) -> None:
    glyphs = canvas.room.glyphs
    for place, (row, name) in enumerate(zip(rows, layer.names, strict=True)):
        canvas.text(row, column, cut(spelled(name, glyphs), _WIDEST_UNIT, ""), "strong")
        if place < len(layer.values):
            number = short_number(layer.values[place], glyphs, _DIGITS)
            canvas.text(row + 1, column, cut(number, _WIDEST_UNIT, glyphs.ellipsis))


def _blocks(network: Network, shown: Shown) -> list[Block]:
    weights, biases = network.numbers(shown)
    return [
        Block(before.names, after.names, after.values, matrix, offset)
        for (before, after), matrix, offset in zip(pairwise(network.layers), weights, biases, strict=False)
    ]


def network_reading(network: Network, glyphs: Glyphs = UNICODE, *, shown: Shown = "weights") -> str:
    """Return in one sentence how large the network is, and which of its weights (or gradients) is largest in size."""
    sizes = "-".join(str(len(layer.names)) for layer in network.layers)
    weights, biases = network.numbers(shown)
    count = sum(len(row) for matrix in weights for row in matrix) + sum(map(len, biases))
    wires = [
        (value, before.names[source], after.names[target])
        for (before, after), matrix in zip(pairwise(network.layers), weights, strict=False)
        for target, row in enumerate(matrix)
        for source, value in enumerate(row)
    ]
    what = "parameters" if shown == "weights" else "gradients"
    known = [wire for wire in wires if not math.isnan(wire[0])]
    if not known:
        return f"A {sizes} network with {count} {what}, none of them a number."
    value, source, target = max(known, key=lambda wire: abs(wire[0]))
    odd = f"; {len(wires) - len(known)} are no numbers" if len(known) < len(wires) else ""
    said = f"the largest {shown[:-1]} in size, {short_number(value, glyphs)}, leads from {source} to {target}{odd}"
    return spelled(f"A {sizes} network with {count} {what}; {said}.", glyphs)
