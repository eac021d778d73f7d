"""What a program has started, as the system lists it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 10.0


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                parents[int(entry.name)] = int(_fields(int(entry.name))[1])
    found = [pid]
    for parent in found:
        found.extend(child for child, of in parents.items() if of == parent)
    return found[1:]


def command_of(pid: int) -> str:
    """Return the command line of a process; empty if there is none any more."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def is_running(pid: int) -> bool:
    """Whether a process exists that has not ended."""
    with suppress(OSError, IndexError):
        return _fields(pid)[0] != "Z"
    return False


def wait_gone(pids: list[int]) -> None:
    """Wait until processes have ended; fail with those that do not."""
    end = time.monotonic() + _PATIENCE
    while left := [pid for pid in pids if is_running(pid)]:
        assert time.monotonic() < end, [command_of(pid) for pid in left]
        time.sleep(0.02)


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
