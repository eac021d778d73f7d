"""The events of an open record, read once; from then on only what is new is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tutor.learner import rows
from tutor.learner.ordering import order_of

if TYPE_CHECKING:
    import sqlite3

    from tutor.learner.events import Event


_FIRST: Final = -(2**63)


class EventsSoFar:
    """The events of one activity, or of all, as far as they were read.

    Rows are only ever added, each at a higher position than those before: so the row that was read last tells
    whether the record is still the same.
    """

    def __init__(self, connection: sqlite3.Connection, activity: str | None = None) -> None:
        self._connection = connection
        self._activity = activity
        self._events: tuple[Event, ...] = ()
        self._last: tuple[object, ...] | None = None

    def __call__(self) -> tuple[Event, ...]:
        """Return the events in order; the same tuple as before, if there is nothing new. Raises sqlite3.Error."""
        if self._last is None:
            self._add(self._rows_from(_FIRST))
        else:
            found = self._rows_from(self._last[0])
            if found[:1] == [self._last]:
                self._add(found[1:])
            else:
                self._events = ()
                self._add(self._rows_from(_FIRST))
        return self._events

    def _rows_from(self, position: object) -> list[tuple[object, ...]]:
        if self._activity is None:
            return self._connection.execute(rows.SELECT_EVENTS_FROM, (position,)).fetchall()
        values = (position, rows.encoded(self._activity))
        return self._connection.execute(rows.SELECT_EVENTS_OF_FROM, values).fetchall()

    def _add(self, found: list[tuple[object, ...]]) -> None:
        if not found:
            return
        self._last = found[-1]
        events = sorted((event for row in found if (event := rows.event_of_row(row[1:])) is not None), key=order_of)
        if self._events and events and order_of(events[0]) < order_of(self._events[-1]):
            self._events = tuple(sorted((*self._events, *events), key=order_of))  # some came from another machine
        else:
            self._events = (*self._events, *events)
