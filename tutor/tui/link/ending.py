"""How the program ends when it is told to: orderly if possible, and within a second in any case."""

import asyncio
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_GRACE = 0.7
"""Seconds for an orderly end. A terminal that takes no more output would hold it up for ever."""


class ThreadsLeftBehind(ThreadPoolExecutor):
    """Threads that nobody waits for at the end: what they still calculate was for a screen that has gone."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as inherited
        """Take no more work, and do not wait for what is being done."""
        del wait, cancel_futures
        super().shutdown(wait=False, cancel_futures=True)


def end_at_once(status: int) -> None:
    """End the process if threads were left behind, which Python itself would wait for; else return."""
    main = threading.main_thread()
    if any(thread is not main and not thread.daemon for thread in threading.enumerate()):
        sys.stderr.flush()
        os._exit(status)


class Ending:
    """Ends the program from outside. Make one while the terminal is still as its user had it."""

    def __init__(self, terminal: int, leaving: str) -> None:
        """Remember the modes of a terminal, given by its file descriptor, and what gives its screen back."""
        self._terminal = terminal
        self._leaving = leaving.encode()
        self._modes: list[int | list[bytes | int]] | None = None
        with suppress(termios.error):
            self._modes = termios.tcgetattr(terminal)

    def on_signals(self, leave: Callable[[int], None]) -> None:
        """Let the running event loop call leave, with an exit status, when a signal tells the program to end.

        A terminal that is closed sends SIGHUP. It is obeyed even where the shell had it ignored: a program
        without a terminal has nobody to work for. The handlers are the system's, not the event loop's: that one
        stands still while the terminal takes no output.
        """
        loop = asyncio.get_running_loop()

        def end(number: int, frame: object) -> None:
            del frame
            status = 128 + number
            self._end_by_force_later(status)
            loop.call_soon_threadsafe(leave, status)

        for number in _SIGNALS:
            signal.signal(number, end)

    def _end_by_force_later(self, status: int) -> None:
        """End the process after a moment, unless it has ended by itself. What was recorded is on disk."""
        timer = threading.Timer(_GRACE, self._end_by_force, (status,))
        timer.daemon = True
        timer.start()

    def _end_by_force(self, status: int) -> None:
        self.restore()
        os._exit(status)

    def restore(self) -> None:
        """Give the terminal back as it was; what is on it only if it still takes output."""
        with suppress(OSError, ValueError):
            output = sys.__stderr__.fileno() if sys.__stderr__ else -1
            if select.select([], [output], [], 0)[1]:
                os.write(output, self._leaving)
        if self._modes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._terminal, termios.TCSANOW, self._modes)
