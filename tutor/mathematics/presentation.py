"""How formulas and cells are shown: names as a learner sees them, formulas with the numbers put in."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import Name, Node, Number, replace
from tutor.mathematics.notation.printing import number_text, plain, pretty
from tutor.mathematics.problem import SYMBOLS
from tutor.mathematics.update_rules import HYPERPARAMETER
from tutor.mathematics.values.decimal import decimal_text

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

_LONG = 10**24  # 12 decimals of 12 digits
_DERIVATIVE = re.compile(r"d([^/]+)/d([^/:\[@]+)(:direct)?(.*)", re.DOTALL)


def shown_name(identity: str) -> str:
    """Return a cell or name as it is shown: `∂E/∂w1`, `η`.

    >>> shown_name("dE/dw1:direct[2]"), shown_name("update.eta"), shown_name("w1@1")
    ('∂E/∂w1[2]', 'η', 'w1@1')
    """
    if identity.startswith(HYPERPARAMETER):
        return SYMBOLS[identity.removeprefix(HYPERPARAMETER)]
    match = _DERIVATIVE.fullmatch(identity)
    return f"∂{match[1]}/∂{match[2]}{match[4]}" if match else identity


def plain_name(identity: str) -> str:
    """Return a cell or name as it is typed: `dE/dw1`, `eta`."""
    return identity.removeprefix(HYPERPARAMETER)


def shown_value(value: Value) -> str:
    """Return a value as a learner reads it: exactly where that is short, else rounded to 7 digits with ≈."""
    if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator) < _LONG:
        text = number_text(value, "−")
        if len(text) <= 12:  # noqa: PLR2004 - what fits a cell
            return text
    return "≈ " + short_decimal(value).replace("-", "−")


def typed_value(value: Value) -> str:
    """Return a value as a learner types what `shown_value` shows: without ≈, and with the minus sign of a keyboard."""
    return shown_value(value).removeprefix("≈ ").replace("−", "-")


def digits_of(value: Value) -> int:
    """Return how many digits a value takes as a decimal or a fraction; none where it has to be rounded anyway.

    >>> digits_of(Fraction(-13, 5000)), digits_of(Fraction(1200)), digits_of(Fraction(7, 30))
    (2, 2, 3)
    """
    if not isinstance(value, Fraction):
        return 0
    text = number_text(abs(value))
    return len(text) - 1 if "/" in text else len(text.replace(".", "").strip("0"))


def short_decimal(value: Value, digits: int = 7) -> str:
    """Return the value rounded to this many significant digits, without a sign that it is rounded."""
    mantissa, e, exponent = decimal_text(value, digits).partition("e")
    if isinstance(value, Fraction) and len(mantissa.strip("-0.")) > digits + 1:
        rounded = Fraction(mantissa)
        mantissa = _rounded(rounded, digits)
    return mantissa + e + exponent


def _rounded(value: Fraction, digits: int) -> str:
    return f"{float(value):.{digits}g}"


def with_numbers(node: Node, derivation: Derivation, values: dict[str, Value] | None = None) -> Node:
    """Return the formula with the value of each name in its place."""
    known = values or {}

    def put_in(part: Node) -> Node | None:
        if not isinstance(part, Name):
            return None
        value = known[part.name] if part.name in known else derivation.value(part.name)
        text = typed_value(value)
        if isinstance(value, Fraction):
            return Number(value, text)
        # Only the sign of a rounded number matters for how it is printed, and that it is no whole number.
        return Number(Fraction(-1 if text.startswith("-") else 1, 2), text)

    return replace(node, put_in)


def pretty_formula(node: Node, of: str = "") -> str:
    """Return the formula as it looks on a page.

    `of` is the cell whose formula it is: a local derivative that looks the same is then marked as `:direct`.
    """

    def shown(identity: str) -> str:
        name = shown_name(identity)
        return f"{name}:direct" if name == shown_name(of) else name

    return pretty(node, shown)


def plain_formula(node: Node) -> str:
    """Return the formula in plain notation, which can be typed."""
    return plain(replace(node, lambda part: Name(plain_name(part.name)) if isinstance(part, Name) else None))
