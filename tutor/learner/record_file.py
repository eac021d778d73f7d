"""One record on disk, open: the only module that writes to it."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tutor.learner import rows
from tutor.learner.events_so_far import EventsSoFar
from tutor.learner.ordering import latest, order_of, stamp, stamped
from tutor.learner.resets import RESETS
from tutor.learner.schema import STEPS, NewerRecordError, NotARecordError, migrate, transaction, version_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from tutor.learner.events import Event, Place

# The files that SQLite keeps beside a database, and the database itself last.
FILE_ENDINGS: Final = ("-journal", "-wal", "-shm", "")


@dataclass(frozen=True, slots=True)
class Written:
    """What was made durable, with what it is ordered by; `added` is how many of the events were new."""

    events: tuple[Event, ...] = ()
    place: Place | None = None
    added: int = 0


class RecordFile:
    """An open record. Every method but `close` raises sqlite3.Error or OSError when the disk will not do it.

    `empty_since` says since when (in seconds, as files count time) the file was there without any content
    before it was opened; None for one with content and for a new one. `identity` is as the function returns.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int, *, empty_since: float | None) -> None:
        self.empty_since = empty_since
        self._path = path
        self._connection = connection
        self._version = version
        self._so_far = {activity: EventsSoFar(connection, activity) for activity in (None, RESETS)}
        self.identity = identity(path)

    def write(self, events: Collection[Event], place: Place | None, now: datetime) -> Written:
        """Make events and place durable in one transaction.

        A place that was recorded before the one in the record is not kept. Raises NewerRecordError when another
        process has meanwhile brought the record to a newer version.
        """
        if not events and place is None:
            return Written()
        with transaction(self._connection):
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version > self._version:
                raise NewerRecordError(f"the record now has version {version}")
            (last,) = self._connection.execute(rows.SELECT_LAST_RECORDED).fetchone()
            written = stamped(events, last)
            before = self._connection.total_changes
            self._connection.executemany(rows.INSERT_EVENT, map(rows.row_of_event, written))
            added = self._connection.total_changes - before
            if place is not None:
                if place.recorded is None:
                    place = replace(place, recorded=stamp(now, latest(written, last)))
                self._connection.execute(rows.KEEP_PLACE, rows.row_of_place(place))
        return Written(written, place, added)

    def events(self, activity: str | None = None) -> tuple[Event, ...]:
        """Return the events of one activity, or of all, in the order in which they were recorded.

        For all events, and for the resets, it is the same tuple as before if there is nothing new.
        """
        if activity is None or activity == RESETS:
            return self._so_far[activity]()
        found = self._connection.execute(
            f"{rows.SELECT_EVENTS} WHERE activity = CAST(? AS TEXT)", (rows.encoded(activity),)
        )
        return tuple(sorted((event for row in found if (event := rows.event_of_row(row)) is not None), key=order_of))

    def place(self) -> Place | None:
        """Return the place that was last remembered."""
        return rows.place_of_row(self._connection.execute(rows.SELECT_PLACE).fetchone())

    def has_moved(self) -> bool:
        """Return whether the path no longer leads to this file: it was renamed, removed or replaced."""
        return identity(self._path) != self.identity

    def wait_at_most(self, seconds: float) -> None:
        """Set how long to wait for another process that holds the lock."""
        self._connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def close(self) -> None:
        """Let go of the file, whatever state it is in."""
        with suppress(sqlite3.Error):
            self._connection.close()


def open_record(path: Path, wait: float, *, write_ahead: bool) -> RecordFile:
    """Open the record at `path`, create it where there is none, and bring its tables to the newest version.

    `wait` is how many seconds to wait for another process that holds the lock, `write_ahead` whether the
    file system allows SQLite's write-ahead log. Raises OSError, sqlite3.Error, NotARecordError or
    NewerRecordError.
    """
    empty_since = _claim(path)
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.text_factory = rows.decoded
        connection.execute("PRAGMA cell_size_check = ON")  # notices damage earlier
        version_of(connection)  # before anything is changed in what may not be ours
        _choose_journal(connection, "wal" if write_ahead else "delete")
        migrate(connection)
        for query in (rows.SELECT_EVENTS, rows.SELECT_PLACE):
            connection.execute(f"{query} LIMIT 0")
        return RecordFile(path, connection, len(STEPS), empty_since=empty_since)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error) and primary_code(error) == sqlite3.SQLITE_ERROR:
            # The statements are always the same, so what is wrong with them is wrong with the file.
            raise NotARecordError(f"the tables are not as gdtutor makes them: {error}") from error
        raise


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's result code without its details, 0 where Python raised the error by itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells this file from every other one, or None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def companion(path: Path, ending: str) -> Path:
    """Return the path of one of the files that SQLite keeps beside a database."""
    return path.with_name(path.name + ending)


def _claim(path: Path) -> float | None:
    """Make sure of a file that its owner alone can read, and return since when it was there but empty.

    SQLite gives its companions the permissions of the database. A file that exists must not be opened here:
    closing it would take away the locks that another connection of this process holds on it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        created = True
    except FileExistsError:
        created = False
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
    if found.st_mode & 0o077:
        for ending in FILE_ENDINGS:
            with suppress(OSError):
                companion(path, ending).chmod(0o600)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    if found.st_size:
        return None
    with suppress(FileNotFoundError):
        if companion(path, "-wal").stat().st_size:
            # SQLite would remove this log, which may hold all that is left.
            raise NotARecordError("the file is empty, but its log is not")
    return None if created else found.st_mtime


def _choose_journal(connection: sqlite3.Connection, wanted: str) -> None:
    """Set how transactions are made durable; where another process is in the way, its choice stands."""
    # Like FULL, and after a rollback journal is removed, so is its name in the folder before commit returns.
    connection.execute("PRAGMA synchronous = EXTRA")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == wanted:
        return
    try:
        connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
    except sqlite3.OperationalError as error:
        if primary_code(error) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
