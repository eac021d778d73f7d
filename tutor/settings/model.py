"""The settings that are in force, and the faults that were found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

USUAL_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a settings file that is left out of account: the file, the line, the setting, what to write."""

    path: Path
    line: int
    name: str
    """Section and key; empty where the file as a whole cannot be read."""
    message: str

    def __str__(self) -> str:
        """Return file, line, setting and message on one line."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return ": ".join(part for part in (where, self.name, self.message) if part)


@dataclass(frozen=True, slots=True)
class KeyWish:
    """The keys that an action is to have instead of the usual ones, as they are written, and where that stands."""

    keys: tuple[str, ...]
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set. None stands for what nobody has set, where the terminal decides."""

    ascii: bool | None = None
    color: bool | None = None
    minutes: int = USUAL_MINUTES
    """After how many minutes of work a day's session ends by itself."""
    more: tuple[Path, ...] = ()
    """Folders with further lessons."""
    keys: Mapping[str, KeyWish] = field(default_factory=lambda: MappingProxyType({}))
    """What is wished for, by the names of actions; whether it can be, the registry of keys knows."""
    faults: tuple[Fault, ...] = ()


def notice_of(faults: Sequence[Fault]) -> str:
    """Return one line about what is not in force; nothing where all is."""
    if not faults:
        return ""
    first = faults[0]
    where = f"{first.path.name}:{first.line}" if first.line else first.path.name
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{where}: {first.name or 'the file'} is not in force{more}: see gdtutor doctor."
