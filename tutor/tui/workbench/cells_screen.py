"""All cells of a problem, each to be blank, given or left out of the worksheet."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.widget import Widget

from tutor.draw.lines import wrapped
from tutor.draw.text import Line, Role, Span, join
from tutor.draw.width import display_width, fit
from tutor.mathematics.problem import Problem
from tutor.practice.workbench.choice import MOST_CELLS, CellChoice, CellRow, Mark, usual_choice
from tutor.study.services import Services
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.practice import sheet_screen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.scrolling import keep_in_sight

_MARKS: dict[Mark, tuple[str, Role]] = {
    "blank": ("[    ] blank", "strong"),
    "given": ("[ ok ] given", "good"),
    "out": ("   -   left out", "dim"),
}
"""The words for the marks; their colour only repeats them."""
_LONGEST_LABEL = 20
_OTHER_ROWS = 2
"""Title and key line."""


def choice_screen(services: Services, problem: Problem, file: bytes) -> PreparingScreen:
    """Return the screen that leads to the cells of a problem; file is what its file holds."""

    def prepare() -> Callable[[], TutorScreen]:
        choice = usual_choice(services.derivation_of(problem))
        return lambda: CellsScreen(services, problem, file, choice)

    return PreparingScreen(services.terminal, problem.title, "deriving …", prepare)


class CellsScreen(TutorScreen):
    """A list of cells with a cursor; Enter leads to the worksheet."""

    NAME: ClassVar[ScreenName] = "cells"

    def __init__(self, services: Services, problem: Problem, file: bytes, choice: CellChoice) -> None:
        super().__init__(services.terminal)
        self._services = services
        self._problem = problem
        self._file = file
        self._choice = choice
        self._cursor = 0
        self._first = 0
        self._said = f"These are the first {MOST_CELLS} cells of this problem." if choice.is_cut else ""
        labels = (display_width(self.spell(row.label)) for row in choice.rows)
        self._label_width = min(max(labels, default=0), _LONGEST_LABEL)
        self._phase_width = max((len(row.phase) for row in choice.rows), default=0)

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the list."""
        yield self.rows(self._draw_body, "body")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is chosen, and how much of it is blank."""
        del height
        count = f"{len(self._choice.blank)} blank, {len(self._choice.given)} given"
        return self.title_line("Which cells are blank?", count, width)

    async def do_up(self) -> None:
        """Go to the cell above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the cell below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Go up by a screen."""
        self._move(-self._list_height)

    async def do_page_down(self) -> None:
        """Go down by a screen."""
        self._move(self._list_height)

    async def do_toggle(self) -> None:
        """Make a blank cell given, or any other one blank."""
        self._take(self._choice.toggle(self._cursor))

    async def do_leave_out(self) -> None:
        """Leave the cell out, or take it in again."""
        self._take(self._choice.leave_out(self._cursor))

    async def do_all_blank(self) -> None:
        """Make every cell of the worksheet blank."""
        self._take(self._choice.all_blank())

    async def do_gradients(self) -> None:
        """Make the derivatives blank and all else given."""
        self._take(self._choice.only("local", "backward"))

    async def do_update(self) -> None:
        """Make the update blank and all else given."""
        self._take(self._choice.only("update"))

    async def do_work(self) -> None:
        """Open the worksheet of these cells."""
        if self._choice.blank:
            await self.app.push_screen(sheet_screen(self._services, self._problem, self._file, self._choice))
        else:
            self._said = "Nothing is left to fill in. Make at least one cell blank."
            self.redraw()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    async def do_back(self) -> None:
        """Go back."""
        await self.leave()

    @property
    def _list_height(self) -> int:
        return max(1, self.size.height - _OTHER_ROWS - len(self._below(self.size.width)))

    def _move(self, rows: int) -> None:
        self._cursor = max(0, min(self._cursor + rows, len(self._choice.rows) - 1))
        self.redraw()

    def _take(self, choice: CellChoice) -> None:
        self._choice = choice
        self._said = ""
        self.redraw()

    def _draw_body(self, width: int, height: int) -> list[Line]:
        below = self._below(width)
        room = max(1, height - len(below))
        rows = self._choice.rows
        self._first = keep_in_sight(self._first, self._cursor, room, len(rows))
        lines: list[Line] = []
        phase = ""
        for place in range(self._first, min(self._first + room, len(rows))):
            lines.append(self._row(place, "" if rows[place].phase == phase else rows[place].phase))
            phase = rows[place].phase
        return [*lines, *[()] * (room - len(lines)), *below]

    def _row(self, place: int, heading: str) -> Line:
        row: CellRow = self._choice.rows[place]
        word, role = _MARKS[self._choice.marks[place]]
        chosen = place == self._cursor
        label = fit(self.spell(row.label), self._label_width, self.terminal.glyphs.ellipsis)
        return join(
            (
                Span(f" {heading:<{self._phase_width}} "),
                Span("> ", "key") if chosen else Span("  "),
                Span(f"{label}  ", "strong" if chosen else "plain"),
                Span(word, role),
            )
        )

    def _below(self, width: int) -> list[Line]:
        """Return what is said, or else which keys choose many cells at once."""
        if self._said:
            return wrapped(self.spell(self._said), width - 1, "follow", 1)
        text = "   ".join(f"{self.keymap.key_of(name, self.NAME)} {words}" for name, words in _WORDS.items())
        return wrapped(text, width - 1, "dim", 1)


_WORDS = {"all blank": "all blank", "gradients": "only derivatives blank", "update": "only the update blank"}
"""What the keys do that choose many cells at once, in a few words."""
