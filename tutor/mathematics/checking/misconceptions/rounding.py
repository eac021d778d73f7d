"""Rounding too early: an intermediate value is rounded or cut off before it is used. In every kind of cell."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Name, Negative, Node, Number, names, number, replace, walk
from tutor.mathematics.notation.printing import number_text
from tutor.mathematics.values.enclosure import as_fractions
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import Value, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_PARTS = 60
_MOST_PARTS_EACH = 25
_BITS = 160

# Two fractions that a value certainly lies between; a fraction lies between itself and itself.
Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class _Rounding:
    """One way to shorten a value."""

    identity: str
    decimals: int
    cut: bool = False

    def of(self, ends: Ends) -> Number | None:
        """Return the shortened value, None where that changes nothing, leaves nothing, or cannot be told."""
        short = _shortened(ends, self.decimals, cut=self.cut)
        return None if not short or ends == (short, short) else number(short)

    def said(self, ends: Ends) -> str:
        """Return what is said of a value that went in shortened."""
        is_worse = self.cut and _shortened(ends, self.decimals) != _shortened(ends, self.decimals, cut=True)
        return ", cut off instead of rounded" if is_worse else ""


_ROUNDINGS = (
    _Rounding("rounding.intermediate-rounded-to-2-decimals", 2),
    _Rounding("rounding.intermediate-rounded-to-1-decimal", 1),
    _Rounding("rounding.intermediate-truncated-to-2-decimals", 2, cut=True),
)


def early_rounding(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one intermediate value, or every earlier cell, was shortened before it was used."""
    formula = _opened(situation)
    if sum(1 for _ in walk(formula)) > _MOST_PARTS:
        return
    values = dict(_intermediate_values(situation, formula))
    for rounding in _ROUNDINGS:
        cells: dict[Node, Node] = {}
        for part, ends in values.items():
            short = rounding.of(ends)
            if short is None:
                continue
            if isinstance(part, Name):
                cells[part] = short
            text = number_text(short.value, "−")
            sentence = f"{shown(part)} went in as {text}{rounding.said(ends)}. Carry more digits through."
            yield Suspicion(rounding.identity, _with(formula, {part: short}), sentence)
        if len(cells) > 1:
            sentence = "Every value was shortened before it was used. Carry more digits through."
            yield Suspicion(rounding.identity, _with(formula, cells), sentence)


def _with(formula: Node, numbers: Mapping[Node, Node]) -> Node:
    return replace(formula, numbers.get)


def _opened(situation: Situation) -> Node:
    """Return the cell's formula with each local derivative in it written out: its values are intermediate ones too."""
    derivation = situation.derivation

    def open_direct(part: Node) -> Node | None:
        if not isinstance(part, Name) or "/" not in part.name:
            return None
        cell = derivation.cell(part.name)
        return derivation.formula(cell) if cell.kind == "direct" else None

    return replace(situation.formula, open_direct)


def _intermediate_values(situation: Situation, formula: Node) -> Iterator[tuple[Node, Ends]]:
    """Yield the earlier cells in a formula, and in a short one what is worked out inside it, with their ends."""
    parts = list(walk(formula))
    is_short = len(parts) <= _MOST_PARTS_EACH
    for part in dict.fromkeys(parts if is_short else (part for part in parts if isinstance(part, Name))):
        if part is formula or isinstance(part, Negative) or not names(part):
            continue
        if isinstance(part, Name) and situation.derivation.is_constant(part.name):
            continue
        try:
            yield part, _ends(situation.of(part))
        except (NotDefinedError, TooLargeError):
            continue


def rounded(value: Value, decimals: int, *, cut: bool = False) -> Fraction | None:
    """Return the value rounded (a half away from 0) or cut off at a decimal; None where 160 bits cannot tell.

    Raises NotDefinedError or TooLargeError where there is no value to round.
    """
    return _shortened(_ends(value), decimals, cut=cut)


def _ends(value: Value) -> Ends:
    if isinstance(value, Fraction):
        return value, value
    low, high = as_fractions(narrow(value, _BITS))
    return Fraction(*low), Fraction(*high)


def _shortened(ends: Ends, decimals: int, *, cut: bool = False) -> Fraction | None:
    """Return what both ends are when shortened, None where they differ."""
    found = {_steps(end, 10**decimals, cut=cut) for end in ends}
    return Fraction(found.pop(), 10**decimals) if len(found) == 1 else None


def _steps(value: Fraction, per_unit: int, *, cut: bool) -> int:
    """Return how many steps of 1/per_unit the value comes to."""
    top, bottom = abs(value.numerator) * per_unit, value.denominator
    steps = top // bottom if cut else (2 * top + bottom) // (2 * bottom)
    return steps if value >= 0 else -steps
