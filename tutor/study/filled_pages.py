"""The pages of a lesson with their numbers, pictures and exercises, each made when it is first wanted."""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.figure import Figure
from tutor.course.exercises.making import Making, make_exercise, seed_of
from tutor.course.fill_in import fill_in
from tutor.course.model import Block, Prose
from tutor.course.numbers import LessonNumbers
from tutor.learner.activities import ROUND
from tutor.learner.events import EventMaker
from tutor.study.book import Book
from tutor.study.exercise_session import ExerciseSession
from tutor.study.progress import round_of
from tutor.study.services import Services

if TYPE_CHECKING:
    from tutor.course.figures import Drawing


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture on a page."""

    figure: Figure
    drawing: "Drawing"


@dataclass(frozen=True, slots=True)
class Inline:
    """An exercise that is done on the page itself."""

    block: Choice | Card
    question: str
    session: ExerciseSession


Part = str | Pictured | Inline | Block
"""What a page is made of: Markdown with its numbers filled in, a picture, or something to do."""


class FilledPages:
    """Makes the pages of a lesson. Methods may be called from any thread, and may block for a second.

    What a page needs is worked out when that page is asked for, so that nobody waits for the derivation of another one.
    """

    def __init__(self, services: Services, book: Book) -> None:
        self._services = services
        self._book = book
        self._lesson = book.lesson
        self._numbers = LessonNumbers(book.lesson.head, services.derivation_of)
        self._filled: dict[int, tuple[Part, ...]] = {}
        self._lock = Lock()

    def __call__(self, place: int) -> tuple[Part, ...]:
        """Return the parts of a page. Raises LessonError, ProblemError or EngineError for a fault."""
        with self._lock:
            if place not in self._filled:
                page = self._lesson.pages[place]
                self._filled[place] = tuple(self._part(part) for part in page.parts)
            return self._filled[place]

    def forget(self, place: int) -> None:
        """Make a page anew the next time it is asked for."""
        with self._lock:
            self._filled.pop(place, None)

    def making(self, block: Block) -> Making:
        """Return what the exercise of a block is made with in its present round."""
        events = self._services.store.events(self._book.activity(block))
        seed = seed_of(self._book.seed + block.id, round_of(events))
        return Making(self._book.head_of(block), self._services.derivation_of, seed)

    def activity(self, block: Block) -> str:
        """Return the name under which the present round of a block is kept."""
        return self._book.activity(block, round_of(self._services.store.events(self._book.activity(block))))

    def begin_round(self, block: Block) -> None:
        """Begin a further round of a block: its numbers are drawn anew."""
        maker = EventMaker(self._book.activity(block), self._services.now)
        self._services.store.record(maker.note("cleared", ROUND))

    def question(self, question: Prose, block: Block) -> str:
        """Return a text of a block with its numbers filled in. Raises as when the page is asked for."""
        return self.making(block).filled_prose(question, block)

    def _part(self, part: Prose | Block) -> Part:
        match part:
            case Prose():
                return fill_in(part.markdown, self._numbers, self._lesson.head.path, part.line)
            case Figure():
                from tutor.course.figures import make_figure  # noqa: PLC0415 - NumPy is loaded only for pictures

                return Pictured(part, make_figure(part, self.making(part)))
            case Choice() | Card():
                making = self.making(part)
                maker = EventMaker(self.activity(part), self._services.now)
                session = ExerciseSession(make_exercise(part, making), self._services.store, maker)
                return Inline(part, self.question(part.question, part), session)
            case _:
                return part
