"""Text as it is heard: formulas in plain signs, rows of tables as sentences, nothing drawn."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pupil import Scripted

from tutor.draw.width import display_width
from tutor.plain.hearing import heard, heard_formula, heard_verbatim
from tutor.plain.markdown import paragraphs
from tutor.plain.talk import Talk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("∂E/∂w1 = 2·(y − t)·x₁²", "dE/dw1 = 2*(y - t)*x1^2"),
        ("η ≈ ½, √x", "eta is about 1/2, sqrt(x)"),
        ("2·0.3² ≈ 0.2, moved by ≈ 0.1", "2*0.3^2 is about 0.2, moved by about 0.1"),
        ("w 1 → 2", "w 1 to 2"),
        ("path E ← y ← h1", "path E from y from h1"),
        ("10⁻⁸ and 2.6×10⁻³", "10^-8 and 2.6*10^-3"),
        ("“too low”, he said – and left…", "“too low”, he said – and left…"),
        ("Gauß, Poincaré, Москва", "Gauss, Poincaré, Москва"),
        ("ŷ − m̂", "yhat - mhat"),
        ("plain text", "plain text"),
    ],
)
def test_formulas_are_heard_as_they_are_typed(text: str, expected: str) -> None:
    assert heard(text) == expected


def test_ascii_only_spells_the_typography_too() -> None:
    assert heard("“Poincaré” – 2…", ascii_only=True) == '"Poincare" - 2...'
    assert heard_formula("new ∂E/∂w₁") == "new dE/dw1"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("h1 = x1²     h2 = x2", "h1 = x1^2; h2 = x2"),
        ("Σ r  = r1 + r2          the sum", "sum r = r1 + r2; the sum"),
        ("E ── 26 ── y ─┬── 1 ── h1", "E; 26; y; 1; h1"),
        ("              └── 1 ─── w5", "branch: 1; w5"),
        ("forward    x ──> z ──> L", "forward; x to z to L"),
        ("back   W <── ∂L/∂z <──mask── L", "back; W from dL/dz from mask; L"),
    ],
)
def test_lines_that_stand_by_themselves_lose_their_columns_and_drawings(line: str, expected: str) -> None:
    assert heard_verbatim(line) == expected


def test_a_row_of_a_table_names_its_columns() -> None:
    table = "| step | `w` | |\n|---|---|---|\n| 1 | −3 | first |\n| 2 | | |"
    assert paragraphs(table) == ["step: 1; w: -3; first", "step: 2"]


def test_lists_quotes_and_links_are_sentences() -> None:
    told = paragraphs("1. one\n2. two\n\n> said\n\n- a **b** [c](https://x.org/)\n\n---\n\n![a cat](cat.png)")
    assert told == [
        "1. one", "2. two", "", "Quote: said", "", "- a b c (https://x.org/)", "", "Picture: a cat",
    ]  # fmt: skip


def test_formulas_of_a_fence_stay_on_one_line_each_and_code_keeps_its_indents() -> None:
    assert paragraphs("```math\nf = x^2\ndf/dx = (a + b)/2\n```") == ["f = x^2", "df/dx = (a + b)/2"]
    assert [line.replace("\u00a0", " ") for line in paragraphs("```python\nfor x in y:\n    z = −x\n```")] == [
        "for x in y:",
        "    z = -x",
    ]


@given(text=st.text(max_size=300), width=st.integers(20, 78), ascii_only=st.booleans())
def test_whatever_is_said_fits_the_width_and_can_be_shown_anywhere(text: str, width: int, ascii_only: bool) -> None:
    out = io.StringIO()
    talk = Talk(out, Scripted(iter(())), width=width, ascii_only=ascii_only)
    talk.say(text)
    talk.tell(text)
    said = out.getvalue()
    assert all(display_width(line) <= width for line in said.split("\n"))
    assert not {unicodedata.category(character) for character in said.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert said.isascii() or not ascii_only


class _Latin(io.StringIO):
    encoding = "iso-8859-1"  # type: ignore[assignment]  # as a stream in that encoding has it


def test_an_output_without_typography_gets_ascii() -> None:
    out = _Latin()
    Talk(out, Scripted(iter(()))).say("“Poincaré” is 2·x")
    assert out.getvalue() == '"Poincare" is 2*x\n'
