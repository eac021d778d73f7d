"""Resets: nothing is ever deleted, some of it is only hidden, and can be seen again.

A reset is an event like any other, of the activity "reset". Its cell is the scope that was reset: "all", or the name of
an activity with all that is below it, such as "lesson:two-suspects". Its text is a JSON object: `hides` is the list of
the ids of the events that were in that scope when it was made and that no earlier reset hides; `place` is the place
that was left, if that was in the scope, else null. Taking a reset back is an event too: its cell is the reset's id.

So what a reset hides does not hang on any clock, nor on the order in which records are merged: it is what the
record held in which the reset was made. Work that was done on another machine and comes in later stays in sight. Where
resets from two machines hide the same event, it is seen again when both are taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tutor.learner.events import Event, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

RESETS: Final = "reset"
"""The activity of resets, and of taking them back."""
ALL: Final = "all"
"""The scope that everything is in."""
_KINDS: Final = frozenset({"reset", "restored"})


@dataclass(frozen=True, slots=True)
class Reset:
    """A reset: `hides` are the ids of the events that it hides, `place` is the place that was left, if any."""

    id: str
    time: datetime
    scope: str
    hides: frozenset[str]
    place: Place | None


def is_in(activity: str, scope: str) -> bool:
    """Return whether an activity belongs to a scope.

    >>> [is_in(activity, "lesson:chain") for activity in ("lesson:chain", "lesson:chain/q#2", "lesson:chain-two")]
    [True, True, False]
    """
    return scope in {ALL, activity} or activity.startswith(f"{scope}/")


def in_force(events: Iterable[Event]) -> tuple[Reset, ...]:
    """Return the resets among events that were not taken back, the latest last."""
    made = [event for event in events if event.kind in _KINDS]
    taken_back = {event.cell for event in made if event.kind == "restored"}
    return tuple(reset_of(event) for event in made if event.kind == "reset" and event.id not in taken_back)


def hidden(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of the events that the resets among events hide."""
    return frozenset().union(*(reset.hides for reset in in_force(events)))


def in_sight(events: Iterable[Event], away: frozenset[str]) -> tuple[Event, ...]:
    """Return events in the same order, without those whose ids are in `away`, and without the resets themselves."""
    return tuple(event for event in events if event.id not in away and event.kind not in _KINDS)


def reset_of(event: Event) -> Reset:
    """Return the reset that an event tells of; one whose text cannot be understood hides nothing."""
    import json  # noqa: PLC0415  costs 3 ms, and most learners never reset anything

    try:
        told = json.loads(event.text)
    except (ValueError, RecursionError):
        told = None
    match told:
        case {"hides": list(ids), "place": place}:
            names = frozenset(name for name in ids if isinstance(name, str))
            return Reset(event.id, event.time, event.cell, names, _place_of(place))
    return Reset(event.id, event.time, event.cell, frozenset(), None)


def reset_text(hides: Iterable[str], place: Place | None) -> str:
    """Return the text of the event of a reset."""
    import json  # noqa: PLC0415  as above

    told = None if place is None else [place.activity, place.page, place.cell, place.label]
    return json.dumps({"hides": list(hides), "place": told})


def _place_of(told: object) -> Place | None:
    match told:
        case [str(activity), int(page), str(cell), str(label)]:
            return Place(activity, page, cell, label)
    return None
