"""A learner's practice as the store has it now: what is on record, what there is to practise, what to keep."""

from collections.abc import Collection
from functools import cached_property

from tutor.course.blocks.card import Card
from tutor.course.error import LessonError
from tutor.course.loader import load_lesson
from tutor.course.model import LessonHead
from tutor.learner.activities import BEGUN, END, Reason
from tutor.learner.events import Event, EventMaker
from tutor.practice.outcome import decide_outcome
from tutor.practice.record import Record, read_record
from tutor.practice.skill import Skill
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.stage import stages_of
from tutor.practice.syllabus import Syllabus
from tutor.practice.task_name import TaskName
from tutor.study.services import Services

_A_SECOND = 1_000_000
_SEEDS = 10**12


def all_skills() -> Syllabus:
    """Return what there is to practise, whatever cards the course has."""
    return Syllabus(SKILLS, stages_of)


class Learner:
    """What a learner practised, and can practise. Methods may be called from any thread, and may block."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._seen: tuple[Event, ...] = ()
        self._record: Record | None = None

    def record(self) -> Record:
        """Return what is on record now."""
        events = self.services.store.all_events()
        if self._record is None or events is not self._seen:
            self._seen, self._record = events, read_record(events, self.services.now())
        return self._record

    @cached_property
    def syllabus(self) -> Syllabus:
        """What there is to practise: all skills, and those cards seen before that the course still has."""
        lessons = {answer.card.partition("/")[0] for answer in self.record().cards}
        heads = (head for head in self.services.course.lessons if head.id in lessons)
        cards = frozenset(card.id for head in heads for card in _cards_of(head))
        return Syllabus(SKILLS, stages_of, cards)

    @property
    def seed(self) -> int:
        """Where the seeds of fresh tasks begin: on no two machines the same, as far as clocks can tell."""
        return int(self.services.now().timestamp() * _A_SECOND) % _SEEDS

    def card(self, identity: str) -> tuple[Card, LessonHead]:
        """Return a card of the course and its lesson. Raises LessonError where it is not there any more."""
        lesson = identity.partition("/")[0]
        for head in self.services.course.lessons:
            found = [card for card in _cards_of(head) if card.id == identity] if head.id == lesson else []
            if found:
                return found[0], head
        raise LessonError(self.services.course.folder, 1, f"there is no card {identity} any more.")

    def lesson_of(self, skill: Skill) -> LessonHead | None:
        """Return the lesson that teaches a skill; None where the course has it not."""
        return next((head for head in self.services.course.lessons if head.id == skill.lesson), None)

    def note(self, activity: str, cell: str, text: str = "") -> None:
        """Keep that something began, goes on longer, or ended."""
        self.services.store.record(EventMaker(activity, self.services.now).note("page", cell, text))

    def begin_task(self, task: TaskName, reason: Reason) -> None:
        """Keep that a task was begun, and why, unless that is kept already."""
        if not any(event.cell == BEGUN for event in self.services.store.events(task.activity)):
            self.note(task.activity, BEGUN, reason)

    def end_task(self, task: TaskName, cells: Collection[str]) -> None:
        """Keep how a task came out, unless that is kept already; cells are those that were asked for."""
        events = self.services.store.events(task.activity)
        if not any(event.kind == "page" and event.cell == END for event in events):
            self.note(task.activity, END, decide_outcome(task, events, cells))


def _cards_of(head: LessonHead) -> list[Card]:
    try:
        return [block for block in load_lesson(head).blocks() if isinstance(block, Card)]
    except LessonError:
        return []  # a fault in a lesson is told where that lesson is opened
