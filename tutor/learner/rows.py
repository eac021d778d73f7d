"""Events and places as rows of the tables, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from sys import intern
from typing import Final, cast, get_args

from tutor.learner.events import Event, Kind, Place

_EventRow = tuple[str, str, str, str, str, str, str, str | None, int, int | None]
_TYPES: Final = frozenset(
    (str,) * 7 + (misconception, int, recorded) for misconception in (str, type(None)) for recorded in (int, type(None))
)
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}
_FIRST_COLUMNS: Final = "id, time, activity, kind, cell, text, verdict, misconception, counts"
_EVENT_COLUMNS: Final = f"{_FIRST_COLUMNS}, recorded"
_PLACE_COLUMNS: Final = "activity, page, cell, label, recorded"
# Text is bound as bytes, so that text which is no proper Unicode (half of a surrogate pair) can be kept too.
_TEXT: Final = "CAST(? AS TEXT)"
_SINCE: Final = "FROM event WHERE position >= ?"

SELECT_EVENTS: Final = f"SELECT {_EVENT_COLUMNS} FROM event"  # noqa: S608  made of constants
# Of the columns of version 1, for a damaged record that cannot be brought forward.
SELECT_FIRST_EVENTS_FROM: Final = f"SELECT position, {_FIRST_COLUMNS}, NULL {_SINCE} ORDER BY position"
SELECT_EVENTS_FROM: Final = f"SELECT position, {_EVENT_COLUMNS} {_SINCE} ORDER BY position"
SELECT_EVENTS_OF_FROM: Final = f"SELECT position, {_EVENT_COLUMNS} {_SINCE} AND activity = {_TEXT} ORDER BY position"
SELECT_FIRST_PLACE: Final = "SELECT activity, page, cell, label, NULL FROM place"
SELECT_PLACE: Final = f"SELECT {_PLACE_COLUMNS} FROM place"  # noqa: S608  made of constants
INSERT_EVENT: Final = (
    f"INSERT INTO event ({_EVENT_COLUMNS}) VALUES ({', '.join([_TEXT] * 8)}, ?, ?)"  # noqa: S608  made of constants
    " ON CONFLICT (id) DO NOTHING"
)
# Of two places the one recorded last stays; the others decide between machines that met the same microsecond.
KEEP_PLACE: Final = (
    f"INSERT INTO place (only, {_PLACE_COLUMNS}) VALUES (1, {_TEXT}, ?, {_TEXT}, {_TEXT}, ?)"  # noqa: S608  made of constants
    " ON CONFLICT (only) DO UPDATE SET activity = excluded.activity, page = excluded.page, cell = excluded.cell,"
    " label = excluded.label, recorded = excluded.recorded"
    " WHERE (excluded.recorded, excluded.activity, excluded.page, excluded.cell, excluded.label)"
    " > (recorded, activity, page, cell, label)"
)
SELECT_LAST_RECORDED: Final = (
    "SELECT max(recorded) FROM (SELECT max(recorded) AS recorded FROM event UNION ALL SELECT recorded FROM place)"
)


def encoded(text: str) -> bytes:
    """Return any text as bytes from which `decoded` makes the same text."""
    return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """Return the text of these bytes, whatever they are: a damaged file holds anything."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def row_of_event(event: Event) -> tuple[bytes | int | None, ...]:
    """Return what `INSERT_EVENT` takes."""
    return (
        encoded(event.id),
        encoded(event.time.astimezone(UTC).isoformat()),
        encoded(event.activity),
        encoded(event.kind),
        encoded(event.cell),
        encoded(event.text),
        encoded(event.verdict),
        None if event.misconception is None else encoded(event.misconception),
        int(event.counts),
        event.recorded,
    )


def event_of_row(row: tuple[object, ...]) -> Event | None:
    """Return the event of a row of `SELECT_EVENTS`, or None for a row that is not to be understood."""
    if tuple(map(type, row)) not in _TYPES:  # a match statement costs ten times as much, with 50,000 rows half a second
        return None
    name, time, activity, kind, cell, text, verdict, misconception, counts, recorded = cast("_EventRow", row)
    if kind not in _KINDS or counts not in {0, 1}:
        return None
    try:
        moment = datetime.fromisoformat(time)
        # What many events have in common is kept once.
        activity, cell, verdict = intern(activity), intern(cell), intern(verdict)
        return Event(name, moment, activity, _KINDS[kind], cell, text, verdict, misconception, bool(counts), recorded)
    except ValueError:
        return None


def row_of_place(place: Place) -> tuple[bytes | int | None, ...]:
    """Return what `KEEP_PLACE` takes."""
    return (encoded(place.activity), place.page, encoded(place.cell), encoded(place.label), place.recorded)


def place_of_row(row: tuple[object, ...] | None) -> Place | None:
    """Return the place of a row of `SELECT_PLACE`, or None for no row or one that is not to be understood."""
    match row:
        case (str(activity), int(page), str(cell), str(label), (int() | None) as recorded):
            return Place(activity, page, cell, label, recorded)
    return None
