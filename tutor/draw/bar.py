"""A bar that shows how much of something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.draw.glyphs import Glyphs


def bar(done: int, of: int, width: int, glyphs: Glyphs) -> str:
    """Return a bar of `width` columns, filled as far as `done` is of `of`.

    Anything begun shows at least one filled column, and only what is complete is full. Nothing to do (`of` is 0) is an
    empty bar.

    >>> from tutor.draw.glyphs import ASCII
    >>> bar(4, 8, 8, ASCII)
    '####----'
    """
    width = max(0, width)
    if of <= 0 or done <= 0:
        full = 0
    elif done >= of:
        full = width
    else:
        full = min(max(1, done * width // of), max(0, width - 1))
    return glyphs.bar_full * full + glyphs.bar_empty * (width - full)
