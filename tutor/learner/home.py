"""Where a learner's data lives, for the eyes of its owner only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder for the learner's data: `GDTUTOR_HOME`, else the platform's own.

    Nothing is created here. `environment` is usually `os.environ`.
    """
    named = environment.get("GDTUTOR_HOME")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415  costs 17 ms, which no start with GDTUTOR_HOME should pay

    return platformdirs.user_data_path("gdtutor", appauthor=False)


def make_private_folder(folder: Path) -> None:
    """Create `folder`, and those it lies in, for its owner only; one that exists is left as it is.

    Raises OSError when there can be no such folder.
    """
    for missing in [parent for parent in reversed(folder.parents) if not parent.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)  # not by `parents`: that gives them what the umask leaves
    folder.mkdir(mode=0o700, exist_ok=True)
