"""What a learner's process holds before the first answer is checked: little more than any Textual app."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
FLOOR = (sys.executable, str(ROOT / "tests" / "terminal" / "floor_app.py"))
TUTOR = (sys.executable, "-m", "tutor.cli")
AT_REST = 1.0
"""Seconds after which nothing more is loaded for what is shown."""
MOST = 1.2

pytestmark = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="the memory of a process is told by Linux")


def resident(program: PtyProgram) -> int:
    """Return the resident memory of a program in bytes, once it has come to rest."""
    program.rest(AT_REST)
    lines = Path(f"/proc/{program.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) * 1024


def libraries(program: PtyProgram) -> str:
    """Return the files that are mapped into a program's memory."""
    return Path(f"/proc/{program.pid}/maps").read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


@pytest.fixture
def floor(home: dict[str, str]) -> int:
    compileall.compile_dir(ROOT / "tutor", quiet=1)  # as pip does: to compile while it runs takes memory too
    with PtyProgram(FLOOR, environment=home) as program:
        program.wait_for("palette")
        return resident(program)


def test_home_a_lesson_and_its_worksheet_are_light(home: dict[str, str], floor: int) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("lessons done")
        assert resident(program) < MOST * floor
        program.open_row("    1.2 A machine")
        program.wait_for("page 1 of")
        assert resident(program) < MOST * floor
        program.send("n")
        program.wait_for("page 2 of")
        program.send("n")
        program.wait_for("page 3 of")
        program.press("enter")
        program.wait_for("0 of 2 cells")
        before = resident(program)
        assert before < MOST * floor
        mapped = libraries(program)
        assert "numpy" not in mapped
        assert "libssl" not in mapped
        program.send("6\r")
        program.wait_for("1 of 2 cells")
        assert resident(program) > before  # what checking takes comes with the first character


def test_the_worksheet_of_a_file_is_light(home: dict[str, str], floor: int) -> None:
    file = ROOT / "lessons" / "problems" / "five-weights.toml"
    with PtyProgram((*TUTOR, "practice", str(file)), environment=home) as program:
        program.wait_for("0 of 34 cells")
        assert resident(program) < MOST * floor
        mapped = libraries(program)
        assert "numpy" not in mapped
        assert "libssl" not in mapped
