"""Small helpers to put lines together."""

from tutor.draw.glyphs import Glyphs
from tutor.draw.text import Line, Role, Span, cut_line, join, line_width, pad_line, wrap_line


def text_line(text: str, role: Role = "plain") -> Line:
    """Return a text as a line."""
    return (Span(text, role),)


def spread(left: Line, right: Line, width: int, glyphs: Glyphs) -> Line:
    """Return a line with one part at its left edge and one at its right, both a column away from it.

    Where there is no room for both, the end of the left one gives way.
    """
    room = max(0, width - 2 - line_width(right) - bool(right))
    left = pad_line(cut_line(left, room, glyphs), room)
    return join((Span(" "), *left, Span(" " if right else ""), *right))


def indent(line: Line, columns: int) -> Line:
    """Return a line that begins some columns further right."""
    return join((Span(" " * columns), *line))


def wrapped(text: str, width: int, role: Role = "plain", indented: int = 0) -> list[Line]:
    """Return a text as lines of at most so many columns, all indented by the same number of them."""
    return [indent(line, indented) for line in wrap_line(text_line(text, role), max(1, width - indented))]
