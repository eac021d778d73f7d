"""Mathematical Unicode in plain ASCII that a learner can read and type back."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Literal

_Kind = Literal["plain", "raised", "lowered", "fraction"]
_KINDS: dict[str, _Kind] = {"<super>": "raised", "<sub>": "lowered", "<fraction>": "fraction"}

# A mark on a symbol is part of its name: ŷ is yhat. A mark on a letter of a longer word is an accent, and is left out.
_MARKS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0307": "dot"}
# These patterns are compiled when they are first used: most terminals never need them.
_LATIN = "[A-Za-zÀ-ÖØ-öø-ɏ]"
_ACCENTED = "[AEIOUaeiouNnCcSsGg][\u0302\u0303\u0304\u0307]"
_ACCENTED_WORD = rf"{_LATIN}{{2}}{_ACCENTED}|{_LATIN}{_ACCENTED}{_LATIN}|{_ACCENTED}{_LATIN}{{2}}"
_MARKED = r"([^\W\d_])([\u0302\u0303\u0304\u0307])"

_SIGNS: dict[str, str] = {
    **dict.fromkeys("·⋅∗×•∙✕", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("−–—‐‑‒―", "-"),
    **dict.fromkeys("‘’‚‛′ʹ", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    "″": "''", "‴": "'''", "‹": "<", "›": ">", "…": "...", "⋯": "...", "⋮": ":",
    "∂": "d", "∇": "grad ", "∑": "sum ", "∏": "product ", "∫": "integral ", "∞": "inf", "∆": "Delta",
    "±": "+-", "∓": "-+", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "≡": "==", "≪": "<<", "≫": ">>",
    "∝": "~", "∘": "o", "⊙": ".*", "°": " degrees", "¬": "not ",
    "⌈": "ceil(", "⌉": ")", "⌊": "floor(", "⌋": ")", "⟨": "<", "⟩": ">", "‖": "||", "∣": "|",
    "→": "->", "←": "<-", "↔": "<->", "↦": "|->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "↑": "^", "↓": "v",
    "▸": ">", "▶": ">", "◂": "<", "◀": "<", "▲": "^", "▼": "v", "◦": "o", "○": "o", "●": "o", "■": "#", "□": ".",
    "✓": "ok", "✔": "ok", "✗": "x", "✘": "x",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "€": "EUR", "£": "GBP", "©": "(c)", "§": "section ",
}  # fmt: skip

_LINES = {
    **dict.fromkeys("─━┄┅┈┉╌╍╴╶╸╺╼╾", "-"),
    **dict.fromkeys("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", "|"),
    "═": "=",
    "╱": "/",
    "╲": "\\",
    "╳": "X",
    **dict.fromkeys("░▁▂▃", "."),
    "▒": ":",
}
_BOX_DRAWING, _BLOCKS = range(0x2500, 0x2580), range(0x2580, 0x25A0)
_NEGATION = "\u0338"
_KEPT_CONTROLS = "\n\t"

_INTEGER = r"[+-]?[0-9]+|[A-Za-z]"
_FUNCTIONS = r"(?:exp|log|ln|sqrt|abs|sinh?|cosh?|tanh?|sigmoid|sigma|[Rr]e[Ll][Uu]|softplus|max|min)"
# After these a fraction such as ½ needs brackets to stay one number.
_BINDS_FRACTION = rf"(?:[\w)√]|[/^÷√]\s*[-+−]?\s*|\b{_FUNCTIONS}\s+)\Z"
_NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_BRACKETS = r"\((?:[^()]|\([^()]*\))*\)"
_OPERAND = rf"(?:{_NUMBER}|{_FUNCTIONS}{_BRACKETS}|(?!{_FUNCTIONS}\(){_NAME}|{_BRACKETS})"
_ROOT = rf"√({_OPERAND}(?:\^[+-]?{_OPERAND})*)"


def to_ascii(text: str) -> str:
    """Return the text in ASCII, spelled so that formulas keep their meaning.

    Greek letters become their names, small raised and lowered characters `^2` and `x1`, box drawing `+ - |`. What
    has no spelling of its own becomes its plain relative, and "?" as a last resort. Never fails; text that is already
    printable ASCII comes back as it is.

    >>> to_ascii("∂E/∂w₁ = 2·(ŷ − y)·x₂², η ≈ ½")
    'dE/dw1 = 2*(yhat - y)*x2^2, eta ~= 1/2'
    """
    if text.isascii() and (text.isprintable() or not _has_controls(text)):
        return text
    spelled = _spell_runs(_spell_marks(text))
    return _spell_roots("".join(map(_spell, spelled)))


def _has_controls(text: str) -> bool:
    return any(not character.isprintable() and character not in _KEPT_CONTROLS for character in text)


def _spell_marks(text: str) -> str:
    """Write the marks of symbols as words: ŷ and m̂ become yhat and mhat."""
    decomposed = "".join(map(_split_mark, unicodedata.normalize("NFC", text)))
    unaccented = re.sub(_ACCENTED_WORD, lambda word: "".join(c for c in word.group() if c not in _MARKS), decomposed)
    return re.sub(_MARKED, lambda symbol: symbol.group(1) + _MARKS[symbol.group(2)], unaccented)


@lru_cache(maxsize=1024)
def _split_mark(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed if decomposed[-1:] in _MARKS and character.isalpha() else character


def _spell_runs(text: str) -> str:
    """Write raised and lowered characters and fractions such as ½ with ordinary ones."""
    pieces: list[str] = []
    runs = [(kind, "".join(run)) for kind, run in groupby(text, key=_kind)]
    for (kind, run), (_, after) in zip(runs, [*runs[1:], ("plain", "")], strict=True):
        match kind:
            case "raised":
                pieces.append(_raised(_flat(run), after))
            case "lowered":
                pieces.append(_lowered(_flat(run)))
            case "fraction":
                pieces.append(_fractions(run, pieces[-1] if pieces else "", after))
            case _:
                pieces.append(run)
    return "".join(pieces)


@lru_cache(maxsize=1024)
def _kind(character: str) -> _Kind:
    if not character:
        return "plain"
    return _KINDS.get(unicodedata.decomposition(character).partition(" ")[0], "plain")


def _flat(run: str) -> str:
    return "".join(map(_spell, unicodedata.normalize("NFKD", run)))


def _raised(exponent: str, after: str) -> str:
    bracketed = re.fullmatch(_BRACKETS, exponent)
    single = re.fullmatch(_INTEGER, exponent) and not after[:1].isdecimal()
    return f"^{exponent}" if bracketed or single else f"^({exponent})"


def _lowered(index: str) -> str:
    """Write an index as names spell it: x₁ is x1, wᵢⱼ is w_i_j."""
    if index.isalnum():
        return "".join(f"_{character}" if character.isalpha() else character for character in index)
    return f"_({index})"


def _fractions(run: str, before: str, after: str) -> str:
    if before[-1:].isdecimal():
        return f" {_flat(run)}"
    bound = len(run) > 1 or _kind(after[:1]) == "raised" or after.startswith("^")
    bound = bound or re.search(_BINDS_FRACTION, before[-12:]) is not None
    return "".join(f"({_flat(character)})" if bound else _flat(character) for character in run)


def _spell_roots(text: str) -> str:
    """Write √ with brackets around the one factor that it takes."""
    if "√" not in text:
        return text
    rooted = re.sub(_ROOT, _bracketed_root, text)
    return rooted.replace("√(", "sqrt(").replace("√ ", "sqrt ").replace("√", "sqrt ")


def _bracketed_root(root: re.Match[str]) -> str:
    factor = root.group(1)
    return f"sqrt{factor}" if re.fullmatch(_BRACKETS, factor) else f"sqrt({factor})"


@lru_cache(maxsize=4096)
def _spell(character: str) -> str:
    """Return the spelling of one character; √ stays, because its spelling depends on what follows."""
    if character == "√" or (character.isascii() and not _has_controls(character)):
        return character
    code = ord(character)
    if code in _BOX_DRAWING or code in _BLOCKS:
        return _LINES.get(character, "+" if code in _BOX_DRAWING else "#")
    return _SIGNS.get(character) or _greek(character) or _relative(character)


def _greek(character: str) -> str:
    """Return the name of a Greek letter, capitalised as the letter is; nothing for other characters."""
    words = unicodedata.name(character, "").split()
    if words[:1] != ["GREEK"] or "LETTER" not in words or "WITH" in words:
        return ""
    name = words[-1].lower().replace("lamda", "lambda")
    return name.capitalize() if "CAPITAL" in words else name


def _relative(character: str) -> str:
    """Return what is left of a character without its marks and its typography, "?" where that is nothing."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    relatives = unicodedata.normalize("NFKD", character)
    if relatives == character:
        return "?"
    if _NEGATION in relatives:
        return "not " + _spell(relatives.replace(_NEGATION, "")[:1])
    return "".join(map(_spell, relatives))
