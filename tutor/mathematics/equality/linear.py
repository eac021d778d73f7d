"""A formula as a sum of rational multiples of atoms, so that equal exponents become the same sum."""

from __future__ import annotations

from fractions import Fraction

from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Sum,
    product,
    walk,
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
        case Call("log", (Call("exp", (inner,)),)):
            _collect(inner, times, terms)
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


def monic_linear(node: Node) -> tuple[Fraction, tuple[tuple[str, Fraction], ...] | None]:
    """Return a linear formula as a number times its monic form; None for any other formula."""
    if any(not isinstance(part, Number | Name | Sum | Product | Negative | Quotient) for part in walk(node)):
        return Fraction(1), None
    terms: dict[str, Fraction] = {}
    for atom, coefficient in linear_form(node).items():
        if isinstance(atom, Name):
            terms[atom.name] = coefficient
        elif isinstance(atom, Number):
            terms[""] = coefficient * atom.value
        else:
            return Fraction(1), None
    terms = {name: coefficient for name, coefficient in sorted(terms.items()) if coefficient}
    if not terms or set(terms) == {""}:
        return Fraction(1), None
    lead = next(reversed(terms.values()))
    return lead, tuple((name, coefficient / lead) for name, coefficient in terms.items())
