"""The record on disk, whatever becomes of it: opened when needed, and replaced when it cannot be used."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, TypeVar

from tutor.learner import notices
from tutor.learner.filesystem import is_local
from tutor.learner.home import make_private_folder
from tutor.learner.record_file import RecordFile, identity, open_record, primary_code
from tutor.learner.rescue import alone_in, read_what_is_readable, set_aside
from tutor.learner.schema import STEPS, NewerRecordError, NotARecordError, UnusableRecordError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tutor.learner.memory import Memory

TROUBLE: Final = (OSError, sqlite3.Error, UnusableRecordError)  # what a disk can do to those who use it
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_RECOVERIES: Final = 4  # enough for a newer record with a damaged one in its stead
_BEGINNING: Final = 60.0  # seconds; a file that is empty for less is one that another process just begins

_T = TypeVar("_T")


class Disk:
    """The record at `path`, or the one that had to take its place.

    `memory` gives what is to be written and takes what could be read from a record given up; `say` takes what
    the learner should be told. Methods raise one of `TROUBLE`.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime],
        file_system: Callable[[Path], str],
        memory: Memory,
        say: Callable[[str], None],
    ) -> None:
        self.path = path
        self._now = now
        self._file_system = file_system
        self._memory = memory
        self._say = say
        self._wait = 0.0
        self._file: RecordFile | None = None
        self._last_identity: tuple[int, int] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the record is open."""
        return self._file is not None

    def attempt(self, action: Callable[[RecordFile], _T]) -> _T:
        """Do something with the open record, after whatever can be done about its state."""
        suspected = False
        for _ in range(_RECOVERIES):
            found = identity(self.path)
            try:
                return action(self._opened())
            except NewerRecordError:
                self._step_aside()
            except (sqlite3.DatabaseError, NotARecordError) as error:
                if isinstance(error, sqlite3.Error) and primary_code(error) not in _DAMAGE:
                    raise
                self.let_go()
                if suspected:
                    self._replace_damaged(found)
                suspected = True  # a second look is cheap, and network disks can be wrong for a moment
        return action(self._opened())

    def write(self) -> None:
        """Write what waits in memory."""
        self.attempt(self._write_to)

    def wait_at_most(self, seconds: float) -> None:
        """Set how long to wait for another process that holds the lock."""
        self._wait = seconds
        if self._file is not None:
            self._file.wait_at_most(seconds)

    def let_go(self) -> None:
        """Close the record, if it is open."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_to(self, file: RecordFile) -> None:
        written = file.write(self._memory.waiting.values(), self._memory.waiting_place, self._now())
        restored = written.added - self._memory.never_saved
        if restored > 0:
            self._say(notices.replaced(self.path, restored))
        self._memory.written(written)

    def _opened(self) -> RecordFile:
        if self._file is not None and self._file.has_moved():
            self.let_go()
            self._memory.all_waits()  # said here, because a new file may get the identity of a removed one
        if self._file is None:
            make_private_folder(self.path.parent)
            local = is_local(self._file_system(self.path.parent))
            self._file = open_record(self.path, self._wait, write_ahead=local)
            if self._last_identity not in {None, self._file.identity}:
                self._memory.all_waits()
            self._last_identity = self._file.identity
            empty_since = self._file.empty_since
            if empty_since is not None and self._now().timestamp() - empty_since > _BEGINNING:
                self._say(notices.was_empty(self.path))
        return self._file

    def _step_aside(self) -> None:
        """Leave a newer record alone and work in another file beside it."""
        self.let_go()
        other = self.path.with_name(f"learner-v{len(STEPS)}.db")
        if other == self.path:
            raise NewerRecordError("both records are newer")
        self._say(notices.newer(self.path, other))
        self._memory.earlier = read_what_is_readable(self.path)
        self._last_identity = None
        self.path = other

    def _replace_damaged(self, damaged: tuple[int, int] | None) -> None:
        """Put a damaged record aside and start one with what could be read, unless another process did."""
        with alone_in(self.path.parent):
            if identity(self.path) != damaged:
                return
            found = read_what_is_readable(self.path)
            kept = set_aside(self.path, self._now())
            self._say(notices.damaged(self.path, kept, len(found.events)))
            self._memory.rescue(found)
            self._write_to(self._opened())
