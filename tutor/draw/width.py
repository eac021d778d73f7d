"""How many columns text takes on a terminal, and text cut, padded and wrapped to columns."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NO_BREAK = "\u00a0"
_ELLIPSIS = "…"
_SPACING = "\t\n\r\v\f\x85\u2028\u2029"
_UNSEEN = "\ufffd"
_SOFT_HYPHEN = "\u00ad"
_HANGUL_MEDIALS = range(0x1160, 0x1200)


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    category = unicodedata.category(character)
    if category in {"Cc", "Mn", "Me", "Mc", "Zl", "Zp"} or ord(character) in _HANGUL_MEDIALS:
        return 0
    if category == "Cf":
        return int(character == _SOFT_HYPHEN)
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def display_width(text: str) -> int:
    """Return the columns that the text takes: marks and controls none, wide characters two."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def printable(text: str) -> str:
    """Return the text as one line that can be sent to any terminal.

    Tabs and line ends become spaces, other control characters a visible sign; invisible format characters, which could
    turn the direction of what follows, are left out.
    """
    if text.isprintable():
        return text
    return "".join(map(_printable, text))


def _printable(character: str) -> str:
    if character in _SPACING:
        return " "
    category = unicodedata.category(character)
    return "" if category == "Cf" else _UNSEEN if category in {"Cc", "Cs"} else character


def reach(text: str, width: int, start: int = 0) -> int:
    """Return the position up to which the text from `start` on fits into the width."""
    used = 0
    for position in range(start, len(text)):
        used += _columns(text[position])
        if used > width:
            return position
    return len(text)


def cut(text: str, width: int, ellipsis: str = _ELLIPSIS) -> str:
    """Return the text, cut with an ellipsis where it is wider than the width."""
    if display_width(text) <= width:
        return text
    mark = ellipsis if display_width(ellipsis) <= width else ""
    return text[: reach(text, max(0, width - display_width(mark)))] + mark


def fit(text: str, width: int, ellipsis: str = _ELLIPSIS) -> str:
    """Return the text in exactly `width` columns: cut with an ellipsis, or padded with spaces."""
    short = cut(text, max(0, width), ellipsis)
    return short + " " * (width - display_width(short))


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Return where each line of the wrapped text starts and ends.

    Lines break at spaces and at line ends, never at a no-break space; a word longer than a whole line is cut. There
    is always at least one line. A width below 1 is taken as 1.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend((start + first, start + last) for first, last in _paragraph(paragraph, max(1, width)))
        start += len(paragraph) + 1
    return lines


def _paragraph(text: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = _skip_spaces(text, 0)
    while start < len(text):
        end = _line_end(text, start, width)
        lines.append((start, len(text[:end].rstrip(" "))))
        start = _skip_spaces(text, end)
    return lines or [(0, 0)]


def _skip_spaces(text: str, position: int) -> int:
    while text[position : position + 1] == " ":
        position += 1
    return position


def _line_end(text: str, start: int, width: int) -> int:
    """Return where the line that starts here ends: at its last space, or inside a word too long for any line."""
    # A wide character in one column cannot fit; it is placed all the same, so that there is always progress.
    fits = max(start + 1, reach(text, width, start))
    if fits >= len(text) or text[fits] == " ":
        return fits
    space = text.rfind(" ", start, fits)
    return fits if space < 0 else space


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` columns, broken at spaces and line ends.

    A word such as `w1·x2` is only cut where it is longer than a line. No-break spaces hold words together and come out
    as spaces.
    """
    return [text[start:end].replace(NO_BREAK, " ") for start, end in breaks(text, width)]
