r"""Numbers in prose: {{E@1}} becomes the value of that cell, so that prose cannot be wrong.

What may stand between the braces, from left to right:

- a problem file as seen from the lesson, and a colon, where the number is not about the lesson's own
  problem: `{{../problems/bowl.toml: f@1}}`;
- a cell, a given value, a parameter or `eta`; or a small calculation with them, its signs + - * /
  between spaces: `{{y - t}}`, `{{eta * dE/dw1}}`;
- after a |, how to write it: `{{E@1 | 2 decimals}}`, `{{E@1 | exact}}`. Inside a table write \| for it.

Without the last, a decimal that ends within 10 significant digits is written as it is, and anything else
is rounded to 6 and gets the sign ≈. Where the text before a rounded number ends in = this sign
becomes ≈; where it ends in ≈ or in the word “about” nothing is added.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tutor.course.error import LessonError
from tutor.course.files import find_file
from tutor.course.model import LessonHead, Prose
from tutor.course.number import Number, Written, write_decimals, write_exact, write_number

Lookup = Callable[[str | None, str], Number]
"""Gives the number with a name, of the problem file as it is named or of the lesson's own (None)."""

_PLACEHOLDER = re.compile(r"\{\{(?P<inner>[^{}\n]*)\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_FILE = re.compile(r"(?P<file>\S+\.toml):\s+(?P<rest>.*)")
_DECIMALS = re.compile(r"(?P<places>[1-9]\d?) decimals?")
_LITERAL = re.compile(r"\d+(\.\d+)?")
_SIGNS = frozenset("+-*/")


class UnknownNumberError(LookupError):
    """Raised by a lookup for a name that its problem does not have; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands between two pairs of braces."""

    file: str | None
    words: tuple[str, ...]
    """Operands, with a sign between each two."""
    form: str
    start: int
    end: int
    line: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names that have to be looked up."""
        return tuple(word for word in self.words[::2] if not _LITERAL.fullmatch(word))


def find_placeholders(markdown: str, path: Path, line: int) -> Iterator[Placeholder]:
    """Yield the placeholders of a text that begins in the given line of a lesson's file.

    Raises LessonError for one that cannot be read.
    """
    place = 0
    for found in _PLACEHOLDER.finditer(markdown):
        _check_no_braces(markdown, place, found.start(), path, line)
        place = found.end()
        here = line + markdown.count("\n", 0, found.start())
        yield _read_placeholder(found, path, here)
    _check_no_braces(markdown, place, len(markdown), path, line)


def check_numbers(prose: Prose, head: LessonHead, *, has_problem: bool) -> None:
    """Raise LessonError for a placeholder that cannot be read, or one without a problem that it could be about."""
    for placeholder in find_placeholders(prose.markdown, head.path, prose.line):
        if placeholder.file is not None:
            find_file(placeholder.file, head.path, placeholder.line)
        elif not has_problem and placeholder.names:
            message = "this number belongs to no problem. Add problem: … to the front matter."
            raise LessonError(head.path, placeholder.line, message)


def fill_in(markdown: str, lookup: Lookup, path: Path, line: int = 1) -> str:
    """Return the text with a number in place of each placeholder, looked up only now.

    path and line say where the text begins, for messages.
    Raises LessonError for a placeholder that cannot be read, looked up, calculated or written.
    """
    text = ""
    place = 0
    for placeholder in find_placeholders(markdown, path, line):
        text += markdown[place : placeholder.start]
        place = placeholder.end
        try:
            written = _write(_calculate(placeholder, lookup), placeholder.form)
        except (UnknownNumberError, ZeroDivisionError, ValueError) as error:
            message = "this divides by zero." if isinstance(error, ZeroDivisionError) else str(error)
            raise LessonError(path, placeholder.line, message) from error
        text = _append(text, written)
    return text + markdown[place:]


def _check_no_braces(markdown: str, start: int, end: int, path: Path, line: int) -> None:
    found = _BRACES.search(markdown, start, end)
    if found:
        here = line + markdown.count("\n", 0, found.start())
        message = f"{found[0]} has no partner in this line. Write a number of the problem as {{{{E@1}}}}."
        raise LessonError(path, here, message)


def _read_placeholder(found: re.Match[str], path: Path, line: int) -> Placeholder:
    expression, bar, form = (part.strip() for part in found["inner"].replace("\\|", "|").partition("|"))
    if bar and form != "exact" and not _DECIMALS.fullmatch(form):
        message = f"“{form}” is not a way to write a number. Write 2 decimals, or exact."
        raise LessonError(path, line, message)
    named = _FILE.fullmatch(expression)
    words = tuple((named["rest"] if named else expression).split())
    if not _alternate(words):
        message = f"cannot read {found[0]}. Write one cell as {{{{E@1}}}}, or a calculation as {{{{y - t}}}}."
        raise LessonError(path, line, message)
    file = named["file"] if named else None
    return Placeholder(file, words, form, found.start(), found.end(), line)


def _alternate(words: tuple[str, ...]) -> bool:
    """Whether operands and signs take turns, an operand first and last."""
    return len(words) % 2 == 1 and all((word in _SIGNS) == (i % 2 == 1) for i, word in enumerate(words))


def _calculate(placeholder: Placeholder, lookup: Lookup) -> Number:
    numbers = [_operand(word, placeholder.file, lookup) for word in placeholder.words[::2]]
    terms = [numbers[0].value]
    for sign, number in zip(placeholder.words[1::2], numbers[1:], strict=True):
        match sign:
            case "*":
                terms[-1] *= number.value
            case "/":
                terms[-1] /= number.value
            case "-":
                terms.append(-number.value)
            case _:
                terms.append(number.value)
    return Number(sum(terms, Fraction(0)), all(number.exact for number in numbers))


def _operand(word: str, file: str | None, lookup: Lookup) -> Number:
    return Number(Fraction(word)) if _LITERAL.fullmatch(word) else lookup(file, word)


def _write(number: Number, form: str) -> Written:
    if form == "exact":
        if not number.exact:
            raise ValueError("this number cannot be written exactly. Write 4 decimals instead of exact.")
        return Written(write_exact(number.value), rounded=False)
    decimals = _DECIMALS.fullmatch(form)
    return write_decimals(number, int(decimals["places"])) if decimals else write_number(number)


def _append(text: str, written: Written) -> str:
    """Put the number behind the text, with the sign that tells rounded from exact."""
    before = text.rstrip()
    if not written.rounded or before.endswith(("≈", "about")):
        return text + written.text
    if before.endswith("="):
        return before[:-1] + "≈" + text[len(before) :] + written.text
    return text + "≈ " + written.text
