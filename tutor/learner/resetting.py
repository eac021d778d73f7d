"""Beginning anew, with one lesson or with everything, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.learner.events import NOWHERE, EventMaker, Place, unique_id
from tutor.learner.resets import ALL, RESETS, Reset, is_in, reset_of, reset_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tutor.learner.events import Event
    from tutor.learner.store import Store


def reset_work(
    store: Store, scope: str, now: Callable[[], datetime], make_id: Callable[[], str] = unique_id
) -> Reset | None:
    """Hide what was done in a scope, and return the reset; None where nothing was done, and so nothing is hidden.

    `scope` is as in `resets`. A learner whose place is in it goes on at its beginning: a lesson's first page, or
    nowhere yet. `now` returns the time in UTC.
    """
    hides = [event.id for event in store.all_events() if is_in(event.activity, scope)]
    place = store.place()
    left = place if place is not None and is_in(place.activity, scope) else None
    if not hides and left in {None, _beginning(scope)}:
        return None
    event = EventMaker(RESETS, now, make_id).note("reset", scope, reset_text(hides, left))
    _keep(store, event, _beginning(scope) if left else None)
    return reset_of(event)


def undo_reset(store: Store, now: Callable[[], datetime], make_id: Callable[[], str] = unique_id) -> Reset | None:
    """Take back the latest reset that was not taken back, and return it; None where there is none.

    The place that was left comes back too, unless the learner went elsewhere since. `now` returns the time in UTC.
    """
    made = store.resets()
    if not made:
        return None
    last = made[-1]
    stayed = (store.place() or NOWHERE) == _beginning(last.scope)
    _keep(store, EventMaker(RESETS, now, make_id).note("restored", last.id), last.place if stayed else None)
    return last


def _beginning(scope: str) -> Place:
    return NOWHERE if scope == ALL else Place(scope, 0, "", "")


def _keep(store: Store, event: Event, place: Place | None) -> None:
    if place is None:
        store.record(event)
    else:
        store.record_with_place(event, place)
