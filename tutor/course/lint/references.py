"""What is proved of what a course has besides its lessons: its glossary, its conventions, its self-test."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tutor.course.chapters import read_reference
from tutor.course.error import LessonError, nearest
from tutor.course.glossary import Entry, read_glossary
from tutor.course.lint.faults import Faults
from tutor.course.model import Course, Lesson, LessonHead, Prose, Section
from tutor.course.self_test import Objective, question_of, read_self_test
from tutor.draw.glyphs import ASCII, UNICODE, Glyphs
from tutor.draw.prose import prose

_ROWS, _COLUMNS = 22, 78
"""What a screen of 80 columns and 24 rows has for an entry, between its title and its keys."""


def prove_glossary(path: Path, faults: Faults) -> None:
    """Take what is wrong with a glossary: entries that cannot be read, lead nowhere, or do not fit the screen.

    Raises LessonError for a file that is no glossary at all.
    """
    for entry in read_glossary(path, faults.take).entries:
        over = max(rows_of_entry(entry, glyphs) for glyphs in (UNICODE, ASCII)) - _ROWS
        if over > 0:
            faults.add(
                path, entry.line, f"the entry “{entry.term}” is {over} rows too long. Say less, or make two of it."
            )


def rows_of_entry(entry: Entry, glyphs: Glyphs) -> int:
    """Return how many rows an entry takes, in 80 columns."""
    also = f"Also: {', '.join(entry.also)}" if entry.also else ""
    example = f"Example: {entry.example}" if entry.example else ""
    rows = sum(1 + len(prose(part, _COLUMNS, glyphs)) for part in (also, entry.text, example) if part)
    return rows + (2 + len(entry.see) if entry.see else 0)


def conventions_prose(path: Path) -> Iterator[Prose]:
    """Yield the texts of the conventions. Raises LessonError for a fault in the file."""
    return (Prose(chapter.markdown, chapter.first_line) for chapter in read_reference(path).chapters)


def prove_self_test(path: Path, heads: Sequence[LessonHead], faults: Faults) -> Lesson:
    """Return all pages of a self-test; take the lessons and questions that it names and that do not exist.

    Raises LessonError for a fault in its front matter.
    """
    test = read_self_test(path, faults.take)
    course = Course("", (Section(1, "", tuple(heads)),), path.parent)
    for objective in test.objectives:
        _prove_objective(objective, course, path, faults)
    return Lesson(test.head, test.pages)


def _prove_objective(objective: Objective, course: Course, path: Path, faults: Faults) -> None:
    def fault(message: str) -> LessonError:
        return LessonError(path, objective.line, message)

    ids = [head.id for head in course.lessons]
    for identity in objective.again:
        if identity not in ids:
            faults.take(fault(f"there is no lesson {identity}. {nearest(identity, ids)}"))
    for identity in objective.questions:
        with faults.collecting(path, objective.line):
            question_of(identity, course, fault)
