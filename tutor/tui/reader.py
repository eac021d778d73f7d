"""A lesson being read: its pages with their numbers filled in, where the learner is, and what is done."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.course.fill_in import fill_in
from tutor.course.model import Block, Lesson, LessonHead, Prose, Steps
from tutor.course.numbers import LessonNumbers
from tutor.learner.events import EventMaker, Place
from tutor.tui.progress import END, block_activity, filled, lesson_activity
from tutor.tui.services import Services

Part = str | Block
"""What a page is made of: Markdown with its numbers filled in, or a block."""


@dataclass(frozen=True, slots=True)
class Work:
    """A worksheet of a page, and how much of it is done."""

    steps: Steps
    filled: int

    @property
    def done(self) -> bool:
        """Whether every cell is filled in."""
        return self.filled == len(self.steps.cells)


def fill_in_pages(lesson: Lesson, services: Services) -> tuple[tuple[Part, ...], ...]:
    """Return the parts of each page with the numbers filled in; this derives the lesson's problems.

    Raises LessonError or ProblemError for a fault.
    """
    numbers = LessonNumbers(lesson.head, services.derivation_of)
    path = lesson.head.path

    def filled_in(part: Prose | Block) -> Part:
        return fill_in(part.markdown, numbers, path, part.line) if isinstance(part, Prose) else part

    return tuple(tuple(map(filled_in, page.parts)) for page in lesson.pages)


class Reader:
    """Where the learner is in a lesson. What changes is kept in the store before it is shown."""

    def __init__(self, services: Services, lesson: Lesson, pages: Sequence[Sequence[Part]], page: int) -> None:
        """Begin at a page; pages are the lesson's, with their numbers filled in."""
        self.lesson = lesson
        self.page = max(0, min(page, len(pages) - 1))
        self._pages = pages
        self._services = services
        self._maker = EventMaker(lesson_activity(lesson.head), services.now)
        self._read = {event.cell for event in services.store.events(lesson_activity(lesson.head))}

    @property
    def title(self) -> str:
        """The title of the lesson, with its number."""
        return f"{self.lesson.head.number} {self.lesson.head.title}"

    @property
    def heading(self) -> str:
        """The heading of the page; empty where it is the lesson's title."""
        title = self.lesson.pages[self.page].title
        return "" if title == self.lesson.head.title else title

    @property
    def parts(self) -> Sequence[Part]:
        """The parts of the page."""
        return self._pages[self.page]

    @property
    def worksheets(self) -> tuple[Steps, ...]:
        """The worksheets of the page."""
        return tuple(part for part in self.parts if isinstance(part, Steps))

    @property
    def where(self) -> str:
        """The page and how many there are, in words."""
        return f"page {self.page + 1} of {len(self._pages)}"

    @property
    def at_end(self) -> bool:
        """Whether this is the last page."""
        return self.page == len(self._pages) - 1

    def place_in(self, steps: Steps, cell: str) -> Place:
        """Return the place of a cell in a worksheet of this page."""
        return Place(block_activity(steps), self.page, cell, f"{self.where}, {steps.title}")

    def work(self, steps: Steps) -> Work:
        """Return how much of a worksheet is done."""
        return Work(steps, filled(steps, self._services.store.events(block_activity(steps))))

    async def open_page(self, page: int) -> None:
        """Go to a page, and keep that it was opened."""
        self.page = page
        place = Place(lesson_activity(self.lesson.head), page, "", self.where)
        store, cell = self._services.store, str(page)
        if cell in self._read:
            await asyncio.to_thread(store.remember, place)
            return
        self._read.add(cell)
        await asyncio.to_thread(store.record_with_place, self._maker.note("page", cell), place)

    async def close(self) -> tuple[Work, ...]:
        """Go on to the next lesson, and return the worksheets of this one that are not done.

        Where there are none, this lesson is done.
        """
        blocks = [block for block in self.lesson.blocks() if isinstance(block, Steps)]
        works = await asyncio.to_thread(lambda: [self.work(steps) for steps in blocks])
        unfinished = tuple(work for work in works if not work.done)
        store = self._services.store
        if not unfinished and END not in self._read:
            self._read.add(END)
            await asyncio.to_thread(store.record, self._maker.note("page", END))
        if self._next_lesson is not None:
            place = Place(lesson_activity(self._next_lesson), 0, "", "")
            await asyncio.to_thread(store.remember, place)
        return unfinished

    @property
    def _next_lesson(self) -> LessonHead | None:
        heads = self._services.course.lessons
        place = heads.index(self.lesson.head) + 1
        return heads[place] if place < len(heads) else None
