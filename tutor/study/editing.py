"""A line of text being typed: what an editor of one line can do, without a screen."""

import unicodedata
from dataclasses import dataclass, replace

LIMIT = 2000
"""Characters that a line holds. Longer ones are no answer to any cell."""
MOST_PASTED = 10_000
"""Characters of a paste that are handed on to whatever is being typed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the place of the caret in it, from 0 (before the first character) to its length."""

    text: str = ""
    caret: int = 0

    def insert(self, text: str) -> "Line":
        """Return the line with text put in at the caret; what is beyond LIMIT is left out.

        Letters and their accents are composed, and of several lines the first one is taken.
        """
        text = first_line(text[:LIMIT])
        left = unicodedata.normalize("NFC", self.text[: self.caret] + text)
        right = self.text[self.caret :]
        left = left[: max(0, LIMIT - len(right))]
        return Line(left + right, len(left))

    def left(self) -> "Line":
        """Return the line with the caret one character to the left."""
        return replace(self, caret=max(0, self.caret - 1))

    def right(self) -> "Line":
        """Return the line with the caret one character to the right."""
        return replace(self, caret=min(len(self.text), self.caret + 1))

    def start(self) -> "Line":
        """Return the line with the caret before its first character."""
        return replace(self, caret=0)

    def end(self) -> "Line":
        """Return the line with the caret after its last character."""
        return replace(self, caret=len(self.text))

    def rub_out(self) -> "Line":
        """Return the line without the character before the caret."""
        return self._without(max(0, self.caret - 1), self.caret)

    def rub_out_word(self) -> "Line":
        """Return the line without the word before the caret, and the spaces after that word."""
        kept = self.text[: self.caret].rstrip()
        return self._without(kept.rfind(" ") + 1, self.caret)

    def delete(self) -> "Line":
        """Return the line without the character under the caret."""
        return self._without(self.caret, self.caret + 1)

    def clear(self) -> "Line":
        """Return the empty line."""
        return Line()

    def _without(self, first: int, last: int) -> "Line":
        return Line(self.text[:first] + self.text[last:], first)


def first_line(text: str) -> str:
    """Return the first line that is not blank, without the spaces around it; a single line as it is."""
    if "\n" not in text and "\r" not in text:
        return text
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a line that fits into a field."""

    text: str
    caret: int
    """The column of the caret."""


def window(line: Line, width: int) -> Window:
    """Return the stretch of a line around its caret that a field of so many columns shows.

    Every character takes one column; the caret has a column of its own after the last character.
    """
    first = max(0, line.caret - width + 1)
    return Window(line.text[first : first + width], line.caret - first)
