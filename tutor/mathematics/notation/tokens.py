"""Text to tokens: numbers, words split into the names that exist, signs. Nothing is guessed silently."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.spelling import SUPERSCRIPTS, is_name_letter, is_name_part
from tutor.mathematics.notation.words import split_word

if TYPE_CHECKING:
    from tutor.mathematics.notation.scope import Scope


class Token(NamedTuple):
    """One piece of the text: `text` in its plain form, `start` and `end` its place.

    `kind` is number, name, constant, function, raised, end, or the sign itself in its plain form.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)


_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+−–-]?[0-9]+)?")
_GROUPED = re.compile(r"[0-9]+,[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?")

_SIGNS: dict[str, str] = {
    **dict.fromkeys("+＋﹢", "+"),  # noqa: RUF100
    **dict.fromkeys("-−–—‐‑﹣－", "-"),
    **dict.fromkeys("*×·⋅∗✕•∙＊", "*"),
    **dict.fromkeys("/÷∕⁄／", "/"),
    **dict.fromkeys("^ˆ", "^"),
    **dict.fromkeys("([{（", "("),
    **dict.fromkeys(")]}）", ")"),
    **dict.fromkeys("|∣", "|"),
    ",": ",",
    "√": "√",
    "%": "%",
}
_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t\n")
_ASCII_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_CLOSING = {"(": ")", "[": "]", "{": "}", "（": "）"}


def tokenize(text: str, scope: Scope, start: int = 0) -> list[Token]:
    """Return the tokens of the text from `start` on, with an `end` token last.

    Raises ReadingError for anything that is no mathematics or that could mean two things.
    """
    if len(text) > limits.CHARACTERS:
        message = f"This is {len(text):,} characters long. An answer has at most {limits.CHARACTERS:,}."
        raise ReadingError(message, limits.CHARACTERS)
    tokens: list[Token] = []
    position = start
    while position < len(text):
        position = _next(text, position, scope, tokens)
        if len(tokens) > limits.TOKENS:
            raise ReadingError("This formula is too long to work with. Write it in parts.", position)
    _check_brackets(text, tokens)
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _next(text: str, position: int, scope: Scope, tokens: list[Token]) -> int:
    """Append what stands at the position; return the position after it."""
    character = text[position]
    sign = _SIGNS.get(character)
    if sign is not None:
        end = position + 1
        if sign == "*" and text.startswith("**", position):
            sign, end = "^", position + 2
        tokens.append(Token(sign, sign, position, end))
        return end
    if character in _SPACES or character.isspace():
        return position + 1
    if character in _DIGITS or (character == "." and text[position + 1 : position + 2].isdigit()):
        return _number(text, position, tokens)
    if character in SUPERSCRIPTS:
        return _raised(text, position, tokens)
    found = scope.cell_at(text, position) if scope.cells else None
    if found is not None:
        cell, end = found
        tokens.append(Token("name", cell, position, end))
        return end
    if is_name_letter(character):
        return _word(text, position, scope, tokens)
    if unicodedata.category(character) == "No":
        return _fraction(text, position, tokens)
    raise ReadingError(_unknown_character(character, position), position)


def _number(text: str, position: int, tokens: list[Token]) -> int:
    match = _NUMBER.match(text, position)
    if match is None:  # a point before a digit of another script
        raise ReadingError("This is not a number.", position)
    written, end = match.group(), match.end()
    following = text[end : end + 2]
    if following[:1] == ",":
        _check_comma(text, position, tokens)
    if tokens and tokens[-1].kind == "number":
        message = f"{tokens[-1].text} and {written} stand side by side. Write one number, or * between two."
        raise ReadingError(message, position)
    if following[:1] == "." and following[1:] in _DIGITS:
        raise ReadingError(f"{text[position : end + 2]} has two decimal points. Write only one.", end)
    if written.isdecimal():
        limits.check_number(written, position)
        value = Fraction(int(written))
    else:
        written = written.replace("−", "-").replace("–", "-")
        limits.check_number(written, position)
        value = Fraction(written.rstrip("."))
    tokens.append(Token("number", written, position, end, value))
    return end


