"""Which spellings are one name: `x_1 = x1 = x₁`, `ŷ = yhat = y_hat`, `η = eta`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

GREEK: dict[str, str] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Α": "Alpha", "Β": "Beta", "Γ": "Gamma", "Δ": "Delta", "Ε": "Epsilon", "Ζ": "Zeta",
    "Η": "Eta", "Θ": "Theta", "Ι": "Iota", "Κ": "Kappa", "Λ": "Lambda", "Μ": "Mu",
    "Ν": "Nu", "Ξ": "Xi", "Ο": "Omicron", "Π": "Pi", "Ρ": "Rho", "Σ": "Sigma",
    "Τ": "Tau", "Υ": "Upsilon", "Φ": "Phi", "Χ": "Chi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
# Variant letters that keyboards and symbol tables offer for the same Greek letter.
_VARIANTS = {"ϵ": "ε", "ϑ": "θ", "ϕ": "φ", "ς": "σ", "ϱ": "ρ", "ϰ": "κ", "µ": "μ", "Ω": "Ω", "∆": "Δ"}

SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
SUBSCRIPT_LETTERS = dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True))
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣ", "0123456789+-()nx", strict=True))
_MARKS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot"}


@lru_cache(maxsize=1024)
def is_name_letter(character: str) -> bool:
    """Whether a name may begin with this character."""
    return (character.isalpha() and character not in SUPERSCRIPTS) or character == "_"


@lru_cache(maxsize=1024)
def is_name_part(character: str) -> bool:
    """Whether a name may go on with this character."""
    return (
        is_name_letter(character)
        or character.isdecimal()
        or character in SUBSCRIPTS
        or character in SUBSCRIPT_LETTERS
        or character in _MARKS
    )


_VARIANT_TABLE = {ord(variant): letter for variant, letter in _VARIANTS.items()}


def compose(text: str) -> str:
    """Return the text with letters and their accents composed; super- and subscripts stay as they are."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_VARIANT_TABLE)


def place_before_composing(text: str, place: int) -> int:
    """Return which character of a text the character at a place of the composed text was made of, the first of them.

    >>> place_before_composing("y\u0302 + q", 4)
    5
    """
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(compose(text[:middle])) <= place else (low, middle - 1)
    return low


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the spelling that all ways to write one name share.

    >>> canonical("x₁") == canonical("x_1") == canonical("x1")
    True
    >>> canonical("ŷ"), canonical("y_hat"), canonical("η"), canonical("w_pred")
    ('yhat', 'yhat', 'eta', 'w_pred')
    """
    if name.isascii() and "_" not in name:
        return name
    pieces: list[str] = []
    for character in unicodedata.normalize("NFD", compose(name)):
        if character in SUBSCRIPTS:
            pieces.append(SUBSCRIPTS[character])
        elif character in SUBSCRIPT_LETTERS:
            pieces.append("_" + SUBSCRIPT_LETTERS[character])
        else:
            pieces.append(_MARKS.get(character) or GREEK.get(character) or character)
    spelled = "".join(pieces)
    spelled = re.sub(r"_(hat|bar|tilde)(?![^\W\d_])", r"\1", spelled)
    return re.sub(r"(?<=[^\W\d_])_(?=\d)", "", spelled)


_NAME = re.compile(r"[^\W\d]\w*\Z")


def is_name(text: str) -> bool:
    """Whether the text can be the name of a quantity in a problem file."""
    plain = "".join("0" if c in SUBSCRIPTS or c in _MARKS else c for c in compose(text))
    return bool(_NAME.match(plain)) and all(is_name_part(c) for c in compose(text))
