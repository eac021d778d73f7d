"""A record taken out to a file, and what another machine's file holds taken in."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tutor.learner.notices import entries
from tutor.learner.ordering import latest, stamp, stamped
from tutor.learner.record_text import Heading, LineError, NewerFormatError, read_line, written
from tutor.learner.rescue import read_other_record
from tutor.learner.schema import NewerRecordError, NotARecordError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from tutor.learner.events import Event, Place
    from tutor.learner.store import Store

_DATABASE: Final = b"SQLite format 3\0"
_MARK: Final = b"\xef\xbb\xbf"
"""The byte order mark, which some editors put before a text."""


class TransferError(Exception):
    """A file that can be neither written nor taken in; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds, and a sentence for each of its faults."""

    events: tuple[Event, ...]
    place: Place | None
    faults: tuple[str, ...]


def export_to(path: Path, store: Store, now: datetime) -> int:
    """Write all that a store holds to a new file for its owner only, and return how many events that is.

    Raises TransferError where there is a file already, or it cannot be written; then none is left behind.
    """
    events = store.everything()
    highest = latest(events, None)
    kept = stamped(events, highest)
    place = store.latest_place()
    if place is not None and place.recorded is None:
        place = replace(place, recorded=stamp(now, latest(kept, highest)))
    _write_new(path, written(kept, place, now))
    return len(kept)


def read_file(path: Path) -> Found:
    """Return what a file of `export_to`, or another machine's record, holds. The file is left as it is.

    Raises TransferError where it cannot be read, was written by a newer gdtutor, or is something else.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_DATABASE)) == _DATABASE:
                return _read_record(path)
            file.seek(0)
            return _read_lines(path, file)
    except OSError as error:
        raise TransferError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (NewerFormatError, NewerRecordError) as error:
        raise TransferError(f"{path} was written by a newer gdtutor. Install that one here, then import it.") from error


def _read_record(path: Path) -> Found:
    try:
        found = read_other_record(path)
    except NotARecordError as error:
        raise TransferError(f"{path} is a database of another program, not a record of gdtutor.") from error
    fault = f"{path} is damaged: {entries(len(found.events))} could be read from it."
    return Found(found.events, found.place, () if found.is_whole else (fault,))


def _read_lines(path: Path, lines: Iterable[bytes]) -> Found:
    headings: list[Heading] = []
    events: list[Event] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(_MARK).strip()
        try:
            told = read_line(text) if text else None
        except LineError as error:
            faults.append(f"{path}:{number}: this line is left out: {error}.")
            continue
        if isinstance(told, Heading):
            headings.append(told)
        elif told is not None:
            events.append(told)
    if not headings and not events:
        raise TransferError(f"{path} is not a file that `gdtutor export` wrote, nor a record of gdtutor.")
    missing = sum(heading.entries for heading in headings) - len(events) - len(faults)
    if missing > 0:
        faults.append(f"{path} ends too early: {entries(missing)} of it did not come along.")
    return Found(tuple(events), _last(heading.place for heading in headings), tuple(faults))


def _last(places: Iterable[Place | None]) -> Place | None:
    known = [place for place in places if place is not None]
    return max(known, key=lambda place: (place.recorded or 0, place.activity, place.page), default=None)


def _write_new(path: Path, lines: Iterable[bytes]) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise TransferError(f"{path} is there already, and is left as it is. Name another file.") from error
    except OSError as error:
        raise TransferError(f"{path} cannot be written: {error.strerror or error}.") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        with suppress(OSError):
            path.unlink()
        if isinstance(error, OSError):
            raise TransferError(f"{path} cannot be written: {error.strerror or error}.") from error
        raise
