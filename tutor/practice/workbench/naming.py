"""Which names a typed formula speaks of, where nothing has told so yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tutor.mathematics.notation.functions import CONSTANTS, FUNCTION_SPELLINGS
from tutor.mathematics.notation.spelling import GREEK, canonical, compose, is_name_letter, is_name_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_POWER_OF_TEN: Final = re.compile(r"(?<=[0-9.])[eE][+−–-]?[0-9]+")
_GREEK: Final = "|".join(sorted((name for name in GREEK.values() if len(name) > 1), key=len, reverse=True))
_ONE_QUANTITY: Final = re.compile(rf"(?:{_GREEK}|[^\W\d_](?:hat|bar|tilde|dot)?)\d*|.*_.*")
_PRODUCT: Final = re.compile(r"[^\W\d_]+\d+(?=[^\W\d_])|[^\W\d_]+\d*")
_DIGIT_THEN_LETTER: Final = re.compile(r"\d[^\W\d_]")
_WEIGHTED: Final = re.compile(r"(w)([^\W\d_])")
_WEIGHT: Final = re.compile(r"(?:w|b|weight|bias|theta)[\d_]*", re.IGNORECASE)


def words_of(text: str) -> Iterator[str]:
    """Yield the runs of letters and digits in a formula, in order; digits at the front are a number.

    >>> list(words_of("2w1*x + 3e-4·sin z₂²"))
    ['w1', 'x', 'sin', 'z₂']
    """
    word = ""
    for character in f"{_POWER_OF_TEN.sub(' ', compose(text))} ":
        if is_name_part(character) and (word or is_name_letter(character)):
            word += character
        elif word:
            yield word
            word = ""


def new_names(formulas: Iterable[str], declared: Collection[str]) -> tuple[str, ...]:
    """Return the names that formulas use and nothing declares, in the order in which they appear.

    A letter with its digits is a name. A longer word is a product where its parts are names, where a digit stands
    inside it (w1x2), or where it is a weight with one letter behind it (wx); else it is one name.

    >>> new_names(["(x1 + w1x2)^2 + loss"], ["w1"])
    ('x1', 'x2', 'loss')
    """
    words = [word for formula in formulas for word in words_of(formula)]
    known = {canonical(name) for name in declared}
    unknown = [word for word in dict.fromkeys(words) if canonical(word) not in known and not _has_meaning(word)]
    simple = {canonical(word) for word in unknown if is_one_quantity(word)}
    found: dict[str, str] = {}
    for word in unknown:
        parts = [word] if canonical(word) in simple else _parts(canonical(word), word, known | simple)
        for part in parts:
            if canonical(part) not in known:
                found.setdefault(canonical(part), part)
    return tuple(found.values())


def looks_like_a_weight(name: str) -> bool:
    """Whether a name is one that weights and biases usually have.

    >>> [looks_like_a_weight(name) for name in ("w₁", "b", "theta_2", "x1", "beta")]
    [True, True, True, False, False]
    """
    return bool(_WEIGHT.fullmatch(canonical(name)))


def is_one_quantity(word: str) -> bool:
    """Whether a word is a name that nobody takes for a product: a letter with its digits, a Greek letter, or with _.

    >>> [is_one_quantity(word) for word in ("x₁", "eta", "w_pred", "wx", "w1x2")]
    [True, True, True, False, False]
    """
    return bool(_ONE_QUANTITY.fullmatch(canonical(word)))


def _has_meaning(word: str) -> bool:
    return word in FUNCTION_SPELLINGS or word.lower() in FUNCTION_SPELLINGS or word in CONSTANTS


def _parts(spelled: str, word: str, names: Collection[str]) -> list[str]:
    """Return the names that a longer word is a product of: none that are not known yet, or the word itself."""
    rest = _without_function(spelled)
    if _is_product(rest, names):
        return []
    if _DIGIT_THEN_LETTER.search(rest):
        return [part for part in _PRODUCT.findall(rest) if not _has_meaning(part)]
    if weighted := _WEIGHTED.fullmatch(rest):
        return list(weighted.groups())
    return [rest if rest != spelled and _ONE_QUANTITY.fullmatch(rest) else word]


def _without_function(word: str) -> str:
    """Return a word without the function at its front, if what is left is one quantity: of `tanhz` the z."""
    for function in sorted(FUNCTION_SPELLINGS, key=len, reverse=True):
        rest = word.removeprefix(function)
        if rest and rest != word and is_name_letter(rest[0]) and _ONE_QUANTITY.fullmatch(rest):
            return rest
    return word


def _is_product(word: str, names: Collection[str]) -> bool:
    """Whether names, one after the other, make up the whole word; the longest one is taken first."""
    longest = max(map(len, names), default=0)
    place = 0
    while place < len(word):
        for end in range(min(len(word), place + longest), place, -1):
            if word[place:end] in names:
                place = end
                break
        else:
            return False
    return True
