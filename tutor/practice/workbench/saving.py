"""A typed problem put into a file of the learner's own; a file that exists is never written over."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

_SUFFIX: Final = ".toml"
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME: Final = 40


class SavingError(Exception):
    """The file cannot be written; the text tells why, and what to do instead."""


def offered_name(title: str) -> str:
    """Return a file name to offer for a problem.

    >>> offered_name("Two steps, one weight"), offered_name("f = x²")
    ('two-steps-one-weight.toml', 'f-x.toml')
    """
    words = _NOT_IN_NAMES.sub("-", title.lower())[:_LONGEST_NAME].strip("-")
    return f"{words or 'my-problem'}{_SUFFIX}"


def typed_path(text: str) -> Path:
    """Return the path that somebody typed; ~ is the home folder. Raises SavingError for what can be none."""
    written = text.strip()
    if not written:
        raise SavingError("Type the path of a file.")
    if not written.isprintable():
        raise SavingError("This path has characters that cannot be shown. Type another one.")
    try:
        return Path(written).expanduser()
    except RuntimeError as error:
        raise SavingError(f"{written}: there is no such home folder. Type the whole path.") from error


def save_problem(path_text: str, file: bytes) -> Path:
    """Write a problem file to a path, which gets the ending .toml if it has another one, and return it.

    Raises SavingError, and leaves everything as it was, where there is such a file already or it cannot be written.
    """
    path = typed_path(path_text)
    try:
        return _save(path, path_text, file)
    except FileExistsError as error:
        raise SavingError(f"{error.filename} exists already, and stays as it is. Type another name.") from error
    except OSError as error:
        raise SavingError(f"{path} cannot be written: {error.strerror or error}. Type another path.") from error


def _save(path: Path, path_text: str, file: bytes) -> Path:
    if path_text.rstrip().endswith(("/", os.sep)) or path.is_dir():
        raise SavingError(f"{path} is a folder. Add the name of a file, such as {path / 'my-problem.toml'}.")
    if path.suffix != _SUFFIX:
        path = path.with_name(path.name + _SUFFIX)
    if not path.parent.is_dir():
        raise SavingError(f"There is no folder {path.parent}. Make it first, or type another path.")
    _write_new(path, file)
    return path


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet, wholly or not at all. Raises OSError."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise
