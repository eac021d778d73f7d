"""What a run of the program holds itself, so that nothing hangs on a disk that may fail at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.learner.rescue import Rescued

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.learner.events import Event, Place
    from tutor.learner.record_file import Written


class Memory:
    """The events and the place of this run, and which of them wait to be written.

    `earlier` is what earlier runs left in a record that cannot be used: to be read, never to be written.
    """

    def __init__(self) -> None:
        self.place: Place | None = None
        self.waiting: dict[str, Event] = {}
        self.earlier = Rescued()
        self._events: dict[str, Event] = {}
        self._saved: set[str] = set()
        self._place_waits = False

    @property
    def waiting_place(self) -> Place | None:
        """The place, if it waits to be written."""
        return self.place if self._place_waits else None

    @property
    def never_saved(self) -> int:
        """How many of the waiting events were never written before."""
        return len(self.waiting.keys() - self._saved)

    def add(self, events: Iterable[Event], place: Place | None) -> None:
        """Take what the learner just did; an event whose id is known already is the same event."""
        for event in events:
            if event.id not in self._events:
                self._events[event.id] = self.waiting[event.id] = event
        if place is not None:
            self.place, self._place_waits = place, True

    def rescue(self, found: Rescued) -> None:
        """Take what was read from a damaged record, to be written to the one that follows."""
        self._events = {event.id: event for event in found.events} | self._events
        self.place = self.place or found.place
        self._saved.clear()
        self.all_waits()

    def all_waits(self) -> None:
        """Let everything wait to be written: the record is another one now."""
        self.waiting = dict(self._events)
        self._place_waits = self.place is not None

    def written(self, written: Written) -> None:
        """Note that nothing waits any more."""
        self._events |= {event.id: event for event in written.events}
        self._saved |= self.waiting.keys()
        self.waiting = {}
        if self._place_waits:
            self.place = written.place
        self._place_waits = False

    def with_stored(self, stored: tuple[Event, ...] | None, activity: str | None) -> tuple[Event, ...]:
        """Return what earlier runs left, what is on disk, and what only this run knows, each event once.

        `stored` is None where the disk cannot be read.
        """
        if stored is not None and not self.earlier.events and not self.waiting:
            return stored
        known: dict[str, Event] = {}
        for events in (self.earlier.events, stored or (), self._events.values()):
            for event in events:
                if activity in {None, event.activity}:
                    known.setdefault(event.id, event)
        return tuple(known.values())
