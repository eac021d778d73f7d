"""What the commands `gdtutor reset`, `export` and `import` do with a learner's record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tutor.learner.activities import LESSON
from tutor.learner.resets import ALL, hidden
from tutor.learner.resetting import reset_work, undo_reset
from tutor.learner.sayings import said_of_export, said_of_import, said_of_reset, said_of_undo
from tutor.learner.store import open_store
from tutor.learner.transfer import TransferError, export_to, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tutor.learner.store import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say: of what it did, and of what went wrong. `is_done` tells whether it did all."""

    said: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    is_done: bool = True


def with_record(folder: Path, now: Callable[[], datetime], command: Callable[[Store], Outcome]) -> Outcome:
    """Run a command on the record in a folder; what could not be kept was not done."""
    store = open_store(folder, now)
    try:
        outcome = command(store)
    finally:
        store.close()
    notice = store.take_notice()
    troubles = (*outcome.troubles, notice) if notice else outcome.troubles
    if store.unsaved:
        return Outcome(troubles=troubles, is_done=False)
    return replace(outcome, troubles=troubles)


def reset(store: Store, now: Callable[[], datetime], name: str, lessons: Mapping[str, str]) -> Outcome:
    """Reset the lesson with this id or number, or everything. `lessons` are number and title by id.

    A lesson that the course no longer has can be reset too, if anything is kept of it.
    """
    if name == ALL:
        return Outcome((said_of_reset(reset_work(store, ALL, now)),))
    identity = next((one for one, title in lessons.items() if name in {one, title.partition(" ")[0]}), name)
    done = reset_work(store, LESSON + identity, now)
    if done is None and identity not in lessons:
        return Outcome(troubles=(_unknown(name, lessons),), is_done=False)
    return Outcome((said_of_reset(done, lessons.get(identity, identity)),))


def undo(store: Store, now: Callable[[], datetime], lessons: Mapping[str, str]) -> Outcome:
    """Take back the latest reset."""
    taken_back = undo_reset(store, now)
    scope = "" if taken_back is None or taken_back.scope == ALL else taken_back.scope.removeprefix(LESSON)
    return Outcome((said_of_undo(taken_back, lessons.get(scope, scope)),))


def export(store: Store, path: Path, now: Callable[[], datetime]) -> Outcome:
    """Write the record to a new file."""
    if store.notice and not store.everything():
        return Outcome(troubles=("Nothing could be read, so nothing was exported.",), is_done=False)
    try:
        return Outcome((said_of_export(path, export_to(path, store, now())),))
    except TransferError as error:
        return Outcome(troubles=(str(error),), is_done=False)


def take_in(store: Store, paths: Sequence[Path]) -> Outcome:
    """Take in the records in files, one after the other; a file that cannot be taken in stops none of the others."""
    said: list[str] = []
    troubles: list[str] = []
    for path in paths:
        try:
            found = read_file(path)
        except TransferError as error:
            troubles.append(str(error))
            continue
        troubles += found.faults
        new = store.merge(found.events, found.place)
        if new is None:
            troubles.append(f"Nothing of {path} was taken in.")
            continue
        away = hidden(store.everything())
        ids = {event.id for event in found.events}
        said.append(said_of_import(path, len(ids), new, len(ids & away)))
    return Outcome(tuple(said), tuple(troubles), not troubles)


def _unknown(name: str, lessons: Mapping[str, str]) -> str:
    by_name = {title.lower(): one for one, title in lessons.items()} | {one: one for one in lessons}
    nearest = get_close_matches(name.lower(), by_name, n=1, cutoff=0.0)
    said = f"There is no lesson “{name}”, so nothing was reset."
    if not nearest:
        return f"{said} This course has no lessons."
    found = by_name[nearest[0]]
    return f"{said} The nearest is {found}, {lessons[found]}. For everything, write: gdtutor reset {ALL}"
