"""How far a learner is in each lesson, read from what the store kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.model import Course, LessonHead
from tutor.learner.activities import END, LESSON, ROUND, lesson_of
from tutor.learner.events import Event, Place


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
    return LESSON + lesson.id


def round_of(events: Iterable[Event]) -> int:
    """Return which round the events under a block's first name have led to."""
    return sum(event.kind == "cleared" and event.cell == ROUND for event in events)


def find_lesson(course: Course, place: Place | None) -> LessonHead | None:
    """Return the lesson of a place, if the course still has it."""
    if place is None:
        return None
    lesson = lesson_of(place.activity)
    return next((head for head in course.lessons if head.id == lesson), None)
