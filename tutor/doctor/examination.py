"""The findings: each a word, what was found, and what to do where something is wrong."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tutor.learner.filesystem import file_system_type, is_local
from tutor.learner.store import RECORD_NAME
from tutor.settings.reading import read_settings
from tutor.terminal import MEANT, SMALLEST, TerminalRefusedError, look_at_terminal
from tutor.tui.keyboard.remapping import remap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor.doctor.surroundings import Surroundings
    from tutor.settings.model import Settings

_LITTLE: Final = 10_000_000  # bytes that are enough for years, and few for a disk
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """What was looked at, in a word."""
    found: str
    advice: str = ""
    """What to do; empty where all is well."""
    is_fault: bool = False
    """Whether a file has a fault that somebody should put right."""


def examine(surroundings: Surroundings) -> Iterator[Finding]:
    """Yield what there is to say, in the order of the start: terminal, settings, data, lessons."""
    settings = read_settings(surroundings.settings)
    yield from _terminal(surroundings, settings)
    yield from _settings(surroundings, settings)
    yield from _data(surroundings.data)
    yield _lessons(surroundings.lessons)
    yield Finding("network", "never used")


def _terminal(surroundings: Surroundings, settings: Settings) -> Iterator[Finding]:
    environment = surroundings.environment
    term = environment.get("TERM", "")
    try:
        terminal = look_at_terminal(
            environment,
            surroundings.encoding,
            interactive=surroundings.interactive,
            no_color=settings.color is False,
            ascii_only=settings.ascii is True,
        )
    except TerminalRefusedError as error:
        yield Finding("terminal", f"TERM={term or 'not set'}: no full screen", str(error))
        return
    size = (surroundings.columns, surroundings.rows)
    yield Finding("terminal", f"TERM={term}: full screen", "")
    yield Finding("size", f"{size[0]}x{size[1]}", _advice_on_size(size))
    named = next((name for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    locale = f"{named}={environment[named]}" if named else "no locale is set"
    signs = "mathematics as it is printed" if terminal.unicode else "plain ASCII"
    advice = (
        "" if terminal.unicode or settings.ascii else "With a UTF-8 locale, such as LANG=C.UTF-8, signs look better."
    )
    yield Finding("signs", f"{signs} ({locale}, output in {surroundings.encoding})", advice)
    why = " (NO_COLOR is set)" if environment.get("NO_COLOR") else ""
    yield Finding("colour", "used" if terminal.colour else f"not used{why}; every state has a sign besides its colour")


def _advice_on_size(size: tuple[int, int]) -> str:
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return f"The screens need {SMALLEST[0]}x{SMALLEST[1]}. Make the window larger, or write: gdtutor plain"
    if size[0] < MEANT[0] or size[1] < MEANT[1]:
        return f"They are made for {MEANT[0]}x{MEANT[1]}; here some are cut and have to be scrolled."
    return ""


def _settings(surroundings: Surroundings, settings: Settings) -> Iterator[Finding]:
    _, key_faults = remap(settings.keys)
    for path in surroundings.settings:
        faults = [fault for fault in (*settings.faults, *key_faults) if fault.path == path]
        if not path.exists():
            yield Finding("settings", f"{path}: none")
        elif not faults:
            yield Finding("settings", f"{path}: in force")
        for fault in faults:
            where = f"{path}:{fault.line}" if fault.line else str(path)
            yield Finding(
                "settings", f"{where}: not in force", f"{fault.name}: {fault.message}".removeprefix(": "), is_fault=True
            )


def _data(folder: Path) -> Iterator[Finding]:
    place = next(part for part in (folder, *folder.parents) if part.exists())
    kind = file_system_type(place) or "unknown file system"
    where = "on this machine" if is_local(kind) else "perhaps shared with other machines"
    if not os.access(place, os.W_OK | os.X_OK):
        advice = "Nothing can be kept. Let GDTUTOR_HOME name a folder that you may write to."
        yield Finding("data", f"{folder}: {place} cannot be written", advice)
        return
    if place != folder:
        yield Finding("data", f"{folder}: made at the first answer ({kind}, {where})")
    else:
        mode = folder.stat().st_mode
        advice = f"Others can look into it. Write: chmod 700 {folder}" if mode & _OTHERS else ""
        yield Finding("data", f"{folder} ({kind}, {where})", advice)
        yield from _record(folder / RECORD_NAME)
    free = shutil.disk_usage(place).free
    if free < _LITTLE:
        yield Finding("disk", f"{free // 1000} kB free", "Answers are kept as long as there is room. Delete something.")


def _record(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("record", "empty so far")
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            count = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    except sqlite3.Error as error:
        yield Finding("record", f"{path.name} cannot be read ({error})", _DAMAGED)
        return
    yield Finding("record", f"{count} acts kept, {path.stat().st_size // 1000 or 1} kB", "" if sound else _DAMAGED)


_DAMAGED: Final = "gdtutor will keep the file under another name at the next start, and go on with what it can read."


def _lessons(folder: Path | None) -> Finding:
    if folder is None:
        return Finding("lessons", "missing", "Install gdtutor again.", is_fault=True)
    from tutor.course.error import LessonError  # noqa: PLC0415 - only needed here
    from tutor.course.loader import load_course  # noqa: PLC0415

    try:
        course = load_course(folder)
    except LessonError as error:
        return Finding("lessons", f"{folder}: a fault", str(error), is_fault=True)
    return Finding("lessons", f"{len(course.lessons)} in {len(course.sections)} sections ({folder})")
