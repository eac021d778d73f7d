"""Talks to `gdtutor plain` through pipes, as expect does: waits for a prompt, types a line, waits for the next one."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).parents[2]
PLAIN = (sys.executable, "-m", "tutor.cli", "plain")
PROMPT_ENDS = ("or help.\n", "or :help.\n")
"""What every prompt ends with, and nothing else."""
_PATIENCE = 30.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return a small environment for a learner whose data are in a folder."""
    found = {"PATH": os.environ["PATH"], "HOME": str(home), "GDTUTOR_HOME": str(home / "data"), "PYTHONPATH": str(ROOT)}
    return {**found, "TERM": "dumb", "LANG": "C.UTF-8", **more}


class PipedTalk:
    """A running conversation. Use it in a with statement: it is killed at the end."""

    def __init__(self, variables: Mapping[str, str], *options: str) -> None:
        self._process = subprocess.Popen(
            [*PLAIN, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(variables),
        )
        self.transcript = b""
        """All that was said, with the lines that were typed in their places."""
        self._latest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(_PATIENCE)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def until_prompt(self) -> str:
        """Wait for the next prompt, and return what was said up to it."""
        end = time.monotonic() + _PATIENCE
        while not self._latest.decode("utf-8", "replace").endswith(PROMPT_ENDS):
            data = self._read(end)
            if not data:
                said = self.transcript.decode("utf-8", "replace")[-2000:]
                raise AssertionError(f"no prompt came; the latest words:\n{said}")
        said, self._latest = self._latest, b""
        return said.decode("utf-8", "replace")

    def type(self, line: str | bytes) -> None:
        """Type a line."""
        data = (line if isinstance(line, bytes) else line.encode()) + b"\n"
        self.transcript += data
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def answer(self, line: str | bytes) -> str:
        """Type a line, and return what is said up to the next prompt."""
        self.type(line)
        return self.until_prompt()

    def end(self) -> tuple[int, bytes]:
        """Type nothing more; return the exit status and what stands on standard error."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        end = time.monotonic() + _PATIENCE
        while self._read(end):
            pass
        assert self._process.stderr is not None
        return self._process.wait(_PATIENCE), self._process.stderr.read()

    def _read(self, end: float) -> bytes:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, end - time.monotonic()))
        data = os.read(self._process.stdout.fileno(), 65536) if ready else b""
        self.transcript += data
        self._latest += data
        return data
