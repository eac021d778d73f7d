"""A record as text: what `gdtutor export` writes, for people to read and for any machine to take in.

The file is UTF-8 with a JSON object on each line. The first one tells what it is:

    {"format": "gdtutor record", "version": 1, "exported": "2026-03-01T12:00:00+00:00", "entries": 2, "place": …}

`entries` is how many lines follow; `place` is where the learner was, null where they were nowhere yet: `activity`,
`page` (from 0), `cell`, `label` and `recorded`. Each of the other lines is an event: `id`, `time` (ISO 8601, in UTC),
`recorded` (microseconds since 1970, which they are ordered by), `activity`, `kind`, `cell`, `text`, `verdict`,
`misconception` (null for none) and `counts`, as `tutor.learner.events` tells. Fields that are not named here are
ignored. Files that are put one behind the other are one file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, get_args

from tutor.learner.events import Event, Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT: Final = "gdtutor record"
VERSION: Final = 1
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}
_LARGEST: Final = 2**62  # leaves room for what is recorded after it
_TYPES: Final = {str: "a text", int: "a whole number", bool: "true or false"}
_EVENT: Final[dict[str, type]] = {
    **dict.fromkeys(("id", "time", "activity", "kind", "cell", "text", "verdict"), str),
    "counts": bool,
    "recorded": int,
}
_PLACE: Final[dict[str, type]] = {"activity": str, "page": int, "cell": str, "label": str, "recorded": int}


class LineError(Exception):
    """A line that is not to be understood; the text says why."""


class NewerFormatError(Exception):
    """A line that says that a newer gdtutor wrote the file."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line that tells what follows it."""

    entries: int
    place: Place | None


def written(events: Iterable[Event], place: Place | None, now: datetime) -> Iterator[bytes]:
    """Return the lines of a file, each with its end. Events and place have their `recorded`; `now` is in UTC."""
    kept = tuple(events)
    where = None if place is None else asdict(place)
    time = now.astimezone(UTC).isoformat()
    yield _line({"format": FORMAT, "version": VERSION, "exported": time, "entries": len(kept), "place": where})
    for event in kept:
        yield _line({**asdict(event), "time": event.time.isoformat()})


def read_line(line: bytes) -> Heading | Event:
    """Return what a line tells. Raises LineError, or NewerFormatError for the heading of a newer format."""
    try:
        told = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise LineError("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise LineError("it is not JSON, or only a part of it") from error
    if not isinstance(told, dict):
        raise LineError("it is not a JSON object")
    return _heading(told) if "format" in told else _event(told)


def _line(told: dict[str, Any]) -> bytes:
    try:
        text = json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # halves of surrogate pairs
        text = json.dumps(told).encode()
    return text + b"\n"


def _heading(told: dict[str, Any]) -> Heading:
    _check(told, {"format": str, "version": int, "entries": int})
    if told["format"] != FORMAT:
        raise LineError(f"its format is not “{FORMAT}”")
    if told["version"] > VERSION:
        raise NewerFormatError
    place = told.get("place")
    return Heading(told["entries"], None if place is None else _place(place))


def _place(told: object) -> Place:
    if not isinstance(told, dict):
        raise LineError("“place” is not a JSON object")
    _check(told, _PLACE)
    return Place(**{name: told[name] for name in _PLACE})


def _event(told: dict[str, Any]) -> Event:
    _check(told, _EVENT)
    if told["kind"] not in _KINDS:
        raise LineError(f"its kind, “{told['kind']}”, is not known")
    if not isinstance(told.get("misconception", 0), str | None):
        raise LineError("“misconception” is neither a text nor null")
    if not told["id"]:
        raise LineError("“id” is empty")
    try:
        time = datetime.fromisoformat(told["time"])
        return Event(**{**{name: told[name] for name in (*_EVENT, "misconception")}, "time": time})
    except ValueError as error:
        raise LineError(f"“time” is not a time in UTC such as 2026-03-01T12:00:00+00:00: {told['time']}") from error


def _check(told: dict[str, Any], types: dict[str, type]) -> None:
    """Raise LineError where a field is missing, or not of its type, or beyond what a record can hold."""
    for name, wanted in types.items():
        if name not in told:
            raise LineError(f"“{name}” is missing")
        if type(told[name]) is not wanted:
            raise LineError(f"“{name}” is not {_TYPES[wanted]}")
        if wanted is int and abs(told[name]) > _LARGEST:
            raise LineError(f"“{name}” is too large a number")
