"""Control sequences: which of them only newer terminals know, and those that give a terminal back."""

import re

from tutor.terminal import is_simple

CLEAR = "\x1b[0m\x1b[H\x1b[J"
"""Plain text again, and an empty screen: one that has no second screen to go back to would keep the last page."""

_NEWER_MODE = re.compile(r"\x1b\[(?:[<>]\d*u|\?\d+\$p|\?(?:1004|1049|2004|2026|2048)[hl])")
"""The keys of Kitty, questions about modes, reports of focus, a second screen, marks around pastes, frames in one
piece, sizes among the keys. A console that does not know `>` or `$` shows what follows them."""
_GIVING_BACK = ("\x1b[?2004l", "\x1b[?7h", "\x1b[<u", "\x1b[?1049l", "\x1b[?25h", "\x1b[?1004l")
"""Marks around pastes, line wrap, keys, screen, cursor and reports of focus as they were."""


def is_newer_mode(data: str) -> bool:
    r"""Whether this is one sequence that sets or asks about a mode that simple terminals do not know.

    >>> is_newer_mode("\x1b[?2026$p"), is_newer_mode("\x1b[?25l"), is_newer_mode("\x1b[2;5H7")
    (True, False, False)
    """
    return _NEWER_MODE.fullmatch(data) is not None


def leaving(term: str) -> str:
    """Return what gives back the screen of a terminal, as TERM names it."""
    known = [sequence for sequence in _GIVING_BACK if not (is_simple(term) and is_newer_mode(sequence))]
    return CLEAR + "".join(known)
