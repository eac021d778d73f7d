"""A function of one or two variables, as a learner types it: read by the project's own parser, never run as code."""

from __future__ import annotations

import contextlib
import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from tutor.engine.error import EngineError
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.functions import CONSTANTS, FUNCTION_SPELLINGS
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import canonical, compose, is_name, is_name_letter, is_name_part
from tutor.mathematics.problem import Problem, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.notation.expression import Node

MOST_VARIABLES = 2
_MOST_WORDS = 12
_LONGEST = 4_000
_POWER_OF_TEN = re.compile(r"(?<=[0-9.])[eE][+-]?[0-9]+")
_LETTER = re.compile(r"[^\W\d_]_?[\d₀-₉]*")
_SHOWN = 60


def function_problem(text: str, start: Mapping[str, Fraction | float]) -> Problem:
    """Return a typed formula as a problem with one step; its parameters are the variables, at their starting values.

    `start` names one or two variables; a float stands for the short decimal that it is written as.
    Raises EngineError, with what to write instead, where the formula cannot be read, or does not use the variables.
    """
    if not 1 <= len(start) <= MOST_VARIABLES:
        raise EngineError(f"the function has {len(start)} variables. Write one with one or two.")
    for name in start:
        if not is_name(name) or name in FUNCTION_SPELLINGS:
            raise EngineError(f"“{name[:_SHOWN]}” cannot be a variable. Write a letter, such as x, or x1.")
    values = {name: _exact(name, value) for name, value in start.items()}
    formula = _read(text, tuple(start))
    unused = [name for name in start if name not in names(formula)]
    if unused:
        raise EngineError(f"the function does not use {' and '.join(unused)}. Leave that variable out, or use it.")
    objective = next(name for name in ("f", "g", "h") if canonical(name) not in set(map(canonical, start)))
    step = Step(objective, text.strip(), formula, names(formula))
    return Problem(
        title="", objective=objective, given={}, parameters=values, steps={objective: step}, source="the function"
    )


def variables(text: str) -> tuple[str, ...]:
    """Return the one or two variables that a typed formula uses, in the order in which they appear.

    Letters side by side are factors where that leaves at most two variables (xy is x·y), else they are one name.
    Raises EngineError where it has none or more than two, or cannot be read.
    """
    words = _words(text)
    letters = list(dict.fromkeys(letter for word in words for letter in _LETTER.findall(word)))
    for candidates in (letters, list(dict.fromkeys([*letters, *words]))):
        found = _that_explain(text, candidates)
        if found:
            return found
    if not words:
        _read(text, ())  # tells what cannot be read, where that is why there are none
        raise EngineError("there is no variable in the function. Write one, such as x^2.")
    if len(words) <= MOST_VARIABLES:
        _read(text, tuple(words))
    shown = ", ".join(word[:_SHOWN] for word in words[:6])
    raise EngineError(f"the function has more than two names: {shown}. Write one with one or two variables.")


def _that_explain(text: str, candidates: list[str]) -> tuple[str, ...]:
    """Return the fewest of the candidates with which the text can be read; none where two are not enough."""
    if len(candidates) > _MOST_WORDS:
        return ()
    for count in range(1, MOST_VARIABLES + 1):
        for chosen in combinations(candidates, count):
            with contextlib.suppress(EngineError):
                return names(_read(text, chosen))
    return ()


def _words(text: str) -> list[str]:
    """Return the words of the text that are neither functions nor constants, each once."""
    text = _POWER_OF_TEN.sub(" ", compose(text[:_LONGEST]))
    words: list[str] = []
    word = ""
    for character in f"{text} ":
        if is_name_part(character) and (word or is_name_letter(character)):
            word += character
        elif word:
            words.append(word)
            word = ""
    known = {*CONSTANTS, *FUNCTION_SPELLINGS}
    return [word for word in dict.fromkeys(words) if word not in known and word.lower() not in FUNCTION_SPELLINGS]


def _read(text: str, variable_names: tuple[str, ...]) -> Node:
    try:
        return read(text, Scope.of(variable_names)).tree
    except ReadingError as error:
        shown = text.strip()[:_SHOWN] + ("…" if len(text.strip()) > _SHOWN else "")
        raise EngineError(f"“{shown}”: {error.message}") from error


def _exact(name: str, value: Fraction | float) -> Fraction:
    try:
        return value if isinstance(value, Fraction) else Fraction(str(value))
    except ValueError as error:
        raise EngineError(f"the start of {name} is {value}: write a finite number, such as 0.5.") from error
