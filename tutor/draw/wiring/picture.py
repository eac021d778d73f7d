"""Layers, rows and channels painted with characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.width import display_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.draw.glyphs import Glyphs
    from tutor.draw.wiring.channel import Channel
    from tutor.draw.wiring.layers import Layered
    from tutor.draw.wiring.rows import Rows

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_MARGIN = 2  # a space beside the name, then at least one column of line
_STRAIGHT = 4  # the width of a channel in which nothing bends: two columns of line between the spaces


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the layers begin and how wide they are; `step` is the distance of neighbouring trunk columns."""

    starts: tuple[int, ...]
    widths: tuple[int, ...]
    step: int
    width: int


def geometry(names: Mapping[str, str], graph: Layered, channels: Sequence[Channel], step: int) -> Geometry:
    """Return the columns of a picture with these channels; `names` says how each node is written."""
    widths = [
        max((display_width(names[slot.node]) for slot in layer if not graph.passes(slot)), default=0)
        for layer in graph.layers
    ]
    starts = [0]
    for width, channel in zip(widths, channels, strict=False):
        starts.append(starts[-1] + width + _channel_width(channel, step))
    return Geometry(tuple(starts), tuple(widths), step, starts[-1] + widths[-1])


def _channel_width(channel: Channel, step: int) -> int:
    return 2 * _MARGIN + (channel.width - 1) * step + 1 if channel.width else _STRAIGHT


class Painter:
    """Paints one picture."""

    def __init__(self, place: Geometry, height: int, glyphs: Glyphs) -> None:
        self._place = place
        self._glyphs = glyphs
        self._signs = _signs(glyphs)
        self._cells = [[" "] * place.width for _ in range(height)]

    def lines(self) -> list[str]:
        """Return what has been painted."""
        return ["".join(row).rstrip() for row in self._cells]

    def names(self, names: Mapping[str, str], graph: Layered, rows: Rows) -> None:
        """Paint the names, the lines from shorter ones to the edge of their layer, and the wires that pass through."""
        for layer, slots in enumerate(graph.layers):
            start, width = self._place.starts[layer], self._place.widths[layer]
            wired = {left for left, _ in graph.gaps[layer]} if layer < len(graph.gaps) else set()
            for slot in slots:
                if graph.passes(slot):
                    self._line(rows[slot], start - 1, start + width + 1)
                    continue
                name = names[slot.node]
                self._write(rows[slot], start, name)
                if slot in wired:
                    self._line(rows[slot], start + display_width(name) + 1, start + width + 1)

    def channel(self, layer: int, channel: Channel) -> None:
        """Paint the wires between a layer and the next one: first the horizontal ones, then the trunks over them."""
        left = self._place.starts[layer] + self._place.widths[layer]
        right = self._place.starts[layer + 1]
        columns = [left + _MARGIN + column * self._place.step for column in channel.columns]
        for piece in channel.pieces:
            start = left + 1 if piece.start is None else columns[piece.start]
            end = right - 1 if piece.end is None else columns[piece.end]
            self._line(piece.row, start, end)
        for trunk, (column, (top, bottom)) in enumerate(zip(columns, channel.spans, strict=True)):
            inward = {piece.row for piece in channel.pieces if piece.end == trunk}
            outward = {piece.row for piece in channel.pieces if piece.start == trunk}
            for row in range(top, bottom + 1):
                arms = _UP * (row > top) | _DOWN * (row < bottom) | _LEFT * (row in inward) | _RIGHT * (row in outward)
                self._cells[row][column] = self._signs[arms]

    def _line(self, row: int, start: int, end: int) -> None:
        for column in range(start, end):
            self._cells[row][column] = self._glyphs.horizontal

    def _write(self, row: int, column: int, name: str) -> None:
        """Write a name; the second column of a wide character and the place of a mark stay empty."""
        width = display_width(name)
        if width:
            self._cells[row][column : column + width] = [name, *[""] * (width - 1)]


def _signs(glyphs: Glyphs) -> Mapping[int, str]:
    """Return the character for each set of arms."""
    return {
        _UP | _DOWN: glyphs.vertical,
        _DOWN | _RIGHT: glyphs.down_right,
        _DOWN | _LEFT: glyphs.down_left,
        _UP | _RIGHT: glyphs.up_right,
        _UP | _LEFT: glyphs.up_left,
        _UP | _DOWN | _RIGHT: glyphs.vertical_right,
        _UP | _DOWN | _LEFT: glyphs.vertical_left,
        _DOWN | _LEFT | _RIGHT: glyphs.down_horizontal,
        _UP | _LEFT | _RIGHT: glyphs.up_horizontal,
        _UP | _DOWN | _LEFT | _RIGHT: glyphs.cross,
    }
