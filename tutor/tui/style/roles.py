"""How each role looks. The layout is in gdtutor.tcss.

Only the sixteen colours that every terminal has, on its own background, so that learners see the palette they chose,
light or dark. Colour is never alone: every state has a word too.

The roles are no component classes of Textual: it makes a whole node for each of them in every widget.
"""

from collections.abc import Mapping

from rich.style import Style

from tutor.draw.text import Role

_NOTHING = Style.null()

STYLES: Mapping[Role, Style] = {
    "plain": _NOTHING,
    "strong": Style(bold=True),
    "emphasis": Style(italic=True),
    "code": Style(color="cyan"),
    "heading": Style(bold=True),
    "quote": Style(italic=True),
    "dim": Style(dim=True),
    "good": Style(color="green"),
    "wrong": Style(color="red", bold=True),
    "follow": Style(color="yellow"),
    "shown": Style(color="magenta"),
    "cursor": Style(reverse=True),
    "key": Style(bold=True),
    # Lines and runs of a picture, in order; they differ by their strokes too.
    "first": Style(color="cyan"),
    "second": Style(color="yellow"),
    "third": Style(color="magenta"),
    "path": Style(bold=True),
    "now": Style(reverse=True),
    "lowest": Style(color="green", bold=True),
    "contour": Style(color="cyan", dim=True),
    # Orange and blue differ in lightness, and each level has its own sign as well.
    "very-negative": Style(color="blue", bold=True),
    "negative": Style(color="blue"),
    "neutral": Style(dim=True),
    "positive": Style(color="yellow"),
    "very-positive": Style(color="bright_yellow", bold=True),
    "negative-point": Style(color="bright_blue", bold=True),
    "positive-point": Style(color="bright_red", bold=True),
}
COLOURLESS: Mapping[Role, Style] = {role: style.without_color for role, style in STYLES.items()}
