"""What is current, worked out only as far as there is something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.learner.resets import hidden, in_sight

if TYPE_CHECKING:
    from tutor.learner.events import Event


class HiddenSoFar:
    """The ids of the events that resets hide."""

    def __init__(self) -> None:
        self._resets: tuple[Event, ...] = ()
        self._ids: frozenset[str] = frozenset()

    def __call__(self, resets: tuple[Event, ...]) -> frozenset[str]:
        """Return the ids, from the events of resets."""
        if resets is not self._resets:
            self._ids = hidden(resets)
            self._resets = resets
        return self._ids


class CurrentSoFar:
    """What is in sight of events that mostly grow at their end."""

    def __init__(self) -> None:
        self._events: tuple[Event, ...] = ()
        self._away: frozenset[str] = frozenset()
        self._current: tuple[Event, ...] = ()

    def __call__(self, events: tuple[Event, ...], away: frozenset[str]) -> tuple[Event, ...]:
        """Return what is in sight of ordered events; `away` are the ids of hidden ones.

        It is the same tuple as before, if nothing has changed.
        """
        if away != self._away or not self._goes_on_in(events):
            self._current = in_sight(events, away)
        elif len(events) > len(self._events):
            self._current += in_sight(events[len(self._events) :], away)
        self._events, self._away = events, away
        return self._current

    def _goes_on_in(self, events: tuple[Event, ...]) -> bool:
        """Whether these are the events of the last time, with others behind them, if any.

        In order, the last one can only stand at the same place if nothing was put before it.
        """
        count = len(self._events)
        return not count or (len(events) >= count and events[count - 1] is self._events[-1])
