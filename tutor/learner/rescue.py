"""What can still be done with a record that cannot be used: read it, and put it aside."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tutor.learner import rows
from tutor.learner.record_file import FILE_ENDINGS, companion
from tutor.learner.schema import UnusableRecordError, migrate, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.learner.events import Event, Place

_SMALLEST_POSITION: Final = -(2**63)
_LARGEST_POSITION: Final = 2**63 - 1
# After an unreadable row this many positions are tried one by one, more than a page holds; then ever fewer.
_SINGLE_STEPS: Final = 128


@dataclass(frozen=True)
class Rescued:
    """What could be read from a record. `is_whole` tells whether that is all of its events."""

    events: tuple[Event, ...] = ()
    place: Place | None = None
    is_whole: bool = True


def read_what_is_readable(path: Path) -> Rescued:
    """Return the events and the place that can be read from a record, in whatever state it is. Never raises.

    The record itself is not touched: a copy is read, because SQLite cannot read one with a write-ahead log in
    a folder that is read-only, and changes one that was not closed.
    """
    try:
        with _copy_of(path) as copy:
            return _read(copy.as_uri()) if copy.exists() else Rescued()
    except OSError:  # no room for a copy, or nothing that can be copied
        return _read(f"file:{quote(os.fsencode(path))}?mode=ro")


def read_other_record(path: Path) -> Rescued:
    """Return what can be read from the record of another machine, which is left as it is.

    Raises NewerRecordError or NotARecordError for one that is not to be taken in, OSError where it cannot be read.
    """
    with _copy_of(path) as copy:
        with closing(sqlite3.connect(copy)) as connection, suppress(sqlite3.DatabaseError):  # damaged: read on
            version_of(connection)
        return _read(copy.as_uri())


@contextmanager
def _copy_of(path: Path) -> Iterator[Path]:
    """Copy a record with the files beside it, for as long as it is looked at. Raises OSError."""
    import shutil  # noqa: PLC0415  seldom needed, and costs 10 ms with the next
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="gdtutor-") as folder:
        copy = Path(folder) / "record.db"
        for ending in FILE_ENDINGS:
            with suppress(FileNotFoundError):
                shutil.copyfile(companion(path, ending), companion(copy, ending))
        yield copy


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes that do the same out of `folder` meanwhile, where the file system can.

    One that takes longer than five seconds (stopped, perhaps) is not waited for. Raises OSError.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for _ in range(100):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                sleep(0.05)
            except OSError:  # no such locks here
                break
        yield
    finally:
        os.close(descriptor)


def set_aside(path: Path, time: datetime) -> Path:
    """Rename a record and the files beside it, and return its new path. Raises OSError."""
    stem = f"{path.name}.damaged-{time.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept, number = path.with_name(stem), 1
    while any(companion(kept, ending).exists() for ending in FILE_ENDINGS):
        number += 1
        kept = path.with_name(f"{stem}-{number}")
    # The database goes last: a journal left alone would be played back into the record that follows.
    for ending in FILE_ENDINGS:
        with suppress(FileNotFoundError):
            companion(path, ending).rename(companion(kept, ending))
    return kept


def _read(uri: str) -> Rescued:
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
    except sqlite3.Error:
        return Rescued()
    with closing(connection):
        connection.text_factory = rows.decoded
        with suppress(sqlite3.Error, UnusableRecordError):
            migrate(connection)  # an older record, on the copy
        events, is_whole = _readable_events(connection)
        return Rescued(events, _readable_place(connection), is_whole)


def _readable_place(connection: sqlite3.Connection) -> Place | None:
    try:
        query = rows.SELECT_PLACE if _is_forward(connection, "place") else rows.SELECT_FIRST_PLACE
        return rows.place_of_row(connection.execute(query).fetchone())
    except sqlite3.Error:
        return None


def _readable_events(connection: sqlite3.Connection) -> tuple[tuple[Event, ...], bool]:
    """Read the events in order, step over the pages that cannot be read, and tell whether there are none."""
    found: dict[str, Event] = {}
    position, failures, is_whole = _SMALLEST_POSITION, 0, True
    query = rows.SELECT_EVENTS_FROM if _is_forward(connection, "event") else rows.SELECT_FIRST_EVENTS_FROM
    while position <= _LARGEST_POSITION:
        try:
            for row in connection.execute(query, (position,)):
                if row[0] < position:  # the damage leads in a circle
                    raise sqlite3.DatabaseError
                position, failures = row[0] + 1, 0
                event = rows.event_of_row(row[1:])
                if event is None:
                    is_whole = False
                else:
                    found.setdefault(event.id, event)
            break
        except sqlite3.Error:
            position = max(position, 0) + 2 ** max(0, failures - _SINGLE_STEPS)
            failures += 1
            is_whole = False
    return tuple(found.values()), is_whole


def _is_forward(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table has the columns of the newest version: a damaged record may not be brought forward."""
    try:
        columns = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()  # noqa: S608  a constant
    except sqlite3.Error:
        return True
    return ("recorded",) in columns
