"""Numbers as text: exact where short, else rounded, and never without saying so."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.number import Number, write_decimals, write_exact, write_number

decimals = st.decimals(-(10**8), 10**8, allow_nan=False, allow_infinity=False, places=5)


def as_fraction(text: str) -> Fraction:
    mantissa, _, power = text.replace("−", "-").partition("·10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


@pytest.mark.parametrize(
    ("value", "text", "rounded"),
    [
        ("0", "0", False),
        ("37", "37", False),
        ("-13/5000", "−0.0026", False),
        ("106078229/3125000", "33.94503328", False),
        ("965856317776441/9765625000000", "98.9037", True),
        ("81463897275966288653/953674316406250000", "85.4211", True),
        ("1/3", "0.333333", True),
        ("-2/3", "−0.666667", True),
        ("9999999999", "9999999999", False),
        ("10000000001", "10000000000", True),
        ("175000000000", "175000000000", False),
        ("1600000000000", "1.6·10¹²", False),
        ("0.000001", "0.000001", False),
        ("-0.00000025", "−2.5·10⁻⁷", False),
        ("1/1048576", "9.53674·10⁻⁷", True),
    ],
)
def test_the_ordinary_form(value: str, text: str, rounded: bool) -> None:
    assert write_number(Number(Fraction(value))) == (text, rounded)


def test_a_number_known_to_be_irrational_is_rounded_even_where_its_digits_are_few() -> None:
    assert write_number(Number(Fraction("1.5"), exact=False)) == ("1.5", True)
    assert write_decimals(Number(Fraction("1.5"), exact=False), 2) == ("1.50", True)


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_the_ordinary_form_is_the_value_or_within_half_of_the_sixth_digit(value: Fraction) -> None:
    text, rounded = write_number(Number(value))
    shown = as_fraction(text)
    if rounded:
        assert 0 < abs(shown - value) <= abs(shown) * Fraction(5, 10**6)
    else:
        assert shown == value


@given(decimals)
def test_short_decimals_stay_as_they_are(decimal: Decimal) -> None:
    digits = len(decimal.normalize().as_tuple().digits)
    text, rounded = write_number(Number(Fraction(decimal)))
    assert rounded == (digits > 10)
    if not rounded and abs(decimal) >= 1:
        assert Decimal(text.replace("−", "-")) == decimal


@given(decimals, st.integers(1, 4))
def test_rounding_to_decimals_as_the_standard_library_does(decimal: Decimal, places: int) -> None:
    written = write_decimals(Number(Fraction(decimal)), places)
    expected = decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(written.text.replace("−", "-")) == expected
    assert written.rounded == (expected != decimal)
    if written.rounded:
        assert len(written.text.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("98.9036869", 2, "98.90"),
        ("37", 2, "37"),
        ("0.5", 2, "0.5"),
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "−0.13"),
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("2/3", 1, "0.7"),
    ],
)
def test_to_so_many_decimals(value: str, places: int, text: str) -> None:
    assert write_decimals(Number(Fraction(value)), places).text == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3", "3"),
        ("-17/2500", "−0.0068"),
        ("216/425", "216/425"),
        ("-1/3", "−1/3"),
        ("1/64", "0.015625"),
        ("0", "0"),
    ],
)
def test_in_full(value: str, text: str) -> None:
    assert write_exact(Fraction(value)) == text


@given(st.fractions(), st.integers(0, 12))
def test_in_full_is_the_value(value: Fraction, power: int) -> None:
    for exact in (value, value / 10**power, Fraction(value.numerator, 10**power)):
        assert Fraction(write_exact(exact).replace("−", "-")) == exact
