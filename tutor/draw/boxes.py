"""Boxes of text that are set beside and above each other, each with the row on which its neighbours stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.width import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of one width; `middle` is the row that stands on the line of the text around it."""

    rows: tuple[str, ...]
    middle: int = 0

    @property
    def width(self) -> int:
        """The columns that it takes."""
        return max(map(display_width, self.rows), default=0)

    @property
    def height(self) -> int:
        """The rows that it takes."""
        return len(self.rows)

    def padded(self, above: int, below: int) -> tuple[str, ...]:
        """Return the rows with blank ones around them."""
        blank = " " * self.width
        return (*(blank,) * above, *self.rows, *(blank,) * below)


def text_box(text: str) -> Box:
    """Return a text of one row."""
    return Box((text,))


def beside(boxes: Sequence[Box]) -> Box:
    """Return boxes beside each other, their middles on one row."""
    above = max(box.middle for box in boxes)
    below = max(box.height - 1 - box.middle for box in boxes)
    padded = [box.padded(above - box.middle, below - (box.height - 1 - box.middle)) for box in boxes]
    return Box(tuple("".join(parts) for parts in zip(*padded, strict=True)), above)


def fraction(top: Box, bottom: Box, glyphs: Glyphs) -> Box:
    """Return one box above another, with a line between them."""
    width = max(top.width, bottom.width) + 2
    rows = (*_centred(top, width), glyphs.horizontal * width, *_centred(bottom, width))
    return Box(rows, top.height)


def raised(base: Box, exponent: Box) -> Box:
    """Return a box with another one at its upper right corner."""
    left = (*(" " * base.width,) * exponent.height, *base.rows)
    right = (*exponent.rows, *(" " * exponent.width,) * base.height)
    return Box(tuple(one + other for one, other in zip(left, right, strict=True)), base.middle + exponent.height)


def bracketed(inner: Box, glyphs: Glyphs, signs: str = "()") -> Box:
    """Return a box between brackets, or bars, as high as itself."""
    if inner.height == 1:
        return beside([text_box(signs[0]), inner, text_box(signs[1])])
    left, right = _tall(signs, inner.height, glyphs)
    rows = tuple(one + row + other for one, row, other in zip(left, inner.rows, right, strict=True))
    return Box(rows, inner.middle)


def _tall(signs: str, height: int, glyphs: Glyphs) -> tuple[list[str], list[str]]:
    if signs != "()":
        return [glyphs.vertical] * height, [glyphs.vertical] * height
    ends = ("/\\", "\\/") if glyphs.plain else ("⎛⎝", "⎞⎠")
    middle = ("|", "|") if glyphs.plain else ("⎜", "⎟")
    return (
        [ends[0][0], *[middle[0]] * (height - 2), ends[0][1]],
        [ends[1][0], *[middle[1]] * (height - 2), ends[1][1]],
    )


def _centred(box: Box, width: int) -> list[str]:
    left = (width - box.width) // 2
    return [" " * left + row + " " * (width - left - display_width(row)) for row in box.rows]
