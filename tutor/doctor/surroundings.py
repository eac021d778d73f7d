"""What gdtutor runs in, gathered once, so that what is said about it can be tried out with other surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What gdtutor runs in."""

    environment: Mapping[str, str]
    encoding: str
    """That of the stream which the screens are written to."""
    interactive: bool
    """Whether input and output are a terminal."""
    columns: int
    rows: int
    data: Path
    """The folder of the learner's data."""
    settings: tuple[Path, ...]
    """The settings files, the machine's first."""
    lessons: Path | None
    """The folder of the lessons that come with gdtutor; None where they are missing."""
