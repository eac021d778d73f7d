"""What a learner can do, as data: an event for each act, and the place where the learner is.

Events and places carry two times. `time` is the clock's. `recorded` is what they are ordered by: the clock's time
in microseconds since 1970, moved forward where needed so that it grows with each recording in a record and is beyond
all that the record holds from elsewhere (a hybrid logical clock: Kulkarni and others, 2014). So a clock that goes back
changes no order, and records that are merged come to one order, whichever came first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["answer", "hint", "shown", "cleared", "page", "reset", "restored"]


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a learner, as it is kept for ever.

    `id` is unique across machines. `activity` names what was worked at: "lesson:two-suspects/question-w1" or
    "problem:" with the file's SHA-256. `counts` says whether an answer used up a try. `recorded` is None until the
    event is on disk. Raises ValueError for a `time` that is not in UTC.
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
    recorded: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.time.utcoffset() != timedelta(0):
            raise ValueError(f"the time of an event is in UTC; {self.time.isoformat()} is not")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner is: what "Continue" opens. `label` is its text for people, `recorded` as with events."""

    activity: str
    page: int
    cell: str
    label: str
    recorded: int | None = field(default=None, compare=False)


NOWHERE: Final = Place("", 0, "", "")
"""The place of a learner who starts anew: kept like every other, so that it is the latest one."""


def unique_id() -> str:
    """Return an id that no other machine makes."""
    import uuid  # noqa: PLC0415  costs 6 ms, and the first frame needs no id

    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
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

    def note(self, kind: Kind, cell: str, text: str = "") -> Event:
        """Return the event of anything but an answer: a hint taken, a value shown, a page opened."""
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
