"""A small graph as a picture, from left to right, or as a list where no clear picture fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.width import cut, display_width, printable, wrap
from tutor.draw.wiring.channel import Channel, route
from tutor.draw.wiring.layers import Edge, Layered, layered, topological
from tutor.draw.wiring.order import ordered
from tutor.draw.wiring.picture import Painter, geometry
from tutor.draw.wiring.rows import MANNERS, RowPlanner, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tutor.draw.glyphs import Glyphs

_SPARE_ROWS = 4
_MOST_SLOTS = 48  # a picture with more nodes and passing wires is no small graph any more
_MOST_CROSSINGS = 6  # a picture with more is harder to read than the list
_HANGING = 2
_LOOSE, _TIGHT = 2, 1


def draw_graph(nodes: Sequence[str], edges: Sequence[Edge], width: int, height: int, glyphs: Glyphs) -> list[str]:
    """Return a picture of a directed graph without circles, in at most `width` columns and `height` lines.

    The lines of the picture connect exactly the nodes of each edge (from, to): they are followed from left to right,
    up and down where they join, never back. A line that another one interrupts, `─│─`, passes behind it. Where such a
    picture does not fit, each node is listed with what it is made of: `h1 ← x1, w1, x2`.

    Raises ValueError when the edges go round in a circle or name a node that does not exist.
    """
    edges = list(dict.fromkeys(edges))
    order = topological(list(dict.fromkeys(nodes)), edges)
    if not order or width < 1 or height < 1:
        return []
    names = {node: glyphs.spell(printable(node)) for node in order}
    if len(order) <= _MOST_SLOTS:
        picture = _picture(layered(order, edges), names, width, height, glyphs)
        if picture is not None:
            return picture
    return _listed(_entries(order, edges, names, glyphs.arrow_left), width, height, glyphs)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Rows for all slots of a graph, with channels that connect them."""

    graph: Layered
    rows: Rows
    channels: tuple[Channel, ...]

    @property
    def crossings(self) -> int:
        return sum(channel.crossings for channel in self.channels)

    @property
    def cost(self) -> tuple[int, int]:
        """How hard the drawing is to read."""
        trunks = [bottom for channel in self.channels for _, bottom in channel.spans]
        return 3 * self.crossings + max([*self.rows.values(), *trunks]), sum(channel.width for channel in self.channels)


def _picture(graph: Layered, names: Mapping[str, str], width: int, height: int, glyphs: Glyphs) -> list[str] | None:
    """Return the best picture that fits, None where none does."""
    sizes = [len(layer) for layer in graph.layers]
    tallest = max(sizes)
    if tallest > height or sum(sizes) > _MOST_SLOTS:
        return None
    if sum(_layer_widths(graph, names)) + 4 * (len(graph.layers) - 1) > width:
        return None
    steps = (_LOOSE,) if glyphs.plain else (_LOOSE, _TIGHT)  # in ASCII a + joins whatever stands beside it
    fitting: list[tuple[_Drawing, int]] = []
    for drawing in _drawings(graph, range(tallest, min(height, tallest + _SPARE_ROWS) + 1), int(glyphs.plain)):
        fits = [step for step in steps if geometry(names, graph, drawing.channels, step).width <= width]
        fitting += [(drawing, step) for step in fits[:1]]
        if fits[:1] == [_LOOSE] and not drawing.crossings:
            break
    if not fitting:
        return None
    best, step = min(fitting, key=lambda choice: (-choice[1], choice[0].cost))
    return _painted(best, names, Painter(geometry(names, graph, best.channels, step), height, glyphs))


def _layer_widths(graph: Layered, names: Mapping[str, str]) -> list[int]:
    return [max(display_width(names[slot.node]) for slot in layer if not graph.passes(slot)) for layer in graph.layers]


def _drawings(graph: Layered, heights: range, clearance: int) -> Iterator[_Drawing]:
    """Yield drawings of growing height, the straightest of each height first."""
    planner = RowPlanner(graph, ordered(graph))
    seen: list[Rows] = []
    for height in heights:
        for manner in MANNERS:
            rows = planner.rows(height, manner)
            drawing = None if rows in seen else _drawing(graph, rows, height, clearance)
            seen.append(rows)
            if drawing is not None and drawing.crossings <= _MOST_CROSSINGS:
                yield drawing


def _drawing(graph: Layered, rows: Rows, height: int, clearance: int) -> _Drawing | None:
    """Return the drawing with these rows, None where a channel has no room."""
    channels: list[Channel] = []
    for gap in graph.gaps:
        channel = route([(rows[left], rows[right]) for left, right in gap], height, clearance)
        if channel is None:
            return None
        channels.append(channel)
    return _Drawing(graph, rows, tuple(channels))


def _painted(drawing: _Drawing, names: Mapping[str, str], painter: Painter) -> list[str]:
    painter.names(names, drawing.graph, drawing.rows)
    for layer, channel in enumerate(drawing.channels):
        painter.channel(layer, channel)
    lines = painter.lines()
    while not lines[-1]:
        lines.pop()
    return lines


def _entries(order: Sequence[str], edges: Sequence[Edge], names: Mapping[str, str], arrow: str) -> list[str]:
    """Return each node that is made of others with what it is made of, and each that stands alone."""
    inputs: dict[str, list[str]] = {node: [] for node in order}
    for source, target in edges:
        inputs[target].append(names[source])
    used = {source for source, _ in edges}
    return [
        f"{names[node]} {arrow} {', '.join(inputs[node])}" if inputs[node] else names[node]
        for node in order
        if inputs[node] or node not in used
    ]


def _listed(entries: Sequence[str], width: int, height: int, glyphs: Glyphs) -> list[str]:
    """Return the entries wrapped, and at the end how many there was no room for."""
    lines: list[str] = []
    for done, entry in enumerate(entries):
        first, *rest = wrap(entry, max(1, width - _HANGING))
        wrapped = [first, *(" " * min(_HANGING, width - 1) + line for line in rest)]
        last = done == len(entries) - 1
        if len(lines) + len(wrapped) > height - (not last):
            more = f"{glyphs.ellipsis} and {len(entries) - done} more"
            return [*lines, cut(more, width, glyphs.ellipsis)]
        lines += wrapped
    return lines
