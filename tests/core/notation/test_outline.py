"""What is seen of a formula in one walk: its names, functions, and a bound on its numbers when it is multiplied out."""

from math import lcm

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.notation.expression import Name, Negative, Node, Number, Power, Product, Sum, number
from tutor.mathematics.notation.outline import outline
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope

SCOPE = Scope.of(["x", "y"])
LEAVES = st.one_of(st.sampled_from([Name("x"), Name("y")]), st.fractions(-99, 99, max_denominator=60).map(number))
POLYNOMIALS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Sum(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Product(tuple(parts))),
        inner.map(Negative),
        st.tuples(inner, st.integers(0, 4)).map(lambda pair: Power(pair[0], number(pair[1]))),
    ),
    max_leaves=8,
)


def expanded(node: Node) -> sympy.Expr:
    match node:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name):
            return sympy.Symbol(name)
        case Sum(parts):
            return sympy.Add(*map(expanded, parts))
        case Product(parts):
            return sympy.Mul(*map(expanded, parts))
        case Negative(inner):
            return -expanded(inner)
        case Power(base, exponent):
            return expanded(base) ** expanded(exponent)
        case _:
            raise AssertionError


@given(POLYNOMIALS)
def test_no_number_of_a_polynomial_over_one_line_has_more_bits_than_the_outline_says(node: Node) -> None:
    polynomial = sympy.Poly(sympy.expand(expanded(node)), sympy.Symbol("x"), sympy.Symbol("y"))
    bottom = lcm(*(int(coefficient.q) for coefficient in polynomial.coeffs()))
    most = max(int(abs(coefficient) * bottom).bit_length() for coefficient in polynomial.coeffs())
    assert max(most, bottom.bit_length()) <= outline(node).bits


@pytest.mark.parametrize(
    ("text", "is_total", "has_branches", "has_logarithm"),
    [
        ("x^2*y/(x - 1)", True, False, False),
        ("tanh(x) + sigmoid(e^y) + pi^2", True, False, False),
        ("softplus(x)", True, False, False),
        ("ln x", False, False, True),
        ("√x + y", False, False, False),
        ("x^(1/2)", False, False, False),
        ("e^(x/2)", True, False, False),
        ("pi^x", True, False, True),
        ("x^y", False, False, True),
        ("2^x", False, False, True),
        ("relu(x) + ln y", False, True, True),
        ("max(x, y)", False, True, False),
    ],
)
def test_the_kinds_of_formulas(text: str, is_total: bool, has_branches: bool, has_logarithm: bool) -> None:
    found = outline(read(text, SCOPE).tree)
    assert (found.is_total, found.has_branches, found.has_logarithm) == (is_total, has_branches, has_logarithm)


def test_the_outline_of_several_formulas() -> None:
    found = outline(read("y + tanh(x)", SCOPE).tree, read("tanh(x^3) + cosh(1)", SCOPE).tree)
    assert set(found.names) == {"x", "y"}
    assert (found.functions, found.calls) == ({"tanh", "cosh"}, 3)


def test_an_outline_takes_a_bounded_walk_through_towers_of_powers() -> None:
    tower: Node = Name("x")
    for _ in range(40):
        tower = Power(number(3), tower)
    assert outline(tower).bits < 10**4
