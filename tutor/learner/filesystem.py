"""Which file system a folder is on, because SQLite's write-ahead log needs a local one.

The log keeps its index in memory shared between processes, which machines that share a disk do not have.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

# Anything else (NFS, CIFS, FUSE and whatever is not known here) gets the rollback journal, right everywhere.
_LOCAL: Final = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "nilfs2", "overlay", "ramfs", "reiserfs"}
    | {"tmpfs", "xfs", "zfs"},
)


def file_system_type(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the type of the file system that holds `folder`, "" where nobody can tell.

    `mounts` is Linux's list of what is mounted where.
    """
    try:
        lines = os.fsdecode(mounts.read_bytes()).splitlines()
    except OSError:
        return ""
    resolved = Path(os.path.realpath(folder))
    best, found = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004  device, mount point, type
            continue
        point = Path(_plain(fields[1]))
        # Of two on one mount point, the later one covers the earlier.
        if resolved.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def is_local(file_system: str) -> bool:
    """Return whether a file system of this type is surely on this machine's own disk or memory."""
    return file_system in _LOCAL


def _plain(field: str) -> str:
    r"""Return a field with its octal escapes resolved: a blank is written \040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)
