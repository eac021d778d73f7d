"""Points, rough values, and exact values at them."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.equality.sampling import (
    is_undefined,
    points,
    rough_or_nothing,
    rough_point,
    rough_value,
    value_at,
)
from tutor.mathematics.notation.expression import Node
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.values.arithmetic import cos, multiply, negative, pi, sin, subtract, tan
from tutor.mathematics.values.errors import NotDefinedError
from tutor.mathematics.values.real import enclose

SCOPE = Scope.of(["x", "y"])


def tree(text: str) -> Node:
    return read(text, SCOPE).tree


def test_the_points_are_the_same_for_the_same_number_of_names() -> None:
    first, again = list(points(["x", "y"])), list(points(["y", "x"]))
    assert first == again
    assert [tuple(point.values()) for point in points(["u", "v"])] == [tuple(point.values()) for point in first]
    assert len(first) > 100
    assert len(set(map(str, first))) == len(first)


def test_the_points_are_of_all_sizes_and_signs() -> None:
    found = [point["x"] for point in points(["x", "y"])]
    assert min(map(abs, found)) < 1
    assert max(found) > 10**9
    assert min(found) < -(10**9)
    assert all(0 < abs(value) <= 3 for value in found[:8])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x + 2y - 1", 10.0),
        ("x*y/8", 1.5),
        ("-x^y", -81.0),
        ("max(x, y) - min(x, y)", 1.0),
        ("relu(x - y) + |y - x|", 1.0),
        ("sigmoid(0x) + softplus(0x)", 0.5 + math.log(2)),
        ("tanh(x) - sinh(x)/cosh(x)", 0.0),
        ("ln(e^x) + √(x + 1) + cos(pi)", 4.0),
    ],
)
def test_a_rough_value_is_close(text: str, value: float) -> None:
    assert rough_value(tree(text), {"x": 3.0, "y": 4.0}) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x^1000", math.inf),
        ("1 - x^1000", -math.inf),
        ("-(x^999)", -math.inf),
        ("(-x)^999", -math.inf),
        ("e^(x^4)", math.inf),
        ("cosh(x^4)", math.inf),
        ("sinh(-x^4)", -math.inf),
        ("x + 10^400", math.inf),
    ],
)
def test_what_is_too_large_has_its_sign(text: str, value: float) -> None:
    assert rough_or_nothing(tree(text))({"x": 1e3}) == value
    with pytest.raises(OverflowError):
        rough_value(tree(text), {"x": 1e3})


@pytest.mark.parametrize("text", ["ln(-x)", "√(-x)", "1/(x - x)", "(-x)^0.5", "x^1000 - x^1000"])
def test_what_has_no_value_is_no_number(text: str) -> None:
    assert math.isnan(rough_or_nothing(tree(text))({"x": 1e3}))


def test_a_point_too_far_for_floating_point_is_infinite() -> None:
    assert rough_point({"x": Fraction(10) ** 400, "y": -(Fraction(10) ** 400)}) == {"x": math.inf, "y": -math.inf}


def test_no_value_is_told_from_one_that_is_too_large() -> None:
    assert value_at(tree("√(x - 4)"), {"x": Fraction(3)}) is None
    assert is_undefined(tree("√(x - 4)"), {"x": Fraction(3)})
    assert not is_undefined(tree("e^(10^40·x)"), {"x": Fraction(3)})
    assert value_at(tree("x^2/4"), {"x": Fraction(3)}) == Fraction(9, 4)


@given(st.integers(-60, 60), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_sines_of_multiples_of_pi_are_the_rational_ones(top: int, bottom: int) -> None:
    angle = multiply((pi(), Fraction(top, bottom)))
    for function, oracle in ((sin, math.sin), (cos, math.cos)):
        found = function(angle)
        wanted = oracle(math.pi * (top % (2 * bottom)) / bottom)
        is_rational = any(math.isclose(wanted, value, abs_tol=1e-9) for value in (0, 0.5, -0.5, 1, -1))
        assert isinstance(found, Fraction) == is_rational
        if isinstance(found, Fraction):
            assert float(found) == pytest.approx(wanted, abs=1e-12)
            assert enclose(negative(found), 96) == enclose(-found, 96)


def test_tangents_of_multiples_of_pi() -> None:
    quarter = multiply((pi(), Fraction(1, 4)))
    assert [tan(multiply((quarter, Fraction(times)))) for times in (0, 1, 3, 4, -1)] == [0, 1, -1, 0, -1]
    with pytest.raises(NotDefinedError):
        tan(multiply((pi(), Fraction(5, 2))))
    assert sin(subtract(multiply((pi(), Fraction(3, 2))), pi())) == 1
