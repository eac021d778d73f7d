"""Rows of styled text, drawn by a function; after a change only the cells that differ are sent."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.draw.text import Line, Role, Span, cut_line, line_width, plain
from tutor.terminal import Terminal
from tutor.tui.harmless import harmless
from tutor.tui.style.roles import COLOURLESS, STYLES

Draw = Callable[[int, int], Sequence[Line]]
"""Draws the rows for a width and a height."""

_WORTH_SKIPPING = 10
"""Columns that cost more to send than to jump over."""


class Rows(Widget):
    """A part of the screen that shows the lines which a function draws for its size."""

    def __init__(self, draw: Draw, terminal: Terminal, name: str) -> None:
        super().__init__(id=name)
        self._draw = draw
        self._terminal = terminal
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are shown."""
        return self._lines

    def redraw(self) -> None:
        """Draw again, and send what changed."""
        width, height = self.size
        if not width or not height:
            return
        glyphs = self._terminal.glyphs
        drawn = [
            tuple(Span(harmless(span.text, plain=glyphs.plain), span.role) for span in line)
            for line in self._draw(width, height)[:height]
        ]
        lines = tuple(cut_line(line, width, glyphs) for line in drawn)
        changed = [
            Region(start, row, end - start, 1)
            for row, (old, new) in enumerate(zip_longest(self._lines, lines, fillvalue=()))
            for start, end in changed_columns(old, new)
        ]
        self._lines = lines
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """Return one row, over the whole width."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else ()
        styles = STYLES if self._terminal.colour else COLOURLESS
        segments = [Segment(span.text, styles[span.role]) for span in line]
        segments.append(Segment(" " * (width - line_width(line))))
        return Strip(segments, width)


def changed_columns(old: Line, new: Line) -> tuple[tuple[int, int], ...]:
    """Return the ranges of columns that have to be sent to turn one line into the other.

    Ranges are merged where what lies between them is shorter than what it takes to send them one by one.

    >>> changed_columns((Span("  E   169"),), (Span("> E   169"),))
    ((0, 1),)
    >>> changed_columns((Span("12"),), (Span("12"),))
    ()
    """
    if old == new:
        return ()
    text, before = plain(new), plain(old)
    longest = max(line_width(old), line_width(new))
    if not (text.isascii() and before.isascii()) and longest != max(len(text), len(before)):
        return ((0, longest),)  # columns and characters are not the same
    ranges: list[tuple[int, int]] = []
    for column, (one, other) in enumerate(zip_longest(_cells(old), _cells(new), fillvalue=(" ", "plain"))):
        if one == other:
            continue
        if ranges and column - ranges[-1][1] < _WORTH_SKIPPING:
            ranges[-1] = (ranges[-1][0], column + 1)
        else:
            ranges.append((column, column + 1))
    return tuple(ranges)


def _cells(line: Line) -> list[tuple[str, Role]]:
    return [(character, span.role) for span in line for character in span.text]
