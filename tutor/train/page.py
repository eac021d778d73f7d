"""What a finished run shows: the curve of its losses, and in words what became of it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.number import short_number
from tutor.draw.room import Room
from tutor.draw.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tutor.draw.glyphs import Glyphs

MOST_PARAMETERS = 20
_WIDEST, _NARROWEST = 100, 20
_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Page:
    """A run as it is told: a heading, named losses over the epochs, sentences, and parameters with their values."""

    heading: tuple[str, ...]
    what: str
    losses: Mapping[str, Sequence[float]]
    sentences: tuple[str, ...]
    parameters: Mapping[str, float]
    parameters_about: str


def page_lines(page: Page, columns: int, glyphs: Glyphs) -> Iterator[str]:
    """Yield the lines of a page that is `columns` wide."""
    yield from _wrapped(page.heading, columns)
    yield ""
    room = Room(max(_NARROWEST, min(columns, _WIDEST)), _HEIGHT, glyphs, braille=False)
    series = [Series(name, values) for name, values in page.losses.items()]
    axes = curve_axes(series, ("epoch", page.what))
    for line in curve_picture(series, room, axes=axes):
        yield plain(line).rstrip()
    yield ""
    yield from _wrapped(page.sentences, columns)
    yield from _parameter_lines(page, columns, glyphs)


def _wrapped(lines: Sequence[str], columns: int) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(line, max(_NARROWEST, columns))


def _parameter_lines(page: Page, columns: int, glyphs: Glyphs) -> Iterator[str]:
    if len(page.parameters) > MOST_PARAMETERS:
        yield f"{len(page.parameters)} parameters; --json prints them."
        return
    line = f"{page.parameters_about}:"
    for name, value in page.parameters.items():
        piece = f" {name} = {short_number(value, glyphs, 6)}"
        if len(line) + len(piece) > columns:
            yield line
            line = " "
        line += piece
    yield line
