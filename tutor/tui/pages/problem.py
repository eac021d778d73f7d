"""The problem beside its cells: formulas, values, and its graph where there is room."""

from typing import TYPE_CHECKING

from tutor.draw.glyphs import Glyphs
from tutor.draw.graph import draw_graph
from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line
from tutor.draw.width import display_width

if TYPE_CHECKING:
    from tutor.mathematics.worksheet import Worksheet

_ROOM_FOR_GRAPH = 3
"""Rows below which no graph is drawn."""
_LEAST_SHARE, _MOST_SHARE = 0.375, 0.45
"""The part of a screen's columns that the problem takes."""
_SCREEN_NEEDS = 64
"""Columns of a screen from which on the problem stands beside the cells."""


class ProblemView:
    """Draws a problem; it keeps its last picture, for laying out a graph takes a moment."""

    def __init__(self, worksheet: "Worksheet", glyphs: Glyphs) -> None:
        self._formulas = [glyphs.spell(formula) for formula in worksheet.formulas()]
        self._values = glyphs.spell("  ".join(worksheet.values()))
        self._graph = worksheet.graph()
        self._glyphs = glyphs
        self._drawn: tuple[tuple[int, int], list[Line]] = ((0, 0), [])

    def width(self, screen_width: int) -> int:
        """Return how many columns of a screen the problem takes beside the cells: none on a narrow screen."""
        if screen_width < _SCREEN_NEEDS:
            return 0
        longest = max(map(display_width, self._formulas), default=0)
        return max(int(screen_width * _LEAST_SHARE), min(longest + 3, int(screen_width * _MOST_SHARE)))

    def draw(self, width: int, height: int, whole_key: str) -> list[Line]:
        """Return the problem in so many columns; beyond height it is cut, the graph first.

        whole_key is the key that shows the whole problem.
        """
        if self._drawn[0] != (width, height):
            lines = self._text(width)
            lines += self._picture(width, height - len(lines))
            if len(lines) > height:
                lines[height - 1 :] = [text_line(f" {self._glyphs.ellipsis} {whole_key}: the whole problem", "dim")]
            self._drawn = ((width, height), lines)
        return self._drawn[1]

    def draw_all(self, width: int) -> list[Line]:
        """Return the whole problem in so many columns."""
        return [*self._text(width), *self._picture(width, 1000)]

    def _text(self, width: int) -> list[Line]:
        lines = [line for formula in self._formulas for line in wrapped(formula, width - 1, indented=1)]
        return [*lines, (), *wrapped(self._values, width - 1, indented=1)]

    def _picture(self, width: int, height: int) -> list[Line]:
        if height <= _ROOM_FOR_GRAPH:
            return []
        nodes, edges = self._graph
        drawn = draw_graph(nodes, edges, width - 1, height - 1, self._glyphs)
        return [(), *(text_line(f" {row}") for row in drawn)]
