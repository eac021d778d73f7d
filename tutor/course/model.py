"""What a course is made of: sections, lessons, pages, and the parts of a page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar, cast

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class LessonHead:
    """What the course map needs to know of a lesson, read from its front matter alone."""

    id: str
    title: str
    section: int
    order: int
    """The lesson's place in its section, from the file name."""
    needs: tuple[str, ...]
    """Ids of the lessons that come first."""
    skills: tuple[str, ...]
    """Ids of the skills that the lesson practises."""
    path: Path
    problem: Path | None
    """The problem that the lesson's numbers and worksheets are about, unless they name another one."""

    @property
    def number(self) -> str:
        """The lesson's number as learners see it, such as 4.3."""
        return f"{self.section}.{self.order}"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the course, with its lessons in order."""

    number: int
    title: str
    lessons: tuple[LessonHead, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course."""

    title: str
    sections: tuple[Section, ...]
    folder: Path

    @property
    def lessons(self) -> tuple[LessonHead, ...]:
        """All lessons in order."""
        return tuple(head for section in self.sections for head in section.lessons)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or something that a block is made of and that may hold prose."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of Markdown; its numbers still stand as {{…}} until the page is shown."""

    markdown: str
    line: int
    """The line of the lesson's file where the stretch begins."""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A problem that stands in the lesson itself."""

    text: str
    """Its lines are numbered as in the lesson's file: so many blank ones stand before it."""
    source: str
    """The path of the lesson, for messages."""


@dataclass(frozen=True, slots=True)
class Block(Piece):
    """A fenced block that asks or shows something; each kind is a class of its own."""

    id: str
    """The same as long as the block keeps its title: what the learner did is kept under it."""
    title: str
    line: int
    """The line of the opening fence."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at a time: prose, and the blocks that follow it."""

    title: str
    parts: tuple[Prose | Block, ...]
    line: int
    """The line of the page's heading."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson."""

    head: LessonHead
    pages: tuple[Page, ...]

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all pages in order."""
        for page in self.pages:
            yield from (part for part in page.parts if isinstance(part, Block))

    def prose(self) -> Iterator[Prose]:
        """Yield the prose of all pages in order; that inside blocks too."""
        for page in self.pages:
            for part in page.parts:
                yield from prose_in(part)


def prose_in(part: object) -> Iterator[Prose]:
    """Yield the prose that a block, or whatever a block is made of, holds in its fields."""
    match part:
        case Prose():
            yield part
        case tuple():
            for item in part:
                yield from prose_in(item)
        case Piece():
            for field in fields(part):
                yield from prose_in(getattr(part, field.name))


def with_prose(part: Part, change: Callable[[Prose], Prose]) -> Part:
    """Return a block, or whatever it is made of, with all prose in its fields changed."""
    changed: object = part
    match part:
        case Prose():
            changed = change(part)
        case tuple():
            changed = tuple(with_prose(item, change) for item in part)
        case Piece():
            held = ((field.name, getattr(part, field.name)) for field in fields(part))
            changed = replace(part, **{name: with_prose(value, change) for name, value in held})
    return cast("Part", changed)
