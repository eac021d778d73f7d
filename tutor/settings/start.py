"""The settings at the start: without a file nothing is loaded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.settings.model import Settings
from tutor.settings.places import own_file, site_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def settings_in_force(environment: Mapping[str, str]) -> Settings:
    """Return what the machine's file and the learner's own set; the learner's wins."""
    files = [path for path in (site_file(environment), own_file(environment)) if _may_be_there(path)]
    if not files:
        return Settings()
    from tutor.settings.reading import read_settings  # noqa: PLC0415 - most learners have no such file

    return read_settings(files)


def _may_be_there(path: Path) -> bool:
    """Whether there is a file, or something in the way of knowing, which reading it then tells."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
