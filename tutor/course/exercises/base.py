"""What all exercises share: answers as texts that can be kept and replayed, verdicts, tries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal, Self, TypeVar

from tutor.digest import digest_of

Verdict = Literal["correct", "incorrect", "invalid", "noted"]
"""`noted` is what has no right or wrong: a card turned, a word written, a move that is only a move."""

Item = TypeVar("Item")
_MARKS = re.compile(r"[\\`*_{}\[\]<>#+!|~&-]")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said about an answer, as Markdown."""

    verdict: Verdict
    feedback: str
    misconception: str | None = None
    counts: bool = True
    """Whether the answer used up a try."""
    position: int | None = None
    """The character at which an answer that cannot be read stumbles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An exercise as a learner has left it."""

    tries: int = 0
    solved: bool = False
    shown: bool = False
    """Whether the answer was shown."""
    latest: str = ""
    """The latest answer that could be read."""
    reply: Reply | None = None
    """What was said about it."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.solved or self.shown

    def judged(self, text: str) -> Reply:
        """Return what is said about an answer. Never raises for what it is."""
        raise NotImplementedError

    def answer(self, text: str) -> tuple[Self, Reply]:
        """Return the exercise after an answer, and what is said about it; once solved it stays solved."""
        reply = self.judged(text)
        return (self if reply.verdict == "invalid" else self.taken(text, reply)), reply

    def replayed(self, text: str, verdict: str) -> Self:
        """Return the exercise after an answer that is kept with the verdict it got then."""
        del verdict
        return self.answer(text)[0]

    def taken(self, text: str, reply: Reply) -> Self:
        """Return the exercise after an answer of which this was said."""
        return replace(
            self,
            tries=self.tries + (reply.counts and not self.done),
            solved=self.solved or (reply.verdict == "correct" and not self.shown),
            latest=text,
            reply=reply,
        )

    def show(self) -> Self:
        """Return the exercise with its answer shown; where it was solved before, it stays solved."""
        return replace(self, shown=not self.solved)


def listed(items: Sequence[str]) -> str:
    """Return texts as one answer."""
    import json  # noqa: PLC0415 - nothing of it is needed before the first answer

    return json.dumps(list(items), ensure_ascii=False)


def unlisted(text: str) -> list[str] | None:
    """Return the texts of such an answer; None where it is none, as in a record from elsewhere."""
    if not text:
        return None
    import json  # noqa: PLC0415 - as above

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(item, str) for item in found) else None


def mixed(items: Sequence[Item], name: str) -> list[Item]:
    """Return the items in an order that only the name decides, so that it is the same the next time."""
    seed = int.from_bytes(digest_of(name.encode())[:8])
    mixed_items = list(items)
    Random(seed).shuffle(mixed_items)  # noqa: S311 - an order is no secret
    return mixed_items


def as_it_stands(text: str) -> str:
    """Return Markdown that shows a text as it stands, whatever signs are in it."""
    return _MARKS.sub(r"\\\g<0>", text)


def sentences(*texts: str) -> str:
    """Return texts one after the other, without the empty ones."""
    return " ".join(text for text in texts if text)
