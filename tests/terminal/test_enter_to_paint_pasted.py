"""Hostile texts pasted into the real worksheet and checked: each gets its verdict, and the next key its answer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
PASTED = {
    "a megabyte": "5" * 1_000_000,
    "ten thousand brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "a tower of numbers": "9^9^9",
    "a large exponent": "w1^(10^9)",
    "a tower of names": "w1^" * 39 + "w1",
    "exponentials": "exp(" * 38 + "w1" + ")" * 38,
    "a long sum": "+".join(["w1"] * 600),
    "many roots": "+".join(f"√(w1+{number})" for number in range(30)),
    "control characters": "\x07\x01\x7f" * 100 + "5",
    "from right to left": "\u202e520\u202c אבג",
    "combining marks": "w" + "\u0302" * 500,
    "code": "__import__('os').system('true')",
}


@pytest.mark.parametrize("what", PASTED)
def test_a_pasted_text_gets_its_verdict_and_the_next_key_its_answer(what: str, tmp_path: Path) -> None:
    home = {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    command = (sys.executable, "-m", "tutor.cli", "practice", str(FIVE_WEIGHTS))
    with PtyProgram(command, environment=home) as program:
        program.wait_for("0 of 34 cells", "> h1")
        program.send(f"\x1b[200~{PASTED[what]}\x1b[201~")
        program.wait_until(lambda: bool(answer_of(program, "h1").strip("_ ")), "the pasted text in the cell")
        before = said(program)
        entered = time.monotonic()
        program.press("enter")
        program.wait_until(lambda: said(program) not in {before, ""}, "a verdict")
        judged = time.monotonic()
        program.press("down")
        program.wait_for("> h2")
        answered = time.monotonic()
        print(f"{what}: verdict {judged - entered:.3f} s after Enter, the next key {answered - judged:.3f} s later")
        assert not answer_of(program, "h1").endswith(" ok")
        program.send("12\r")
        program.wait_for("1 of 34 cells")


def answer_of(program: PtyProgram, label: str) -> str:
    """Return what stands behind the name of a cell."""
    rows = (line.partition("│")[2] for line in program.text().splitlines())
    return next((row.partition(f" {label} ")[2] for row in rows if f" {label} " in row), "")


def said(program: PtyProgram) -> str:
    """Return what is said below the cells."""
    lines = program.text().splitlines()
    rule = max((number for number, line in enumerate(lines) if line.startswith("──")), default=len(lines))
    return "\n".join(lines[rule + 1 : -1]).strip()
