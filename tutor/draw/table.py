"""Tables: aligned columns with a rule under the header and lines between the columns."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from tutor.draw.text import Align, Line, Span, cut_line, join, line_width, pad_line, plain, trim_line, wrap_line
from tutor.draw.width import display_width, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tutor.draw.glyphs import Glyphs

Cell: TypeAlias = "str | Line"


def table(
    rows: Iterable[Sequence[Cell]], header: Sequence[Cell], align: Sequence[Align], width: int, glyphs: Glyphs
) -> list[Line]:
    """Return the table in lines of at most `width` columns.

    Cells are text or styled lines. `header` may be empty, then there is no rule either; its plain text becomes strong.
    `align` says how each column is aligned, columns beyond it are aligned left. Where the table is too wide, the widest
    columns are wrapped; what cannot fit even so is cut.
    """
    head = [_strong(_line(cell, glyphs)) for cell in header]
    body = [[_line(cell, glyphs) for cell in row] for row in rows]
    count = max((len(row) for row in [head, *body]), default=0)
    if not count:
        return []
    aligned: list[Align] = [*align[:count]]
    aligned += ["left"] * (count - len(aligned))
    gap = f" {glyphs.vertical} " if width >= 4 * count - 3 else glyphs.vertical
    widths = _widths([head, *body], count, width - len(gap) * (count - 1))
    lines = [line for row in body for line in _row(row, widths, aligned, gap)]
    if head:
        rule = glyphs.cross.join(glyphs.horizontal * (size + len(gap) // 2 * 2) for size in widths)
        edge = len(gap) // 2
        lines = [*_row(head, widths, aligned, gap), (Span(rule[edge : len(rule) - edge], "dim"),), *lines]
    return [cut_line(line, width, glyphs) for line in lines]


def _line(cell: Cell, glyphs: Glyphs) -> Line:
    spans = (Span(cell),) if isinstance(cell, str) else cell
    return join(Span(glyphs.spell(printable(span.text)), span.role) for span in spans)


def _strong(line: Line) -> Line:
    return join(Span(span.text, "strong" if span.role == "plain" else span.role) for span in line)


def _widths(rows: Iterable[Sequence[Line]], count: int, room: int) -> list[int]:
    """Return the width of each column: as wide as it wants to be, or less where the room is not enough."""
    wanted, least = [1] * count, [1] * count
    for row in rows:
        for column, cell in enumerate(row):
            longest_word = max(map(display_width, plain(cell).split(" ")))
            wanted[column] = max(wanted[column], min(line_width(cell), room))
            least[column] = max(least[column], min(longest_word, room))
    for floor in (least, [1] * count):
        while sum(wanted) > room and any(size > low for size, low in zip(wanted, floor, strict=True)):
            wide = [column for column in range(count) if wanted[column] > floor[column]]
            wanted[max(wide, key=wanted.__getitem__)] -= 1
    return wanted


def _row(cells: Sequence[Line], widths: Sequence[int], align: Sequence[Align], gap: str) -> list[Line]:
    """Return the lines of one row: as many as its tallest cell has."""
    complete = [*cells, *[()] * (len(widths) - len(cells))]
    wrapped = [wrap_line(cell, size) for cell, size in zip(complete, widths, strict=True)]
    lines: list[Line] = []
    for parts in zip_longest(*wrapped, fillvalue=()):
        padded = [pad_line(part, size, side) for part, size, side in zip(parts, widths, align, strict=True)]
        spans = [span for cell in padded for span in (Span(gap, "dim"), *cell)]
        lines.append(trim_line(join(spans[1:])))
    return lines
