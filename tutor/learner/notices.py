"""What the learner is told when their work cannot be kept as usual: one or two plain sentences each."""

from __future__ import annotations

import errno
import os
import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, Final

from tutor.learner.record_file import primary_code
from tutor.learner.schema import NewerRecordError, NotARecordError

if TYPE_CHECKING:
    from pathlib import Path

_DAMAGED: Final = "the file is damaged"
_FULL: Final = "the disk is full"
_PROTECTED: Final = "the file or its folder may not be written"
_BY_SYSTEM: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: _PROTECTED,
    errno.EACCES: _PROTECTED,
    errno.EPERM: _PROTECTED,
    errno.EEXIST: "there is a file where the folder should be",
    errno.ENOTDIR: "there is a file where the folder should be",
}
_BY_SQLITE: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _PROTECTED,
    sqlite3.SQLITE_BUSY: "another program keeps it locked",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error (it may be full, or your share of it used up)",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class Notices:
    """Sentences that wait to be shown. Any thread may add and take."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sentences: list[str] = []

    def add(self, sentence: str) -> None:
        """Put a sentence behind those that wait."""
        with self._lock:
            self._sentences.append(sentence)

    def waiting(self) -> str | None:
        """Return what waits to be shown, or None."""
        with self._lock:
            return " ".join(self._sentences) or None

    def take(self) -> str | None:
        """Return what waits to be shown, or None, and forget it."""
        with self._lock:
            taken, self._sentences = " ".join(self._sentences) or None, []
        return taken


def reason(error: Exception) -> str:
    """Return in a few words why the disk refused."""
    if isinstance(error, OSError):
        return _BY_SYSTEM.get(error.errno or 0, error.strerror or str(error))
    if isinstance(error, sqlite3.Error):
        return _BY_SQLITE.get(primary_code(error), str(error))
    if isinstance(error, NotARecordError):
        return _DAMAGED
    if isinstance(error, NewerRecordError):
        return "a newer gdtutor wrote it"
    return str(error)


def not_kept(path: Path, why: str) -> str:
    """Say that work goes on in memory."""
    return (
        f"Your work cannot be saved in {_shown(path)}: {why}. You can go on: what you do is kept until you "
        "quit, and saved if that becomes possible before; what was saved earlier is left as it is."
    )


def kept_again(path: Path, count: int) -> str:
    """Say that the disk takes the work again, after `count` entries were kept in memory."""
    if count == 0:
        return f"Your work can be saved again in {_shown(path)}."
    return f"Your work is saved again in {_shown(path)}, with {entries(count)} kept in memory meanwhile."


def lost(path: Path, count: int) -> str:
    """Say at the end that entries could not be saved."""
    return f"{entries(count).capitalize()} of this session could not be saved in {_shown(path)}."


def damaged(path: Path, kept: Path, count: int) -> str:
    """Say that a record was damaged, and how much of it could be read."""
    readable = f"{entries(count)} could be read from it and are in the new one" if count else "nothing could be read"
    return (
        f"The record of your work, {_shown(path)}, was damaged. It is kept as {_shown(kept.name)}; a new "
        f"record was started ({readable}), and your work is saved there."
    )


def newer(path: Path, other: Path) -> str:
    """Say that a newer program wrote the record."""
    return (
        f"The record of your work, {_shown(path)}, was written by a newer gdtutor and is left as it is. "
        f"Until you start that one again, your work is saved in {_shown(other.name)} beside it; "
        f"there, `gdtutor import {_shown(other.name)}` takes it over."
    )


def replaced(path: Path, count: int) -> str:
    """Say that somebody took the record away while the program ran."""
    return (
        f"The record of your work, {_shown(path)}, was removed or replaced while gdtutor ran. "
        f"{entries(count).capitalize()} of this session were saved there again."
    )


def was_empty(path: Path) -> str:
    """Say that there was a record without content."""
    return f"The record of your work, {_shown(path)}, was an empty file. A new record was started in it."


def entries(count: int) -> str:
    """Return a number of entries in words."""
    return "one entry" if count == 1 else f"{count} entries"


def _shown(path: Path | str) -> str:
    """Return a path that every screen can show, also where its name is no proper text."""
    return os.fsencode(path).decode("utf-8", "replace")
