"""What keys are called: on the keyboard, in a settings file, and by Textual."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CHARACTERS: Final["Mapping[str, str]"] = MappingProxyType(
    {
        "exclamation_mark": "!",
        "quotation_mark": '"',
        "number_sign": "#",
        "dollar_sign": "$",
        "percent_sign": "%",
        "ampersand": "&",
        "apostrophe": "'",
        "left_parenthesis": "(",
        "right_parenthesis": ")",
        "asterisk": "*",
        "plus": "+",
        "comma": ",",
        "minus": "-",
        "full_stop": ".",
        "slash": "/",
        "colon": ":",
        "semicolon": ";",
        "less_than_sign": "<",
        "equals_sign": "=",
        "greater_than_sign": ">",
        "question_mark": "?",
        "at": "@",
        "left_square_bracket": "[",
        "backslash": "\\",
        "right_square_bracket": "]",
        "circumflex_accent": "^",
        "underscore": "_",
        "grave_accent": "`",
        "left_curly_bracket": "{",
        "vertical_line": "|",
        "right_curly_bracket": "}",
        "tilde": "~",
    }
)
"""The signs of a keyboard, by Textual's names of their keys."""
_NAMED: Final = (
    *("enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 13)),
)
_ALIASES: Final = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_TAKEN: Final = frozenset("abghijmopqst")
"""With ctrl, terminals take these for keys of their own, tmux and screen take some, and so does the line itself."""


class KeyNameError(Exception):
    """There is no such key, or it never arrives; str(error) says what to write."""


def read_key(text: str) -> str:
    """Return Textual's name of a key that a learner wrote: `f2`, `ctrl+e`, `n`, `/`, `pageup`.

    Raises KeyNameError for what is no key, and for keys that terminals keep for themselves.

    >>> read_key("F2"), read_key("/"), read_key("N"), read_key("PgUp")
    ('f2', 'slash', 'N', 'pageup')
    """
    if len(text) == 1 and text.isascii() and text.isalnum():
        return text
    for name, sign in CHARACTERS.items():
        if text in {sign, name}:
            return name
    key = text.strip().lower()
    key = _ALIASES.get(key, key)
    if key in _NAMED:
        return key
    head, _, letter = key.rpartition("+")
    if head == "ctrl" and len(letter) == 1 and letter.isascii() and letter.isalpha():
        if letter in _TAKEN:
            raise KeyNameError(f"terminals, tmux or screen take {text}. Take another key, such as ctrl+e or f11.")
        return key
    if head in {"alt", "meta", "super", "cmd"}:
        raise KeyNameError(f"many terminals keep {head} for themselves. Take another key, such as ctrl+e or f11.")
    from difflib import get_close_matches  # noqa: PLC0415 - only for a fault: every start loads this module

    near = get_close_matches(key[:20], _NAMED, n=1)
    hint = (
        f"Did you mean {near[0]}?" if near else "Write a letter, a sign, ctrl+e, f1 to f12, or a name such as pageup."
    )
    raise KeyNameError(f"there is no key “{_short(text)}”. {hint}")


def _short(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text[:20])
