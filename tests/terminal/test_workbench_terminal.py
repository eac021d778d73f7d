"""The workbench in a real terminal: keys sent at once, pastes, a crash, files, and what a key costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
TUTOR = (sys.executable, "-m", "tutor.cli")
FUNCTION = "f = x^2 + 3*y\rx = 1, y = 2\reta = 0.1"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def go_to_bench(program: PtyProgram) -> None:
    program.open_row("Workbench")
    program.wait_for("how it is read")


def test_from_typing_to_a_file_that_every_command_takes(home: dict[str, str], tmp_path: Path) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        go_to_bench(program)
        program.send(FUNCTION)
        program.wait_for("x = 1  y = 2", "sgd")
        program.send("?n")  # as F2, on a keyboard without it
        program.wait_for("What to do with it")
        program.open_row("Save")
        program.wait_for("Where?")
        program.press("ctrl+u")
        program.send("~/own\r")
        program.wait_for("Saved as")
    path = tmp_path / "own.toml"
    environment = {**os.environ, **home}
    for command in ("lint", "derive"):
        done = subprocess.run([*TUTOR, command, str(path)], env=environment, capture_output=True, text=True, check=True)
        assert "1 problem file: no fault" in done.stdout or "x@1 = x − η·∂f/∂x = 1 − 0.1·2 = 0.8" in done.stdout
    with PtyProgram((*TUTOR, "practice", str(path)), environment=home) as program:
        program.wait_for("0 of 5 cells")


def test_what_is_typed_is_there_after_a_crash(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        go_to_bench(program)
        program.send("f = q^2 + 17")
        program.wait_for("function    f = q² + 17")
        program.rest(1.5)
        program.kill()
    with PtyProgram(TUTOR, environment=home) as program:
        go_to_bench(program)
        program.wait_for("f = q^2 + 17_", "function    f = q² + 17")


@pytest.mark.parametrize("marks", [("\x1b[200~", "\x1b[201~"), ("", "")], ids=["marked", "unmarked"])
def test_a_problem_file_is_pasted_whole(marks: tuple[str, str], home: dict[str, str]) -> None:
    text = (ROOT / "lessons" / "problems" / "five-weights.toml").read_text().replace("\n", "\r")
    with PtyProgram(TUTOR, environment=home) as program:
        go_to_bench(program)
        program.send(marks[0] + text + marks[1])
        program.wait_for("h1 = (x1 + w1·x2)²", "w4 = 1")
        program.press("f2")
        program.wait_for("Five weights, one example", "What to do with it")


@pytest.mark.parametrize("options", [(), ("--ascii",)])
def test_hostile_text_on_the_smallest_screen(options: tuple[str, ...], home: dict[str, str]) -> None:
    with PtyProgram((*TUTOR, *options), environment=home, columns=40, rows=12) as program:
        go_to_bench(program)
        program.send("\x1b[200~f = " + "(" * 10_000 + "\x1b]0;owned\x07\x1b[2J\u202eשלום\x1b[201~")
        program.wait_for("The pasted text is too long")
        program.press("f2")
        program.send("x")
        program.wait_until(lambda: "pasted" not in program.text(), "the fault alone")
        program.wait_for("This formula is")
        program.resize(80, 24)
        program.wait_for("F3 open a file")
        assert b"]0;owned" not in program.raw
        assert not options or program.text().isascii()
        program.press("escape")
        program.wait_for("> Workbench")


def test_a_character_typed_costs_few_bytes(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        go_to_bench(program)
        program.send("f = x^2 + ")
        program.wait_for("Something is missing")
        assert program.bytes_for(" ", 0.6) < 250  # the reading of it does not change
