"""A lesson: one page at a time, with the worksheets that stand on it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import App

from tutor.course.model import Block, Lesson, Steps
from tutor.draw.prose import prose
from tutor.draw.text import Line, Span, join
from tutor.learner.events import Place
from tutor.tui.keys import ScreenName
from tutor.tui.reader import Reader, Work, fill_in_pages
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import MessageScreen, ReadingScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.worksheet import WorksheetScreen
from tutor.tui.services import Services
from tutor.tui.sheets import lesson_desk
from tutor.tui.widgets.lines import indent, spread, text_line

_WIDEST = 78
"""Columns of prose; longer lines are hard to read."""


async def open_lesson(app: App[Any], services: Services, lesson: Lesson, place: Place | None) -> None:
    """Show a lesson: the page and the worksheet of a place, or its first page."""

    def prepare() -> Callable[[], TutorScreen]:
        pages = fill_in_pages(lesson, services)
        reader = Reader(services, lesson, pages, place.page if place else 0)
        return lambda: LessonScreen(services, reader, place)

    title = f"{lesson.head.number} {lesson.head.title}"
    await app.push_screen(PreparingScreen(services.terminal, title, "Working out the numbers …", prepare))


class LessonScreen(ReadingScreen):
    """A page of a lesson. The learner moves on; nothing moves by itself."""

    NAME: ClassVar[ScreenName] = "lesson"

    def __init__(self, services: Services, reader: Reader, place: Place | None) -> None:
        """Show the page that the reader is at, and open the worksheet of a place."""
        super().__init__(services.terminal)
        self._services = services
        self._reader = reader
        self._place = place
        self._works: list[Work] = []
        self._chosen = 0

    async def opened(self) -> None:
        """Keep that the page was opened; open the worksheet that the learner left."""
        await self._show_page(self._reader.page)
        for steps in self._reader.worksheets:
            if self._place is not None and self._reader.place_in(steps, "").activity == self._place.activity:
                await self._open_worksheet(steps, self._place.cell)

    async def on_screen_resume(self) -> None:
        """Look again at what is done, and draw it."""
        await self._look()
        self.redraw()

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the lesson's title and the page."""
        del height
        return self.title_line(self._reader.title, self._reader.where, width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the page: its heading, its prose, and a row for each worksheet."""
        wide = min(width - 2, _WIDEST)
        heading = self._reader.heading
        lines: list[Line] = [(), text_line(f" {self.spell(heading)}", "heading"), ()] if heading else [()]
        for part in self._reader.parts:
            if isinstance(part, Block):
                lines += [self._draw_block(part, wide), ()]
            else:
                drawn = prose(part, wide, self.terminal.glyphs)
                lines += [*(indent(line, 1) for line in drawn), ()]
        return lines[:-1]

    def hidden_keys(self) -> frozenset[str]:
        """Hide what can do nothing on this page."""
        hidden = set(super().hidden_keys())
        if not self._works:
            hidden.add("work")
        if self._reader.page == 0:
            hidden.add("previous page")
        return frozenset(hidden)

    async def do_next_page(self) -> None:
        """Go to the next page; from the last one, back home."""
        if not self._reader.at_end:
            await self._show_page(self._reader.page + 1)
            return
        unfinished = await self._reader.close()
        await self.app.switch_screen(MessageScreen(self.terminal, self._reader.title, _closing(unfinished)))

    async def do_previous_page(self) -> None:
        """Go to the page before."""
        if self._reader.page:
            await self._show_page(self._reader.page - 1)

    async def do_read_on(self) -> None:
        """Scroll down while there is more, then go to the next page."""
        await (self.do_page_down() if self.more_below else self.do_next_page())

    async def do_work(self) -> None:
        """Open the chosen worksheet."""
        if self._works:
            await self._open_worksheet(self._works[self._chosen].steps, "")

    async def do_next_part(self) -> None:
        """Choose the next worksheet of this page."""
        if self._works:
            self._chosen = (self._chosen + 1) % len(self._works)
            self.redraw()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    async def _show_page(self, page: int) -> None:
        await self._reader.open_page(page)
        await self._look()
        self._chosen = next((place for place, work in enumerate(self._works) if not work.done), 0)
        self.scroll_to_start()
        self.redraw()

    async def _look(self) -> None:
        """See how much of the worksheets of this page is done."""
        self._works = await asyncio.to_thread(lambda: [self._reader.work(steps) for steps in self._reader.worksheets])

    async def _open_worksheet(self, steps: Steps, cell: str) -> None:
        def prepare() -> Callable[[], TutorScreen]:
            desk = lesson_desk(self._services, self._reader, steps, cell)
            return lambda: WorksheetScreen(self.terminal, title, desk, self._finish_worksheet)

        title = f"{self._reader.title} {self.separator} {steps.title}"
        await self.app.push_screen(PreparingScreen(self.terminal, title, "deriving …", prepare))

    async def _finish_worksheet(self) -> None:
        """Come back from a worksheet that is done: to the next page."""
        await self.app.pop_screen()
        if not self._reader.at_end:
            await self._show_page(self._reader.page + 1)

    def _draw_block(self, block: Block, width: int) -> Line:
        place = next((place for place, work in enumerate(self._works) if work.steps is block), None)
        if place is None:
            return ()
        work = self._works[place]
        marker = Span("> ", "key") if place == self._chosen else Span("  ")
        state = "done" if work.done else f"{work.filled} of {len(work.steps.cells)} cells"
        left = join((marker, Span("Worksheet  ", "dim"), Span(self.spell(block.title), "strong")))
        return spread(left, text_line(state), width, self.terminal.glyphs)


def _closing(unfinished: Sequence[Work]) -> str:
    """Return what is said after the last page."""
    if not unfinished:
        return "That was the last page, and every cell is filled in: this lesson is done."
    open_ones = "\n".join(
        f"- {work.steps.title}: {work.filled} of {len(work.steps.cells)} cells" for work in unfinished
    )
    return (
        "That was the last page. These worksheets are still open, and you can come back to them:\n\n"
        f"{open_ones}\n\nThe lesson counts as done when they are filled in."
    )
