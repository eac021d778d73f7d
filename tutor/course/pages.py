"""From the Markdown of a lesson to its pages: a page starts at each `## ` heading outside fences."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutor.course.blocks import CODE_LANGUAGES, read_block
from tutor.course.error import LessonError
from tutor.course.model import Block, LessonHead, Page, Prose

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")
_LEFT_OUT = "…"
"""Stands for a block that cannot be read, where faults are collected."""
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,2})(?: +(?P<title>.*?))?[ #]*")


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of prose that stand together, with the number of the first."""

    lines: tuple[str, ...]
    line: int


_Item = _Heading | _Lines | Block


OnFault = Callable[[LessonError], None]
"""Takes a fault in a block, which is then left out."""


def read_pages(
    lines: Sequence[str], first_line: int, head: LessonHead, on_fault: OnFault | None = None
) -> tuple[Page, ...]:
    """Read the pages of a lesson from the lines below its front matter; first_line numbers the first.

    Raises LessonError for a page or lesson without content, a fence that does not end, a heading of
    the first level, and, unless on_fault takes it, whatever the reader of a block finds.
    """
    pages: list[Page] = []
    heading: _Heading | None = None
    parts: list[Prose | Block] = []
    for item in _join(_items(lines, first_line, head, on_fault)):
        if isinstance(item, _Heading):
            pages.extend(_page(heading, parts, head, first_line))
            heading, parts = item, []
        else:
            parts.extend(_part(item))
    pages.extend(_page(heading, parts, head, first_line))
    if not pages:
        raise LessonError(head.path, first_line, "the lesson has no page. Write text below the front matter.")
    return tuple(pages)


def _page(
    heading: _Heading | None, parts: Sequence[Prose | Block], head: LessonHead, first_line: int
) -> Iterator[Page]:
    """Yield the page under a heading; the page before all headings only if something stands there."""
    if parts:
        title, line = (heading.title, heading.line) if heading else (head.title, first_line)
        yield Page(title, tuple(parts), line)
    elif heading:
        message = f"the page “{heading.title}” is empty. Write text below its heading, or remove the heading."
        raise LessonError(head.path, heading.line, message)


def _items(lines: Sequence[str], first_line: int, head: LessonHead, on_fault: OnFault | None) -> Iterator[_Item]:
    """Yield headings, blocks, and everything else line by line; a fence of code in one piece."""
    place = 0
    while place < len(lines):
        line = first_line + place
        fence = _FENCE.fullmatch(lines[place])
        if fence is None:
            yield _heading(lines[place], line, head) or _Lines((lines[place],), line)
            place += 1
            continue
        end = _fence_end(lines, place, fence["mark"])
        if end is None:
            message = f"this fence does not end. Close it with a line {fence['mark']}"
            raise LessonError(head.path, line, message)
        kind = fence["info"].strip()
        if kind in CODE_LANGUAGES:
            yield _Lines(tuple(lines[place : end + 1]), line)
        else:
            try:
                yield read_block(kind, "\n".join(lines[place + 1 : end]), head, line)
            except LessonError as error:
                if on_fault is None:
                    raise
                on_fault(error)
                yield _Lines((_LEFT_OUT,), line)
        place = end + 1


def _heading(text: str, line: int, head: LessonHead) -> _Heading | None:
    found = _HEADING.fullmatch(text)
    if found is None:
        return None
    if found["marks"] == "#":
        message = "the lesson's title comes from the front matter. Start a page with ## and a title instead."
        raise LessonError(head.path, line, message)
    if not found["title"]:
        raise LessonError(head.path, line, "this page has no title. Write one after ##")
    return _Heading(found["title"], line)


def _fence_end(lines: Sequence[str], start: int, mark: str) -> int | None:
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*")
    return next((i for i in range(start + 1, len(lines)) if closing.fullmatch(lines[i])), None)


def _join(items: Iterator[_Item]) -> Iterator[_Item]:
    """Put lines of prose that follow each other into one item."""
    waiting: list[_Lines] = []
    for item in items:
        if isinstance(item, _Lines):
            waiting.append(item)
            continue
        yield from _joined(waiting)
        waiting = []
        yield item
    yield from _joined(waiting)


def _joined(waiting: Sequence[_Lines]) -> Iterator[_Lines]:
    if waiting:
        yield _Lines(tuple(line for item in waiting for line in item.lines), waiting[0].line)


def _part(item: _Lines | Block) -> Iterator[Prose | Block]:
    """Yield the part of a page that an item makes: none where all its lines are blank."""
    if isinstance(item, Block):
        yield item
        return
    filled = [place for place, line in enumerate(item.lines) if line.strip()]
    if filled:
        first, last = filled[0], filled[-1]
        yield Prose("\n".join(item.lines[first : last + 1]), item.line + first)
