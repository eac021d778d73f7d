"""The store: every act of a learner is durable when `record` returns, and no disk ever stops the learner.

What the disk refuses is kept in memory, said once, and written as soon as the disk takes it.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Final, TypeVar

from tutor.learner import notices
from tutor.learner.current import CurrentSoFar, HiddenSoFar
from tutor.learner.disk import TROUBLE, Disk
from tutor.learner.events import NOWHERE
from tutor.learner.filesystem import file_system_type
from tutor.learner.memory import Memory
from tutor.learner.record_file import RecordFile
from tutor.learner.rescue import read_what_is_readable
from tutor.learner.resets import RESETS, in_force, in_sight

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from pathlib import Path

    from tutor.learner.events import Event, Place
    from tutor.learner.resets import Reset

RECORD_NAME: Final = "learner.db"
PATIENCE: Final = 3.0  # seconds to wait for another process, when all was well before
_IMPATIENCE: Final = 0.1  # seconds, while the disk is known to refuse

_T = TypeVar("_T")


class Store:
    """What one learner did. All methods may be called from any thread; those that use the disk may block.

    None of them raises because of the disk. `open_store` makes one.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime],
        file_system: Callable[[Path], str],
        patience: float,
    ) -> None:
        self._lock = RLock()
        self._memory = Memory()
        self._notices = notices.Notices()
        self._now = now
        self._current = CurrentSoFar()
        self._hidden = HiddenSoFar()
        self._disk = Disk(folder / RECORD_NAME, now, file_system, self._memory, self._notices.add)
        self._disk.wait_at_most(patience)
        self._patience = patience
        self._in_trouble = False
        self._closed = False

    @property
    def notice(self) -> str | None:
        """What the learner should be told now, in a plain sentence or two."""
        return self._notices.waiting()

    @property
    def unsaved(self) -> int:
        """How many events are in memory only."""
        return len(self._memory.waiting)

    def take_notice(self) -> str | None:
        """Return what the learner should be told now, once."""
        return self._notices.take()

    def record(self, event: Event) -> bool:
        """Keep an event: True when it is durable on disk, False when it is in memory only.

        An event whose id was recorded before is not recorded again.
        """
        return self._keep([event], None)

    def record_with_place(self, event: Event, place: Place) -> bool:
        """Keep an event and the place where it leaves the learner, both or none; returns as `record` does."""
        return self._keep([event], place)

    def remember(self, place: Place) -> bool:
        """Keep the place where the learner is; returns as `record` does."""
        return self._keep([], place)

    def events(self, activity: str) -> tuple[Event, ...]:
        """Return the current events of one activity in the order in which they were recorded, whatever the clock."""
        with self._lock:
            away = self._hidden(self._events(RESETS))
            return in_sight(self._events(activity), away)

    def all_events(self) -> tuple[Event, ...]:
        """Return all current events in the order in which they were recorded: what no reset hides.

        It is the same tuple as before if nothing is new.
        """
        with self._lock:
            away = self._hidden(self._events(RESETS))
            return self._current(self._events(None), away)

    def everything(self) -> tuple[Event, ...]:
        """Return all events, with those that are hidden, and with the resets that hide them."""
        return self._events(None)

    def resets(self) -> tuple[Reset, ...]:
        """Return the resets that were not taken back, the latest last."""
        return in_force(self._events(RESETS))

    def place(self) -> Place | None:
        """Return where the learner is: as remembered by this run, else by the last one."""
        found = self.latest_place()
        return None if found == NOWHERE else found

    def latest_place(self) -> Place | None:
        """Return the place that was kept last; `NOWHERE` where the learner started anew."""
        with self._lock:
            stored = None if self._memory.place else self._read(RecordFile.place)
            return self._memory.place or stored or self._memory.earlier.place

    def merge(self, events: Collection[Event], place: Place | None) -> int | None:
        """Take in what another record holds, all of it or nothing, and return how many events were new.

        None: the disk did not take it, and the notice tells why. Nothing is kept in memory then.
        """
        with self._lock:
            try:
                written = self._disk.attempt(lambda file: file.write(events, place, self._now()))
            except TROUBLE as error:
                self._note_trouble(error)
                return None
            finally:
                self._after_use()
            return written.added

    def save(self) -> bool:
        """Write what is in memory only; True when all is on disk."""
        with self._lock:
            waited = self.unsaved
            try:
                self._disk.write()
            except TROUBLE as error:
                self._note_trouble(error)
                return False
            finally:
                self._after_use()
            if self._in_trouble:
                self._in_trouble = False
                self._disk.wait_at_most(self._patience)
                self._notices.add(notices.kept_again(self._disk.path, waited))
            return True

    def close(self) -> None:
        """Write what is in memory only, if the disk takes it now, and let go of the file.

        What could not be written is said in a last notice. What is recorded later is still written.
        """
        with self._lock:
            self._closed = True
            if self.unsaved:
                self._disk.wait_at_most(self._patience)
                if not self.save():
                    self._notices.add(notices.lost(self._disk.path, self.unsaved))
            self._after_use()

    def _keep(self, events: list[Event], place: Place | None) -> bool:
        with self._lock:
            self._memory.add(events, place)
            return self.save()

    def _events(self, activity: str | None) -> tuple[Event, ...]:
        with self._lock:
            stored = self._read(lambda file: file.events(activity))
            return self._memory.with_stored(stored, activity)

    def _read(self, action: Callable[[RecordFile], _T]) -> _T | None:
        """Return what the disk has, None where it cannot be read."""
        try:
            found = self._disk.attempt(action)
        except TROUBLE as error:
            self._disk.let_go()
            self._note_trouble(error)
            return None
        finally:
            self._after_use()
        if self.unsaved and not self._in_trouble:  # the record turned out to be another one
            self.save()
        return found

    def _note_trouble(self, error: Exception) -> None:
        """Say once that work goes on in memory, and from now on lose no time with the disk."""
        if not self._disk.is_open and not self._memory.earlier.events:
            self._memory.earlier = read_what_is_readable(self._disk.path)
        if self._in_trouble:
            return
        self._in_trouble = True
        self._notices.add(notices.not_kept(self._disk.path, notices.reason(error)))
        self._disk.wait_at_most(_IMPATIENCE)

    def _after_use(self) -> None:
        if self._closed:
            self._disk.let_go()


def open_store(
    folder: Path,
    now: Callable[[], datetime],
    *,
    file_system: Callable[[Path], str] = file_system_type,
    patience: float = PATIENCE,
) -> Store:
    """Open the store in `folder`, and create both where they are missing. Never raises because of the disk.

    `now` returns the time and names files that are put aside. `file_system` returns the type of the file
    system of a folder, `patience` is how many seconds to wait for another process that holds the lock.
    Whatever is wrong is in the store's `notice`.
    """
    store = Store(folder, now, file_system, patience)
    store.save()
    return store
