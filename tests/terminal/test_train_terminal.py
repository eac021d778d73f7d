"""`gdtutor train` as it is used: in a terminal, in a pipe, interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from pty_driver import PtyProgram

GDTUTOR = [sys.executable, "-m", "tutor.cli", "train"]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with its output in pipes."""
    return subprocess.run(
        [*GDTUTOR, *words], capture_output=True, check=False, env={**os.environ, **environment}, timeout=60
    )


def test_a_bar_grows_in_a_terminal_and_nothing_of_it_is_left() -> None:
    with PtyProgram([*GDTUTOR, "--data", "spiral", "--layers", "8,8", "--epochs", "2000"]) as program:
        program.wait_for("] epoch ")
        program.wait_exit()
        shown = program.text()
    assert b"[#" in program.raw
    assert "] epoch" not in shown
    assert "2000 epochs, 70000 steps." in shown
    assert b"\x1b[" not in program.raw


def test_ctrl_c_ends_the_run_with_a_sentence() -> None:
    with PtyProgram([*GDTUTOR, "--data", "spiral", "--epochs", "1000000"]) as program:
        program.wait_for("] epoch ")
        program.press("ctrl+c")
        assert program.wait_exit() == 130
        shown = program.text()
    assert "gdtutor: stopped by Ctrl+C." in shown
    assert "] epoch" not in shown
    assert "Traceback" not in shown


def test_a_pipe_gets_clean_text() -> None:
    done = run("--data", "line", "--epochs", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    assert not set(done.stdout) & {0x1B, 0x0D, 0x08}


def test_json_in_a_pipe_is_one_object() -> None:
    done = run("--data", "housing", "--epochs", "2", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["epochs"] == 2
    assert b"synthetic" in done.stderr


def test_an_output_without_unicode_gets_ascii() -> None:
    done = run("--data", "line", "--epochs", "3", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"eta = 0.03" in done.stdout


def test_the_command_starts_without_numpy() -> None:
    code = "import sys, tutor.cli; print(*(name for name in ('numpy', 'tutor.engine') if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
