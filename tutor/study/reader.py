"""A lesson being read: where the learner is, and what is done."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from tutor.course.error import LessonError
from tutor.course.model import Block, LessonHead
from tutor.engine.error import EngineError
from tutor.learner.activities import END
from tutor.learner.events import EventMaker, Place
from tutor.mathematics.problem import ProblemError
from tutor.study.book import Book
from tutor.study.filled_pages import FilledPages, Part
from tutor.study.progress import lesson_activity
from tutor.study.services import Services
from tutor.study.work import Work, is_work, work_on


class Reader:
    """Where the learner is in a lesson. What changes is kept in the store before it is shown."""

    def __init__(self, services: Services, book: Book, page: int) -> None:
        """Begin at a page, which is made now, and keep that it was opened: this may take a second.

        Raises LessonError, ProblemError or EngineError for a fault in what the page shows; then nothing is kept.
        """
        self.book = book
        self.lesson = book.lesson
        self.pages = FilledPages(services, book)
        self._services = services
        self._maker = EventMaker(book.reading, services.now)
        self._read = {event.cell for event in services.store.events(book.reading)}
        self._open(max(0, min(page, len(book.lesson.pages) - 1)))

    @property
    def title(self) -> str:
        """The title of the lesson, with its number."""
        return self.book.title

    @property
    def heading(self) -> str:
        """The heading of the page; empty where it is the lesson's title."""
        title = self.lesson.pages[self.page].title
        return "" if title == self.lesson.head.title else title

    @property
    def parts(self) -> Sequence[Part]:
        """The parts of the page."""
        return self._parts

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the page with which something is to be done."""
        parts = self.lesson.pages[self.page].parts
        return tuple(part for part in parts if isinstance(part, Block) and is_work(part))

    @property
    def where(self) -> str:
        """The page and how many there are, in words."""
        return f"page {self.page + 1} of {len(self.lesson.pages)}"

    @property
    def at_end(self) -> bool:
        """Whether this is the last page."""
        return self.page == len(self.lesson.pages) - 1

    def place_in(self, block: Block, cell: str = "") -> Place:
        """Return the place of a block of this page, or of a cell in it."""
        return Place(self.book.activity(block), self.page, cell, f"{self.where}, {block.title}")

    def work(self, block: Block) -> Work:
        """Return how much of a block is done."""
        return work_on(block, self._services.store.events(self.pages.activity(block)))

    async def open_page(self, page: int) -> None:
        """Go to a page, and keep that it was opened. Raises as making a reader does; then the page stays."""
        await asyncio.to_thread(self._open, page)

    async def prepare_next(self) -> None:
        """Make the next page while this one is read; a fault in it is told when it is opened."""
        if not self.at_end:
            with suppress(LessonError, ProblemError, EngineError):
                await asyncio.to_thread(self.pages, self.page + 1)

    async def do_again(self, block: Block) -> None:
        """Begin a further round of a block of this page. Raises as making a reader does."""
        await asyncio.to_thread(self.pages.begin_round, block)
        self.pages.forget(self.page)
        await asyncio.to_thread(self._go_to, self.page)

    async def close(self) -> tuple[Work, ...]:
        """Go on to the next lesson, and return what is not done in this one.

        Where there is nothing, this lesson is done.
        """
        blocks = [block for block in self.lesson.blocks() if is_work(block)]
        works = await asyncio.to_thread(lambda: [self.work(block) for block in blocks])
        unfinished = tuple(work for work in works if not work.done)
        store = self._services.store
        if not unfinished and END not in self._read:
            self._read.add(END)
            await asyncio.to_thread(store.record, self._maker.note("page", END))
        if self._next_lesson is not None:
            place = Place(lesson_activity(self._next_lesson), 0, "", "")
            await asyncio.to_thread(store.remember, place)
        return unfinished

    def _open(self, page: int) -> None:
        self._go_to(page)
        place = Place(self.book.reading, page, "", self.where)
        store, cell = self._services.store, str(page)
        if cell in self._read:
            store.remember(place)
            return
        self._read.add(cell)
        store.record_with_place(self._maker.note("page", cell), place)

    def _go_to(self, page: int) -> None:
        self._parts = self.pages(page)
        self.page = page

    @property
    def _next_lesson(self) -> LessonHead | None:
        heads = self._services.course.lessons
        if self.lesson.head not in heads:
            return None
        place = heads.index(self.lesson.head) + 1
        return heads[place] if place < len(heads) else None
