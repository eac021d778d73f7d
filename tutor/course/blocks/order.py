"""The block `order`: lines to be put in order."""

from dataclasses import dataclass

from tutor.course.blocks.common import at_least, different, identity
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Piece, Prose

_FEWEST, _MOST = 3, 9


@dataclass(frozen=True, slots=True)
class Before(Piece):
    """That one line has to stand before another one, and why; lines by their places from 0."""

    first: int
    then: int
    why: Prose


@dataclass(frozen=True, slots=True)
class Order(Block):
    """Lines to be put in order."""

    question: Prose
    lines: tuple[Prose, ...]
    """In a right order."""
    before: tuple[Before, ...]
    """What makes an order right; where there is nothing, only the one that is written is right."""
    after: Prose
    """What is said once the order is right; may be empty."""


def read_order(body: Body, head: LessonHead) -> Order:
    """Read lines to be ordered. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "lines", "before", "after"))
    lines = body.proses("lines")
    at_least(body, "lines", lines, _FEWEST, "Too few lines to put in order.")
    if len(lines) > _MOST:
        raise body.fault("lines", f"{len(lines)} lines are too many to see at once. Write at most {_MOST}.")
    different(body, "lines", [line.markdown for line in lines])
    return Order(
        *identity(body, head),
        question=body.prose("question"),
        lines=lines,
        before=tuple(_before(table, len(lines)) for table in body.tables("before")),
        after=body.prose("after", ""),
    )


def _before(table: Body, count: int) -> Before:
    table.check_keys(("first", "then", "why"))
    first, then = table.whole("first", 1, 1, count), table.whole("then", 2, 1, count)
    if first >= then:
        message = "lines has them the other way round. Write the numbers of the lines as they stand there."
        raise table.fault("first", message)
    return Before(first - 1, then - 1, table.prose("why"))