def _check_comma(text: str, position: int, tokens: list[Token]) -> None:
    """Ask what a comma between digits means, but between the arguments of max and min."""
    grouped = _GROUPED.match(text, position)
    if grouped and not _inside_list(tokens):
        written = grouped.group()
        joined, pointed = written.replace(",", ""), written.replace(",", ".", 1)
        message = (
            f"A comma can mean two things: does {written} mean {joined} or {pointed}? "
            "Write it without the comma, with a point for decimals."
        )
        raise ReadingError(message, text.index(",", position))


def _inside_list(tokens: list[Token]) -> bool:
    """Whether the innermost open bracket holds the arguments of max or min."""
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind == ")":
            depth += 1
        elif token.kind == "(":
            if depth == 0:
                return index > 0 and tokens[index - 1].text in {"max", "min"}
            depth -= 1
    return False


def _raised(text: str, position: int, tokens: list[Token]) -> int:
    end = position
    while end < len(text) and text[end] in SUPERSCRIPTS:
        end += 1
    raised = "".join(SUPERSCRIPTS[character] for character in text[position:end])
    tokens.append(Token("raised", raised, position, end))
    return end


def _fraction(text: str, position: int, tokens: list[Token]) -> int:
    """Read a character such as ½."""
    written = unicodedata.normalize("NFKC", text[position])
    top, slash, bottom = written.partition("⁄")
    if not slash or not (top.isdecimal() and bottom.isdecimal()):
        raise ReadingError(_unknown_character(text[position], position), position)
    if tokens and tokens[-1].kind == "number":
        whole = tokens[-1].text
        message = (
            f"Does {whole}{text[position]} mean {whole} + {top}/{bottom} or {whole} * {top}/{bottom}? Write which."
        )
        raise ReadingError(message, position)
    value = Fraction(int(top), int(bottom))
    tokens.append(Token("number", f"{top}/{bottom}", position, position + 1, value))
    return position + 1


def _word(text: str, position: int, scope: Scope, tokens: list[Token]) -> int:
    plain = _ASCII_WORD.match(text, position)
    end = plain.end() if plain else position
    while end < len(text) and is_name_part(text[end]):
        end += 1
    run = text[position:end]
    known = scope.word(run)
    if known is not None:
        tokens.append(Token(*known, position, end))
        return end
    for piece in split_word(run, position, scope):
        if piece.kind == "number" and tokens and tokens[-1].kind == "number":
            raise ReadingError("Two numbers stand side by side. Write * between them.", piece.start)
        value = Fraction(piece.text) if piece.kind == "number" else Fraction(0)
        tokens.append(Token(piece.kind, piece.text, piece.start, piece.end, value))
    cell = scope.cell_at(text, tokens[-1].start) if tokens[-1].start > position else None
    if cell is not None:  # the last of several names goes on, as in w1h1[2]
        tokens[-1] = Token("name", cell[0], tokens[-1].start, cell[1])
        return cell[1]
    return end


def _check_brackets(text: str, tokens: list[Token]) -> None:
    """Refuse brackets that do not match, at the bracket that is wrong."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "(":
            opened.append(token)
            if len(opened) > limits.NESTING:
                raise ReadingError("Too many brackets inside one another. Write it in parts.", token.start)
        elif token.kind == ")":
            if not opened:
                raise ReadingError(f"This {text[token.start]} closes no bracket. Remove it, or open one.", token.start)
            opening = text[opened.pop().start]
            if _CLOSING[opening] != text[token.start]:
                message = f"{opening} is closed by {text[token.start]}. Write {_CLOSING[opening]}."
                raise ReadingError(message, token.start)
    if opened:
        opening = text[opened[-1].start]
        raise ReadingError(
            f"This {opening} is never closed. Write {_CLOSING[opening]} where it ends.", opened[-1].start
        )


def _unknown_character(character: str, position: int) -> str:
    if not character.isprintable():
        return f"Character {position + 1} cannot be seen on a screen. Delete it."
    if character in "'′":
        return "A prime is not read here. Write the derivative out, such as sigmoid(z)*(1 - sigmoid(z))."
    if character in "<>≤≥≠":
        return f"{character} is not part of an answer. Write only the value."
    if character in "±∓":
        return f"{character} stands for two values. Write the one you mean."
    if character == ";":
        return "Only one answer fits here. Write the first one, and the others in their own cells."
    return f"“{character}” is not read here. Write numbers, names, + - * / ^, brackets and functions."
