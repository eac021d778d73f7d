"""Whether the pages of a lesson fit the smallest usual screen, also with the longest thing that is said on them."""

from collections.abc import Iterator
from functools import partial

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.figure import Figure
from tutor.course.exercises.base import Exercise
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise, seed_of
from tutor.course.exercises.remembering import KNEW
from tutor.course.figures import Drawing, make_figure
from tutor.course.fill_in import fill_in
from tutor.course.lint.faults import Faults
from tutor.course.model import Block, Lesson, Page, Prose
from tutor.course.numbers import Derive, LessonNumbers
from tutor.draw.glyphs import ASCII, UNICODE, Glyphs
from tutor.draw.text import line_width
from tutor.study.task_rows import has_screen, rows_of_task
from tutor.tui.pages.view import Asked, PageState, draw_page

WIDTH, HEIGHT = 80, 24
_OTHER_ROWS = 2
"""Title and key line."""

Seen = str | Drawing | Asked | Block


def look_at_pages(lesson: Lesson, faults: Faults, derivation_of: Derive) -> None:
    """Take the pages of a lesson that do not fit 80 columns and 24 rows, in Unicode or in ASCII.

    The lesson's blocks have to be without fault.
    """
    for page in lesson.pages:
        with faults.collecting(lesson.head.path, page.line):
            _look_at_tasks(page, lesson, faults, derivation_of)
            parts = list(_parts(page, lesson, derivation_of))
            heading = "" if page.title == lesson.head.title else page.title
            for name, glyphs in (("Unicode", UNICODE), ("ASCII", ASCII)):
                lines = draw_page(heading, parts, PageState(), WIDTH, glyphs)
                over = len(lines) - (HEIGHT - _OTHER_ROWS)
                if over > 0:
                    message = f"the page “{page.title}” is {over} rows too long in {name}. Make two pages of it."
                    faults.add(lesson.head.path, page.line, message)
                if any(line_width(line) > WIDTH for line in lines):
                    message = f"the page “{page.title}” is wider than {WIDTH} columns in {name}. Break its long lines."
                    faults.add(lesson.head.path, page.line, message)


def _look_at_tasks(page: Page, lesson: Lesson, faults: Faults, derivation_of: Derive) -> None:
    for block in page.parts:
        if isinstance(block, Block) and has_screen(block):
            over = rows_of_task(block, Making(lesson.head, derivation_of)) - (HEIGHT - _OTHER_ROWS)
            if over > 0:
                message = (
                    f"the screen of “{block.title}” is {over} rows too long. Shorten its texts, or make two of it."
                )
                faults.add(lesson.head.path, block.line, message)


def _parts(page: Page, lesson: Lesson, derivation_of: Derive) -> Iterator[Seen]:
    head = lesson.head
    numbers = LessonNumbers(head, derivation_of)
    for part in page.parts:
        match part:
            case Prose():
                yield fill_in(part.markdown, numbers, head.path, part.line)
            case Figure():
                yield make_figure(part, Making(head, derivation_of, seed_of(part.id, 0)))
            case Choice() | Card():
                making = Making(head, derivation_of, seed_of(part.id, 0))
                asked = partial(Asked, part, making.filled_prose(part.question, part))
                states = map(asked, _states(make_exercise(part, making)))
                yield max(states, key=lambda state: _rows(state, UNICODE))
            case _:
                yield part


def _states(exercise: Exercise) -> Iterator[Exercise]:
    """Yield an exercise after each answer that can be given to it."""
    if isinstance(exercise, Choosing):
        for place in range(len(exercise.options)):
            yield exercise.answer(exercise.text_of(frozenset({place})))[0]
        yield exercise.answer(exercise.text_of(exercise.rights))[0]
    else:
        yield exercise.answer(KNEW)[0]


def _rows(asked: Asked, glyphs: Glyphs) -> int:
    return len(draw_page("", [asked], PageState(), WIDTH, glyphs))
