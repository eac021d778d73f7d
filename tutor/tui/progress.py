"""How far a learner is in each lesson, read from what the store kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.model import Block, Course, LessonHead, Steps
from tutor.learner.events import Event, Place

END = "end"
"""The cell of the event that says: every page of the lesson was read and every cell of it is filled in."""

_LESSON = "lesson:"
_RIGHT = frozenset({"correct", "follows"})
_WRONG = frozenset({"incorrect", "incomplete"})


@dataclass(frozen=True, slots=True)
class Progress:
    """What was begun and what is done, as ids of lessons."""

    begun: frozenset[str]
    done: frozenset[str]


def read_progress(events: Iterable[Event]) -> Progress:
    """Return the progress that events tell."""
    begun, done = set(), set()
    for event in events:
        lesson = lesson_of(event.activity)
        if lesson is not None:
            begun.add(lesson)
            if event.kind == "page" and event.cell == END:
                done.add(lesson)
    return Progress(frozenset(begun), frozenset(done))


def lesson_activity(lesson: LessonHead) -> str:
    """Return the name under which the reading of a lesson is kept."""
    return _LESSON + lesson.id


def block_activity(block: Block) -> str:
    """Return the name under which the work on a block is kept; a block's id begins with its lesson's."""
    return _LESSON + block.id


def lesson_of(activity: str) -> str | None:
    """Return the id of the lesson that an activity belongs to; None outside of lessons.

    >>> lesson_of("lesson:two-suspects/question-w1")
    'two-suspects'
    """
    if not activity.startswith(_LESSON):
        return None
    return activity.removeprefix(_LESSON).partition("/")[0]


def find_lesson(course: Course, place: Place | None) -> LessonHead | None:
    """Return the lesson of a place, if the course still has it."""
    if place is None:
        return None
    lesson = lesson_of(place.activity)
    return next((head for head in course.lessons if head.id == lesson), None)


def filled(steps: Steps, events: Iterable[Event]) -> int:
    """Return how many cells of a worksheet hold a right value: found by the learner, or shown."""
    right: set[str] = set()
    for event in events:
        if event.kind == "shown" or (event.kind == "answer" and event.verdict in _RIGHT):
            right.add(event.cell)
        elif event.kind == "answer" and event.verdict in _WRONG:
            right.discard(event.cell)
    return len(right.intersection(steps.cells))
