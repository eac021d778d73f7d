"""Numbered lists on the screen: which digit stands before which text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lesson_text import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lesson_walk import Walk

OPTION = re.compile(r"^\s*(\d) [(\[].[)\]] (.*?)(?:   (?:ok|x))?$")
"""An option to choose, without what is said beside it."""
LINE = re.compile(r"^(?: > |   | >>) (\d)  (.*)$")
"""A line to be put in order."""
RIGHT_SIDE = re.compile(r"^ (\d)  (.*)$")
"""The right side of a pair, without what stands to the left of it."""


def matched(walk: Walk, wanted: Sequence[str], look: Callable[[], list[tuple[str, str]]]) -> list[str]:
    """Return, for each wanted text, the digit of the row that has it; texts that nobody knows get what is left."""
    known = {bare(text) for text in wanted if text}
    walk.until(
        lambda: known <= {bare(text) for _, text in look()}, f"these in a list: {', '.join(filter(None, wanted))}"
    )
    digits = {bare(text): digit for digit, text in look()}
    left = [digit for text, digit in digits.items() if text not in known]
    return [digits[bare(text)] if text else left.pop(0) for text in wanted]


def listed(rows: Iterable[str], pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the numbered rows of a list, each with the rows that it goes on in."""
    found: list[tuple[str, str]] = []
    going = False
    for row in rows:
        if begun := pattern.match(row):
            found.append((begun[1], begun[2]))
            going = True
        elif going and row.startswith("    ") and row.strip():
            found[-1] = found[-1][0], f"{found[-1][1]} {row.strip()}"
        else:
            going = False
    return found
