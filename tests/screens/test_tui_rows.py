"""Only what changed is drawn again, and all of it."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII
from tutor.draw.lines import spread
from tutor.draw.text import Line, Role, Span, join, line_width, pad_line, plain
from tutor.draw.width import display_width
from tutor.tui.widgets.rows import changed_columns

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
def test_outside_of_what_is_sent_nothing_differs(old: Line, new: Line) -> None:
    sent = {column for start, end in changed_columns(old, new) for column in range(start, end)}
    blank = (" ", "plain")
    pairs = list(zip_longest(columns(old), columns(new), fillvalue=blank))
    assert all(before == after for column, (before, after) in enumerate(pairs) if column not in sent)


@given(LINES, LINES)
def test_what_is_sent_begins_and_ends_with_a_difference(old: Line, new: Line) -> None:
    if not plain(old + new).isascii():
        return
    pairs = list(zip_longest(columns(old), columns(new), fillvalue=(" ", "plain")))
    ranges = changed_columns(old, new)
    assert all(pairs[place][0] != pairs[place][1] for start, end in ranges for place in (start, end - 1))
    assert all(end < start for (_, end), (start, _) in pairwise(ranges))


@given(st.text(alphabet="abc", max_size=50), st.text(alphabet="xyz", max_size=20), st.integers(24, 60))
def test_a_first_row_shows_its_right_part_whole(left: str, right: str, width: int) -> None:
    line = spread((Span(left),), (Span(right),) if right else (), width, ASCII)
    assert line_width(line) <= width
    assert plain(line).rstrip().endswith(right)
    assert plain(line).startswith(" ")


def test_lines_are_compared_as_they_look() -> None:
    short, padded = (Span("E"),), pad_line((Span("E"),), 8)
    assert changed_columns(short, padded) == ()
    assert changed_columns((Span("ab"),), (Span("a"), Span("b"))) == ()
    assert changed_columns((Span("ab"),), (Span("a"), Span("b", "wrong"))) == ((1, 2),)
