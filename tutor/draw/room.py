"""The room that a picture is drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.draw.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Room:
    """The size of a picture in columns and rows, and the signs that it may be drawn with.

    `braille` says that the font has braille characters, which draw finer lines; with ASCII glyphs it means nothing.
    A picture always has exactly this size. It is made to be read from 20 columns and 6 rows on.
    """

    width: int
    height: int
    glyphs: Glyphs
    braille: bool = True

    @property
    def fine(self) -> bool:
        """Whether lines may be drawn with braille characters."""
        return self.braille and not self.glyphs.plain
