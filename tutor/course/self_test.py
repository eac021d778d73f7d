"""The self-test of a course: the file self-test.md in its folder, in the format of a lesson.

Its front matter names the objectives. Each page belongs to the objective whose number its heading begins with; pages
with the same heading are variants of one another, one of which is drawn. Questions of lessons may be drawn as well.
What is drawn is decided by a seed alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.error import LessonError, nearest
from tutor.course.exercises.base import mixed
from tutor.course.files import read_text
from tutor.course.front_matter import FrontMatter, read_front_matter
from tutor.course.loader import SELF_TEST, check_lesson, load_lesson
from tutor.course.model import Block, Course, Lesson, LessonHead, Page
from tutor.course.pages import read_pages

ID = "self-test"
"""What the ids of its own blocks begin with."""
_KEYS = ("objective", "again", "questions", "draw")
_NUMBERED = re.compile(r"(?P<number>[1-9]) +(?P<title>\S.*)")
_MOST = 9
Drawable = Choice | Match | Order
OnFault = Callable[[LessonError], None]


@dataclass(frozen=True, slots=True)
class Objective:
    """Something that learners can do after the course."""

    number: int
    title: str
    again: tuple[str, ...]
    """Ids of the lessons to read again where it was not reached."""
    questions: tuple[str, ...]
    """Ids of blocks of lessons, from which some are drawn."""
    draw: int
    """How many of them."""
    line: int


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The self-test as it is written."""

    head: LessonHead
    objectives: tuple[Objective, ...]
    pages: tuple[Page, ...]
    """All pages with all variants, in the order of the file."""

    def objective_of(self, page: Page) -> int:
        """Return the number of the objective of a page; 0 for the page before the first heading."""
        found = _NUMBERED.fullmatch(page.title)
        return int(found["number"]) if found else 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """The self-test as one seed draws it."""

    lesson: Lesson
    objectives: tuple[int, ...]
    """For each page, the number of its objective."""
    heads: Mapping[str, LessonHead]
    """The lessons that blocks were drawn from, by the ids of these blocks."""


def load_self_test(folder: Path) -> SelfTest | None:
    """Read the self-test of a course; None where its folder has no file for it.

    Raises LessonError for the first fault in the file.
    """
    path = folder / SELF_TEST

    def stop(error: LessonError) -> None:
        raise error

    return read_self_test(path, stop) if path.is_file() else None


def read_self_test(path: Path, on_fault: OnFault) -> SelfTest:
    """Read a self-test. Faults in its pages are handed to on_fault; LessonError is raised for its front matter."""
    text = read_text(path)
    front_matter = read_front_matter(text, path)
    objectives = tuple(_objectives(front_matter))
    head = LessonHead(ID, front_matter.text("title"), 0, 0, (), (), path, None)
    lines = text.split("\n")[front_matter.length :]
    pages = read_pages(lines, front_matter.length + 1, head, on_fault)
    check_lesson(Lesson(head, pages), on_fault)
    numbers = {objective.number for objective in objectives}
    test = SelfTest(head, objectives, pages)
    for page in pages:
        if page.title != head.title and test.objective_of(page) not in numbers:
            message = f"“{page.title}” belongs to no objective. Begin the heading with its number: ## 1 {page.title}"
            on_fault(LessonError(path, page.line, message))
    for objective in objectives:
        if not objective.draw and not any(test.objective_of(page) == objective.number for page in pages):
            message = f"nothing tests objective {objective.number}. Write a page ## {objective.number} …"
            on_fault(LessonError(path, objective.line, message))
    return test


def draw_attempt(test: SelfTest, course: Course, seed: str) -> Attempt:
    """Return what a seed draws; it may take some milliseconds. Raises LessonError for a question that is not there."""
    opening = [page for page in test.pages if not test.objective_of(page)]
    pages, objectives = list(opening), [0] * len(opening)
    heads: dict[str, LessonHead] = {}
    for objective in test.objectives:
        for block, head in _drawn_questions(objective, course, seed, test):
            heads[block.id] = head
            pages.append(Page(f"{objective.number} {objective.title}", (block,), objective.line))
            objectives.append(objective.number)
        drawn = _drawn_pages([page for page in test.pages if test.objective_of(page) == objective.number], seed)
        pages += drawn
        objectives += [objective.number] * len(drawn)
    return Attempt(Lesson(test.head, tuple(pages)), tuple(objectives), heads)


def question_of(identity: str, course: Course, fault: Callable[[str], LessonError]) -> tuple[Drawable, LessonHead]:
    """Return the block that an id names, and its lesson. Raises what fault makes where it is no question."""
    lesson_id = identity.partition("/")[0]
    ids = [head.id for head in course.lessons]
    if lesson_id not in ids:
        raise fault(f"there is no lesson {lesson_id}. {nearest(lesson_id, ids)}")
    head = course.lessons[ids.index(lesson_id)]
    blocks = {block.id: block for block in load_lesson(head).blocks() if isinstance(block, Choice | Match | Order)}
    if identity not in blocks:
        near = nearest(identity, blocks) if blocks else "It has no choice, match or order."
        raise fault(f"there is no question {identity}. {near}")
    return blocks[identity], head


def _drawn_questions(
    objective: Objective, course: Course, seed: str, test: SelfTest
) -> Iterator[tuple[Block, LessonHead]]:
    def fault(message: str) -> LessonError:
        return LessonError(test.head.path, objective.line, message)

    for identity in mixed(objective.questions, f"{seed} {objective.number}")[: objective.draw]:
        yield question_of(identity, course, fault)


def _drawn_pages(pages: Sequence[Page], seed: str) -> list[Page]:
    """Return one page of each heading."""
    titles = dict.fromkeys(page.title for page in pages)
    return [mixed([page for page in pages if page.title == title], f"{seed} {title}")[0] for title in titles]


def _objectives(front_matter: FrontMatter) -> Iterator[Objective]:
    count = sum(key.startswith("objective-") for key in front_matter.values)
    if not 1 <= count <= _MOST:
        raise LessonError(front_matter.path, 1, f"a self-test has 1 to {_MOST} objectives. Add a line objective-1: …")
    numbers = range(1, count + 1)
    front_matter.check_keys(("title", *(f"{key}-{number}" for key in _KEYS for number in numbers)))
    for number in numbers:
        questions = _list(front_matter, f"questions-{number}")
        yield Objective(
            number,
            front_matter.text(f"objective-{number}"),
            front_matter.items(f"again-{number}"),
            questions,
            _count(front_matter, f"draw-{number}", len(questions)),
            front_matter.lines[f"objective-{number}"],
        )


def _list(front_matter: FrontMatter, key: str) -> tuple[str, ...]:
    return front_matter.items(key) if key in front_matter.values else ()


def _count(front_matter: FrontMatter, key: str, most: int) -> int:
    if key not in front_matter.values and not most:
        return 0
    text = front_matter.text(key)
    if not text.isdecimal() or not 1 <= int(text) <= most:
        message = f"{key} says how many of the {most} questions are drawn. Write a number from 1 to {most}."
        raise front_matter.fault(key, message)
    return int(text)
