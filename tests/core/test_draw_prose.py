"""Lessons' Markdown and tables as lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII, UNICODE, Glyphs
from tutor.draw.prose import prose
from tutor.draw.table import table
from tutor.draw.text import Line, Span, line_width, plain


def text(markdown: str, width: int = 40, glyphs: Glyphs = UNICODE) -> list[str]:
    return [plain(line) for line in prose(markdown, width, glyphs)]


def role_of(lines: list[Line], piece: str) -> str:
    return next(span.role for line in lines for span in line if piece in span.text)


def test_paragraphs_are_wrapped_and_set_apart() -> None:
    assert text("One line of prose\nthat goes on.\n\nAnother.", 20) == [
        "One line of prose",
        "that goes on.",
        "",
        "Another.",
    ]


def test_a_hard_break_stays() -> None:
    assert text("one  \ntwo\\\nthree") == ["one", "two", "three"]


def test_styles() -> None:
    lines = prose("plain **strong** *soft* `w1·x2` ***both***", 60, UNICODE)
    assert lines == [
        (
            Span("plain "),
            Span("strong", "strong"),
            Span(" "),
            Span("soft", "emphasis"),
            Span(" "),
            Span("w1·x2", "code"),
            Span(" "),
            Span("both", "strong"),
        )
    ]


def test_headings_show_without_any_style() -> None:
    assert text("# The gradient\n\nProse.\n\n## All *knobs*\nMore.\n\n### Small\nEnd.") == [
        "The gradient",
        "════════════",
        "Prose.",
        "",
        "All knobs",
        "─────────",
        "More.",
        "",
        "Small",
        "End.",
    ]
    assert all(span.role == "heading" for line in prose("# A *b* `c`", 40, UNICODE) for span in line)
    assert text("# ŷ", glyphs=ASCII) == ["yhat", "===="]


def test_lists() -> None:
    markdown = "- one\n- two that is longer\n  - inner\n    1. deep\n- three\n\n9. nine\n10. ten\n\n    more"
    assert text(markdown, 14) == [
        "• one",
        "• two that is",
        "  longer",
        "  – inner",
        "    1. deep",
        "• three",
        "",
        " 9. nine",
        "",
        "10. ten",
        "",
        "    more",
    ]
    assert text("* a\n  * b", glyphs=ASCII) == ["* a", "  - b"]
    assert text("3) c\n4) d") == ["3) c", "4) d"]


def test_an_empty_item_keeps_its_mark() -> None:
    assert text("- a\n-\n- c") == ["• a", "•", "• c"]


def test_quotes() -> None:
    lines = prose("> A **quote** that\n> goes on.\n>\n> - item", 12, UNICODE)
    assert [plain(line) for line in lines] == ["│ A quote", "│ that goes", "│ on.", "│", "│ • item"]
    assert role_of(lines, "that") == "quote"
    assert role_of(lines, "quote") == "strong"


def test_code_is_kept_as_it_is() -> None:
    assert text("```python\nfor x  in y:\n\tprint(x)\n\n# end\n```", 30) == [
        "  for x  in y:",
        "      print(x)",
        "",
        "  # end",
    ]
    assert text("    indented\n      code") == ["  indented", "    code"]
    assert text("```\nabcdefghij klm\n```", 10) == ["  abcdef", "    ghij", "    klm"]


def test_formulas_stand_apart() -> None:
    markdown = "```math\nE = (t − y)²\ny1 = 26·1·20\n```"
    assert text(markdown) == ["    E = (t − y)²", "    y₁ = 26·1·20"]
    assert text(markdown, glyphs=ASCII) == ["    E = (t - y)^2", "    y1 = 26*1*20"]
    assert text("```math\nno ) formula\n```") == ["    no ) formula"]
    assert text("```math\na/b = c\n```", 10) == ["    a/b", "      = c"]


def test_a_short_formula_in_the_text_is_not_torn_apart() -> None:
    assert text("so the step is `x − 0.1·g` then", 22) == ["so the step is", "x − 0.1·g then"]
    assert text("`a long piece of code that fills lines`", 22) == ["a long piece of code", "that fills lines"]


def test_html_is_shown_as_text() -> None:
    assert text("a <b>bold</b> claim &amp; more") == ["a <b>bold</b> claim & more"]
    assert text("<div>\nblock\n</div>") == ["<div>", "block", "</div>"]
    assert text("<!-- note -->") == ["<!-- note -->"]


def test_links_and_images() -> None:
    lines = prose("see [the bowl](2.6) and [docs](https://example.org) ![a bowl](bowl.png)", 78, UNICODE)
    assert [plain(line) for line in lines] == ["see the bowl and docs (https://example.org) [a bowl]"]
    assert role_of(lines, "bowl") == "emphasis"
    assert text("<https://example.org>") == ["https://example.org"]


def test_a_rule() -> None:
    assert text("a\n\n---\n\nb", 5) == ["a", "", "─────", "", "b"]
    assert text("---", 5, ASCII) == ["-----"]


def test_control_characters_never_get_through() -> None:
    assert text("a\x1b[31mb\u202ec\n\n```\n\x07\n```") == ["a\ufffd[31mbc", "", "  \ufffd"]


def test_a_table() -> None:
    markdown = "| i | y − ŷ | note |\n|---|---:|:-:|\n| 1 | 1/2 | **a** |\n| sum | −3/2 | |\n"
    lines = prose(markdown, 40, UNICODE)
    assert [plain(line) for line in lines] == [
        "i   │ y − ŷ │ note",
        "────┼───────┼─────",
        "1   │   1/2 │  a",
        "sum │  −3/2 │",
    ]
    assert role_of(lines, "note") == "strong"
    assert role_of(lines, "a") == "strong"
    assert text(markdown, glyphs=ASCII)[:2] == ["i   | y - yhat | note", "----+----------+-----"]


def test_a_table_too_wide_is_wrapped() -> None:
    lines = table([["w1", "the factor x2 is missing"], ["w2", "right"]], ["cell", "what it says"], ["left"], 20, ASCII)
    assert [plain(line) for line in lines] == [
        "cell | what it says",
        "-----+--------------",
        "w1   | the factor x2",
        "     | is missing",
        "w2   | right",
    ]


def test_words_of_a_table_are_kept_whole_where_that_is_possible() -> None:
    lines = table([["∂E/∂w1=520", "the sum over both paths"]], [], [], 18, UNICODE)
    assert [plain(line) for line in lines] == [
        "∂E/∂w1=520 │ the",
        "           │ sum",
        "           │ over",
        "           │ both",
        "           │ paths",
    ]


def test_a_narrow_table_has_narrow_lines_between_its_columns() -> None:
    assert [plain(line) for line in table([["a", "b"]], ["c", "d"], [], 5, ASCII)] == ["c | d", "--+--", "a | b"]
    assert [plain(line) for line in table([["a", "b"]], ["c", "d"], [], 4, ASCII)] == ["c|d", "-+-", "a|b"]


def test_a_table_without_header_and_with_rows_of_different_length() -> None:
    lines = table([["a", "b", "c"], ["dd"], [(Span("e", "good"),), ""]], [], ["right"], 20, UNICODE)
    assert [plain(line) for line in lines] == [" a │ b │ c", "dd │   │", " e │   │"]
    assert role_of(lines, "e") == "good"
    assert table([], [], [], 20, UNICODE) == []


def test_a_table_that_cannot_fit_is_cut() -> None:
    lines = table([["1", "2", "3", "4", "5"]], [], [], 6, UNICODE)
    assert [plain(line) for line in lines] == ["1│2│3…"]


CELLS = st.text("ab ∂ŷ−12.", max_size=14)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=4), st.integers(1, 60), st.booleans())
def test_tables_fit_and_lose_nothing_while_there_is_room(rows: list[list[str]], width: int, header: bool) -> None:
    count = max(map(len, rows))
    lines = table(rows[1:], rows[0], [], width, UNICODE) if header else table(rows, [], [], width, UNICODE)
    assert all(line_width(line) <= width for line in lines)
    if width >= 4 * count - 3:
        shown = "".join(plain(line) for line in lines)
        for sign in "abŷ12":
            assert shown.count(sign) == sum(cell.count(sign) for row in rows for cell in row)


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# Head `x`\n",
            "some *prose* with **words** and `w1·x2`\n",
            "  continued  \n",
            "- item\n",
            "  - inner ŷ\n",
            "    - deep\n",
            "3. three\n",
            "> quote\n",
            "> > twice\n",
            "> - in it\n",
            "```math\nE = (t − y)²/2\n```\n",
            "```\ncode that is rather long for a line\n",
            "| a | b |\n|--:|---|\n| 1 | two words |\n",
            "\n",
            "---\n",
            "<b>\n",
            "[x](y) ![i](j)\n",
            "averyveryverylongwordthatfitsnowhere損失\n",
        ]
    )
    | st.text(max_size=20),
    max_size=12,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN, st.integers(2, 80))
def test_no_line_is_too_wide(markdown: str, width: int) -> None:
    for glyphs in (UNICODE, ASCII):
        lines = prose(markdown, width, glyphs)
        assert all(line_width(line) <= width for line in lines)
        assert all("\n" not in plain(line) for line in lines)
        assert not any(plain(line).endswith(" ") for line in lines)
    assert all(plain(line).isascii() for line in lines)


@pytest.mark.parametrize("width", [40, 78])
def test_deep_nesting_is_no_trouble(width: int) -> None:
    assert max(map(line_width, prose("> " * 60 + "deep", width, UNICODE))) <= width
    assert text("> " * 60 + "deep", width)[-1].endswith("ep")
    assert max(map(line_width, prose("\n".join("  " * i + "- x" for i in range(45)), width, UNICODE))) <= width
