"""What this terminal can show: decided once, at the start, from the environment and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.draw.glyphs import ASCII, UNICODE, Glyphs

SMALLEST = (40, 12)
"""Columns and rows that every screen needs."""
MEANT = (80, 24)
"""Columns and rows that the screens are made for."""
_NO_CURSOR = frozenset({"", "dumb", "unknown"})
_LINE_DRAWING_MISSING = ("linux", "vt", "ansi", "cons25")
"""Beginnings of TERM where fonts lack the signs of mathematics, whatever the locale says."""
_PLAIN_LOCALES = frozenset({"C", "POSIX"})
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
        message = "the tutor needs a terminal for its screen and its keys. Start it without a pipe or a redirect."
        raise TerminalRefusedError(message)
    if term in _NO_CURSOR:
        message = (
            f"this terminal (TERM={term or 'not set'}) cannot move its cursor, which the screens need. "
            "In an ordinary terminal window, write TERM=xterm gdtutor"
        )
        raise TerminalRefusedError(message)
    return Terminal(
        colour=not no_color and not environment.get("NO_COLOR"),
        unicode=not ascii_only and not term.startswith(_LINE_DRAWING_MISSING) and _has_unicode(environment, encoding),
    )


def _has_unicode(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether signs beyond ASCII arrive: the stream can carry them and the locale does not rule them out.

    Python itself writes UTF-8 where the locale is C, and enters LC_CTYPE=C.UTF-8 into the environment;
    so a plain C that somebody set is looked for behind it. Where no locale is set at all, terminals of
    today understand UTF-8, but tmux and screen do not pass it on.
    """
    if encoding.lower().replace("-", "").replace("_", "") != "utf8":
        return False
    chosen = environment.get("LC_ALL") or environment.get("LC_CTYPE") or ""
    if chosen in ("", "C.UTF-8"):
        chosen = environment.get("LC_ALL") or environment.get("LANG") or ""
    if not chosen:
        return not any(environment.get(name) for name in _MULTIPLEXERS)
    return chosen not in _PLAIN_LOCALES
