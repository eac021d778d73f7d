"""Keys in a real terminal: suspending in a real shell, keys of one's own, copying, faults in the settings."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pty_driver import PtyProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
GDTUTOR = [sys.executable, "-m", "tutor.cli"]
CTRL_Z, CTRL_K = "\x1a", "\x0b"


def in_shell(home: Path) -> PtyProgram:
    """Start an interactive bash, which looks after jobs."""
    environment = {"GDTUTOR_HOME": str(home), "PS1": "shell> ", "HISTFILE": "", "HOME": str(home)}
    return PtyProgram(["bash", "--norc", "--noprofile", "-i"], environment=environment)


def start(shell: PtyProgram) -> str:
    """Start gdtutor in a shell, and return its first screen."""
    shell.wait_for("shell>")
    shell.send(" ".join([*GDTUTOR, "\r"]))
    return shell.wait_at_rest("lessons done", "nothing due", "? keys")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in told.stdout.split()]


def test_suspended_the_shell_has_its_terminal_and_fg_brings_the_screen_back(tmp_path: Path) -> None:
    with in_shell(tmp_path) as shell:
        first = start(shell)
        for _ in range(2):
            shell.send(CTRL_Z)
            shell.wait_for("Stopped", "shell>")
            shell.send("stty -a | tr ' ;' '\\n' | grep -xE -- '-?(icanon|echo|isig)' | tr '\\n' ' '; echo end\r")
            shell.wait_for("isig icanon echo end")
            shell.resize(100, 30)
            shell.resize(80, 24)
            shell.send("fg\r")
            shell.wait_until(lambda: shell.text() == first, "the same screen")
        shell.send("\x1b[B")
        shell.wait_for("> Today")
        shell.send("q")
        shell.wait_for("shell>")


def test_in_the_background_it_stays_stopped(tmp_path: Path) -> None:
    with in_shell(tmp_path) as shell:
        first = start(shell)
        shell.send(CTRL_Z)
        shell.wait_for("Stopped")
        shell.send("clear; bg; sleep 1; jobs -l; echo done\r")
        shell.wait_for("Stopped", "\ndone")
        assert "Stopped (" not in shell.text()  # not for having tried to use the terminal
        shell.send("fg\r")
        shell.wait_until(lambda: shell.text() == first, "the same screen")


def test_what_is_typed_is_kept_before_the_job_stops(tmp_path: Path) -> None:
    problem = tmp_path / "one.toml"
    problem.write_text('[parameters]\nw = 2\n[steps]\nE = "w^2"\n[update]\neta = 0.1\n')
    with in_shell(tmp_path) as shell:
        shell.wait_for("shell>")
        shell.send(f"{' '.join(GDTUTOR)} practice {problem}\r")
        shell.wait_for("Enter check")
        shell.send("3.99")
        shell.wait_for("3.99_")
        shell.send(CTRL_Z)
        shell.wait_for("Stopped")
        shell.send("kill -9 %1; wait; clear\r")
        shell.send(f"{' '.join(GDTUTOR)} practice {problem}\r")
        shell.wait_for("3.99_")


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_from_outside_it_comes_back_whole(number: int, tmp_path: Path) -> None:
    with in_shell(tmp_path) as shell:
        first = start(shell)
        (tutor,) = children(shell.pid)
        os.kill(tutor, number)
        shell.wait_for("Stopped")
        shell.send("stty sane; clear; fg\r")
        shell.wait_until(lambda: shell.text() == first, "the same screen")
        shell.send("\x1b[B")
        shell.wait_for("> Today")
        shell.send("q")
        shell.wait_for("shell>")


def test_without_a_shell_it_goes_on_and_says_so(tmp_path: Path) -> None:
    with PtyProgram(GDTUTOR, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        program.wait_for("lessons done")
        program.send(CTRL_Z)
        program.wait_for("Nothing could bring gdtutor back here")
        program.send("\x1b[B")
        program.wait_for("> Today", "? keys")
        program.send("q")
        assert program.wait_exit() == 0
        assert program.modes_restored


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Run tmux with a server of its own."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux")
    environment = {**os.environ, "TMUX_TMPDIR": str(tmp_path), "LANG": "C.UTF-8", "GDTUTOR_HOME": str(tmp_path)}
    environment.pop("TMUX", None)

    def run(*arguments: str) -> str:
        command = ["tmux", "-f", "/dev/null", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    yield run
    subprocess.run(["tmux", "kill-server"], env=environment, capture_output=True, check=False)


def wait_for(shown: Callable[[], str], text: str) -> str:
    end = time.monotonic() + 20
    while text not in shown():
        assert time.monotonic() < end, shown()
        time.sleep(0.05)
    return shown()


def test_in_tmux_it_is_suspended_and_copies(tmux: Callable[..., str]) -> None:
    def shown() -> str:
        return tmux("capture-pane", "-p")

    tmux("new-session", "-d", "-x", "80", "-y", "24", "bash --norc --noprofile -i")
    tmux("set-option", "-s", "set-clipboard", "on")
    tmux("send-keys", " ".join(GDTUTOR), "Enter")
    wait_for(shown, "lessons done")
    tmux("send-keys", "C-z")
    wait_for(shown, "Stopped")
    tmux("send-keys", "fg", "Enter")
    wait_for(shown, "lessons done")
    tmux("send-keys", "C-k")
    wait_for(shown, "What can be done")
    tmux("send-keys", "copy", "Enter")
    wait_for(shown, "were sent to the clipboard")
    assert wait_for(lambda: tmux("show-buffer"), "lessons done").startswith(" gdtutor")


def test_copying_writes_the_sequence_and_nothing_on_the_screen(tmp_path: Path) -> None:
    with PtyProgram(GDTUTOR, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        program.wait_for("lessons done")
        program.send(CTRL_K)
        program.wait_for("What can be done")
        program.send("copy\r")
        program.wait_for("were sent to the clipboard")
        (data,) = re.findall(rb"\x1b\]52;c;([^\a]*)\a", program.raw)
        assert b64decode(data).decode().startswith(" gdtutor")


def test_settings_are_in_force_and_their_faults_are_told(tmp_path: Path) -> None:
    text = '[display]\nascii = true\ncolor = false\n[keys]\n"quit" = ["ctrl+c", "Q"]\nhnt = "f2"\n'
    (tmp_path / "settings.toml").write_text(text)
    with PtyProgram(GDTUTOR, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        screen = program.wait_at_rest("settings.toml:6: keys.hnt is not in force: see gdtutor doctor.", "Q quit")
        assert screen.isascii()
        assert program.colours() == set()
        program.send("q")
        program.send("\x1b[B")
        program.wait_for("> Today")
        program.send("Q")
        assert program.wait_exit() == 0
    environment = {**os.environ, "GDTUTOR_HOME": str(tmp_path)}
    told = subprocess.run([*GDTUTOR, "doctor"], env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "there is no such action. Did you mean “hint”?" in told.stdout or 'mean "hint"?' in told.stdout


SLOW = """
import sys
if "tutor.mathematics.child" not in sys.orig_argv:
    import time
    from pathlib import Path
    import tutor.mathematics.worksheet
    def prepare(self, cell):
        Path(r"{marker}").touch()
        time.sleep(600)
    tutor.mathematics.worksheet.Worksheet.prepare = prepare
"""
"""Python reads this module before it begins: getting ready for an answer then takes ten minutes."""


def test_what_is_typed_is_drawn_while_the_worksheet_gets_ready(tmp_path: Path) -> None:
    marker = tmp_path / "begun"
    (tmp_path / "sitecustomize.py").write_text(SLOW.format(marker=marker))
    environment = {"GDTUTOR_HOME": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    command = [*GDTUTOR, "practice", str(ROOT / "lessons" / "problems" / "five-weights.toml")]
    with PtyProgram(command, environment=environment) as program:
        program.wait_for("0 of 34 cells")
        program.send("1")
        program.wait_until(marker.exists, "the worksheet gets ready")
        program.send("2")
        program.wait_for("12_")
        program.press("escape")
        assert program.wait_exit() == 0
