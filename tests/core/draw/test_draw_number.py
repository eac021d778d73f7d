"""Numbers in pictures: short, readable back, never in Python's own spelling."""

from __future__ import annotations

import doctest
import math
import re
import subprocess
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from drawn import number
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.draw import curve_reading, palette, trail
from tutor.draw import number as number_module
from tutor.draw.glyphs import ASCII, UNICODE
from tutor.draw.number import distinct_numbers, scaled_number, short_number

if TYPE_CHECKING:
    from types import ModuleType

    from tutor.draw.glyphs import Glyphs


@pytest.mark.parametrize("module", [curve_reading, number_module, palette, trail])
def test_examples_in_docstrings(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed


@pytest.mark.parametrize(
    ("value", "unicode", "ascii_text"),
    [
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (17, "17", "17"),
        (-2.7331, "−2.733", "-2.733"),
        (99999.6, "100000", "100000"),
        (999999, "10⁶", "1e6"),
        (123456, "123500", "123500"),
        (0.0001, "0.0001", "0.0001"),
        (0.00001, "10⁻⁵", "1e-5"),
        (-1.5e300, "−1.5×10³⁰⁰", "-1.5e300"),
        (5e-324, "4.941×10⁻³²⁴", "4.941e-324"),
        (math.inf, "∞", "inf"),
        (-math.inf, "−∞", "-inf"),
        (math.nan, "nan", "nan"),
    ],
)
def test_short(value: float, unicode: str, ascii_text: str) -> None:
    assert short_number(value, UNICODE) == unicode
    assert short_number(value, ASCII) == ascii_text


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 17), st.sampled_from([UNICODE, ASCII]))
@example(9.9995, 4, ASCII)
@example(0.00099995, 4, UNICODE)
def test_what_is_written_is_the_rounded_value(value: float, digits: int, glyphs: Glyphs) -> None:
    text = short_number(value, glyphs, digits)
    rounded = float(f"%.{digits}g" % value)
    assert math.isclose(number(text), rounded, rel_tol=1e-15) or (math.isinf(rounded) and abs(value) > 1e308)
    assert not re.search(r"e[+]|e-?0", text)
    assert len(re.sub(r"e.*|×.*|\D", "", text).strip("0")) <= digits


@given(st.integers(-(10**6), 10**6), st.integers(-30, 30))
def test_scaled_is_exact(mantissa: int, exponent: int) -> None:
    assert Fraction(scaled_number(mantissa, exponent, ASCII)) == mantissa * Fraction(10) ** exponent


@given(st.lists(st.floats(), min_size=1, max_size=4))
def test_distinct_numbers_look_different_exactly_where_they_are(values: list[float]) -> None:
    shown = distinct_numbers(values, ASCII)
    for one, first in zip(values, shown, strict=True):
        for other, second in zip(values, shown, strict=True):
            same = one == other or (math.isnan(one) and math.isnan(other))
            assert (first == second) == same


def test_pictures_load_nothing_heavy() -> None:
    modules = "axes, bars, curve, curve_reading, decision_map, grid, histogram, map_reading, network, surface, trail"
    heavy = ("textual", "rich", "numpy", "sympy", "mpmath", "markdown_it")
    code = f"import sys; from tutor.draw import {modules}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
