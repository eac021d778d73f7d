"""Numbers as they stand in a text, and whether one of them is the number that somebody looks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MINUS = "[-\u2212\u2013]"
_PLAIN = r"(?P<digits>\d+(?:\.\d+)?|\.\d+)"
_POWER = r"(?:\s?[·*×]\s?10(?:\^\(?(?P<caret>[-\u2212]?\d+)\)?|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))|[eE](?P<e>[-\u2212+]?\d+))?"
_NUMBER = re.compile(rf"(?P<before>[\w)²³]?)(?P<gap>\s?)(?P<sign>{_MINUS}?)(?P<after>\s?)(?<![\w.^]){_PLAIN}{_POWER}")
_FRACTION = re.compile(rf"(?P<sign>{_MINUS}?)(?<![\w.^])(?P<over>\d+)\s?/\s?(?P<under>\d+)(?![\w.])")
_GROUPED = re.compile(rf"(?P<sign>{_MINUS}?)(?<![\w.,^])(?P<digits>\d{{1,3}}(?:[,\s\u2009\u202f\u00a0]\d{{3}})+)(?!\d)")
_VULGAR = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - read as a row
_OTHER_WORDS = {"twenty": 20, "fifty": 50, "hundred": 100, "thousand": 1_000}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "-0123456789-")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that a learner sees; unit is the place of its last digit, 0 where it is exact."""

    value: Fraction
    unit: Fraction = Fraction(0)


def numbers_in(text: str) -> set[Shown]:
    """Return the numbers of a text: signs, fractions, powers of ten, spaces between thousands, small number words.

    A minus between two operands is a sign of calculation and perhaps one of the number: then both numbers are there.
    Digits that belong to a name, an index or an exponent are no numbers.
    """
    return {*_decimals(text), *_fractions(text), *_grouped(text), *_words(text)}


def exactly(values: Iterable[Fraction]) -> set[Shown]:
    """Return numbers that are there with all their digits."""
    return {Shown(value) for value in values}


def rounded(values: Iterable[float]) -> set[Shown]:
    """Return numbers that a machine has worked out, without the noise of its last digits."""
    return {Shown(Fraction(f"{value:.12g}")) for value in values if abs(value) < float("inf")}


def stands_in(wanted: str, shown: Iterable[Shown]) -> bool:
    """Whether a number, as somebody writes it, is among those that are shown; `0.25|1/4` is one of two.

    A decimal is there where a number with at least as many digits is rounded to it.
    """
    ways = [_wanted(way) for way in wanted.split("|")]
    return any(_is(one, way) for way in ways for one in shown)


def missing(wanted: Iterable[str], shown: Iterable[Shown]) -> list[str]:
    """Return which of the wanted numbers are not shown."""
    there = frozenset(shown)
    return [text for text in wanted if not stands_in(text, there)]


def _wanted(text: str) -> Shown:
    try:
        value = Fraction(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no number.") from error
    mantissa, _, exponent = text.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return Shown(value, Fraction(0) if "/" in text else Fraction(10) ** (int(exponent or 0) - places))


def _is(shown: Shown, wanted: Shown) -> bool:
    if shown.value == wanted.value:
        return True
    fine_enough = 0 < wanted.unit < 1 and shown.unit <= wanted.unit
    return fine_enough and abs(shown.value - wanted.value) <= wanted.unit / 2


def _decimals(text: str) -> Iterator[Shown]:
    for found in _NUMBER.finditer(text):
        exponent = found["caret"] or found["raised"] or found["e"]
        places = len(found["digits"].partition(".")[2])
        scale = Fraction(10) ** int((exponent or "0").translate(_RAISED))
        yield from _signed(found, Shown(Fraction(found["digits"]) * scale, scale / 10**places))


def _signed(found: re.Match[str], shown: Shown) -> Iterator[Shown]:
    minus = bool(found["sign"])
    calculation = minus and bool((found["before"] and not found["gap"]) or found["after"])
    if minus:
        yield Shown(-shown.value, shown.unit)
    if not minus or calculation:
        yield shown


def _fractions(text: str) -> Iterator[Shown]:
    for found in _FRACTION.finditer(text):
        if int(found["under"]):
            yield Shown(Fraction(int(found["over"]), int(found["under"])) * (-1 if found["sign"] else 1))
    for sign, value in _VULGAR.items():
        if sign in text:
            yield Shown(value)


def _grouped(text: str) -> Iterator[Shown]:
    for found in _GROUPED.finditer(text):
        value = Fraction(int(re.sub(r"\D", "", found["digits"])))
        yield Shown(-value if found["sign"] else value, Fraction(1))


def _words(text: str) -> Iterator[Shown]:
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _WORDS:
            yield Shown(Fraction(_WORDS.index(word)))
        elif word in _OTHER_WORDS:
            yield Shown(Fraction(_OTHER_WORDS[word]))
