"""An attempt at the self-test: a book to be read, and how its objectives came out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tutor.course.blocks.card import Card
from tutor.course.blocks.lab import LabView
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.model import Block, LessonHead
from tutor.course.self_test import Attempt, Objective, SelfTest, draw_attempt, load_self_test
from tutor.learner.events import Event, EventMaker, Place
from tutor.study.attempts import BEGUN, MISSED, REACHED, TEST, AttemptRecord, objective_cell, read_attempts
from tutor.study.book import Book
from tutor.study.progress import lesson_activity, read_progress
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.work import is_work

_RIGHT = frozenset({"correct", "follows"})
_WRONG = frozenset({"incorrect"})
_NEEDED, _OF = 4, 5
"""Four of five parts have to be right at the first try."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an objective stands: parts are the cells of worksheets, and every other task."""

    objective: Objective
    right: int
    """Parts that were right at the first try."""
    parts: int
    is_done: bool
    again: tuple[LessonHead, ...]
    """What to read again; empty where nothing was missed."""

    @property
    def is_reached(self) -> bool:
        """Whether enough was right."""
        return self.is_done and self.right * _OF >= self.parts * _NEEDED


class AttemptReader(Reader):
    """Reads an attempt, and keeps how its objectives come out."""

    def __init__(
        self, services: Services, test: SelfTest, attempt: Attempt, record: AttemptRecord, place: Place | None
    ) -> None:
        """Begin at a place, else at the first page on which something is open. Raises as making a reader does."""
        self._test = test
        self._attempt = attempt
        title = test.head.title
        book = Book(
            attempt.lesson, title, record.reading, f"{record.reading}/", f"{record.seed} ", attempt.heads, is_test=True
        )
        was_begun = bool(services.store.events(record.reading))
        super().__init__(services, book, place.page if place else 0)
        if place is None and was_begun:
            self._open(self._first_open())

    def standings(self) -> tuple[Standing, ...]:
        """Return how each objective stands."""
        return tuple(self._standing(objective) for objective in self._test.objectives)

    def keep_results(self) -> None:
        """Keep which objectives are done, as far as that is new."""
        store = self._services.store
        known = read_attempts(store.events(TEST)).results
        maker = EventMaker(TEST, self._services.now)
        for standing in self.standings():
            result = REACHED if standing.is_reached else MISSED
            number = standing.objective.number
            if standing.is_done and known.get(number) != result:
                store.record(maker.note("page", objective_cell(number), result))

    def place_afterwards(self) -> Place:
        """Return where to go on after the test: the first lesson that is not done, or the last one."""
        heads = self._services.course.lessons
        done = read_progress(self._services.store.all_events()).done
        return Place(lesson_activity(next((head for head in heads if head.id not in done), heads[-1])), 0, "", "")

    def _first_open(self) -> int:
        for place, page in enumerate(self.lesson.pages):
            if any(isinstance(part, Block) and is_work(part) and not self.work(part).done for part in page.parts):
                return place
        return len(self.lesson.pages) - 1

    def _standing(self, objective: Objective) -> Standing:
        blocks = list(self._blocks_of(objective))
        parts = [part for block in blocks for part in self._parts_of(block)]
        missed = [block.id for block in blocks if not all(self._parts_of(block))]
        drawn = [self.book.heads[identity].id for identity in missed if identity in self.book.heads]
        own = objective.again if any(identity not in self.book.heads for identity in missed) else ()
        is_done = all(self.work(block).done for block in blocks)
        return Standing(objective, sum(parts), len(parts), is_done, self._lessons((*drawn, *own)))

    def _blocks_of(self, objective: Objective) -> Iterator[Block]:
        for page, number in zip(self.lesson.pages, self._attempt.objectives, strict=True):
            if number == objective.number:
                yield from (part for part in page.parts if isinstance(part, Block) and is_work(part))

    def _parts_of(self, block: Block) -> list[bool]:
        return right_parts(block, self._services.store.events(self.pages.activity(block)))

    def _lessons(self, identities: Sequence[str]) -> tuple[LessonHead, ...]:
        return tuple(head for head in self._services.course.lessons if head.id in identities)


def right_parts(block: Block, events: Iterable[Event]) -> list[bool]:
    """Return for each part of a block whether it was right at the first try, without a hint."""
    kept = list(events)
    match block:
        case Steps():
            return [_is_right([event for event in kept if event.cell == cell]) for cell in block.cells]
        case Card() | LabView():
            return []
        case _:
            return [_is_right(kept)]


def begin_attempt(services: Services) -> AttemptRecord:
    """Begin an attempt with numbers of its own: they are drawn from the moment at which it begins."""
    maker = EventMaker(TEST, services.now)
    services.store.record(maker.note("page", BEGUN, services.now().isoformat()))
    return read_attempts(services.store.events(TEST))


def open_attempt(services: Services, record: AttemptRecord, place: Place | None = None) -> AttemptReader:
    """Return an attempt at a place, or where it goes on; this may take a second. Raises as making a reader does."""
    test = load_self_test(services.course.folder)
    if test is None:
        raise LessonError(services.course.folder, 1, "this course has no self-test. Write one in self-test.md")
    return AttemptReader(services, test, draw_attempt(test, services.course, record.seed), record, place)


def _is_right(events: Iterable[Event]) -> bool:
    """Whether the first thing that counts, of what was done with a part, is a right answer."""
    for event in events:
        if event.kind in {"hint", "shown"} or (event.verdict in _WRONG and event.counts):
            return False
        if event.verdict in _RIGHT:
            return True
    return False
