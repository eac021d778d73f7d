"""Formulas set on a page: fractions, derivatives, exponents and indices, in Unicode and in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.draw.formula import FormulaError, set_formula
from tutor.draw.glyphs import ASCII, UNICODE
from tutor.draw.width import display_width


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("E = (t − y)²", ["E = (t − y)²"]),
        ("y = w3*h1 + w5", ["y = w₃·h₁ + w₅"]),
        ("a = x/2", ["     x", "a = ───", "     2"]),
        ("∂E/∂w1", [" ∂E", "─────", " ∂w₁"]),
        ("g = ∂E/∂y·w3", ["     ∂E", "g = ────·w₃", "     ∂y"]),
        ("y = 1/(1 + e^(-z))", ["        1", "y = ─────────", "          −z", "     1 + e"]),
        ("((a + b)/2)·c", [" a + b", "───────·c", "   2"]),
        ("(-2)^2", ["(−2)²"]),
        ("w ← w − 0.1·g", ["w ← w − 0.1·g"]),
        ("|x|", ["|x|"]),
        ("x^10", ["x¹⁰"]),
        ("sqrt(x)", ["√(x)"]),
        ("= 26·20", [" = 26·20"]),
    ],
)
def test_how_a_formula_is_set(text: str, rows: list[str]) -> None:
    assert set_formula(text, UNICODE) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a = x1/2", ["     x1", "a = ----", "     2"]),
        ("∂E/∂w1", [" dE", "-----", " dw1"]),
        ("e^(-z)", ["e^(-z)"]),
        ("sqrt(x)", ["sqrt(x)"]),
        ("η·g", ["eta*g"]),
    ],
)
def test_how_a_formula_is_set_in_ascii(text: str, rows: list[str]) -> None:
    assert set_formula(text, ASCII) == rows


@pytest.mark.parametrize("text", ["y = (w", "y =", "2 +", "a b ( c", "x = = 3"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        set_formula(text, UNICODE)


LEAVES = st.sampled_from(["x", "w1", "2", "0.5", "∂E/∂y", "(-3)"])
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        inner.map(lambda part: f"({part})^2"),
        inner.map(lambda part: f"exp({part})"),
        inner.map(lambda part: f"|{part}|"),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(FORMULAS)
def test_no_sign_of_a_formula_is_lost(text: str) -> None:
    for glyphs in (UNICODE, ASCII):
        rows = set_formula(text, glyphs)
        shown = "".join(rows)
        assert shown.count("x") >= text.count("x")
        for digit in "5":
            assert shown.count(digit) == text.count(digit)
        assert shown.count("E") == text.count("E")
        assert all(row == row.rstrip() for row in rows)
        assert max(map(display_width, rows)) < 400
    assert all(row.isascii() for row in rows)
