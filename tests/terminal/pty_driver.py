"""Runs a real program in a real pseudo-terminal, with pyte as the terminal that a person would look at."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from pyte.screens import Char

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "page up": "\x1b[5~",
    "page down": "\x1b[6~",
    "delete": "\x1b[3~",
    "shift+tab": "\x1b[Z",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+u": "\x15",
    "ctrl+w": "\x17",
}
"""What an xterm sends for keys that are no characters."""

_PATIENCE = 20.0
"""Seconds until a test gives up; reached only where something is wrong."""
_TURN = 0.02
_HEED_CTRL_C = ("env", "--default-signal=INT")
"""What is started in the background ignores Ctrl+C, and so would all that it starts."""
_TAKE_TERMINAL = 'exec "$@" <>"$0" >&0 2>&0'
"""Opening a terminal as the leader of a new session makes it the terminal that the session hangs up with."""


class PtyProgram:
    """A running program and its screen. Use it in a with statement: the program is killed at the end.

    Everything that the program writes is read only while a method waits, so nothing runs beside the test.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start a command. environment is added to a small one of its own: UTF-8, xterm-256color."""
        self.received = 0
        """Bytes that the program has written so far."""
        self.raw = b""
        """What it has written, as it came."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        self._modes = termios.tcgetattr(self._master)
        self._process = subprocess.Popen(
            [*_HEED_CTRL_C, "/bin/sh", "-c", _TAKE_TERMINAL, os.ttyname(slave), *command],
            start_new_session=True,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})},
        )
        # Held open until the program has opened the terminal itself, which its first output shows.
        self._slave: int | None = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process of the program."""
        return self._process.pid

    @property
    def modes_restored(self) -> bool:
        """Whether the terminal has the modes with which the program was started."""
        return termios.tcgetattr(self._master) == self._modes

    def text(self) -> str:
        """Return the screen as lines of text, without spaces at their ends."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip("\n")

    def cells(self) -> list[list[Char]]:
        """Return the cells of the screen, row by row."""
        columns = range(self._screen.columns)
        return [[self._screen.buffer[row][column] for column in columns] for row in range(self._screen.lines)]

    def colours(self) -> set[str]:
        """Return the colours that any cell of the screen has."""
        cells = (cell for row in self._screen.buffer.values() for cell in row.values())
        return {colour for cell in cells for colour in (cell.fg, cell.bg)} - {"default"}

    def send(self, text: str | bytes) -> None:
        """Type a text, or send bytes; what the program writes meanwhile is read."""
        data = text.encode() if isinstance(text, str) else text
        os.set_blocking(self._master, False)
        while data:
            self._read(0)
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self._read(_TURN)

    def press(self, *names: str) -> None:
        """Press keys, by their names in KEYS."""
        for name in names:
            self.send(KEYS[name])

    def cursor_row(self) -> int:
        """Return the first row of the screen that a list's cursor may stand in, or -1."""
        rows = self.text().split("\n")
        return next((place for place, row in enumerate(rows) if row.lstrip().startswith("> ")), -1)

    def open_row(self, label: str) -> None:
        """Bring the cursor of a list, from above, to a row, and open it."""
        self.wait_for(label, "> ")
        for _ in range(40):
            if f"> {label}" in self.text():
                break
            before = self.cursor_row()
            self.press("down")
            # Other lines may change meanwhile: what is due is worked out beside the screen.
            self.wait_until(lambda before=before: self.cursor_row() != before, "the next row")
        self.press("enter")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, *texts: str, patience: float = _PATIENCE) -> str:
        """Wait until the screen shows all of the texts, and return it."""
        self.wait_until(lambda: all(text in self.text() for text in texts), f"{texts} on the screen", patience)
        return self.text()

    def wait_at_rest(self, *texts: str) -> str:
        """Wait until the screen shows all of the texts and changes no more, and return it: what is read may be half."""
        self.wait_for(*texts)
        self.wait_quiet()
        return self.text()

    def wait_until(self, holds: Callable[[], bool], what: str, patience: float = _PATIENCE) -> None:
        """Wait until something holds; fail with what was waited for, and the screen."""
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}; the screen:\n{self.text()}")
            if not self._read(_TURN) and self._process.poll() is not None and not holds():
                raise AssertionError(f"the program ended before {what}; the screen:\n{self.text()}")

    def wait_quiet(self, seconds: float = 0.2, patience: float = _PATIENCE) -> None:
        """Wait until the program has written nothing for a moment."""
        end = time.monotonic() + patience
        while self._read(seconds):
            if time.monotonic() > end:
                raise AssertionError(f"the program does not stop writing; the screen:\n{self.text()}")

    def bytes_for(self, text: str, seconds: float = 0.2) -> int:
        """Return how many bytes the program writes when a text is typed."""
        self.wait_quiet(seconds)
        before = self.received
        self.send(text)
        self.wait_quiet(seconds)
        return self.received - before

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End the program as a crash of the machine would."""
        self.signal(signal.SIGKILL)
        self._process.wait(_PATIENCE)

    def hang_up(self) -> None:
        """Let the terminal vanish, as when a connection breaks."""
        self._close_slave()
        os.close(self._master)
        self._master = -1

    def wait_exit(self, patience: float = _PATIENCE) -> int:
        """Wait until the program has ended, reading what it still writes, and return its exit status."""
        end = time.monotonic() + patience
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"the program does not end; the screen:\n{self.text()}")
            if self._master < 0:
                time.sleep(_TURN)
            else:
                self._read(_TURN)
        while self._master >= 0 and self._read(0):
            pass
        return self._process.returncode

    def wait_exit_without_reading(self) -> int:
        """Wait until the program has ended, as a terminal that shows nothing any more, and return its status."""
        return self._process.wait(_PATIENCE)

    def resize_without_reading(self) -> None:
        """Change the size of the terminal back and forth, and read nothing."""
        for rows in (50, 60):
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 200, 0, 0))
            time.sleep(0.002)

    def flood(self, text: str) -> None:
        """Type a text and read nothing, until the program cannot write any more."""
        os.set_blocking(self._master, False)
        for character in text.encode():
            with suppress(BlockingIOError):
                os.write(self._master, bytes([character]))
            time.sleep(0.0005)

    def rest(self, seconds: float) -> None:
        """Let time pass, and read what the program writes meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(_TURN)

    def close(self) -> None:
        """Kill the program if it still runs, and close the terminal."""
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self._process.wait(_PATIENCE)
        self._close_slave()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _close_slave(self) -> None:
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None

    def _read(self, seconds: float) -> bool:
        """Take what the program has written, waiting at most so long for it; False if there was nothing."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65_536)
        except OSError:
            return False
        self._close_slave()
        self.received += len(data)
        self.raw += data
        self._stream.feed(data)
        return True
