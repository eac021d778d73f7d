"""What arrives from the keyboard, before it is taken apart into keys: text with keys in it, and pastes.

A paste can be a megabyte long. Taken apart key by key it would block the screen for minutes, so it is
recognised here, and only its beginning is kept: no answer is that long.
"""

import codecs
import re
from dataclasses import dataclass, field

from tutor.study.editing import MOST_PASTED

BULK = 256
"""So many characters at once, without an escape sequence, nobody types: a terminal without marks pastes."""

_START, _END = "\x1b[200~", "\x1b[201~"
_REPORTS = re.compile(r"\x1b(?:\[[?>=][0-9;]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\)")
"""What a terminal tells of itself, when some other program has asked it: its kind, its colours, its settings."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that keys have sent, with their escape sequences."""

    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste, cut after MOST_PASTED characters."""

    text: str


def input_encoding(locale_encoding: str) -> str:
    """Return the encoding that keys arrive in: that of the locale, and UTF-8 where it knows ASCII alone.

    >>> input_encoding("ANSI_X3.4-1968"), input_encoding("ISO-8859-1")
    ('utf-8', 'iso8859-1')
    """
    name = codecs.lookup(locale_encoding).name
    return "utf-8" if name == "ascii" else name


@dataclass(slots=True)
class InputSplitter:
    """Splits what arrives, piece by piece, into what was typed and what was pasted."""

    encoding: str
    _decoder: codecs.IncrementalDecoder = field(init=False)
    _paste: str | None = field(init=False, default=None)
    """The beginning of a paste whose end has not arrived yet."""
    _tail: str = field(init=False, default="")
    """The last characters of such a paste, for its end mark may arrive in two pieces."""
    flooded: bool = field(init=False, default=False)
    """Whether a paste without marks is arriving: what follows it without a pause belongs to it."""

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")

    def feed(self, data: bytes) -> list[Typed | Pasted]:
        """Return what is complete with these bytes, in order."""
        text = self._decoder.decode(data)
        found: list[Typed | Pasted] = []
        while text:
            if self._paste is not None:
                text = self._go_on_pasting(text, found)
                continue
            typed, start, text = text.partition(_START)
            if typed:
                found.extend(self._look_at(typed))
            if start:
                self._paste = ""
        return found

    def pause(self) -> None:
        """Take note that nothing has arrived for a moment."""
        self.flooded = False

    def _look_at(self, text: str) -> list[Typed | Pasted]:
        if "\x1b" in text:
            self.flooded = False
            text = _REPORTS.sub("", text)
            if not text:
                return []
        elif self.flooded:
            return []
        elif len(text) >= BULK:
            self.flooded = True
            return [Pasted(text[:MOST_PASTED])]
        return [Typed(text)]

    def _go_on_pasting(self, text: str, found: list[Typed | Pasted]) -> str:
        """Take the text up to the end of the paste, and return what follows it."""
        pasted, end, rest = (self._tail + text).partition(_END)
        paste = (self._paste or "") + pasted[: MOST_PASTED + len(_END)]
        if end:
            found.append(Pasted(paste[:MOST_PASTED]))
            self._paste, self._tail = None, ""
            return rest
        split = _unfinished(pasted)
        self._paste, self._tail = paste.removesuffix(split)[:MOST_PASTED], split
        return ""


def _unfinished(text: str) -> str:
    """Return the beginning of an end mark that a text ends with."""
    lengths = range(min(len(text), len(_END) - 1), 0, -1)
    return next((_END[:length] for length in lengths if text.endswith(_END[:length])), "")
