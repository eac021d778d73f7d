"""Text from anywhere, made safe to show: it moves no cursor, turns no line around, and keeps its columns."""

import unicodedata
from functools import lru_cache

UNSHOWN = "?"
"""Stands for a character that is not shown."""

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_OWN_COLUMN = frozenset({"N", "Na", "H", "A"})


def harmless(text: str, *, plain: bool) -> str:
    r"""Return the text without control characters, marks of direction and letters that turn the line around.

    With plain, whatever is not ASCII is left out as well. A sign stands for each character left out.

    >>> harmless("1\x1b[2J \u202e2", plain=False)
    '1?[2J ?2'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text) if not plain else _ascii(text)


def one_column_each(text: str, *, plain: bool) -> str:
    r"""Return the text with exactly one column for each of its characters, so that a caret can be placed.

    >>> one_column_each("m\u0302 = 世", plain=False)
    'm? = ?'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_narrow(character) for character in harmless(text, plain=plain))


def _ascii(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else UNSHOWN for character in text)


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    hidden = unicodedata.category(character) in _UNSEEN_CATEGORIES
    return UNSHOWN if hidden or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT else character


@lru_cache(maxsize=4096)
def _narrow(character: str) -> str:
    marks = unicodedata.category(character) in {"Mn", "Me", "Mc"}
    return UNSHOWN if marks or unicodedata.east_asian_width(character) not in _OWN_COLUMN else character
