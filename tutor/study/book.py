"""What is read page by page, and under which names the work on it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.course.model import Block, Lesson, LessonHead
from tutor.learner.activities import LESSON
from tutor.study.progress import lesson_activity


@dataclass(frozen=True, slots=True)
class Book:
    """A lesson, or an attempt at the self-test."""

    lesson: Lesson
    title: str
    reading: str
    """The activity of reading it."""
    prefix: str
    """What the activities of its blocks begin with."""
    seed: str = ""
    """What the numbers of its blocks are drawn from, together with their ids."""
    heads: Mapping[str, LessonHead] = field(default_factory=dict)
    """The lessons of blocks that were taken from elsewhere, by the ids of these blocks."""
    is_test: bool = False
    """Whether it is worked through once, so that nothing in it can be done again."""

    def activity(self, block: Block, round_number: int = 0) -> str:
        """Return the name under which the work on a block is kept; a block's id begins with its lesson's.

        A block with numbers of its own for each time has a further round, from 1, each time that it is done again.
        """
        return self.prefix + block.id + (f"#{round_number}" if round_number else "")

    def head_of(self, block: Block) -> LessonHead:
        """Return the lesson that a block stands in."""
        return self.heads.get(block.id, self.lesson.head)


def book_of(lesson: Lesson) -> Book:
    """Return a lesson as it is read."""
    head = lesson.head
    return Book(lesson, f"{head.number} {head.title}", lesson_activity(head), LESSON)
