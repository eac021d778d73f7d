"""A lesson: one page at a time, with what there is to do on it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.events import Key

from tutor.course.blocks.lab import LabView
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.remembering import TURNED, Remembering
from tutor.course.model import Block, Lesson, LessonHead
from tutor.draw.text import Line
from tutor.engine.error import EngineError
from tutor.learner.events import Place
from tutor.mathematics.problem import ProblemError
from tutor.study.book import book_of
from tutor.study.feedback import Feedback
from tutor.study.filled_pages import Inline, Part, Pictured
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.task_rows import has_screen
from tutor.study.work import Work
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.pages.view import Asked, PageState, draw_page, picked_of
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import MessageScreen, ReadingScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.widgets.options import card_answer

if TYPE_CHECKING:
    from tutor.course.figures import Drawing


async def open_lesson(app: App[Any], services: Services, lesson: Lesson, place: Place | None) -> None:
    """Show a lesson: the page and the task of a place, or its first page."""

    def prepare() -> Callable[[], TutorScreen]:
        reader = Reader(services, book_of(lesson), place.page if place else 0)
        return lambda: LessonScreen(services, reader, place)

    title = f"{lesson.head.number} {lesson.head.title}"
    await app.push_screen(PreparingScreen(services.terminal, title, "Working out the numbers …", prepare))


class LessonScreen(ReadingScreen):
    """A page of a lesson. The learner moves on; nothing moves by itself."""

    NAME: ClassVar[ScreenName] = "lesson"

    def __init__(self, services: Services, reader: Reader, place: Place | None) -> None:
        """Show the page that the reader is at, and open the task of a place."""
        super().__init__(services.terminal)
        self._services = services
        self._reader = reader
        self._place = place
        self._works: list[Work] = []
        self._chosen = 0
        self._picked: dict[str, frozenset[int]] = {}
        self._said: dict[str, Feedback] = {}

    async def opened(self) -> None:
        """Open the task that the learner left."""
        await self._begin_page()
        for number, block in enumerate(self._reader.blocks):
            if self._place is not None and self._reader.place_in(block).activity == self._place.activity:
                self._chosen = number
                await self._open(block, self._place.cell)

    async def on_screen_resume(self) -> None:
        """Look again at what is done, and draw it."""
        await self._look()
        self.redraw()

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the lesson's title and the page."""
        del height
        return self.title_line(self._reader.title, self._reader.where, width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the page: its heading, its prose, its pictures, and what there is to do."""
        parts = [_seen(part) for part in self._reader.parts]
        return draw_page(self._reader.heading, parts, self._state, width, self.terminal.glyphs)

    def hidden_keys(self) -> frozenset[str]:
        """Hide what can do nothing on this page."""
        hidden = set(super().hidden_keys())
        if not self._works:
            hidden.add("work")
        if self._reader.page == 0:
            hidden.add("previous page")
        return frozenset(hidden)

    def missing_actions(self) -> frozenset[str]:
        """Return what only lessons have: a test has attempts of its own."""
        return frozenset({"reset"}) if self._reader.book.is_test else frozenset()

    async def press(self, event: Key) -> None:
        """Pick an option of the chosen question by its number; else do what a key stands for."""
        inline = self._inline(self._chosen)
        if event.key.isdigit() and inline is not None:
            await self._pick(inline, int(event.key))
            return
        await super().press(event)

    async def do_pick(self) -> None:
        """Pick an option: the digits are dealt with where they arrive, and mean nothing on other pages."""

    @property
    def lesson(self) -> LessonHead:
        """The lesson that is read."""
        return self._reader.lesson.head

    async def turn_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        await self._show_page(page)

    async def do_next_page(self) -> None:
        """Go to the next page; from the last one, back home."""
        if not self._reader.at_end:
            await self._show_page(self._reader.page + 1)
            return
        await self.show_end()

    async def show_end(self) -> None:
        """Show what comes after the last page."""
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
        """Open the chosen task; one on the page itself is checked, or turned over."""
        if not self._works:
            return
        inline = self._inline(self._chosen)
        if inline is None:
            await self._open(self._works[self._chosen].block, "")
        elif isinstance(inline.session.exercise, Remembering):
            if not inline.session.exercise.turned:
                await self._give(inline, TURNED)
        elif isinstance(inline.session.exercise, Choosing) and not inline.session.exercise.done:
            picked = picked_of(_asked(inline), self._state)
            await self._give(inline, inline.session.exercise.text_of(picked))

    async def do_next_part(self) -> None:
        """Choose the next task of this page."""
        if self._works:
            self._chosen = (self._chosen + 1) % len(self._works)
            self.redraw()

    async def do_again(self) -> None:
        """Do the chosen task again, with other numbers."""
        if not self._works or not self._works[self._chosen].done:
            return
        block = self._works[self._chosen].block
        if getattr(block, "vary", ()) and not self._reader.book.is_test:
            self._picked.pop(block.id, None)
            self._said.pop(block.id, None)
            await self._attempt(self._reader.do_again(block))
            await self._look()
            self.redraw()

    async def do_reset(self) -> None:
        """Begin the lesson anew, after asking."""
        if "reset" not in self.missing_actions():
            from tutor.tui.practice.anew import ask_to_begin_anew  # noqa: PLC0415 - a lesson is rarely begun anew

            await ask_to_begin_anew(self.app, self._services, self.lesson)

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    # -- pages

    async def _show_page(self, page: int) -> None:
        if await self._attempt(self._reader.open_page(page)):
            await self._begin_page()

    async def _begin_page(self) -> None:
        await self._look()
        self._said.clear()
        self._chosen = next((place for place, work in enumerate(self._works) if not work.done), 0)
        self.begin_at(0)
        self.redraw()
        self.run_worker(self._reader.prepare_next(), group="next page", exclusive=True)

    async def _attempt(self, action: Awaitable[None]) -> bool:
        """Do something that may find a fault in the lesson; say it then."""
        try:
            await action
        except (LessonError, ProblemError, EngineError) as error:
            await self.app.push_screen(MessageScreen(self.terminal, "This lesson has a fault", str(error)))
            return False
        return True

    async def _look(self) -> None:
        """See how much of the tasks of this page is done; what comes back for a page that was left is dropped."""
        page, blocks = self._reader.page, self._reader.blocks
        works = await asyncio.to_thread(lambda: [self._reader.work(block) for block in blocks])
        if page == self._reader.page:
            self._works = works

    # -- tasks on the page

    def _inline(self, place: int) -> Inline | None:
        """Return the task of this number, if it is done on the page itself."""
        if place >= len(self._works):
            return None
        wanted = self._works[place].block.id
        parts = (part for part in self._reader.parts if isinstance(part, Inline))
        return next((part for part in parts if part.block.id == wanted), None)

    async def _pick(self, inline: Inline, digit: int) -> None:
        exercise = inline.session.exercise
        if isinstance(exercise, Remembering):
            if exercise.turned and card_answer(digit):
                await self._give(inline, card_answer(digit))
            return
        assert isinstance(exercise, Choosing)
        if exercise.done or not 1 <= digit <= len(exercise.options):
            return
        picked = picked_of(_asked(inline), self._state) if exercise.several else frozenset()
        self._picked[inline.block.id] = picked ^ {digit - 1}
        self.redraw()

    async def _give(self, inline: Inline, text: str) -> None:
        reply = await inline.session.answer(text)
        feedback = Feedback(reply.feedback, "?", "follow") if reply.verdict == "invalid" else Feedback("")
        self._said[inline.block.id] = feedback.then(Feedback(inline.session.take_notice()))
        await self._look()
        self.redraw()

    @property
    def _state(self) -> PageState:
        chosen = self._works[self._chosen].block.id if self._chosen < len(self._works) else ""
        return PageState(chosen, self._picked, self._said, {work.block.id: work.state for work in self._works})

    # -- tasks with a screen of their own

    async def _open(self, block: Block, cell: str) -> None:
        """Open a task that has a screen of its own."""
        title = f"{self._reader.title} {self.separator} {block.title}"
        if isinstance(block, LabView):
            # Imported here because NumPy comes with it, and most pages are only read.
            from tutor.tui.screens.exercises.opening import open_view  # noqa: PLC0415

            await self._attempt(open_view(self.app, self._services, self._reader, block))
            return

        def prepare() -> Callable[[], TutorScreen]:
            if isinstance(block, Steps):
                return self._worksheet(block, cell, title)
            assert has_screen(block)
            from tutor.tui.screens.exercises.opening import exercise_screen  # noqa: PLC0415 - as above

            return exercise_screen(self.app, self._services, self._reader, block, self._finish)

        doing = "deriving …" if isinstance(block, Steps) else "setting up …"
        await self.app.push_screen(PreparingScreen(self.terminal, title, doing, prepare))

    def _worksheet(self, block: Steps, cell: str, title: str) -> Callable[[], TutorScreen]:
        # Imported here because a page needs none of the worksheets, of their lists and pictures.
        from tutor.study.lesson_sheets import lesson_desk  # noqa: PLC0415
        from tutor.tui.screens.worksheet import WaysOn, WorksheetScreen  # noqa: PLC0415

        desk = lesson_desk(self._services, self._reader, block, cell)
        return lambda: WorksheetScreen(self.terminal, title, desk, WaysOn(self._finish))

    async def _finish(self) -> None:
        """Come back from a task that is done: to the next page, unless more is to be done on this one."""
        await self.app.pop_screen()
        await self._look()
        left = [place for place, work in enumerate(self._works) if not work.done]
        if left:
            self._chosen = left[0]
            self.redraw()
        elif not self._reader.at_end:
            await self._show_page(self._reader.page + 1)


def _asked(inline: Inline) -> Asked:
    return Asked(inline.block, inline.question, inline.session.exercise)


def _seen(part: Part) -> "str | Drawing | Asked | Block":
    """Return what is to be drawn of a part of a page."""
    match part:
        case Inline():
            return _asked(part)
        case Pictured():
            return part.drawing
        case _:
            return part


def _closing(unfinished: Sequence[Work]) -> str:
    """Return what is said after the last page."""
    if not unfinished:
        return "That was the last page, and all tasks are done: this lesson is done."
    open_ones = "\n".join(f"- {work.block.title}{f': {work.state}' if work.state else ''}" for work in unfinished)
    return (
        "That was the last page. These tasks are still open, and you can come back to them:\n\n"
        f"{open_ones}\n\nThe lesson counts as done when they are done."
    )
