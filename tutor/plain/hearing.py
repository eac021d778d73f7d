"""Text as it is heard: formulas in signs that can be typed, arrows in words, no drawings, no columns."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from tutor.draw.ascii import to_ascii
from tutor.draw.width import NO_BREAK, printable

_TYPOGRAPHY = frozenset(f"“”‘’…–—{NO_BREAK}")
"""Signs that every voice knows, and that stand in no formula; and what holds words together on a line."""
_MATHEMATICAL_MARKS = frozenset({"0302", "0303", "0304", "0307"})
"""Hat, tilde, bar and dot, as code points: on a letter they belong to its name."""
_DRAWN = re.compile(r"[\s]*[\u2500-\u257f][\s\u2500-\u257f]*")
_BRANCH = re.compile(r"^[\s\u2502]*[\u251c\u2514][\s\u2500-\u257f]*")
_COLUMNS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_IN_WORDS = (
    (re.compile(r"\s*[-─]*(→|[-─]+>)\s*"), " to "),
    (re.compile(r"\s*←\s*|\s*<[-─]+(?=\s)\s*"), " from "),
    (re.compile(r"\s*⇒\s*"), ", so "),
    (re.compile(r"(?<![a-z]{2})(?<=[\w)\]])\s*≈\s*"), " is about "),  # behind a name or a number, not behind a word
    (re.compile(r"=\s*≈|≈"), "about"),
    (re.compile(r"[Σ∑]"), "sum"),
    (re.compile(r"∇(?=\w)"), "gradient of "),
    (re.compile(r"∇"), "gradient"),
)


def heard(text: str, *, ascii_only: bool = False) -> str:
    """Return a text, or a line of it, as it is heard. With ascii_only everything is ASCII, not only its formulas.

    >>> heard("∂E/∂w₁ ≈ 2·(ŷ − y)², for η → 0")
    'dE/dw1 is about 2*(yhat - y)^2, for eta to 0'
    """
    if text.isascii() and text.isprintable() and "->" not in text and "<-" not in text:
        return text
    text = printable(text)
    for pattern, word in _IN_WORDS:
        text = pattern.sub(word, text)
    if ascii_only:
        return to_ascii(text)
    runs = groupby(text, key=_is_kept)
    return "".join("".join(run) if kept else to_ascii("".join(run)) for kept, run in runs)


def heard_verbatim(line: str, *, ascii_only: bool = False) -> str:
    """Return a line that stands as it is written, such as a formula set off from the text, as it is heard.

    Wide gaps become semicolons; a drawing becomes what stands in it.

    >>> heard_verbatim("h1 = x1²     h2 = x2")
    'h1 = x1^2; h2 = x2'
    >>> heard_verbatim("  ├── 12 ── h2")
    'branch: 12; h2'
    """
    line = _BRANCH.sub("branch: ", line)
    line = re.sub(r"[─-]*>|<[─-]*", lambda arrow: "→" if ">" in arrow[0] else "←", line) if "─" in line else line
    line = _DRAWN.sub("; ", line)
    line = _SPACES.sub(" ", _COLUMNS.sub("; ", line))
    return heard(line.strip().strip(";").strip(), ascii_only=ascii_only)


def heard_formula(text: str) -> str:
    """Return a cell, a value or a formula as it is heard: always ASCII.

    >>> heard_formula("∂E/∂w1"), heard_formula("−0.5")
    ('dE/dw1', '-0.5')
    """
    return heard(text, ascii_only=True)


@lru_cache(maxsize=4096)
def _is_kept(character: str) -> bool:
    """Whether a character stays as it is where Unicode can be written: it belongs to words, not to formulas."""
    if character.isascii():
        return False
    if character in _TYPOGRAPHY or to_ascii(character) == "?":
        return True
    base, _, mark = unicodedata.decomposition(character).partition(" ")
    return character.isalpha() and bool(mark) and not base.startswith("<") and mark not in _MATHEMATICAL_MARKS
