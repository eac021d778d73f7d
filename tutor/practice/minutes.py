"""How long learners worked: the time between their acts, without the long pauses."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from tutor.learner.events import Event

LONGEST_PAUSE: Final = timedelta(minutes=10)
"""So long may take what is worked out with pen and paper. Who does nothing for longer is away: that is not counted."""
_MINUTE: Final = timedelta(minutes=1)


def minutes_between(earlier: datetime, later: datetime) -> float:
    """Return the minutes of work from one act to the next: none for a long pause, or for a clock that went back."""
    gap = later - earlier
    return gap / _MINUTE if timedelta() < gap <= LONGEST_PAUSE else 0.0


def minutes_of(events: Iterable[Event]) -> float:
    """Return the minutes of work that events tell of, in the order in which they were recorded."""
    return sum(minutes_by_day(events).values())


def minutes_by_day(events: Iterable[Event], zone: tzinfo = UTC) -> dict[date, float]:
    """Return the minutes of work on each day, as days are where the learner is; each pair counts for its later day."""
    days: defaultdict[date, float] = defaultdict(float)
    before: datetime | None = None
    for event in events:
        worked = minutes_between(before, event.time) if before else 0.0
        if worked:
            days[event.time.astimezone(zone).date()] += worked
        before = event.time
    return dict(days)
