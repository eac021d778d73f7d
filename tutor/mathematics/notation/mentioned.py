"""The names that a formula mentions, found before it is read: they are the ones that may be used with it."""

from __future__ import annotations

from tutor.mathematics.notation.functions import CONSTANTS, FUNCTION_SPELLINGS, MAY_BE_NAMES
from tutor.mathematics.notation.spelling import compose, is_name_letter, is_name_part


def names_in(expected: str) -> tuple[str, ...]:
    """Return the names that an expected formula is written with: every word that is no function or constant."""
    text = compose(expected)
    found: dict[str, None] = {}
    at = 0
    while at < len(text):
        if not is_name_letter(text[at]) or _is_exponent(text, at):
            at += 1
            continue
        end = at
        while end < len(text) and is_name_part(text[end]):
            end += 1
        word = text[at:end]
        if not _is_known(word, text[end:].lstrip()[:1]):
            found[word] = None
        at = end
    return tuple(found)


def _is_exponent(text: str, at: int) -> bool:
    """Whether this is the e of 3e-4."""
    if text[at] not in "eE" or at == 0 or not (text[at - 1].isdigit() or text[at - 1] == "."):
        return False
    rest = text[at + 1 : at + 3]
    return rest[:1].isdigit() or (rest[:1] in {"+", "-"} and rest[1:2].isdigit())


def _is_known(word: str, following: str) -> bool:
    if word in MAY_BE_NAMES:
        return following == "("
    return word in FUNCTION_SPELLINGS or word in CONSTANTS
