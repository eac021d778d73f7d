"""The way to the clipboard: OSC 52, a sequence that terminals obey also at the other end of a connection."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from tutor.terminal import is_simple

LARGEST: Final = 72_000
"""Bytes of text that are copied at most: as xterm, terminals take about 100,000 characters of a sequence."""
_ESCAPE, _BELL, _END = "\x1b", "\a", "\x1b\\"
_SCREEN_PIECE: Final = 250
"""Characters that screen hands through in one piece."""


class CopyError(Exception):
    """The text cannot be copied; str(error) says why and what to do."""


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str:
    """Return what is written to the terminal to have a text in its clipboard.

    tmux obeys the sequence where its option set-clipboard is on, and hands the wrapped one through where
    allow-passthrough is; so it is sent both. screen hands pieces through.
    Raises CopyError where the terminal has no clipboard, and for a text that it would cut off.
    """
    if is_simple(environment.get("TERM", "")):
        raise CopyError("This terminal has no clipboard. Write the page to a file instead.")
    data = text.encode("utf-8", "replace")
    if len(data) > LARGEST:
        raise CopyError("This is too long for a terminal's clipboard. Write the page to a file instead.")
    sequence = f"{_ESCAPE}]52;c;{b64encode(data).decode('ascii')}{_BELL}"
    if environment.get("TMUX"):
        return f"{sequence}{_ESCAPE}Ptmux;{sequence.replace(_ESCAPE, _ESCAPE * 2)}{_END}"
    if environment.get("STY"):
        pieces = (sequence[place : place + _SCREEN_PIECE] for place in range(0, len(sequence), _SCREEN_PIECE))
        return "".join(f"{_ESCAPE}P{piece}{_END}" for piece in pieces)
    return sequence
