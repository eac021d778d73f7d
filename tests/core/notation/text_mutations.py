"""Strings that learners might type, and worse: rows of the tables, changed at random with their grammar in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from function_rows import AMBIGUOUS, READINGS
from refusal_rows import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

NAMES = ("x", "y", "z", "u", "v", "w1", "w2", "x1", "x2", "h1", "ŷ", "η", "E", "b", "t")
READABLE = tuple(row[1] for row in (*READINGS, *AMBIGUOUS) if set(row[0].split()) <= set(NAMES))
REFUSED = tuple(text for row in REFUSALS if len(text := row[1]) <= 60)
WORDS = (
    *NAMES,
    *("w₁", "x_1", "yhat", "eta", "e", "pi", "π", "sin", "cos", "ln", "log", "exp", "tanh", "σ", "sqrt", "√", "ReLU"),
    *("max(", "min(", "|", "½", "0", "1", "2", "10", "3.5", ".5", "1e3", "2E−4", "33.3%", "9999", "x2", "ln2", "q"),
)
SIGNS = ("+", "-", "−", "*", "·", "×", "/", "÷", "^", "**", "²", "³", "⁻¹", "⁽", "⁾", "%", ",", "(", ")", "[", "]", "|")
STRANGE = (*" \t\u00a0=≈∂:'!;±\x00\u202eא①", "∂E/∂w1", "@1", "[2]")

FORMS = ("{}+{}", "{}-{}", "({})({})", "({})/({})", "({})^({})", "2{}", "max({},{})", "|{}|·{}", "√({}){}")
BRACKETS = ("({})", "[{}]", "|{}|", "{{{}}}", "({}]", "sin({})", "1/({})", "√({})", "({})²", "-({})")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED = str.maketrans("0123456789-+()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾")


def mutated(random: Random) -> str:
    """Return a string: a row of the tables with up to four changes."""
    text = random.choice(REFUSED if random.random() < 0.1 else READABLE)
    for _ in range(random.choice((1, 1, 2, 2, 3, 4))):
        text = random.choice(CHANGES)(text, random)
    return text


def _place(text: str, random: Random) -> int:
    return random.randint(0, len(text))


def _insert(text: str, random: Random) -> str:
    place = _place(text, random)
    what: str = random.choice(random.choice((WORDS, WORDS, SIGNS, SIGNS, STRANGE)))
    return text[:place] + what + text[place:]


def _insert_word(text: str, random: Random) -> str:
    place = _place(text, random)
    return text[:place] + " " + random.choice(WORDS[: len(NAMES) + 18]) + " " + text[place:]


def _combine(text: str, random: Random) -> str:
    return random.choice(FORMS).format(text, random.choice(READABLE))


def _delete(text: str, random: Random) -> str:
    start = _place(text, random)
    return text[:start] + text[start + random.randint(1, 3) :]


def _join(text: str, random: Random) -> str:
    return text + random.choice(("", " ", "+", "·", "/", "^", "(", "|")) + random.choice(READABLE)


def _wrap(text: str, random: Random) -> str:
    return random.choice(BRACKETS).format(text)


def _repeat(text: str, random: Random) -> str:
    start = _place(text, random)
    end = start + random.randint(1, 6)
    return text[:end] + text[start:end] * random.choice((1, 2, 5, 50, 300)) + text[end:]


def _swap(text: str, random: Random) -> str:
    first, second = sorted((_place(text, random), _place(text, random)))
    return text[second:] + text[first:second] + text[:first]


def _exchange(text: str, random: Random) -> str:
    old, new = random.choice(SIGNS), random.choice((*SIGNS, *WORDS))
    return text.replace(old, new)


def _spell_otherwise(text: str, random: Random) -> str:
    start = _place(text, random)
    changed = text[start : start + 4].translate(random.choice((LOWERED, RAISED)))
    return text[:start] + changed + text[start + 4 :]


def _any_character(text: str, random: Random) -> str:
    place = _place(text, random)
    return text[:place] + chr(random.randrange(random.choice((0x2300, 0x110000)))) + text[place:]


CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _insert,
    _insert,
    _insert_word,
    _insert_word,
    _combine,
    _combine,
    _combine,
    _delete,
    _join,
    _wrap,
    _repeat,
    _swap,
    _exchange,
    _spell_otherwise,
    _any_character,
)
