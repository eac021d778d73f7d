"""What is typed and pasted: the line, what arrives from the terminal, and how it is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.width import display_width
from tutor.study.cells import EDITS
from tutor.study.editing import LIMIT, MOST_PASTED, Line, first_line, window
from tutor.tui.harmless import harmless, one_column_each
from tutor.tui.link.input import BULK, InputSplitter, Pasted, Typed, input_encoding

TYPED = st.lists(st.one_of(st.text(max_size=5), st.sampled_from(sorted(EDITS))), max_size=30)


def do(line: Line, act: str) -> Line:
    return EDITS[act](line) if act in EDITS else line.insert(act)


@given(TYPED)
def test_the_caret_is_always_in_the_line(acts: list[str]) -> None:
    line = Line()
    for act in acts:
        line = do(line, act)
        assert 0 <= line.caret <= len(line.text) <= LIMIT
        assert "\n" not in line.text
        assert "\r" not in line.text


@given(st.text(alphabet="abc 1+²", max_size=20), st.integers(0, 20), st.text(alphabet="xyz", min_size=1, max_size=5))
def test_what_is_typed_is_rubbed_out_again(text: str, caret: int, typed: str) -> None:
    line = Line(text, min(caret, len(text)))
    after = line.insert(typed)
    for _ in typed:
        after = after.rub_out()
    assert after == line


@given(st.text(alphabet="ab1", max_size=30), st.integers(0, 30), st.integers(1, 40))
def test_the_caret_is_always_in_sight(text: str, caret: int, width: int) -> None:
    line = Line(text, min(caret, len(text)))
    seen = window(line, width)
    assert 0 <= seen.caret < width
    assert len(seen.text) <= width
    assert text[line.caret : line.caret + 1] == seen.text[seen.caret : seen.caret + 1]


def test_words_are_rubbed_out_one_by_one() -> None:
    line = Line("2 * (37 - 24) ", 14)
    assert line.rub_out_word().text == "2 * (37 - "
    assert line.rub_out_word().rub_out_word().text == "2 * (37 "


def test_letters_and_their_accents_are_composed() -> None:
    assert Line().insert("y").insert("\u0302").text == "ŷ"
    assert Line().insert("x²").text == "x²"


def test_a_line_holds_no_more_than_its_limit() -> None:
    line = Line("ab", 1).insert("x" * 10 * LIMIT)
    assert len(line.text) == LIMIT
    assert line.text.endswith("b")


def test_of_several_lines_the_first_with_something_in_it_is_taken() -> None:
    assert first_line("\n  26 \r\n27\n") == "26"
    assert first_line(" 2 * 3 ") == " 2 * 3 "
    assert first_line("\n\n") == ""


def feed(pieces: list[bytes], encoding: str = "utf-8") -> list[Typed | Pasted]:
    splitter = InputSplitter(encoding)
    return [found for piece in pieces for found in splitter.feed(piece)]


def joined(found: list[Typed | Pasted]) -> list[Typed | Pasted]:
    """Return typed pieces that follow each other as one."""
    whole: list[Typed | Pasted] = []
    for piece in found:
        if isinstance(piece, Typed) and whole and isinstance(whole[-1], Typed):
            whole[-1] = Typed(whole[-1].text + piece.text)
        else:
            whole.append(piece)
    return whole


PASTE = st.text(alphabet=st.characters(exclude_characters="\x1b", exclude_categories=("Cs",)), max_size=50)


@given(PASTE, st.text(alphabet="abc\r", max_size=5), st.text(alphabet="xyz", max_size=5), st.data())
def test_a_marked_paste_arrives_whole_however_it_is_cut(
    paste: str, before: str, after: str, data: st.DataObject
) -> None:
    sent = f"{before}\x1b[200~{paste}\x1b[201~{after}".encode()
    start = len(before.encode()) + len("\x1b[200~")  # a start that is cut is left to Textual's parser
    cuts = data.draw(st.lists(st.integers(start, len(sent)), max_size=4).map(sorted))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    expected = [Typed(before), Pasted(paste), Typed(after)]
    assert joined(feed(pieces)) == [piece for piece in expected if piece != Typed("")]


def test_of_a_long_paste_the_beginning_is_kept() -> None:
    sent = b"\x1b[200~" + b"12+" * 1_000_000 + b"\x1b[201~x"
    pieces = [sent[place : place + 4096] for place in range(0, len(sent), 4096)]
    pasted, typed = feed(pieces)
    assert pasted == Pasted(("12+" * MOST_PASTED)[:MOST_PASTED])
    assert typed == Typed("x")


def test_much_at_once_without_marks_is_a_paste_until_there_is_a_pause() -> None:
    splitter = InputSplitter("utf-8")
    assert splitter.feed(b"1" * 4095) == [Pasted("1" * 4095)]
    assert splitter.feed(b"2" * 100) == []
    assert splitter.flooded
    splitter.pause()
    assert splitter.feed(b"25\r") == [Typed("25\r")]


def test_keys_are_not_a_paste_however_fast_they_are() -> None:
    arrows = b"\x1b[B" * 200
    assert len(arrows) > BULK
    assert feed([arrows, b"25\r12\r"]) == [Typed(arrows.decode()), Typed("25\r12\r")]


@pytest.mark.parametrize(
    "report",
    [
        "\x1b[?1;2c",
        "\x1b[?64;1;2;6;22c",
        "\x1b[>0;276;0c",
        "\x1b[?2004h",
        "\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1bP>|xterm(390)\x1b\\",
        "\x1bP1+r524742=\x1b\\",
    ],
)
def test_what_a_terminal_tells_of_itself_is_not_typed(report: str) -> None:
    assert InputSplitter("utf-8").feed(report.encode()) == []
    assert InputSplitter("utf-8").feed(f"2{report}3".encode()) == [Typed("23")]


@pytest.mark.parametrize(
    "key",
    ["\x1b", "\x1b[A", "\x1bOQ", "\x1b[15~", "\x1b[1;5A", "\x1b[1;2R", "\x1b[Z", "\x1b[I", "\x1b[?2026;1$y", "\x1bP"],
)
def test_keys_are_no_reports(key: str) -> None:
    assert InputSplitter("utf-8").feed(key.encode()) == [Typed(key)]


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert feed([b"1\xff2", b"\xc2", b"\xb2"]) == [Typed("1\ufffd2"), Typed("²")]
    assert feed([b"\xbd"], "iso8859-1") == [Typed("½")]


@pytest.mark.parametrize(
    ("locale", "encoding"), [("UTF-8", "utf-8"), ("ANSI_X3.4-1968", "utf-8"), ("ISO-8859-15", "iso8859-15")]
)
def test_keys_arrive_in_the_encoding_of_the_locale(locale: str, encoding: str) -> None:
    assert input_encoding(locale) == encoding


ANYTHING = st.text(alphabet=st.characters(), max_size=40)


@given(ANYTHING, st.booleans())
def test_whatever_it_is_it_moves_no_cursor_and_turns_no_line_around(text: str, plain: bool) -> None:
    shown = harmless(text, plain=plain)
    assert len(shown) == len(text)
    for character in shown:
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {"R", "AL", "AN"}
    assert not plain or shown.isascii()


@given(ANYTHING, st.booleans())
def test_in_a_field_every_character_has_one_column(text: str, plain: bool) -> None:
    shown = one_column_each(text, plain=plain)
    assert len(shown) == len(text) == display_width(shown)


@given(st.text(alphabet="abc∂Ew1²·−½η()+/ ", max_size=40))
def test_mathematics_is_shown_as_it_is(text: str) -> None:
    assert harmless(text, plain=False) == one_column_each(text, plain=False) == text
