"""Texts as they are compared in a search: without case, accents and the many ways to write one name."""

import re

from tutor.draw.ascii import to_ascii

_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}")
_JOINED = re.compile(r"(?<=[a-z])_(?=[0-9])|(?<=[a-z0-9])_(?=hat\b|bar\b)")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")


def folded(text: str) -> str:
    """Return a text as it is compared: small letters of ASCII, with indices and Greek letters spelled out.

    >>> folded("W₁ = w_1"), folded("η"), folded("Résumé"), folded("ŷ")
    ('w1 = w1', 'eta', 'resume', 'yhat')
    """
    return _JOINED.sub("", to_ascii(_PLACEHOLDER.sub(" ", text)).lower())


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words, names and numbers of a text as they are compared, in order.

    >>> folded_words("∂E/∂w₁ = 0.5·Mini-Batch")
    ('de', 'dw1', '0.5', 'mini', 'batch')
    """
    return tuple(_WORD.findall(folded(text)))
