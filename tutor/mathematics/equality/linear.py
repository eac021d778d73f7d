"""A formula as a sum of rational multiples of atoms, so that equal exponents become the same sum."""

from __future__ import annotations

from fractions import Fraction

from tutor.mathematics.notation.expression import (
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    product,
)
from tutor.mathematics.notation.limits import constant

_ONE = Number(Fraction(1))
_MOST_TERMS = 256


def linear_form(node: Node) -> dict[Node, Fraction]:
    """Return the atoms of the formula with their rational coefficients; the number part stands under 1.

    Products of sums are multiplied out as long as they stay small. Atoms that are equal but written differently stay
    apart; their coefficients then add up wherever the atoms are evaluated.
    """
    terms: dict[Node, Fraction] = {}
    _collect(node, Fraction(1), terms)
    return {atom: coefficient for atom, coefficient in terms.items() if coefficient}


def _collect(node: Node, times: Fraction, terms: dict[Node, Fraction]) -> None:
    match node:
        case Number(value):
            terms[_ONE] = terms.get(_ONE, Fraction(0)) + value * times
        case Negative(inner):
            _collect(inner, -times, terms)
        case Sum(parts):
            for part in parts:
                _collect(part, times, terms)
        case Quotient(top, bottom):
            divisor = constant(bottom)
            if divisor:
                _collect(top, times / divisor, terms)
            else:
                _add_atom(node, times, terms)
        case Product(factors):
            _collect_product(factors, times, terms)
        case Call("log", (inner,)):
            _collect_logarithm(inner, times, terms)
        case _:
            _add_atom(node, times, terms)


def _add_atom(atom: Node, times: Fraction, terms: dict[Node, Fraction]) -> None:
    terms[atom] = terms.get(atom, Fraction(0)) + times


def _collect_product(factors: tuple[Node, ...], times: Fraction, terms: dict[Node, Fraction]) -> None:
    rest: list[Node] = []
    for factor in factors:
        value = constant(factor)
        if value is None:
            rest.append(factor)
        else:
            times *= value
    if not rest:
        _collect(Number(Fraction(1)), times, terms)
        return
    if len(rest) == 1:
        _collect(rest[0], times, terms)
        return
    wide = next((factor for factor in rest if isinstance(factor, Sum | Negative)), None)
    if wide is None or len(terms) > _MOST_TERMS:
        _add_atom(product(rest), times, terms)
        return
    rest.remove(wide)
    for part in wide.terms if isinstance(wide, Sum) else (Negative(wide.inner),):
        inner = part.inner if isinstance(part, Negative) else part
        sign = -1 if isinstance(part, Negative) else 1
        _collect_product((inner, *rest), times * sign, terms)


def _collect_logarithm(node: Node, times: Fraction, terms: dict[Node, Fraction]) -> None:
    """Split ln of products and powers, so that c·ln f can be seen in an exponent."""
    match node:
        case Product(factors):
            for factor in factors:
                _collect_logarithm(factor, times, terms)
        case Quotient(top, bottom):
            _collect_logarithm(top, times, terms)
            _collect_logarithm(bottom, -times, terms)
        case Power(base, exponent) if constant(exponent) is not None:
            _collect_logarithm(base, times * (constant(exponent) or 0), terms)
        case Call("exp", (inner,)):
            _collect(inner, times, terms)
        case _:
            _add_atom(Call("log", (node,)), times, terms)
