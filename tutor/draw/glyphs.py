"""The one home of drawing characters, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.draw.ascii import to_ascii
from tutor.draw.width import printable

__all__ = ["ASCII", "UNICODE", "Glyphs", "spelled", "to_ascii"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters that pictures are drawn with.

    Corners and tees are named by the arms they have. `plain` says that all text has to be ASCII. All lines, corners,
    tees, `bar_full` and `bar_empty` are one column wide.
    """

    plain: bool
    horizontal: str
    vertical: str
    heavy: str
    down_right: str
    down_left: str
    up_right: str
    up_left: str
    vertical_right: str
    vertical_left: str
    down_horizontal: str
    up_horizontal: str
    cross: str
    arrow_left: str
    arrow_right: str
    arrow_up: str
    arrow_down: str
    bar_full: str
    bar_empty: str
    good: str
    wrong: str
    cursor: str
    bullets: tuple[str, ...]
    ellipsis: str

    def spell(self, text: str) -> str:
        """Return the text in characters that go with these glyphs."""
        return to_ascii(text) if self.plain else text


UNICODE = Glyphs(
    plain=False,
    horizontal="─",
    vertical="│",
    heavy="═",
    down_right="┌",
    down_left="┐",
    up_right="└",
    up_left="┘",
    vertical_right="├",
    vertical_left="┤",
    down_horizontal="┬",
    up_horizontal="┴",
    cross="┼",
    arrow_left="←",
    arrow_right="→",
    arrow_up="↑",
    arrow_down="↓",
    bar_full="━",
    bar_empty="·",  # not ─: a console without the heavy line shows ━ as ─, and the two must stay apart
    good="✓",
    wrong="✗",
    cursor="›",
    bullets=("•", "–"),
    ellipsis="…",
)

ASCII = Glyphs(
    plain=True,
    horizontal="-",
    vertical="|",
    heavy="=",
    down_right="+",
    down_left="+",
    up_right="+",
    up_left="+",
    vertical_right="+",
    vertical_left="+",
    down_horizontal="+",
    up_horizontal="+",
    cross="+",
    arrow_left="<-",
    arrow_right="->",
    arrow_up="^",
    arrow_down="v",
    bar_full="#",
    bar_empty="-",
    good="ok",
    wrong="x",
    cursor=">",
    bullets=("*", "-"),
    ellipsis="...",
)


def spelled(text: str, glyphs: Glyphs) -> str:
    """Return any text as one line in characters that go with the glyphs and can be sent to any terminal."""
    return glyphs.spell(printable(text))
