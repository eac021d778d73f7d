"""A tree to text: in plain notation that can be typed back, or as it looks on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

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
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_LONG_BITS = 14_000
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def plain(node: Node) -> str:
    """Return the tree in plain notation: `3*v^2*2*u*2`. Reading it again gives an equal tree."""
    return _Printer("*", "-", lambda name: name, raised=False).text(node)


def pretty(node: Node, name: Callable[[str], str] = lambda name: name) -> str:
    """Return the tree as it looks on a page: `3·v²·2·u·2`; `name` says how each name is shown."""
    return _Printer("·", "−", name, raised=True).text(node)


def number_text(value: Fraction, minus: str = "-") -> str:
    """Return an exact number: as a short decimal where it has one, else as a fraction."""
    sign = minus if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    places = _decimal_places(bottom)
    if places is None or places > 12 or (places and len(_digits(top)) > 40):  # noqa: PLR2004 - what reads well
        return f"{sign}{_digits(top)}/{_digits(bottom)}"
    if not places:
        return f"{sign}{_digits(top)}"
    digits = str(top * 10**places // bottom).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _digits(number: int) -> str:
    """Return a whole number in decimal; Python itself refuses those of more than 4,300 digits."""
    return str(number) if number.bit_length() < _LONG_BITS else str(Decimal(number))


def _decimal_places(bottom: int) -> int | None:
    """Return how many decimals a fraction with this denominator needs, None where it never ends."""
    counts = []
    for prime in (2, 5):
        count = 0
        while bottom % prime == 0:
            bottom //= prime
            count += 1
        counts.append(count)
    return max(counts) if bottom == 1 else None


class _Printer:
    """The one way from tree to text; what differs between notations are its signs."""

    def __init__(self, times: str, minus: str, name: Callable[[str], str], *, raised: bool) -> None:
        self._times = times
        self._minus = minus
        self._name = name
        self._raised = raised

    def text(self, node: Node) -> str:
        return self._print(node)[0]

    def _print(self, node: Node) -> tuple[str, int]:
        """Return the text and how tightly it holds together."""
        match node:
            case Number(value):
                return self._number(node, value)
            case Name(name):
                return self._name(name), _ATOM
            case Constant(name):
                return ("π" if self._raised and name == "pi" else name), _ATOM
            case Sum(terms):
                return self._sum(terms), _SUM
            case Product(factors):
                return self._times.join(map(self._factor, factors)), _PRODUCT
            case Quotient(top, bottom):
                return f"{self._within(top, _PRODUCT)}/{self._within(bottom, _POWER)}", _PRODUCT
            case Negative(inner):
                return f"{self._minus}{self._within(inner, _PRODUCT)}", _SUM
            case Power(base, exponent):
                return self._power(base, exponent), _POWER
            case Call("abs", (inner,)):
                return f"|{self.text(inner)}|" if self._raised else f"abs({self.text(inner)})", _ATOM
            case Call(function, arguments):
                shown = "σ" if self._raised and function == "sigmoid" else function
                shown = "ln" if self._raised and function == "log" else shown
                return f"{shown}({', '.join(map(self.text, arguments))})", _ATOM

    def _number(self, node: Number, value: Fraction) -> tuple[str, int]:
        text = node.text.replace("-", self._minus) if node.text else number_text(value, self._minus)
        return text, _SUM if text.startswith(self._minus) else _PRODUCT if "/" in text else _ATOM

    def _within(self, node: Node, least: int) -> str:
        text, tightness = self._print(node)
        return text if tightness >= least else f"({text})"

    def _factor(self, node: Node) -> str:
        """Return one factor of several; a division among them gets brackets, so that nobody reads it otherwise."""
        text, tightness = self._print(node)
        divides = isinstance(node, Quotient | Product) or (isinstance(node, Number) and "/" in text)
        return f"({text})" if divides or tightness < _PRODUCT else text

    def _sum(self, terms: tuple[Node, ...]) -> str:
        pieces: list[str] = []
        for index, term in enumerate(terms):
            if index == 0:
                pieces.append(self._within(term, _SUM) if not isinstance(term, Sum) else f"({self.text(term)})")
                continue
            sign = "+"
            shown = term
            if isinstance(term, Negative):
                sign, shown = self._minus, term.inner
            pieces.append(f" {sign} {self._within(shown, _PRODUCT)}")
        return "".join(pieces)

    def _power(self, base: Node, exponent: Node) -> str:
        shown = self._within(base, _ATOM)
        if self._raised and isinstance(exponent, Number) and exponent.value.denominator == 1:
            return shown + str(exponent.value.numerator).translate(_RAISED)
        return f"{shown}^{self._within(exponent, _ATOM)}"
