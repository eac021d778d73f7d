"""The tables of a record, the version they are in, and the way from each version to the next."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APPLICATION_ID: Final = 0x67647475  # "gdtu": marks a file as a record of gdtutor

# Each step is the statements that lead from one version to the next. A step that was released never changes.
STEPS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            time TEXT NOT NULL,
            activity TEXT NOT NULL,
            kind TEXT NOT NULL,
            cell TEXT NOT NULL,
            text TEXT NOT NULL,
            verdict TEXT NOT NULL,
            misconception TEXT,
            counts INTEGER NOT NULL
        )""",
        "CREATE INDEX event_by_activity ON event (activity, position)",
        """CREATE TABLE place (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            activity TEXT NOT NULL,
            page INTEGER NOT NULL,
            cell TEXT NOT NULL,
            label TEXT NOT NULL
        )""",
    ),
    (  # `recorded`, for events that have none: as it would have been given, one microsecond apart at least
        "ALTER TABLE event ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE stamp (position INTEGER PRIMARY KEY, recorded INTEGER NOT NULL)",
        """INSERT INTO stamp
            SELECT position, coalesce(max(microseconds - number) OVER (ORDER BY position), 0) + number
            FROM (
                SELECT
                    position,
                    row_number() OVER (ORDER BY position) AS number,
                    CAST(strftime('%s', substr(time, 1, 19)) AS INTEGER) * 1000000
                    + CASE substr(time, 20, 1) WHEN '.' THEN CAST(substr(time, 21, 6) AS INTEGER) ELSE 0 END
                    AS microseconds
                FROM event
            )""",
        "UPDATE event SET recorded = (SELECT stamp.recorded FROM stamp WHERE stamp.position = event.position)",
        "DROP TABLE stamp",
        "CREATE INDEX event_by_recorded ON event (recorded)",
        "ALTER TABLE place ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0",
        "UPDATE place SET recorded = coalesce((SELECT max(recorded) FROM event), 0)",
    ),
)


class UnusableRecordError(Exception):
    """A file that this program must not write to."""


class NotARecordError(UnusableRecordError):
    """A file that gdtutor did not write, or not as it is now."""


class NewerRecordError(UnusableRecordError):
    """A record written by a newer gdtutor."""


def version_of(connection: sqlite3.Connection, steps: Sequence[Sequence[str]] = STEPS) -> int:
    """Return the version of the tables, 0 for a database that is still empty.

    Raises NotARecordError, NewerRecordError, or sqlite3.Error where the file cannot be read.
    """
    # One statement, because another process may bring the tables in between two.
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application == 0 and version == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID or version < 1:
        raise NotARecordError("the file was not written by gdtutor")
    if version > len(steps):
        raise NewerRecordError(f"the record has version {version}; known are versions up to {len(steps)}")
    return int(version)


def migrate(connection: sqlite3.Connection, steps: Sequence[Sequence[str]] = STEPS) -> int:
    """Bring a record to the newest version, in one transaction, and return the version it had before.

    Raises as `version_of` does; the record is then as it was.
    """
    before = version_of(connection, steps)
    if before == len(steps):
        return before
    with transaction(connection):
        before = version_of(connection, steps)  # another process may have been faster
        for step in steps[before:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
    return before


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all that happens inside one transaction: all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise
