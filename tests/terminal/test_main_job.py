"""The main job, as a learner does it: the whole worksheet in a real terminal, one mistake, a crash, and on."""

from __future__ import annotations

import sys
from pathlib import Path

from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
PROBLEM = """
title = "Five weights, one example"
[given]
x1 = 3
x2 = 2
t = 24
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
y = "w3*h1 + w4*h2 + w5"
E = "(t - y)^2"
[update]
rule = "sgd"
eta = 0.0001
"""
# label, what is typed, the mark behind it; 28 is the one mistake, and what comes of it follows
BEFORE_THE_CRASH = [
    ("h1", "25", "ok"),
    ("h2", "2*3*2", "ok"),
    ("y", "37", "ok"),
    ("E", "169", "ok"),
    ("∂E/∂y", "28", "x"),
]
FOLLOWING = [("∂E/∂h2", "28", "follows"), ("∂E/∂h1", "28", "follows"), ("∂E/∂w1", "560", "follows")]
AFTER = [
    ("∂E/∂w2", "156", "ok"),
    ("∂E/∂w3", "650", "ok"),
    ("∂E/∂w4", "312", "ok"),
    ("∂E/∂w5", "26", "ok"),
    ("new w1", "0.948", "ok"),
    ("new w2", "1.9844", "ok"),
    ("new w3", "0.935", "ok"),
    ("new w4", "0.9688", "ok"),
    ("new w5", "-0.0026", "ok"),
]


def mark_of(screen: str, label: str) -> str:
    """Return the answer and the mark in the row of a cell."""
    rows = [line.partition("│")[2] for line in screen.splitlines() if f" {label} " in line.partition("│")[2] + " "]
    return " ".join(rows[0].partition(f" {label} ")[2].split()) if rows else ""


def answer(program: PtyProgram, label: str, text: str, mark: str) -> None:
    program.wait_until(lambda: f"> {label}" in program.text(), f"the cursor on {label}")
    program.send(text + "\r")
    program.wait_until(lambda: mark_of(program.text(), label).endswith(f" {mark}"), f"{mark} at {label}")


def test_a_whole_worksheet_with_a_mistake_and_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "five.toml"
    file.write_text(PROBLEM)
    command = (sys.executable, "-m", "tutor.cli", "practice", str(file))
    environment = {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with PtyProgram(command, environment=environment) as program:
        program.wait_for("0 of 17 cells")
        for row in BEFORE_THE_CRASH:
            answer(program, *row)
        # what the terminal has read may end between the mark and its reason
        program.wait_until(lambda: program.text().splitlines()[20].startswith(" x  "), "the reason")
        assert len(program.text().splitlines()[20]) > 15
        program.press("down")
        for row in FOLLOWING:
            answer(program, *row)
        program.kill()
    with PtyProgram(command, environment=environment) as program:
        screen = program.wait_at_rest("7 of 17 cells")
        for label, text, mark in (*BEFORE_THE_CRASH, *FOLLOWING):
            assert mark_of(screen, label) == f"{text} {mark}"
        assert "> ∂E/∂w2" in screen
        for _ in range(4):
            program.press("up")
        answer(program, "∂E/∂y", "26", "ok")
        # going back has marked the later cells anew: they do not follow from 26
        program.wait_until(lambda: mark_of(program.text(), "∂E/∂h1") == "28 x", "∂E/∂h1 marked anew")
        for label, text in (("∂E/∂h2", "26"), ("∂E/∂h1", "26"), ("∂E/∂w1", "520")):
            answer(program, label, text, "ok")
        for row in AFTER:
            answer(program, *row)
        program.wait_for("17 of 17 cells")
