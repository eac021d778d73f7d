"""Events and places as rows of the tables, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, get_args

from tutor.learner.events import Event, Kind, Place

_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}
_EVENT_COLUMNS: Final = "id, time, activity, kind, cell, text, verdict, misconception, counts"
_PLACE_COLUMNS: Final = "activity, page, cell, label"
# Text is bound as bytes, so that text which is no proper Unicode (half of a surrogate pair) can be kept too.
_TEXT: Final = "CAST(? AS TEXT)"

SELECT_EVENTS: Final = f"SELECT {_EVENT_COLUMNS} FROM event"  # noqa: S608  made of constants
SELECT_EVENTS_FROM: Final = f"SELECT position, {_EVENT_COLUMNS} FROM event WHERE position >= ? ORDER BY position"  # noqa: S608  made of constants
SELECT_PLACE: Final = f"SELECT {_PLACE_COLUMNS} FROM place"  # noqa: S608  made of constants
INSERT_EVENT: Final = (
    f"INSERT INTO event ({_EVENT_COLUMNS}) VALUES ({', '.join([_TEXT] * 8)}, ?)"  # noqa: S608  made of constants
    " ON CONFLICT (id) DO NOTHING"
)
REPLACE_PLACE: Final = f"REPLACE INTO place (only, {_PLACE_COLUMNS}) VALUES (1, {_TEXT}, ?, {_TEXT}, {_TEXT})"  # noqa: S608  made of constants


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
    )


def event_of_row(row: tuple[object, ...]) -> Event | None:
    """Return the event of a row of `SELECT_EVENTS`, or None for a row that is not to be understood."""
    match row:
        case (
            str(name),
            str(time),
            str(activity),
            str(kind),
            str(cell),
            str(text),
            str(verdict),
            (str() | None) as misconception,
            (0 | 1) as counts,
        ) if kind in _KINDS:
            try:
                moment = datetime.fromisoformat(time)
                return Event(name, moment, activity, _KINDS[kind], cell, text, verdict, misconception, bool(counts))
            except ValueError:
                return None
    return None


def row_of_place(place: Place) -> tuple[bytes | int, ...]:
    """Return what `REPLACE_PLACE` takes."""
    return (encoded(place.activity), place.page, encoded(place.cell), encoded(place.label))


def place_of_row(row: tuple[object, ...] | None) -> Place | None:
    """Return the place of a row of `SELECT_PLACE`, or None for no row or one that is not to be understood."""
    match row:
        case (str(activity), int(page), str(cell), str(label)):
            return Place(activity, page, cell, label)
    return None
