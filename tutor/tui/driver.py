"""The way to and from the terminal: Textual's driver, made to last on bad links."""

import locale
import os
import select
import signal
from collections.abc import Iterable, Iterator
from typing import Any

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tutor.tui.input import InputSplitter, Pasted, Typed, input_encoding

_PIECE = 65_536
_ESCAPE_WAIT = constants.ESCAPE_DELAY + 0.01
"""Seconds after which the parser can tell a lone escape character from the start of a sequence."""
_PASTE_WAIT = 0.1
"""Seconds of silence that end a long paste without marks."""


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

    def disable_input(self) -> None:
        """Wake the input thread, so that it ends."""
        os.write(self._wake_writer, b"\0")
        super().disable_input()
        os.read(self._wake_reader, 1)

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
