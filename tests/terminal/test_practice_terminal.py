"""Practice in a real terminal: cut off and taken up again, in few bytes, and home with nothing heavy loaded."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pty_driver import PtyProgram

from tutor.learner.activities import END
from tutor.learner.events import EventMaker
from tutor.learner.store import open_store
from tutor.practice.skills.all_skills import SKILLS

ROOT = Path(__file__).parents[2]
TUTOR = (sys.executable, "-m", "tutor.cli")
SKILL = "chain-two-links"
FIRST_FRAME = """
import sys
from tutor.tui import program
path = sys.argv.pop()
def told():
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "sympy", "fsrs"}), "ONLY",
          file=open(path, "w"), flush=True)
program._tidy_from_now_on = told
from tutor.cli import main
sys.exit(main([]))
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "home"
    now = lambda: datetime.now(UTC)  # noqa: E731 - a clock
    store = open_store(folder, now)
    for lesson in {SKILLS[SKILL].lesson, *(SKILLS[need].lesson for need in SKILLS[SKILL].needs)}:
        store.record(EventMaker(f"lesson:{lesson}", now).note("page", END))
    store.close()
    return {"GDTUTOR_HOME": str(folder), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def sheet_of(text: str) -> list[str]:
    """Return the rows of a worksheet that have a cell."""
    rows = [line.replace("│", "|").split("|") for line in text.split("\n")[1:-1]]
    return [row[1] for row in rows if len(row) > 1 and row[1].strip()]


@pytest.mark.parametrize("options", [(), ("--ascii",)])
def test_a_session_killed_in_a_task_goes_on_in_it(options: tuple[str, ...], home: dict[str, str]) -> None:
    with PtyProgram((*TUTOR, *options), environment=home) as program:
        program.wait_for("nothing due, some new")
        program.press("down", "enter")
        program.wait_for("Today 1", "0 of ")
        program.send("1234567\r")
        program.wait_for("1234567_", " x ")
        program.wait_quiet()
        program.kill()
        sheet = sheet_of(program.text())
        assert program.text().isascii() or not options
    with PtyProgram((*TUTOR, *options), environment=home) as program:
        program.wait_for("> Continue   Today")
        program.press("enter")
        program.wait_until(lambda: sheet_of(program.text()) == sheet, "the sheet as it was")
        assert "Today 1" in program.text()


def test_without_colour_and_small_it_works_too(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, columns=40, rows=12, environment={**home, "NO_COLOR": "1"}) as program:
        program.wait_for("nothing due, some new")
        program.press("down", "enter")
        program.wait_for("Today 1", "0 of ")
        program.press("f3")
        program.wait_for("shown")
        assert not program.colours()
        program.press("escape")
        program.wait_for("lessons done")
        program.send("p")
        program.wait_for("Progress", "Due ", "Skills ")
        program.press("escape")
        program.wait_for("lessons done")
        program.send("q")
        assert program.wait_exit() == 0


def test_moving_in_the_list_of_skills_costs_few_bytes(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("fresh problems")
        program.press("down", "down", "enter")
        program.wait_for("Frequent mistakes")
        assert program.bytes_for("\x1b[B") < 250


def test_the_first_frame_needs_nothing_heavy(home: dict[str, str], tmp_path: Path) -> None:
    said = tmp_path / "loaded"
    command = (sys.executable, "-c", FIRST_FRAME, str(said))
    with PtyProgram(command, environment=home) as program:
        program.wait_for("fresh problems")  # this comes after the first frame
        assert said.read_text(encoding="utf-8").split() == ["LOADED", "ONLY"]


def test_the_command_says_the_same_as_the_screen(home: dict[str, str]) -> None:
    done = subprocess.run([*TUTOR, "progress"], capture_output=True, text=True, check=True, env={**home, "PATH": ""})
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Start")
        program.send("p")
        shown = program.wait_at_rest("Progress", "Due ")
    printed = done.stdout.splitlines()
    assert [line.rstrip() for line in shown.split("\n")[2:8]] == printed[:6]
