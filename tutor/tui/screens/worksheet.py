"""The worksheet: the problem, its cells, and what is said about the answers."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.events import Key
from textual.widget import Widget

from tutor.draw.lines import text_line
from tutor.draw.text import Line, Span, join, pad_line
from tutor.study.cells import EDITS
from tutor.study.desk import Desk
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.pages.problem import ProblemView
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import LinesScreen
from tutor.tui.widgets.cell_list import CellList

if TYPE_CHECKING:
    from textual.timer import Timer

_FEEDBACK_ROWS = 3
"""Rows for what is said, if it needs no more."""
_OTHER_ROWS = 3
"""Title, rule and key line."""
_FEWEST_CELLS = 5
"""Rows of cells that stay in sight, however much is said."""
_SETTLED = 0.03
"""Seconds after which the cursor has come to stay."""
_SEVERAL = 2
"""So many cells filled in and not checked are worth checking together."""


@dataclass(frozen=True, slots=True)
class WaysOn:
    """Where a worksheet leads when the work on it ends."""

    finish: Callable[[], Awaitable[None]]
    """Called when all is done, instead of just going back."""
    lay_aside: Callable[[], Awaitable[None]] | None = None
    """Leads to another task instead, where there are others."""


class WorksheetScreen(TutorScreen):
    """A hand calculation, cell by cell."""

    NAME: ClassVar[ScreenName] = "worksheet"

    def __init__(
        self,
        terminal: Terminal,
        title: str,
        desk: Desk,
        on: WaysOn | None = None,
        ways: Mapping[str, Callable[[], TutorScreen]] | None = None,
    ) -> None:
        """Show a desk. ways makes the screens that the problem can also be seen in, by the names of their actions."""
        super().__init__(terminal)
        self._ways = ways or {}
        self._title = title
        self._desk = desk
        self._on = on or WaysOn(self.leave)
        self._list = CellList(desk.cells, terminal.glyphs)
        self._problem = ProblemView(desk.worksheet, terminal.glyphs)
        self._preparing: Timer | None = None

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the problem and the cells side by side, and below a rule what is said."""
        with Horizontal(id="sheet"):
            yield self.rows(self._draw_problem, "problem")
            yield self.rows(self._list.draw, "cells")
        yield self.rows(self._draw_rule, "rule")
        yield self.rows(self._draw_feedback, "feedback")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is worked on, and how much of it is done."""
        del height
        return self.title_line(self._title, self._desk.summary, width)

    def hidden_keys(self) -> frozenset[str]:
        """Hide the pages that show no more than is in sight."""
        width, _ = self.size
        hidden = {"problem"} if self._problem.width(width) else set()
        if len(self._said(width)) <= self._feedback_rows():
            hidden.add("message")
        if len(self._desk.cells.typed) < _SEVERAL:
            hidden.add("check all")
        if self._desk.finished:
            hidden.add("lay aside")
        return frozenset(hidden)

    def missing_actions(self) -> frozenset[str]:
        """Return the ways that do not lead on from here."""
        ways = {"derivation", "lab", "workbench"} - set(self._ways)
        return frozenset(ways if self._on.lay_aside else ways | {"lay aside"})

    def redraw(self) -> None:
        """Give each part its place, and draw it."""
        problem, feedback = self.query_one("#problem"), self.query_one("#feedback")
        columns = self._problem.width(self.size.width)
        problem.display = columns > 0
        problem.styles.width = columns
        feedback.styles.height = self._feedback_rows()
        super().redraw()
        self._prepare_soon()

    async def press(self, event: Key) -> None:
        """Do what a key stands for; type the others."""
        if self.action_for(event) is not None:
            await super().press(event)
        elif event.character and event.is_printable and "+" not in event.key:
            self._desk.cells.type(event.character)
            self.redraw()

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike."""
        if action.name in EDITS:
            self._desk.cells.edit(action.name)
            self.redraw()
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take pasted text into the line."""
        self._desk.paste(text)
        self.redraw()

    async def do_check(self) -> None:
        """Check the answer; go on where all is done."""
        if self._desk.finished:
            await self._on.finish()
            return
        await self._desk.check()
        self.redraw()

    async def do_check_all(self) -> None:
        """Check all cells that are filled in."""
        await self._desk.check_all()
        self.redraw()

    async def do_hint(self) -> None:
        """Give a hint."""
        await self._desk.hint()
        self.redraw()

    async def do_show(self) -> None:
        """Fill in the cell."""
        await self._desk.show()
        self.redraw()

    async def do_why(self) -> None:
        """Say how the cell follows."""
        await self._desk.why()
        self.redraw()

    async def do_lay_aside(self) -> None:
        """Leave this task, and go on to another one."""
        if self._on.lay_aside is not None and not self._desk.finished:
            await self._on.lay_aside()

    async def do_problem(self) -> None:
        """Show the whole problem."""
        await self.app.push_screen(LinesScreen(self.terminal, self._title, self._problem.draw_all))

    async def do_message(self) -> None:
        """Show all that is said, if anything is."""
        if not self._desk.feedback.text:
            return
        await self.app.push_screen(LinesScreen(self.terminal, self._title, self._said))

    async def do_derivation(self) -> None:
        """Show every cell with its rule and its numbers."""
        await self._show("derivation")

    async def do_lab(self) -> None:
        """Watch the parameters of the problem go downhill."""
        await self._show("lab")

    async def do_workbench(self) -> None:
        """Show the other ways to work with the problem."""
        await self._show("workbench")

    async def do_up(self) -> None:
        """Go to the cell above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the cell below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Go up by a screen of cells."""
        self._move(1 - self.query_one("#cells").size.height)

    async def do_page_down(self) -> None:
        """Go down by a screen of cells."""
        self._move(self.query_one("#cells").size.height - 1)

    async def put_away(self) -> None:
        """Keep what is typed but not checked."""
        await self._desk.put_away()

    async def do_back(self) -> None:
        """Go back; what is typed stays."""
        await self.leave()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    def text_to_copy(self) -> str:
        """Return the cell that the cursor is on, and what is said of it."""
        return self.spell(self._desk.text_here)

    def _prepare_soon(self) -> None:
        """Let the desk get ready for an answer, once the cursor stays where it is.

        Not before the first character: the checker takes much memory, and many worksheets are only looked at.
        """
        if self._preparing is not None:
            self._preparing.stop()
        if self._desk.begun:
            self._preparing = self.soon(_SETTLED, self._desk.prepare)

    async def _show(self, way: str) -> None:
        if way in self._ways:
            await self.app.push_screen(self._ways[way]())

    def _move(self, cells: int) -> None:
        self._desk.move(cells)
        self.redraw()

    def _said(self, width: int) -> list[Line]:
        return self._desk.feedback.draw(width, self.terminal.glyphs)

    def _feedback_rows(self) -> int:
        """Return how many rows below the cells are for what is said: as many as it takes, but not all."""
        width, height = self.size
        most = max(_FEEDBACK_ROWS, height - _OTHER_ROWS - _FEWEST_CELLS)
        return max(_FEEDBACK_ROWS, min(len(self._said(width)), most))

    def _draw_problem(self, width: int, height: int) -> Sequence[Line]:
        """Draw the problem with a line along its right edge."""
        lines = self._problem.draw(width - 1, height, self.keymap.key_of("problem", self.NAME))
        edge = Span(self.terminal.glyphs.vertical, "dim")
        return [join((*pad_line(line, width - 1), edge)) for line in [*lines, *[()] * (height - len(lines))]]

    def _draw_rule(self, width: int, height: int) -> Sequence[Line]:
        del height
        glyphs = self.terminal.glyphs
        edge = self._problem.width(width) - 1
        rule = glyphs.horizontal * width
        return [text_line(rule if edge < 0 else rule[:edge] + glyphs.up_horizontal + rule[edge + 1 :], "dim")]

    def _draw_feedback(self, width: int, height: int) -> Sequence[Line]:
        lines = self._said(width)
        if len(lines) > height:
            more = f" {self.terminal.glyphs.ellipsis} {self.keymap.key_of('message', self.NAME)}: the whole message"
            lines[height - 1 :] = [text_line(more, "dim")]
        return lines
