"""Where the lines of a conversation come from: a stream of bytes, in whatever encoding they are."""

from typing import Final, TextIO

_MOST_BYTES: Final = 20_000
"""Bytes of a line that are taken; what is beyond is read and dropped, so that nobody fills the memory."""


class Ears:
    """Hears lines. An interruption ends the waiting for one; at any other time it is noted."""

    def __init__(self, stream: TextIO) -> None:
        """Hear a stream; its bytes where it has any, so that no encoding can stop the conversation."""
        self._bytes = getattr(stream, "buffer", None)
        self._stream = stream
        self._is_waiting = False
        self._is_interrupted = False

    def interrupt(self) -> None:
        """Note that the learner interrupts. Raises KeyboardInterrupt where a line is being waited for."""
        if self._is_waiting:
            raise KeyboardInterrupt
        self._is_interrupted = True

    def take_interruption(self) -> bool:
        """Return whether the learner has interrupted what is going on, once."""
        found, self._is_interrupted = self._is_interrupted, False
        return found

    def hear(self) -> str | None:
        """Return the next line without its end, None where nothing more comes.

        Raises KeyboardInterrupt when the learner interrupts.
        """
        if self.take_interruption():
            raise KeyboardInterrupt
        try:
            self._is_waiting = True
            return self._line() if self._bytes is not None else self._text_line()
        except OSError:  # the terminal has gone
            return None
        finally:
            self._is_waiting = False

    def _text_line(self) -> str | None:
        line = self._stream.readline()
        return line.rstrip("\r\n") if line else None

    def _line(self) -> str | None:
        assert self._bytes is not None
        data: bytes = self._bytes.readline(_MOST_BYTES)
        rest = data
        while rest and not rest.endswith(b"\n"):
            rest = self._bytes.readline(_MOST_BYTES)
        return self._decoded(data).rstrip("\r\n") if data else None

    def _decoded(self, data: bytes) -> str:
        """Return the text of a line: in UTF-8, else in the encoding of the stream, else what can be read of it.

        UTF-8 comes first: terminals often send it whatever the locale says, and hardly any other text reads as it.
        """
        for encoding in ("utf-8", self._stream.encoding or "ascii"):
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeDecodeError):
                continue
        return data.decode("ascii", errors="replace")
