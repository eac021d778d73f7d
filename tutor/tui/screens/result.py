"""How an attempt at the self-test came out, and what to read again."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from tutor.draw.lines import indent, spread, text_line, wrapped
from tutor.draw.text import Line, Role, Span, join, line_width, wrap_line
from tutor.draw.width import fit
from tutor.study.self_test import Standing
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.message import ReadingScreen

_STATE_COLUMNS = 9
_EDGES = 3
"""Columns beside and between the two parts of a row."""
_RULE = "An objective is reached when four of five parts are right at the first try. Every cell is a part."


class ResultScreen(ReadingScreen):
    """The objectives, one after the other."""

    NAME: ClassVar[ScreenName] = "result"

    def __init__(
        self, terminal: Terminal, title: str, standings: Sequence[Standing], begin_anew: Callable[[], Awaitable[None]]
    ) -> None:
        """Show standings; begin_anew begins another attempt in place of this page."""
        super().__init__(terminal)
        self._title = title
        self._standings = tuple(standings)
        self._begin_anew = begin_anew

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw how many objectives were reached."""
        del height
        reached = sum(standing.is_reached for standing in self._standings)
        return self.title_line(self._title, f"{reached} of {len(self._standings)} reached", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw each objective with its result, and below it what to read again."""
        rows = [line for standing in self._standings for line in self._drawn(standing, width)]
        return [(), *rows, (), *wrapped(self.spell(_RULE), width - 1, "dim", indented=1)]

    async def do_begin_anew(self) -> None:
        """Begin another attempt."""
        await self._begin_anew()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    def _drawn(self, standing: Standing, width: int) -> Iterator[Line]:
        state, role = _state(standing)
        title = text_line(self.spell(f"{standing.objective.number} {standing.objective.title}"), "strong")
        right = join((Span(f"{standing.right} of {standing.parts} right  "), Span(fit(state, _STATE_COLUMNS), role)))
        if line_width(title) + line_width(right) + _EDGES > width:
            yield from (indent(line, 1) for line in wrap_line(title, width - 1))
            title = ()
        yield spread(title, right, width, self.terminal.glyphs)
        if standing.is_done:
            for head in standing.again:
                text = f"read again: {head.number} {head.title}"
                yield from wrapped(self.spell(text), width - 1, indented=3)


def _state(standing: Standing) -> tuple[str, Role]:
    if not standing.is_done:
        return "open", "dim"
    return ("reached", "good") if standing.is_reached else ("not yet", "wrong")
