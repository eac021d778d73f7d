"""Drawing numbers that are easy to work with by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from random import Random

T = TypeVar("T")
TENTH = Fraction(1, 10)
HALF = Fraction(1, 2)


def at_grade(grade: int, easy: T, middle: T, hard: T) -> T:
    """Return what belongs to a grade of difficulty.

    >>> at_grade(2, "whole", "signed", "halves")
    'signed'
    """
    return (easy, middle, hard)[grade - 1]


def whole(numbers: Random, least: int, most: int, but: Collection[int] = (0,)) -> int:
    """Return a whole number between two limits, both included, that is none of those left out."""
    return numbers.choice([number for number in range(least, most + 1) if number not in but])


def different(numbers: Random, least: int, most: int, count: int, but: Collection[int] = (0,)) -> list[int]:
    """Return so many different whole numbers between two limits, both included, in any order."""
    return numbers.sample([number for number in range(least, most + 1) if number not in but], count)


@overload
def signed(numbers: Random, size: int) -> int: ...
@overload
def signed(numbers: Random, size: Fraction | int) -> Fraction | int: ...
def signed(numbers: Random, size: Fraction | int) -> Fraction | int:
    """Return the number or its negative, one as likely as the other."""
    return size if numbers.random() < HALF else -size


def one_of(chance: Random, *choices: T) -> T:
    """Return one of the choices, each as likely as the others."""
    return chance.choice(choices)


def polynomial(terms: Sequence[tuple[Fraction | int, str]]) -> str:
    """Return a sum of terms as a problem file has it; each is a coefficient and what it is multiplied by.

    >>> polynomial([(1, "x^2"), (-3, "x"), (5, "")])
    'x^2 - 3*x + 5'
    """
    text = ""
    for coefficient, power in terms:
        if coefficient:
            sign = (" - " if coefficient < 0 else " + ") if text else ("-" if coefficient < 0 else "")
            text += sign + _term(abs(Fraction(coefficient)), power)
    return text or "0"


def _term(value: Fraction, power: str) -> str:
    if not power:
        return str(value)
    if value.numerator == 1:
        return power if value == 1 else f"{power}/{value.denominator}"
    return f"{value.numerator}*{power}" + ("" if value.denominator == 1 else f"/{value.denominator}")
