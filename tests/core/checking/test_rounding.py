"""Rounding and cutting off: every verdict on a decimal against the decimal module's own rounding."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tutor.mathematics.checking.formulas import check_formula

EXACT = Context(prec=400)
ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
TERMINATING = st.builds(
    lambda top, twos, fives: Fraction(top, 2**twos * 5**fives),
    st.integers(-9999, 9999),
    st.integers(0, 6),
    st.integers(0, 6),
)
FRACTIONS = st.one_of(
    st.fractions(-2000, 2000, max_denominator=9999),
    TERMINATING,
    st.builds(lambda value, power: value / 10**power, TERMINATING, st.integers(0, 6)),
)
PLACES = st.integers(1, 8)


def decimal(value: Fraction) -> Decimal:
    with localcontext(EXACT):
        return Decimal(value.numerator) / Decimal(value.denominator)


def roundings(value: Decimal, places: int) -> set[Decimal]:
    """Return what the value becomes at this place, rounded one way or the other, or cut off."""
    with localcontext(EXACT):
        unit = Decimal(1).scaleb(-places)
        return {value.quantize(unit, rounding) for rounding in ROUNDINGS}


def significant(text: str) -> int:
    return len(text.lstrip("-").replace(".", "").lstrip("0"))


def expected(value: Fraction, typed: Decimal, places: int) -> str:
    """Return the verdict on a typed decimal, by the contract."""
    if Fraction(typed) == value:
        return "correct"
    if not typed or typed not in roundings(decimal(value), places):
        return "incorrect"
    return "correct" if significant(f"{typed:f}") >= 3 else "incomplete"


def verdict(value: Fraction, text: str) -> str:
    return check_formula(f"({value})", text).verdict


@given(FRACTIONS, PLACES, st.sampled_from(ROUNDINGS))
@example(Fraction(1, 8), 2, ROUND_HALF_EVEN)
@example(Fraction(-1, 8), 2, ROUND_DOWN)
@example(Fraction(-13, 5000), 3, ROUND_HALF_UP)
def test_a_value_rounded_or_cut_off_is_right(value: Fraction, places: int, rounding: str) -> None:
    with localcontext(EXACT):
        typed = decimal(value).quantize(Decimal(1).scaleb(-places), rounding)
    text = f"{typed:f}"
    assert verdict(value, text) == expected(value, typed, places)
    if significant(text) >= 3:
        assert verdict(value, text) == "correct"


@given(FRACTIONS, PLACES, st.integers(-3, 3))
@example(Fraction(1, 8), 2, 1)
@example(Fraction(2, 3), 3, -1)
@example(Fraction(0), 3, 1)
def test_any_decimal_near_a_value_is_right_only_if_some_rounding_gives_it(
    value: Fraction, places: int, units: int
) -> None:
    with localcontext(EXACT):
        unit = Decimal(1).scaleb(-places)
        typed = decimal(value).quantize(unit, ROUND_DOWN) + units * unit
    assert verdict(value, f"{typed:f}") == expected(value, typed, places)


@given(FRACTIONS, PLACES)
def test_scientific_notation_and_percent_stand_for_the_same_decimal(value: Fraction, places: int) -> None:
    with localcontext(EXACT):
        typed = decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assume(typed)
    digits = str(abs(int(typed.scaleb(places))))
    sign = "-" if typed < 0 else ""
    mantissa = f"{sign}{digits[0]}.{digits[1:]}"
    power = len(digits) - 1 - places
    wanted = expected(value, typed, places)
    for text in (f"{mantissa}e{power}", f"{mantissa}×10^{power}", f"{mantissa}·10**({power})"):
        assert verdict(value, text) == wanted, text
    if places > 2:
        assert verdict(value, f"{typed.scaleb(2):f}%") == wanted


@given(FRACTIONS, st.integers(1, 9))
def test_any_arithmetic_has_to_be_exact(value: Fraction, factor: int) -> None:
    off = value + Fraction(1, 10**12)
    assert verdict(value, f"{value.numerator * factor}/{value.denominator * factor}") == "correct"
    assert verdict(value, f"({off.numerator})/{off.denominator}") == "incorrect"
    assert verdict(value, f"{value}+1e-12") == "incorrect"


@given(FRACTIONS, st.integers(-3, 3))
def test_an_integer_is_exact(value: Fraction, near: int) -> None:
    whole = round(value) + near
    assert (verdict(value, str(whole)) == "correct") == (value == whole)


@given(FRACTIONS)
def test_zero_is_never_a_cut_off(value: Fraction) -> None:
    for text in ("0", "0.0", "0.00", "0%", "0e-3", "-0.000"):
        assert verdict(value, text) == ("correct" if not value else "incorrect")


IRRATIONAL = {
    "√2": "sqrt(2)",
    "π": "pi",
    "e": "e",
    "σ(1.1)": "1/(1+exp(mpf('-1.1')))",
    "tanh(0.3)": "tanh(mpf('0.3'))",
    "ln 7": "log(7)",
    "-e^-2.5": "-exp(mpf('-2.5'))",
    "√2/1000": "sqrt(2)/1000",
    "1000π": "1000*pi",
}


@pytest.mark.parametrize("formula", IRRATIONAL)
@pytest.mark.parametrize("places", [1, 2, 3, 4, 6, 9, 15, 30])
@pytest.mark.parametrize("units", [-2, -1, 0, 1, 2])
def test_irrational_values_are_rounded_and_cut_off_at_every_place(formula: str, places: int, units: int) -> None:
    with mpmath.workdps(80):
        namespace = {name: getattr(mpmath, name) for name in ("sqrt", "exp", "log", "tanh", "pi", "e", "mpf")}
        value = Decimal(mpmath.nstr(eval(IRRATIONAL[formula], namespace), 70))
    with localcontext(EXACT):
        unit = Decimal(1).scaleb(-places)
        typed = value.quantize(unit, ROUND_DOWN) + units * unit
    wanted = "incorrect"
    if typed and typed in roundings(value, places):
        wanted = "correct" if significant(f"{typed:f}") >= 3 else "incomplete"
    assert check_formula(formula, f"{typed:f}").verdict == wanted
