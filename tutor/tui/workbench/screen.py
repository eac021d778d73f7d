"""The workbench: lines to type a problem in, and below them how it is read, before anything is derived."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.events import Key
from textual.widget import Widget

from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line, Span, join
from tutor.draw.width import fit
from tutor.practice.workbench.reading import BenchReading, read_bench, with_line
from tutor.practice.workbench.sorting import number_fault
from tutor.study.cells import EDITS
from tutor.study.services import Services
from tutor.study.workbench.bench import Bench
from tutor.study.workbench.own import own_of_reading
from tutor.study.workbench.reading_lines import draw_reading
from tutor.tui.harmless import one_column_each
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import LinesScreen
from tutor.tui.scrolling import keep_in_sight
from tutor.tui.widgets.cell_list import typing_field
from tutor.tui.workbench.opening import ask_for_file
from tutor.tui.workbench.problem_page import ProblemPage

if TYPE_CHECKING:
    from textual.timer import Timer

_TITLE = "Workbench: a problem of your own"
_SETTLED = 0.12
"""Seconds without a key after which the text is read."""
_KEPT = 0.3
"""Seconds without a key after which the text is kept on disk, and some more for a long one: it is kept as a whole."""
_LONG = 10_000
"""So many characters wait a second longer."""
_OTHER_ROWS = 3
"""Title, rule and key line."""
_SHARE = 0.45
"""The part of the other rows that the text has."""
_NUMBERS = 4
"""Columns of the line numbers."""


class BenchScreen(TutorScreen):
    """A text to type in, with line numbers, and its reading."""

    NAME: ClassVar[ScreenName] = "bench"

    def __init__(self, services: Services, bench: Bench) -> None:
        super().__init__(services.terminal)
        self._services = services
        self._bench = bench
        self._first = 0
        self._is_reading = False
        self._due: list[Timer] = []
        self._keeping = asyncio.Lock()
        self._drawn: tuple[BenchReading | None, int, list[Line]] = (None, 0, [])

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the text, a rule, and the reading."""
        yield self.rows(self._draw_text, "editor")
        yield self.rows(self._draw_rule, "rule")
        yield self.rows(self._draw_reading, "reading")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what this is."""
        del height
        return self.title_line(_TITLE, "", width)

    def hidden_keys(self) -> frozenset[str]:
        """Hide the keys that can do nothing at the moment."""
        bench = self._bench
        possible = {
            "go on": bool(bench.text.text.strip()),
            "clear all": bool(bench.text.text),
            "undo": bench.can_undo,
            "redo": bench.can_redo,
            "message": len(self._lines(self.size.width)) > self._reading_rows(),
        }
        return frozenset(name for name, is_possible in possible.items() if not is_possible)

    def redraw(self) -> None:
        """Give each part its place, and draw it."""
        self.query_one("#editor").styles.height = self._text_rows()
        super().redraw()

    async def press(self, event: Key) -> None:
        """Do what a key stands for; type the others."""
        if self.action_for(event) is not None:
            await super().press(event)
        elif event.character and event.is_printable and "+" not in event.key:
            self._bench.type(event.character)
            self._changed()

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike."""
        if action.name in EDITS:
            self._bench.edit(action.name)
            self._changed()
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take pasted text, however many lines it has."""
        self._bench.paste(text)
        self._changed()

    async def do_new_line(self) -> None:
        """Begin a new line at the caret."""
        self._bench.new_line()
        self._changed()

    async def do_up(self) -> None:
        """Go to the line above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Go to the line below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Go up by as many lines as are in sight."""
        self._move(1 - self._text_rows())

    async def do_page_down(self) -> None:
        """Go down by as many lines as are in sight."""
        self._move(self._text_rows() - 1)

    async def do_clear_all(self) -> None:
        """Remove the whole text; it can be brought back."""
        self._bench.replace("")
        self._changed()

    async def do_undo(self) -> None:
        """Bring back what stood there before."""
        self._bench.undo()
        self._changed()

    async def do_redo(self) -> None:
        """Take back the last going back."""
        self._bench.redo()
        self._changed()

    async def do_message(self) -> None:
        """Show the whole reading on a page."""
        await self.app.push_screen(LinesScreen(self.terminal, _TITLE, self._lines))

    async def do_open_file(self) -> None:
        """Ask for a problem file, and open it."""
        await ask_for_file(self.app, self._services)

    async def do_go_on(self) -> None:
        """Go on to the problem; ask for numbers that are missing, or say where it cannot be read."""
        await self._keep()
        text = self._bench.text.text
        reading = await asyncio.to_thread(read_bench, text)
        self._bench.take_reading(text, reading)
        if reading.fault is not None:
            self._bench.point_at(reading.fault.line, reading.fault.column)
        elif reading.missing:
            await self.app.push_screen(self._question(reading))
        elif reading.problem is not None:
            await self.app.push_screen(self._page(reading))
        self.redraw()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    async def do_back(self) -> None:
        """Go back; what is typed stays."""
        await self.leave()

    async def put_away(self) -> None:
        """Keep what is typed."""
        await self._keep()

    async def take(self, text: str) -> None:
        """Take another text in place of this one, which can be brought back."""
        self._bench.replace(text)
        self._bench.point_at(1, 1)
        await self._keep()
        self._changed()

    # -- going on

    def _page(self, reading: BenchReading) -> ProblemPage:
        """Return the page of the problem as it is read."""

        async def retype(text: str) -> None:
            self._bench.replace(text)
            self._bench.take_reading(text, await asyncio.to_thread(read_bench, text))
            await self._keep()

        return ProblemPage(self._services, own_of_reading(reading, self._bench.text.text), retype)

    def _question(self, reading: BenchReading) -> AskScreen:
        """Return the screen that asks for the first number that is missing."""
        missing = reading.missing[0]
        left = len(reading.missing) - 1
        more = f" Then {left} more." if left else ""
        text = f"{missing.name} has no number yet. Which one does it have at the start?{more}"

        async def take(typed: str) -> str:
            return await self._take_number(missing.name, typed)

        return AskScreen(self.terminal, Question("Workbench", text, missing.offered), take)

    async def _take_number(self, name: str, typed: str) -> str:
        """Add the line that gives a name its number, and go on; return what is wrong with the number, or nothing."""
        fault = number_fault(typed)
        if fault is not None and not typed.lstrip().startswith("["):
            return f"{fault.message} A number is needed, such as 3, 0.5 or 1/3."
        text = with_line(self._bench.text.text, f"{name} = {typed.strip()}")
        reading = await asyncio.to_thread(read_bench, text)
        if reading.fault is not None:
            return reading.fault.message
        self._bench.replace(text)
        self._bench.take_reading(text, reading)
        await self._keep()
        await self.app.switch_screen(self._question(reading) if reading.missing else self._page(reading))
        return ""

    # -- reading and keeping

    def _move(self, rows: int) -> None:
        self._bench.move(rows)
        self.redraw()

    def _changed(self) -> None:
        """Draw the text, and read and keep it once no further key comes."""
        self.redraw()
        for timer in self._due:
            timer.stop()
        pause = _KEPT + len(self._bench.text.text) / _LONG
        self._due = [self.soon(_SETTLED, self._read), self.soon(pause, self._keep)]

    async def _read(self) -> None:
        """Read the text, one reading after the other, until the text that is there is read."""
        if self._is_reading:
            return
        self._is_reading = True
        try:
            is_taken = False
            while not is_taken:
                text = self._bench.text.text
                is_taken = self._bench.take_reading(text, await asyncio.to_thread(read_bench, text))
        finally:
            self._is_reading = False
        self.redraw()

    async def _keep(self) -> None:
        async with self._keeping:
            await asyncio.to_thread(self._bench.keep)
        notice = self._services.store.take_notice()
        if notice:
            self._bench.said = notice
            self.redraw()

    # -- drawing

    def _text_rows(self) -> int:
        return max(1, int((self.size.height - _OTHER_ROWS) * _SHARE))

    def _reading_rows(self) -> int:
        return self.size.height - _OTHER_ROWS - self._text_rows()

    def _draw_text(self, width: int, height: int) -> list[Line]:
        text, glyphs = self._bench.text, self.terminal.glyphs
        self._first = keep_in_sight(self._first, text.row, height, len(text.rows))
        room = max(1, width - _NUMBERS - 2)
        lines: list[Line] = []
        for place, row in enumerate(text.rows[self._first : self._first + height], start=self._first):
            number = Span(f"{place + 1:>{_NUMBERS - 1}} ", "key" if place == text.row else "dim")
            if place == text.row:
                lines.append(join((number, *typing_field(text.line, room, glyphs))))
            else:
                shown = one_column_each(glyphs.spell(row[: room + 1]), plain=glyphs.plain)
                lines.append(join((number, Span(fit(shown, room, glyphs.ellipsis)))))
        return lines

    def _draw_rule(self, width: int, height: int) -> Sequence[Line]:
        del height
        glyphs = self.terminal.glyphs
        words = f"{glyphs.horizontal * 2} how it is read "
        return [text_line(words + glyphs.horizontal * (width - len(words)), "dim")]

    def _draw_reading(self, width: int, height: int) -> list[Line]:
        lines = self._lines(width)
        if len(lines) > height:
            more = f" {self.terminal.glyphs.ellipsis} {self.keymap.key_of('message', self.NAME)}: all of it"
            return [*lines[: height - 1], text_line(more, "dim")]
        return lines

    def _lines(self, width: int) -> list[Line]:
        """Return what is to be said, and how the text is read."""
        reading = self._bench.reading
        if self._drawn[:2] != (reading, width) or self._drawn[0] is not reading:
            key = self.keymap.key_of("go on", self.NAME)
            self._drawn = (reading, width, draw_reading(reading, width, self.terminal.glyphs, key))
        said = wrapped(self.spell(self._bench.said), width - 1, "follow", 1) if self._bench.said else []
        return [*said, *self._drawn[2]]
