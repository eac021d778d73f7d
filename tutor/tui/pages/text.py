"""A screen as plain text: what is copied, and what is written to a file."""

from collections.abc import Iterable

from tutor.draw.text import Line, plain
from tutor.draw.width import display_width
from tutor.tui.widgets.rows import Rows

_LEFT_OUT = frozenset({"keys", "too-small"})


def text_of_parts(parts: Iterable[Rows]) -> str:
    """Return what the parts of a screen show, each where it stands, without the key line."""
    rows: dict[int, str] = {}
    shown = [part for part in parts if part.id not in _LEFT_OUT and part.display]
    for part in sorted(shown, key=lambda part: (part.region.y, part.region.x)):
        for number, line in enumerate(part.lines, start=part.region.y):
            before = rows.get(number, "")
            rows[number] = before + " " * (part.region.x - display_width(before)) + plain(line)
    return as_text(rows.get(number, "") for number in range(max(rows, default=-1) + 1))


def text_of_lines(lines: Iterable[Line]) -> str:
    """Return lines as plain text."""
    return as_text(plain(line) for line in lines)


def as_text(rows: Iterable[str]) -> str:
    """Return rows as a text: no spaces at their ends, no blank rows around it, one line feed behind the last row."""
    return "\n".join(row.rstrip() for row in rows).strip("\n") + "\n"
