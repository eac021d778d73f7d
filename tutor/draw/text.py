"""Styled text: lines of spans, each with the role it plays; what a role looks like is decided by the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from tutor.draw.width import NO_BREAK, breaks, display_width, reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.draw.glyphs import Glyphs

Role = Literal[
    "plain",
    "strong",
    "emphasis",
    "code",
    "heading",
    "quote",
    "dim",
    "good",
    "wrong",
    "follow",
    "shown",
    "cursor",
    "key",
    # Lines and runs of a picture, in order; they differ by their strokes too.
    "first",
    "second",
    "third",
    # The steps of a descent, where it is now, and the lowest point.
    "path",
    "now",
    "lowest",
    # The heights of a surface; and values by sign and size, which also differ in lightness.
    "contour",
    "very-negative",
    "negative",
    "neutral",
    "positive",
    "very-positive",
    # Examples on a map, by their side.
    "negative-point",
    "positive-point",
]
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one role."""

    text: str
    role: Role = "plain"


Line: TypeAlias = tuple[Span, ...]


def plain(line: Line) -> str:
    """Return the text of the line without its roles."""
    return "".join(span.text for span in line)


def line_width(line: Line) -> int:
    """Return the columns that the line reachs."""
    return sum(display_width(span.text) for span in line)


def join(spans: Iterable[Span]) -> Line:
    """Return the spans as a line, neighbours of the same role as one, without empty ones."""
    groups = groupby((span for span in spans if span.text), key=lambda span: span.role)
    return tuple(Span("".join(span.text for span in group), role) for role, group in groups)


def part(line: Line, start: int, end: int) -> Line:
    """Return the characters of the line from `start` to `end`."""
    pieces: list[Span] = []
    position = 0
    for span in line:
        text = span.text[max(0, start - position) : max(0, end - position)]
        pieces.append(Span(text, span.role))
        position += len(span.text)
    return join(pieces)


def wrap_line(line: Line, width: int) -> list[Line]:
    """Return the line in lines of at most `width` columns, broken as `wrap` breaks text."""
    lines = [part(line, start, end) for start, end in breaks(plain(line), width)]
    return [tuple(Span(span.text.replace(NO_BREAK, " "), span.role) for span in wrapped) for wrapped in lines]


def cut_line(line: Line, width: int, glyphs: Glyphs) -> Line:
    """Return the line, cut with an ellipsis where it is wider than the width."""
    if line_width(line) <= width:
        return line
    mark = glyphs.ellipsis if display_width(glyphs.ellipsis) <= width else ""
    kept = part(line, 0, reach(plain(line), max(0, width - display_width(mark))))
    return join((*kept, Span(mark, kept[-1].role if kept else "plain")))


def pad_line(line: Line, width: int, align: Align = "left") -> Line:
    """Return the line with spaces up to the width, on the side that the alignment asks for."""
    missing = max(0, width - line_width(line))
    left = {"left": 0, "right": missing, "center": missing // 2}[align]
    return join((Span(" " * left), *line, Span(" " * (missing - left))))


def trim_line(line: Line) -> Line:
    """Return the line without the spaces at its end."""
    return part(line, 0, len(plain(line).rstrip(" ")))
