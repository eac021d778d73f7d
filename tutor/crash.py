"""An error that nobody expected: told in one sentence, its details kept in a file for whoever mends the program."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from typing import TYPE_CHECKING, Final

from tutor import __version__
from tutor.learner.home import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

DETAILS_NAME: Final = "error.txt"
_TOLD_OF_SURROUNDINGS: Final = ("TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "PYTHONIOENCODING")
_LONGEST: Final = 200  # characters of an error's own text that are told


def tell_of_crash(
    error: BaseException, folder: Path, now: datetime, environment: Mapping[str, str], about_answers: str = ""
) -> str:
    """Write the details of an error into the data folder, and return what the learner is told.

    now is the time in UTC. about_answers says in a sentence what became of the answers. Never raises.
    """
    path = folder / DETAILS_NAME
    where = f"The details are in {path}."
    try:
        _write(path, _details(error, now, environment))
    except OSError as trouble:
        where = f"The details could not be written to {path} ({trouble.strerror or trouble}): {_place(error)}."
    said = f"gdtutor: the program has a fault and had to end ({_brief(error)})."
    return " ".join(part for part in (said, about_answers, where) if part)


def _brief(error: BaseException) -> str:
    """Return an error in one line; its text may come from anywhere, so nothing in it moves the cursor."""
    text = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} …"


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}, in {frames[-1].name}" if frames else "nothing more is known"


def _details(error: BaseException, now: datetime, environment: Mapping[str, str]) -> str:
    """Return what helps to find the fault: no values of variables, which may hold what the learner wrote."""
    surroundings = [f"{name}={environment[name]}" for name in _TOLD_OF_SURROUNDINGS if name in environment]
    return "\n".join(
        [
            f"gdtutor {__version__}, {now:%Y-%m-%d %H:%M:%S} UTC",
            f"Python {platform.python_version()} on {sys.platform}",
            " ".join(surroundings),
            "",
            "".join(traceback.format_exception(error)),
        ]
    )


def _write(path: Path, text: str) -> None:
    """Write a file for the eyes of its owner only, in place of an earlier one."""
    make_private_folder(path.parent)
    path.unlink(missing_ok=True)  # what is there may be readable by others, or lead elsewhere
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
