"""What a learner did, in the real program: taken to another machine, reset and brought back, seen on the screen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "screens" / "course"
TUTOR = (sys.executable, "-m", "tutor.cli", "--lessons", str(COURSE))


def machine(folder: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(folder), "PYTHONPATH": str(ROOT), "HOME": str(folder), "LANG": "C.UTF-8"}


def run(machine: dict[str, str], *arguments: str) -> str:
    """Run a command, and return what it printed."""
    return subprocess.run((*TUTOR, *arguments), env=machine, capture_output=True, text=True, check=True).stdout


def turn_to_the_worksheet(program: PtyProgram) -> None:
    """Turn from the first page of the lesson to the one with its first worksheet."""
    program.wait_for("page 1 of")
    program.wait_quiet()
    program.press("right")
    program.wait_for("page 2 of", "Worksheet  ")
    program.wait_quiet()


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a learner who answered one cell of a lesson's worksheet, and was cut off."""
    folder = tmp_path_factory.mktemp("cut-off") / "home"
    with PtyProgram(TUTOR, environment=machine(folder)) as program:
        program.wait_for("Start", "4.1 One weight")
        program.press("enter")
        turn_to_the_worksheet(program)
        program.press("enter")
        program.wait_for("0 of 2 cells", "> h")
        program.send("6\r")
        program.wait_for("1 of 2 cells", "> E")
        program.kill()
    return folder


@pytest.fixture
def lab(cut_off: Path, tmp_path: Path) -> dict[str, str]:
    """A machine with a copy of that learner's folder, as it was left."""
    return machine(Path(shutil.copytree(cut_off, tmp_path / "lab")))


def goes_on_in_the_worksheet(machine: dict[str, str], typed: str = "", then: str = "") -> None:
    with PtyProgram(TUTOR, environment=machine) as program:
        program.wait_for("Continue", "4.1 One weight")
        program.press("enter")
        program.wait_for("1 of 2 cells", "> E")
        program.send(typed)
        program.wait_for(then)
        program.kill()


def test_a_learner_goes_on_at_another_machine_in_the_very_cell(lab: dict[str, str], tmp_path: Path) -> None:
    home, stick = machine(tmp_path / "home"), str(tmp_path / "work.jsonl")
    run(lab, "export", stick)
    assert "taken in" in run(home, "import", stick)
    goes_on_in_the_worksheet(home, "16\r", "2 of 2 cells")
    said = run(lab, "import", str(tmp_path / "home" / "learner.db"), stick)
    assert "one entry taken in" in said
    assert "0 entries taken in" in said
    with PtyProgram(TUTOR, environment=lab) as program:
        program.wait_for("Continue", "4.1 One weight")
        program.press("enter")
        program.wait_for("2 of 2 cells")
        program.kill()


def test_a_lesson_that_was_reset_begins_anew_and_comes_back(lab: dict[str, str]) -> None:
    assert "4.1 One weight was reset" in run(lab, "reset", "one-weight")
    with PtyProgram(TUTOR, environment=lab) as program:
        program.wait_for("Continue", "4.1 One weight")
        program.press("enter")
        program.wait_for("page 1 of")
        program.kill()
    # the lesson was opened since, so its first page is where the learner went on their own account
    assert "was taken back" in run(lab, "reset", "--undo")
    with PtyProgram(TUTOR, environment=lab) as program:
        program.wait_for("Continue", "4.1 One weight")
        program.press("enter")
        turn_to_the_worksheet(program)
        assert "1 of 2 cells" in program.text()
        program.kill()


def test_everything_that_was_reset_comes_back_as_it_was(lab: dict[str, str]) -> None:
    assert "Everything was reset" in run(lab, "reset", "all")
    with PtyProgram(TUTOR, environment=lab) as program:
        screen = program.wait_at_rest("Start")
        assert "Continue" not in screen
        program.kill()
    run(lab, "reset", "--undo")
    goes_on_in_the_worksheet(lab)


def test_a_reset_by_another_process_is_seen_by_a_program_that_runs(lab: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=lab) as program:
        program.wait_for("Continue")
        program.press("enter")
        program.wait_for("1 of 2 cells")
        run(lab, "reset", "all")
        program.press("escape")
        program.wait_for("Worksheet  ")
        program.send("\r")
        program.wait_for("0 of 2 cells")
        program.kill()
