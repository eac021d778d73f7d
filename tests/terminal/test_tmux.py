"""A real tmux: its windows change their size, are left and come back, and colours are those that it has."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pty_driver import PtyProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
PRACTICE = (sys.executable, "-m", "tutor.cli", "practice", str(FIVE_WEIGHTS))
_PATIENCE = 20.0

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux on this machine")


class Tmux:
    """A tmux of the test's own, with one window."""

    def __init__(self, folder: Path, socket: str = "socket") -> None:
        self._call = ("tmux", "-f", "/dev/null", "-S", str(folder / socket))
        self._home = folder

    def command(self, *arguments: str) -> str:
        done = subprocess.run([*self._call, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def end(self) -> None:
        subprocess.run([*self._call, "kill-server"], capture_output=True, check=False)

    def start(self, columns: int, rows: int) -> None:
        variables = (f"GDTUTOR_HOME={self._home / 'home'}", f"PYTHONPATH={ROOT}", "LANG=C.UTF-8")
        run = shlex.join(("env", *variables, *PRACTICE))
        size = ("-x", str(columns), "-y", str(rows))
        self.command("new-session", "-d", *size, f"{run}; echo status $?; exec cat")

    def attach(self, columns: int, rows: int) -> PtyProgram:
        return PtyProgram((*self._call, "-u", "attach"), columns=columns, rows=rows)

    def wait_for(self, *texts: str) -> str:
        end = time.monotonic() + _PATIENCE
        while not all(text in (screen := self.command("capture-pane", "-p")) for text in texts):
            assert time.monotonic() < end, f"waited in vain for {texts}; the window:\n{screen}"
            time.sleep(0.05)
        return screen


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    tmux = Tmux(tmp_path)
    tmux.start(80, 24)
    yield tmux
    tmux.end()


def test_sizes_and_windows_that_are_left_and_come_back(tmux: Tmux) -> None:
    tmux.wait_for("0 of 34 cells")
    with tmux.attach(80, 25) as client:  # the last row is tmux's own
        client.wait_for("0 of 34 cells")
        client.send("25\r12\r")
        client.wait_for("2 of 34 cells")
        client.resize(39, 12)
        client.wait_for("gdtutor needs 40x12, this is 39x11.")
        client.resize(120, 40)
        client.wait_for("2 of 34 cells", "w4@2")
        client.send("\x02d")
        client.wait_exit()
    with tmux.attach(100, 30) as client:
        client.wait_for("2 of 34 cells")
        client.send("37\r")
        client.wait_for("3 of 34 cells")
        client.kill()
    tmux.wait_for("3 of 34 cells")
    tmux.command("send-keys", "C-c")
    screen = tmux.wait_for("status 0")
    assert "cells" not in screen  # what was there before is back


def test_colours_are_the_sixteen_of_tmux(tmux: Tmux) -> None:
    tmux.wait_for("0 of 34 cells")
    tmux.command("send-keys", "25", "Enter", "1", "Enter")
    tmux.wait_for("ok", " x ")
    shown = tmux.command("capture-pane", "-p", "-e")
    assert "\x1b[32m" in shown.replace("\x1b[0;32m", "\x1b[32m")
    assert "\x1b[38" not in shown
    assert "\x1b[48" not in shown


def test_the_server_is_killed_and_the_answers_are_kept(tmux: Tmux, tmp_path: Path) -> None:
    tmux.wait_for("0 of 34 cells")
    tmux.command("send-keys", "25", "Enter")
    tmux.wait_for("1 of 34 cells")
    tmux.end()
    again = Tmux(tmp_path, "another")
    again.start(80, 24)
    try:
        again.wait_for("1 of 34 cells")
    finally:
        again.end()
