"""A progress bar on standard error, where that is a terminal; at the end nothing of it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.draw.bar import bar
from tutor.draw.glyphs import ASCII

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

_SECONDS = 0.05  # between two pictures: often enough to look alive, and no load on a slow link
_WIDEST = 40
_ECHO = "^C"  # what a terminal itself writes after the bar when it is interrupted


class Progress:
    """Shows how many of the epochs are done; silent where the stream is no terminal."""

    def __init__(self, stream: TextIO, epochs: int, clock: Callable[[], float], columns: int) -> None:
        """Show nothing yet. `clock` tells the time in seconds, `columns` how wide the terminal is."""
        self._stream = stream
        self._epochs = epochs
        self._clock = clock
        self._columns = columns
        self._is_shown = stream.isatty()
        self._last = clock()
        self._width = self._reach = 0

    def show(self, epoch: int, loss: float) -> None:
        """Show that so many epochs are done, and the loss after them."""
        now = self._clock()
        if not self._is_shown or now - self._last < _SECONDS:
            return
        self._last = now
        words = f" epoch {epoch} of {self._epochs}, loss {loss:.4g}"
        most = self._columns - 1 - len(_ECHO)
        room = min(_WIDEST, most - len(words) - 2)
        line = (f"[{bar(epoch, self._epochs, room, ASCII)}]" if room > 0 else "") + words
        self._write(line[: max(0, most)])

    def erase(self) -> None:
        """Leave the line empty, as it was."""
        if self._reach:
            self._stream.write("\r" + " " * (self._reach + len(_ECHO)) + "\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        shown = line.ljust(self._width)
        self._width, self._reach = len(line), len(shown)  # known before it is written: Ctrl+C may come at any moment
        self._stream.write("\r" + shown)
        self._stream.flush()
