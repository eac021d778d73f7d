"""What formulas are made of, seen in one walk: how large they are, and which way to compare them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    walk,
)
from tutor.mathematics.notation.limits import BITS, DEPTH, EXPONENT, ROOT_BITS, constant, is_deep

if TYPE_CHECKING:
    from fractions import Fraction

BRANCHING = frozenset({"abs", "relu", "max", "min", "sign", "step"})
PARTIAL = frozenset({"log", "sqrt"})
_MOST_ORDER = 8
_NOT_TOTAL = BRANCHING | PARTIAL


@dataclass(slots=True)
class Outline:
    """The parts of some formulas.

    `bits` bounds how much the formulas say: the bits of their numbers and one for each part, those of a power as often
    as it multiplies them. No number that appears in the formulas when they are multiplied out has more.
    """

    names: dict[str, None] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    calls: int = 0
    bits: int = 0
    has_broken_power: bool = False
    has_open_power: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the formulas are defined and smooth on an open dense set, whatever their names are."""
        return not self.has_broken_power and self.functions.isdisjoint(_NOT_TOTAL)

    @property
    def has_branches(self) -> bool:
        """Whether there is a call that takes one of several branches."""
        return not self.functions.isdisjoint(BRANCHING)

    @property
    def has_logarithm(self) -> bool:
        """Whether there is a logarithm, or a power such as x^y, which is made of one."""
        return self.has_open_power or "log" in self.functions

    @property
    def order(self) -> int:
        """How many things that are no fractions the formulas are made of: so many may cancel one another."""
        return min(2 + self.calls, _MOST_ORDER)

    def add(self, node: Node) -> None:
        """Take in a formula."""
        stack: list[tuple[Node, int]] = [(node, 1)]
        while stack:
            part, times = stack.pop()
            if isinstance(part, Name):
                self.names[part.name] = None
                self.bits += times
            elif isinstance(part, Number):
                self.bits += times * (part.value.numerator.bit_length() + part.value.denominator.bit_length())
            elif isinstance(part, Product):
                self.bits += times * len(part.factors)
                stack += [(factor, times) for factor in part.factors]
            elif isinstance(part, Sum):
                self.bits += times * len(part.terms)
                stack += [(term, times) for term in part.terms]
            elif isinstance(part, Negative):
                stack.append((part.inner, times))
            elif isinstance(part, Quotient):
                stack += [(part.top, times), (part.bottom, times)]
            elif isinstance(part, Power):
                self._add_power(part, times, stack)
            elif isinstance(part, Call):
                self.functions.add(part.function)
                self.calls += 1
                self.bits += times
                stack += [(argument, times) for argument in part.arguments]
            else:
                self.bits += times

    def _add_power(self, power: Power, times: int, stack: list[tuple[Node, int]]) -> None:
        exponent = power.exponent
        value = exponent.value if isinstance(exponent, Number) else constant(exponent)
        if not isinstance(power.base, Constant):
            self.has_broken_power |= value is None or value.denominator != 1
            self.has_open_power |= value is None
        elif power.base.name != "e":
            self.has_open_power |= value is None
        stack.append((exponent, times))
        stack.append((power.base, times * self._multiplied(value, exponent)))

    def _multiplied(self, value: Fraction | None, exponent: Node) -> int:
        """Return how often a power multiplies what its base says."""
        if value is None:
            self.bits += 0 if _is_modest(exponent) else BITS
            return 1
        whole = math.ceil(abs(value))
        if whole > EXPONENT:
            self.bits += BITS
        return max(1, whole)


def _is_modest(exponent: Node) -> bool:
    """Whether an exponent that is no fraction has names or constants, or is made of small numbers, such as 3^(1/3)."""
    bits, times = 0, 1
    for part in walk(exponent):
        if isinstance(part, Name | Constant):
            return True
        if isinstance(part, Number):
            bits += part.value.numerator.bit_length() + part.value.denominator.bit_length()
        elif isinstance(part, Power) and (value := constant(part.exponent)) is not None:
            times *= max(1, math.ceil(abs(value)))
    return bits * times <= ROOT_BITS


def outline(*formulas: Node) -> Outline:
    """Return what the formulas are made of."""
    found = Outline()
    for formula in formulas:
        found.add(formula)
    return found


def check_size(node: Node, position: int, tokens: int) -> None:
    """Refuse a formula too deep to walk, or whose powers or numbers would grow beyond any hand calculation.

    `tokens` is how many it was written with: a formula is not deeper than that. Raises ReadingError.
    """
    if tokens > DEPTH and is_deep(node):
        raise ReadingError("Too many divisions or powers stand in one another here. Write it in parts.", position)
    if outline(node).bits > BITS:
        raise ReadingError("The powers in this are too large to work with. Write smaller ones.", position)
