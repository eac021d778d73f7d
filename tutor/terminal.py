"""What this terminal can show: decided once, at the start, from the environment and the command line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.draw.glyphs import ASCII, UNICODE, Glyphs

SMALLEST = (40, 12)
"""Columns and rows that every screen needs."""
MEANT = (80, 24)
"""Columns and rows that the screens are made for."""
LINE_MODE = "gdtutor plain"
"""The call that works where no full screen does."""
_NO_CURSOR = frozenset({"", "dumb", "unknown"})
_SIMPLE = re.compile(r"linux|vt\d|ansi|cons25")
"""Beginnings of TERM where fonts lack the signs of mathematics, whatever the locale says, and newer modes are not
known."""
_COLOURLESS = re.compile(r"vt\d.*|.*-m(ono)?")
"""TERM of terminals with one colour."""
_MULTIPLEXERS = ("TMUX", "STY")


class TerminalRefusedError(Exception):
    """The full screen cannot work here; str(error) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the screens may use."""

    colour: bool = True
    unicode: bool = True

    @property
    def glyphs(self) -> Glyphs:
        """The signs that lines and pictures are drawn with here."""
        return UNICODE if self.unicode else ASCII


def look_at_terminal(
    environment: Mapping[str, str],
    encoding: str,
    *,
    interactive: bool = True,
    no_color: bool = False,
    ascii_only: bool = False,
) -> Terminal:
    """Decide what the screens may use.

    environment is the process's environment, encoding that of the stream the screens are written to,
    interactive whether input and output are a terminal. no_color and ascii_only are the learner's options.
    Raises TerminalRefusedError where no full screen can be shown.
    """
    term = environment.get("TERM", "")
    if not interactive:
        message = (
            "the tutor needs a terminal for its screen and its keys. Start it without a pipe or a redirect, "
            f"or learn line by line: {LINE_MODE}"
        )
        raise TerminalRefusedError(message)
    if term in _NO_CURSOR:
        message = (
            f"this terminal (TERM={term or 'not set'}) cannot move its cursor, which the screens need. "
            f"Learn line by line: {LINE_MODE}. Or, in an ordinary terminal window, write TERM=xterm gdtutor"
        )
        raise TerminalRefusedError(message)
    return Terminal(
        colour=not no_color and not environment.get("NO_COLOR") and not _COLOURLESS.fullmatch(term),
        unicode=not ascii_only and not is_simple(term) and _has_unicode(environment, encoding),
    )


def is_simple(term: str) -> bool:
    """Whether a terminal, as TERM names it, knows little more than how to move its cursor."""
    return _SIMPLE.match(term) is not None


def _has_unicode(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether signs beyond ASCII arrive: the stream can carry them and the locale does not rule them out.

    Python itself writes UTF-8 where the locale is C or is not installed, and enters LC_CTYPE=C.UTF-8 into the
    environment; so what somebody set is looked for behind it: a plain C, or another encoding, which a login from
    another machine brings along. Where no locale is set at all, terminals of today understand UTF-8, but tmux and
    screen do not pass it on.
    """
    if encoding.lower().replace("-", "").replace("_", "") != "utf8":
        return False
    chosen = environment.get("LC_ALL") or environment.get("LC_CTYPE") or ""
    if chosen in ("", "C.UTF-8"):
        chosen = environment.get("LC_ALL") or environment.get("LANG") or ""
    if not chosen:
        return not any(environment.get(name) for name in _MULTIPLEXERS)
    return _names_utf8(chosen)


def _names_utf8(locale: str) -> bool:
    """Whether a locale has UTF-8: one that names no encoding has the one of its country's old terminals.

    >>> [_names_utf8(locale) for locale in ("en_GB.UTF-8", "de_DE.utf8@euro", "UTF-8", "de_DE", "ru_RU.KOI8-R", "C")]
    [True, True, True, False, False, False]
    """
    encoding = locale.partition("@")[0].rpartition(".")[2]
    return encoding.lower().replace("-", "") == "utf8"
