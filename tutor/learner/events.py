"""What a learner can do, as data: an event for each act, and the place where the learner is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["answer", "hint", "shown", "cleared", "page"]


@dataclass(frozen=True)
class Event:
    """One act of a learner, as it is kept for ever.

    `id` is unique across machines. `activity` names what was worked at: "lesson:4.3-five-gradients#2" or
    "problem:" with the file's SHA-256. `counts` says whether an answer used up a try. Raises ValueError for a
    `time` that is not in UTC.
    """

    id: str
    time: datetime
    activity: str
    kind: Kind
    cell: str
    text: str
    verdict: str
    misconception: str | None
    counts: bool

    def __post_init__(self) -> None:
        if self.time.utcoffset() != timedelta(0):
            raise ValueError(f"the time of an event is in UTC; {self.time.isoformat()} is not")


@dataclass(frozen=True)
class Place:
    """Where the learner is: what "Continue" opens. `label` is its text for people."""

    activity: str
    page: int
    cell: str
    label: str


def unique_id() -> str:
    """Return an id that no other machine makes."""
    import uuid  # noqa: PLC0415  costs 6 ms, and the first frame needs no id

    return uuid.uuid4().hex


@dataclass(frozen=True)
class EventMaker:
    """Makes the events of one activity, each with its own id and time.

    `now` returns the time in UTC, `make_id` an id that is unique across machines.
    """

    activity: str
    now: Callable[[], datetime]
    make_id: Callable[[], str] = unique_id

    def answer(self, cell: str, text: str, verdict: str, misconception: str | None, *, counts: bool) -> Event:
        """Return the event of an answer that got its verdict."""
        return Event(
            id=self.make_id(),
            time=self.now(),
            activity=self.activity,
            kind="answer",
            cell=cell,
            text=text,
            verdict=verdict,
            misconception=misconception,
            counts=counts,
        )

    def note(self, kind: Literal["hint", "shown", "cleared", "page"], cell: str, text: str = "") -> Event:
        """Return the event of anything else: a hint taken, a value shown, a cell cleared, a page opened."""
        return Event(
            id=self.make_id(),
            time=self.now(),
            activity=self.activity,
            kind=kind,
            cell=cell,
            text=text,
            verdict="",
            misconception=None,
            counts=False,
        )
