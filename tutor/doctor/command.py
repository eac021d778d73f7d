"""The command: looks at what there is, and prints it line by line."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from typing import TYPE_CHECKING, Final

from tutor import __version__
from tutor.course.loader import lessons_folder
from tutor.doctor.examination import Finding, examine
from tutor.doctor.surroundings import Surroundings
from tutor.learner.home import data_folder
from tutor.settings.places import own_file, site_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_ABOUT_WIDTH: Final = 10


def look_around(environment: Mapping[str, str]) -> Surroundings:
    """Return what this process runs in."""
    size = shutil.get_terminal_size()
    return Surroundings(
        environment=environment,
        encoding=sys.stderr.encoding,
        interactive=sys.stdin.isatty() and sys.stderr.isatty(),
        columns=size.columns,
        rows=size.lines,
        data=data_folder(environment),
        settings=(site_file(environment), own_file(environment)),
        lessons=_lessons(),
    )


def _lessons() -> Path | None:
    try:
        return lessons_folder()
    except FileNotFoundError:
        return None


def doctor_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines to print."""
    yield f"{'gdtutor':{_ABOUT_WIDTH}} {__version__}, Python {platform.python_version()}"
    for finding in findings:
        yield f"{finding.about:{_ABOUT_WIDTH}} {finding.found}"
        if finding.advice:
            yield f"{'':{_ABOUT_WIDTH}} -> {finding.advice}"


def examine_here() -> tuple[Finding, ...]:
    """Return what there is to say about this machine, this terminal and this learner."""
    return tuple(examine(look_around(os.environ)))
