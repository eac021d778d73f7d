"""Writing a page to a file of the learner's, never over one that is there."""

import os
from pathlib import Path


class PageFileError(Exception):
    """The file cannot be written; str(error) says why and what to write instead."""


def write_page_file(name: str, text: str) -> Path:
    """Write a text to a new file and return its path; a name without a folder is in the current one.

    Raises PageFileError where there is such a file already, or where none can be made.
    """
    path = _path_of(name.strip())
    try:
        _write_new(path, text)
    except FileExistsError as error:
        raise PageFileError(f"There is {path} already, and it stays as it is. Type another name.") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PageFileError(f"There is no folder {path.parent}. Type another one, or make it first.") from error
    except PermissionError as error:
        raise PageFileError(f"You may not write to {path.parent}. Type another folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PageFileError(f"The file cannot be written: {reason}. Type another name.") from error
    return path


def _path_of(name: str) -> Path:
    if not name:
        raise PageFileError("Type a name for the file, such as page.txt.")
    try:
        return Path(name).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # no such user, or no current folder any more
        raise PageFileError(f"There is no such folder: {name}. Type a name that begins with /.") from error


def _write_new(path: Path, text: str) -> None:
    """Write a new file; where that fails half way, take it away again."""
    with path.open("x", encoding="utf-8", errors="replace") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
