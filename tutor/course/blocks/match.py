"""The block `match`: things that belong together, to be found."""

from dataclasses import dataclass

from tutor.course.blocks.common import at_least, different, identity
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Piece, Prose

_FEWEST, _MOST = 3, 9


@dataclass(frozen=True, slots=True)
class Pair(Piece):
    """Two things that belong together, and why."""

    left: Prose
    right: Prose
    why: Prose


@dataclass(frozen=True, slots=True)
class Match(Block):
    """Pairs to be found."""

    question: Prose
    pairs: tuple[Pair, ...]
    extra: tuple[Prose, ...]
    """Right sides that belong to nothing."""
    after: Prose
    """What is said once all pairs are found; may be empty."""


def read_match(body: Body, head: LessonHead) -> Match:
    """Read pairs to be found. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "pair", "extra", "after"))
    pairs = tuple(_pair(table) for table in body.tables("pair"))
    extra = body.proses("extra")
    at_least(body, "pair", pairs, _FEWEST, "Too few pairs to choose among.")
    rights = list(dict.fromkeys([*(pair.right.markdown for pair in pairs), *(item.markdown for item in extra)]))
    if max(len(rights), len(pairs)) > _MOST:
        raise body.fault("pair", f"more than {_MOST} pairs do not fit the keys 1 to {_MOST}. Take some out.")
    different(body, "pair", [pair.left.markdown for pair in pairs])
    different(body, "extra", [*{pair.right.markdown for pair in pairs}, *(item.markdown for item in extra)])
    return Match(
        *identity(body, head),
        question=body.prose("question"),
        pairs=pairs,
        extra=extra,
        after=body.prose("after", ""),
    )


def _pair(table: Body) -> Pair:
    table.check_keys(("left", "right", "why"))
    return Pair(table.prose("left"), table.prose("right"), table.prose("why"))
