"""Reference files of a course, such as its glossary: a title, and below it chapters that start at `## ` headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.course.error import LessonError
from tutor.course.files import read_text

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,2}) +(?P<title>.*?)[ #]*")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and the Markdown below it."""

    title: str
    markdown: str
    line: int
    """The line of the heading."""
    first_line: int
    """The line in which the Markdown begins."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A whole file. What stands between its title and its first chapter is for readers of the file alone."""

    title: str
    chapters: tuple[Chapter, ...]


def read_reference(path: Path) -> Reference:
    """Read a reference file.

    Raises LessonError for one that cannot be read, has no title or no chapter, and for an empty or repeated chapter.
    """
    lines = read_text(path).split("\n")
    headings = list(_headings(lines))
    titles = [(number, title) for number, level, title in headings if level == 1]
    if len(titles) != 1 or headings[0][1] != 1:
        line = titles[1][0] if len(titles) > 1 else 1
        raise LessonError(path, line, "this file needs one title, in its first line. Write it after a single #")
    starts = [(number, title) for number, level, title in headings if level > 1]
    if not starts:
        raise LessonError(path, titles[0][0], "nothing stands below the title. Start a chapter with ## and its title.")
    ends = [number for number, _ in starts[1:]] + [len(lines) + 1]
    chapters: list[Chapter] = []
    for (number, title), end in zip(starts, ends, strict=True):
        chapter = _chapter(title, number, lines[number : end - 1])
        if not title or not chapter.markdown:
            raise LessonError(path, number, "this chapter is empty. Write its title after ## and a text below it.")
        if any(other.title == title for other in chapters):
            raise LessonError(path, number, f"there are two chapters “{title}”. Give each a title of its own.")
        chapters.append(chapter)
    return Reference(titles[0][1], tuple(chapters))


def slug(title: str) -> str:
    """Return the anchor of a heading, as code hosts make it.

    >>> slug("learning-rate schedule"), slug("Momentum: v")
    ('learning-rate-schedule', 'momentum-v')
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the headings outside of fences: the number of the line, the level, the title."""
    fence = ""
    for number, line in enumerate(lines, start=1):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence and (found := _HEADING.fullmatch(line)):
            yield number, len(found["marks"]), found["title"]


def _chapter(title: str, number: int, below: Sequence[str]) -> Chapter:
    filled = [place for place, line in enumerate(below) if line.strip()]
    first, last = (filled[0], filled[-1]) if filled else (0, -1)
    return Chapter(title, "\n".join(below[first : last + 1]), number, number + 1 + first)
