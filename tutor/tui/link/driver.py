"""The way to and from the terminal: Textual's driver, made to last on bad links."""

import locale
import os
import select
import signal
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from tutor.terminal import is_simple
from tutor.tui.link.input import InputSplitter, Pasted, Typed, input_encoding
from tutor.tui.link.sequences import CLEAR, is_newer_mode
from tutor.tui.link.suspending import stop_job

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

_PIECE = 65_536
_ESCAPE_WAIT = constants.ESCAPE_DELAY + 0.01
"""Seconds after which the parser can tell a lone escape character from the start of a sequence."""
_PASTE_WAIT = 0.1
"""Seconds of silence that end a long paste without marks."""


class SuspendAsked(Message):
    """The process was sent the signal to suspend."""


class TerminalDriver(LinuxDriver):
    """Textual's driver with an input thread that sleeps while nothing arrives and notices a lost terminal.

    Textual's own thread wakes up ten times a second, spins when the terminal is gone, ends the program
    at a byte that is not UTF-8, and takes a long paste apart into keys.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = False,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._wake_reader, self._wake_writer = os.pipe()
        self._is_simple = is_simple(os.environ.get("TERM", ""))

    def write(self, data: str) -> None:
        """Write to the terminal, but nothing that it would show as garbage."""
        if not (self._is_simple and is_newer_mode(data)):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal, and tell the app of each change of its size.

        Textual looks at the size in the signal's handler itself. Two changes at once then overtake each other, and the
        app goes on with a size that is no more.
        """
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves this one without types
        signal.signal(signal.SIGWINCH, lambda *_: self._loop.call_soon_threadsafe(self._tell_size))

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself, not the environment first: COLUMNS and LINES there do not follow a change."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    def _tell_size(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def stop_application_mode(self) -> None:
        """Give the terminal back, with nothing left on it where it has but one screen."""
        self.write(CLEAR)
        super().stop_application_mode()

    def suspend(self) -> bool:
        """Give the terminal back, stop the job, and take the terminal again; False where nothing stops it."""
        self.suspend_application_mode()
        try:
            return stop_job(self.fileno)
        finally:
            self.resume_application_mode()

    def _sigtstp_application(self, *_: object) -> None:
        """Let the app suspend itself: somebody has sent the signal that Ctrl+Z sends elsewhere."""
        self._loop.call_soon_threadsafe(self._app.post_message, SuspendAsked())

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again: the job was stopped without being asked, and the shell has used it since."""
        self._loop.call_soon_threadsafe(self._take_terminal_again)

    def _take_terminal_again(self) -> None:
        self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)

    def disable_input(self) -> None:
        """Wake the input thread, so that it ends."""
        os.write(self._wake_writer, b"\0")
        super().disable_input()
        os.read(self._wake_reader, 1)

    def _run_input_thread(self) -> None:
        """Read keys, and let the app end with the error where that fails: without keys it is of no use."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - whatever it is, the app has to end
            app = cast("TutorApp", self._app)
            app.call_later(app.fail, error)

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal is lost."""
        splitter = InputSplitter(input_encoding(locale.getencoding()))
        parser = XTermParser()
        wait: float | None = None
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno, self._wake_reader], [], [], wait)
            if self.fileno in ready:
                data = self._read()
                if not data:
                    os.kill(os.getpid(), signal.SIGHUP)  # as the system does where it notices first
                    return
                for message in _messages(splitter.feed(data), parser):
                    self.process_message(message)
                wait = _PASTE_WAIT if splitter.flooded else _ESCAPE_WAIT
            else:
                splitter.pause()
                for message in parser.tick():
                    self.process_message(message)
                wait = None

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _PIECE)
        except OSError:
            return b""


def _messages(pieces: Iterable[Typed | Pasted], parser: XTermParser) -> Iterator[Message]:
    for piece in pieces:
        if isinstance(piece, Typed):
            yield from parser.feed(piece.text)
        else:
            yield events.Paste(piece.text)
