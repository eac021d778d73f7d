"""The order of events: as they were recorded, on one machine and over merged ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.learner.events import Event

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def stamp(time: datetime, last: int | None) -> int:
    """Return what `recorded` becomes for something that is recorded at `time`, after what had `last`.

    >>> stamp(datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC), None)
    2000000
    >>> stamp(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), 2000000)
    2000001
    """
    microseconds = (time - _EPOCH) // _MICROSECOND
    return microseconds if last is None else max(microseconds, last + 1)


def stamped(events: Iterable[Event], last: int | None) -> tuple[Event, ...]:
    """Return events with what they are ordered by; those that have it keep it. `last` is the highest so far."""
    found: list[Event] = []
    for event in events:
        if event.recorded is None:
            found.append(replace(event, recorded=stamp(event.time, last)))
        else:
            found.append(event)
        last = latest(found[-1:], last)
    return tuple(found)


def latest(events: Iterable[Event], last: int | None) -> int | None:
    """Return the highest `recorded` of events, and of what came before them."""
    given = [event.recorded for event in events if event.recorded is not None]
    return max(given if last is None else [*given, last], default=None)


def order_of(event: Event) -> tuple[bool, int, str]:
    """Return what sorts events: those that are not on disk come last, in the order in which they stand.

    The id decides between machines that met the same microsecond.
    """
    if event.recorded is None:
        return True, 0, ""
    return False, event.recorded, event.id
