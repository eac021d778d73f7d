"""Rounding too early: an intermediate value is rounded or cut off before it is used. In every kind of cell."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.patterns import places
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Name, Negative, Node, Number, names, replace, walk
from tutor.mathematics.notation.printing import number_text
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError, as_fractions
from tutor.mathematics.values.real import Value, narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_PARTS = 60
_BITS = 160


@dataclass(frozen=True)
class _Rounding:
    """One way to shorten a value, and what is said of it."""

    identity: str
    decimals: int
    cut: bool
    what: str

    def of(self, value: Value) -> Number | None:
        """Return the shortened value, None where that changes nothing."""
        found = rounded(value, self.decimals, cut=self.cut)
        return None if found is None or found == value else Number(found)


_ROUNDINGS = (
    _Rounding("intermediate-rounded-to-2-decimals", 2, cut=False, what="was rounded before it was used"),
    _Rounding("intermediate-rounded-to-1-decimal", 1, cut=False, what="was rounded too early"),
    _Rounding("intermediate-truncated-to-2-decimals", 2, cut=True, what="was cut off instead of rounded"),
)


@dataclass(frozen=True)
class _Intermediate:
    """A value on the way: what it is the value of, and the formula with another number in its place."""

    part: Node
    value: Value
    put: Callable[[Node], Node]


def early_rounding(situation: Situation) -> Iterator[Suspicion]:
    """Yield what comes out where one intermediate value, or each of them, was shortened before it was used."""
    formula = _opened(situation)
    if sum(1 for _ in walk(formula)) > _MOST_PARTS:
        return
    earlier = list(_earlier_cells(situation, formula))
    inner = list(_inner_values(situation, formula))
    for rounding in _ROUNDINGS:
        short: dict[Node, Number] = {}
        for found in (*earlier, *inner):
            number = rounding.of(found.value)
            if number is None:
                continue
            if found in earlier:
                short[found.part] = number
            text = number_text(number.value, "−")
            sentence = f"{shown(found.part)} went in as {text}: it {rounding.what}. Carry more digits through."
            yield Suspicion(f"rounding.{rounding.identity}", found.put(number), sentence)
        if len(short) > 1:
            sentence = f"Each intermediate value {rounding.what}. Carry more digits through."
            yield Suspicion(f"rounding.{rounding.identity}", replace(formula, short.get), sentence)


def _opened(situation: Situation) -> Node:
    """Return the cell's formula with each local derivative in it written out: its values are intermediate ones too."""
    derivation = situation.derivation

    def open_direct(part: Node) -> Node | None:
        if not isinstance(part, Name) or "/" not in part.name:
            return None
        cell = derivation.cell(part.name)
        return derivation.formula(cell) if cell.kind == "direct" else None

    return replace(situation.formula, open_direct)


def _earlier_cells(situation: Situation, formula: Node) -> Iterator[_Intermediate]:
    for name in names(formula):
        if not situation.derivation.is_constant(name):
            yield _Intermediate(
                Name(name),
                situation.value(name),
                lambda number, part=Name(name): replace(formula, {part: number}.get),  # type: ignore[misc]  # bound now
            )


def _inner_values(situation: Situation, formula: Node) -> Iterator[_Intermediate]:
    for part, put in places(formula):
        if part is formula or isinstance(part, Name | Negative) or not names(part):
            continue
        try:
            yield _Intermediate(part, situation.of(part), put)
        except (NotDefinedError, TooLargeError):
            continue


def rounded(value: Value, decimals: int, *, cut: bool = False) -> Fraction | None:
    """Return the value rounded (a half away from 0) or cut off at a decimal; None where 160 bits cannot tell."""
    try:
        ends = [value] if isinstance(value, Fraction) else [Fraction(*end) for end in as_fractions(narrow(value, _BITS))]
    except (NotDefinedError, TooLargeError):
        return None
    found = {_shortened(end, Fraction(1, 10**decimals), cut=cut) for end in ends}
    return found.pop() if len(found) == 1 else None


def _shortened(value: Fraction, unit: Fraction, *, cut: bool) -> Fraction:
    size = floor(abs(value) / unit + (0 if cut else Fraction(1, 2))) * unit
    return size if value >= 0 else -size
