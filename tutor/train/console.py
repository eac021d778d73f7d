"""Where the command writes and what tells it the time: given from outside, so that a test can stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from tutor.draw.glyphs import Glyphs

_NEEDED = "─│┼→−×⁻⁸ηβ∞“”…"


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output and standard error, a clock in seconds, and the width of the terminal in columns."""

    out: TextIO
    errors: TextIO
    clock: Callable[[], float]
    columns: int

    @property
    def glyphs(self) -> Glyphs:
        """The characters that standard output can take."""
        try:
            _NEEDED.encode(self.out.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return ASCII
        return UNICODE

    def print(self, line: str) -> None:
        """Write a line to standard output, in plain ASCII where it takes nothing else."""
        self.out.write(self.glyphs.spell(line) + "\n")

    def say(self, sentence: str) -> None:
        """Write a sentence to standard error."""
        line = f"gdtutor: {sentence}\n"
        try:
            line.encode(self.errors.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            line = ASCII.spell(line)
        self.errors.write(line)
