"""A daily session: when it began, how long was worked in it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tutor.learner.activities import BEGUN, CARD, DAILY, END, LONGER, PRACTICE, TODAY
from tutor.practice.mastery import read_mastery
from tutor.practice.minutes import minutes_of
from tutor.practice.record import CardAnswer, FinishedTask, Record, read_record
from tutor.practice.schedule import read_schedule
from tutor.settings.model import USUAL_MINUTES

if TYPE_CHECKING:
    from tutor.practice.mastery import Standing
    from tutor.practice.syllabus import Syllabus

_AWAY: Final = timedelta(hours=1)
"""Who comes back after so long begins another session."""
_DAY: Final = timedelta(days=1)
_WORK: Final = (PRACTICE, CARD, TODAY)


@dataclass(frozen=True, slots=True)
class Session:
    """A daily session."""

    start: int
    """The place of the event that began it among all events."""
    length: int = USUAL_MINUTES
    """The minutes of work after which a session ends as it was planned, and by which it grows."""
    times: int = 1
    """How often it has that length: once, and once more for each time that the learner went on."""

    @property
    def limit(self) -> int:
        """The minutes of work after which it ends."""
        return self.length * self.times

    @property
    def goes_on(self) -> bool:
        """Whether the learner wants more than a session."""
        return self.times > 1

    def longer(self) -> Session:
        """Return the session as it is once the learner goes on."""
        return replace(self, times=self.times + 1)


@dataclass(frozen=True, slots=True)
class Move:
    """A skill that stands at another level than before."""

    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a session."""

    tasks: int
    cards: int
    first_try: int
    """How many of the tasks were right at the first try."""
    minutes: float
    moved_up: tuple[Move, ...]
    moved_down: tuple[Move, ...]
    due_tomorrow: int
    """How many skills and cards are due a day from now, those included that are due already."""


def current_session(record: Record, now: datetime, length: int = USUAL_MINUTES) -> Session | None:
    """Return the session that was begun, not ended, and left for less than an hour; None where there is none.

    length is the minutes of work that a session takes.
    """
    session: Session | None = None
    latest: datetime | None = None
    for position, event in enumerate(record.events):
        if event.activity == TODAY and event.kind == "page":
            if event.cell == BEGUN:
                session = Session(position, length)
            elif event.cell == LONGER and session:
                session = session.longer()
            elif event.cell == END:
                session = None
        if event.activity.startswith(_WORK):
            latest = event.time
    return session if latest is None or now - latest < _AWAY else None


def minutes_worked(record: Record, session: Session) -> float:
    """Return the minutes of work since a session began, without long pauses."""
    return minutes_of(event for event in record.events[session.start :] if event.activity.startswith(_WORK))


def finished(record: Record, session: Session) -> tuple[FinishedTask | CardAnswer, ...]:
    """Return the tasks and reviews of cards that belong to a session, in the order in which they were finished."""
    tasks = [task for task in record.tasks if task.position >= session.start and task.reason in DAILY]
    cards = [answer for answer in record.cards if answer.position >= session.start and answer.is_review]
    return tuple(sorted([*tasks, *cards], key=lambda item: item.position))


def summary(record: Record, session: Session, now: datetime, syllabus: Syllabus) -> Summary:
    """Return what came of a session so far."""
    items = finished(record, session)
    tasks = [item for item in items if isinstance(item, FinishedTask)]
    before = read_mastery(read_record(record.events[: session.start], now), syllabus)
    after = read_mastery(record, syllabus)
    moves = [Move(before[skill], after[skill]) for skill in after if before[skill].level != after[skill].level]
    dues = read_schedule(record).until(now + _DAY)
    return Summary(
        tasks=len(tasks),
        cards=len(items) - len(tasks),
        first_try=sum(task.is_right for task in tasks),
        minutes=minutes_worked(record, session),
        moved_up=tuple(move for move in moves if move.after.level > move.before.level),
        moved_down=tuple(move for move in moves if move.after.level < move.before.level),
        due_tomorrow=sum(syllabus.has(due.kind, due.id) for due in dues),
    )
