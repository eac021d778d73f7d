"""Columns on a terminal, against two independent implementations; cutting, padding and wrapping."""

import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from tutor.draw.glyphs import ASCII, UNICODE
from tutor.draw.text import Span, cut_line, join, line_width, pad_line, part, plain, trim_line, wrap_line
from tutor.draw.width import cut, display_width, fit, printable, wrap

# What lessons and screens are written with, some wide characters, and marks.
LETTERS = string.ascii_letters + string.digits + " ∂η·²₁ŷσ−→√½─│┬損失"
TEXTS = st.text(LETTERS + "\u0302", max_size=60)
LINES = st.lists(
    st.builds(Span, st.text(LETTERS, max_size=12), st.sampled_from(["plain", "strong", "code"])), max_size=5
)


SCRIPTS = [
    *(range(0x20, 0x600), range(0x1D00, 0x2600), range(0x2700, 0x2C00)),  # Latin, Greek, Cyrillic, signs, drawing
    *(range(0x3041, 0x3100), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4), range(0xFF01, 0xFF61)),  # wide ones
]


@pytest.mark.parametrize("codes", SCRIPTS, ids=lambda codes: f"{codes.start:04X}")
def test_every_letter_and_sign_is_as_wide_as_terminals_show_it(codes: range) -> None:
    known = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]
    wrong = [c for c in known if not display_width(c) == max(0, wcwidth(c)) == cell_len(c)]
    assert not wrong


def test_controls_take_no_column() -> None:
    assert display_width("\x1b\x07\n") == 0
    assert display_width("損失 m\u0302") == 6
    assert display_width("\u0915\u093f") == 1


def test_printable_text_is_one_line_without_surprises() -> None:
    assert printable("a\tb\r\nc") == "a b  c"
    assert printable("red \x1b[31m \u202eleft\u200b \ud800") == "red \ufffd[31m left \ufffd"
    assert printable("損失 ŷ") == "損失 ŷ"


@given(st.text())
def test_printable_text_can_be_sent_anywhere(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    shown.encode()
    assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in shown)


@given(TEXTS, st.integers(0, 40))
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert display_width(fitted) == width
    if display_width(text) <= width:
        assert fitted.rstrip(" ") == text.rstrip(" ")


@pytest.mark.parametrize(
    ("text", "width", "ellipsis", "expected"),
    [
        ("gradient", 8, "…", "gradient"),
        ("gradient", 5, "…", "grad…"),
        ("gradient", 6, "...", "gra..."),
        ("gradient", 2, "...", "gr"),
        ("損失損失", 6, "…", "損失…"),
        ("損失損失", 4, "…", "損…"),
        ("m\u0302v\u0302abc", 3, "…", "m\u0302v\u0302…"),
        ("x", 0, "…", ""),
    ],
)
def test_cut(text: str, width: int, ellipsis: str, expected: str) -> None:
    assert cut(text, width, ellipsis) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the factor w1·x2 is missing", 16, ["the factor w1·x2", "is missing"]),
        ("the factor w1·x2 is missing", 15, ["the factor", "w1·x2 is", "missing"]),
        ("∂E/∂h1·∂h1/∂w1 long", 8, ["∂E/∂h1·∂", "h1/∂w1", "long"]),
        ("two  spaces   here", 30, ["two  spaces   here"]),
        ("first\nsecond line", 7, ["first", "second", "line"]),
        ("first\n\nthird", 7, ["first", "", "third"]),
        ("keep a\u00a0=\u00a01 so", 8, ["keep", "a = 1 so"]),
        ("損失損失", 3, ["損", "失", "損", "失"]),
        ("損", 1, ["損"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_wrap(text: str, width: int, expected: list[str]) -> None:
    assert wrap(text, width) == expected


@given(TEXTS, st.integers(2, 40))
def test_wrapping_breaks_at_spaces_and_as_late_as_it_can(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if max(map(display_width, text.split(" "))) <= width:
        assert " ".join(lines).split() == text.split()
        for line, following in pairwise(lines):
            assert display_width(line) + 1 + display_width(following.split(" ")[0]) > width


def test_wrapping_keeps_roles() -> None:
    line = (Span("the "), Span("inner factor", "strong"), Span(" x2"))
    assert wrap_line(line, 10) == [
        (Span("the "), Span("inner", "strong")),
        (Span("factor", "strong"), Span(" x2")),
    ]


@given(LINES, st.integers(2, 30))
def test_styled_lines_wrap_as_their_text_does(spans: list[Span], width: int) -> None:
    assert [plain(line) for line in wrap_line(tuple(spans), width)] == wrap(plain(tuple(spans)), width)


@given(LINES, st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_line_has_its_characters_and_their_roles(spans: list[Span], start: int, end: int) -> None:
    def characters(line: tuple[Span, ...]) -> list[tuple[str, str]]:
        return [(character, span.role) for span in line for character in span.text]

    assert characters(part(tuple(spans), start, end)) == characters(tuple(spans))[start:end]
    assert characters(join(spans)) == characters(tuple(spans))


@given(LINES, st.integers(0, 30))
def test_cut_lines_fit(spans: list[Span], width: int) -> None:
    for glyphs in (UNICODE, ASCII):
        assert plain(cut_line(tuple(spans), width, glyphs)) == cut(plain(tuple(spans)), width, glyphs.ellipsis)


def test_padding_and_trimming() -> None:
    line = (Span("25", "good"),)
    assert plain(pad_line(line, 5)) == "25   "
    assert plain(pad_line(line, 5, "right")) == "   25"
    assert plain(pad_line(line, 5, "center")) == " 25  "
    assert plain(pad_line(line, 1, "right")) == "25"
    assert trim_line((*line, Span("  "))) == line
    assert line_width(pad_line(line, 7, "center")) == 7
