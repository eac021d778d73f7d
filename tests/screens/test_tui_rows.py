"""Only what changed is drawn again, and all of it."""

from __future__ import annotations

from itertools import zip_longest
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII
from tutor.draw.text import Line, Role, Span, join, line_width, pad_line, plain
from tutor.draw.width import display_width
from tutor.tui.widgets.lines import spread
from tutor.tui.widgets.rows import changed_width

ROLES = get_args(Role)
LINES = st.lists(st.builds(Span, st.text(alphabet="ab1 ∂²世", max_size=4), st.sampled_from(ROLES)), max_size=4).map(
    join
)


def columns(line: Line) -> list[tuple[str, str]]:
    """Return what each column shows; a wide character takes two."""
    return [
        cell
        for span in line
        for character in span.text
        for cell in [(character, span.role)] + [("", span.role)] * (display_width(character) - 1)
    ]


@given(LINES, LINES)
def test_behind_what_is_sent_nothing_differs(old: Line, new: Line) -> None:
    width = changed_width(old, new)
    blank = (" ", "plain")
    pairs = list(zip_longest(columns(old), columns(new), fillvalue=blank))
    assert all(before == after for before, after in pairs[width:])


@given(st.text(alphabet="abc", max_size=50), st.text(alphabet="xyz", max_size=20), st.integers(24, 60))
def test_a_first_row_shows_its_right_part_whole(left: str, right: str, width: int) -> None:
    line = spread((Span(left),), (Span(right),) if right else (), width, ASCII)
    assert line_width(line) <= width
    assert plain(line).rstrip().endswith(right)
    assert plain(line).startswith(" ")


def test_lines_are_compared_as_they_look() -> None:
    short, padded = (Span("E"),), pad_line((Span("E"),), 8)
    assert changed_width(short, padded) == 0
    assert changed_width((Span("ab"),), (Span("a"), Span("b"))) == 0
    assert changed_width((Span("ab"),), (Span("a"), Span("b", "wrong"))) == 2
