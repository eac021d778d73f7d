"""Splitting a run of letters into the names that exist, longest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.notation.errors import ReadingError

if TYPE_CHECKING:
    from tutor.mathematics.notation.scope import Scope

PieceKind = Literal["name", "constant", "function", "number"]
_DIGITS = re.compile(r"[0-9]+")
_LONGEST_RUN = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A known word inside a run of letters."""

    kind: PieceKind
    text: str
    start: int
    end: int


def split_word(run: str, position: int, scope: Scope) -> list[Piece]:
    """Return the known names, functions and numbers that the run of letters is made of.

    `position` is where the run stands in the whole text. Raises ReadingError, with the names that exist, where the
    run cannot be split, and with a question where it looks like a name that does not exist.
    """
    whole = scope.word(run) or scope.loosely(run)
    if whole is not None:
        return [Piece(whole[0], whole[1], position, position + len(run))]
    if len(run) > _LONGEST_RUN or scope.strict:
        raise ReadingError(_no_such_name(run, scope), position)
    ends = _reachable(run, scope)
    if 0 not in ends:
        raise ReadingError(_question(run, scope) or _no_such_name(run, scope), position)
    pieces: list[Piece] = []
    at = 0
    while at < len(run):
        end = ends[at]
        known: tuple[PieceKind, str] = scope.word(run[at:end]) or ("number", run[at:end])
        pieces.append(Piece(known[0], known[1], position + at, position + end))
        at = end
    _check_digits(run, position, pieces, scope)
    return pieces


def _check_digits(run: str, position: int, pieces: list[Piece], scope: Scope) -> None:
    """Ask where digits follow a logarithm; at the end they may follow a function, as in ln2, but not a name."""
    for before, digits in pairwise(pieces):
        if digits.kind != "number":
            continue
        if run[before.start - position : before.end - position] == "log":
            message = (
                f"Does log{digits.text} mean log({digits.text}…) or a logarithm to base {digits.text}? "
                f"Write log({digits.text}…), or ln(…)/ln({digits.text}) for that base."
            )
            raise ReadingError(message, before.start)
        if digits is pieces[-1] and before.kind != "function":
            raise ReadingError(_question(run, scope) or _no_such_name(run, scope), position)


def _reachable(run: str, scope: Scope) -> dict[int, int]:
    """Map each place from which the run can be split to the end of the longest first piece there."""
    ends = {len(run): len(run)}
    for at in range(len(run) - 1, -1, -1):
        digits = _DIGITS.match(run, at)
        if digits and at > 0 and not run[at - 1].isdigit():
            # digits between two names are a factor; at the end of the run they look like a subscript, but in ln2
            if digits.end() in ends and (digits.end() < len(run) or _ends_in_function(run[:at], scope)):
                ends[at] = digits.end()
            continue
        for end in range(min(len(run), at + scope.longest), at, -1):
            if end in ends and scope.word(run[at:end]) is not None and not _cuts_digits(run, at, end, scope):
                ends[at] = end
                break
    return ends


def _ends_in_function(run: str, scope: Scope) -> bool:
    words = (scope.word(run[start:]) for start in range(max(0, len(run) - scope.longest), len(run)))
    return any(word is not None and word[0] == "function" for word in words)


def _cuts_digits(run: str, at: int, end: int, scope: Scope) -> bool:
    """Whether this name ends inside a row of digits that another known name covers further."""
    if end >= len(run) or not run[end].isdigit():
        return False
    digits = _DIGITS.match(run, end)
    return digits is not None and any(
        scope.word(run[at:longer]) is not None for longer in range(end + 1, digits.end() + 1)
    )


def _question(run: str, scope: Scope) -> str | None:
    """Return the question to ask where the run looks like a name with a subscript that does not exist."""
    match = re.fullmatch(r"(.*?)([0-9]+)", run, re.DOTALL)
    if not match:
        return None
    for start in range(len(match[1])):
        known = scope.word(match[1][start:])
        if known is not None and known[0] != "function" and (not start or 0 in _reachable(run[:start], scope)):
            letters, digits = match[1][start:], match[2]
            return (
                f"{letters}{digits} is not a name here. Did you mean {letters}*{digits}, {letters}^{digits} "
                f"or another name? The names are {scope.listed()}."
            )
    return None


def _no_such_name(run: str, scope: Scope) -> str:
    nearest = scope.nearest(run)
    shown = run if len(run) <= 30 else run[:30] + "…"  # noqa: PLR2004 - what fits a sentence
    return f"{shown} is not a name here. " + (f"Did you mean {nearest}? " if nearest else "") + scope.known_sentence()
