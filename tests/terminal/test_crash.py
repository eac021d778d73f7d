"""A fault in the program itself, planted in many places: the terminal is given back, and one sentence tells of it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
PLANT = """
import sys
{imports}
def fault(*_, **__):
    raise {kind}("planted \\x1b[2J in the {name}")
{plant}
from tutor.cli import main
sys.exit(main(sys.argv[1:]))
"""
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l")

KEY = ("from tutor.tui.screens.worksheet import WorksheetScreen", "WorksheetScreen.do_hint = fault")
PICTURE = ("from tutor.tui.screens.worksheet import WorksheetScreen", "WorksheetScreen.draw_title = fault")
READING = ("import tutor.tui.link.driver", "tutor.tui.link.driver.InputSplitter.feed = fault")
DERIVING = ("import tutor.mathematics.derivation", "tutor.mathematics.derivation.derive = fault")
FIRST = ("import tutor.tui.screens.home", "tutor.tui.screens.home.HomeScreen.__init__ = fault")
HOME = ("import tutor.tui.screens.home", "tutor.tui.screens.home.HomeScreen.draw_title = fault")
COURSE = ("import tutor.course.loader", "tutor.course.loader.load_course = fault")
CHECK = ("import tutor.study.session", "tutor.study.session.Session.answer = fault")
LAB = ("import tutor.lab.bench", "tutor.lab.bench.Bench.advance = fault")
STYLES = ("from tutor.tui.app import TutorApp", "TutorApp.on_mount = fault")


def planted(name: str, plant: tuple[str, str], kind: str = "ValueError") -> tuple[str, ...]:
    return (sys.executable, "-c", PLANT.format(imports=plant[0], plant=plant[1], name=name, kind=kind))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def assert_told(program: PtyProgram, environment: dict[str, str], name: str, *, answers: bool = True) -> None:
    """Wait for the end, and look at what is told on the terminal and in the file."""
    assert program.wait_exit() == 1
    assert program.modes_restored
    said = program.raw.rpartition(b"\x1b[")[2] if b"\x1b[" in program.raw else program.raw
    sentence = said.decode()
    details = Path(environment["GDTUTOR_HOME"]) / "error.txt"
    assert "Traceback" not in program.raw.decode()
    assert f"planted ?[2J in the {name})" in sentence
    assert str(details) in sentence
    assert ("Your answers are kept." in sentence) == answers
    assert sentence.count("\n") == 1
    told = details.read_text()
    assert "Traceback (most recent call last)" in told
    assert ", in fault" in told
    assert stat.S_IMODE(details.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["ValueError", "OSError", "RecursionError", "MemoryError"])
def test_in_what_a_key_does(kind: str, environment: dict[str, str]) -> None:
    with PtyProgram((*planted("key", KEY, kind), "practice", str(FIVE_WEIGHTS)), environment=environment) as program:
        program.wait_for("0 of 34 cells")
        program.send("25\r12\r")
        program.wait_for("2 of 34 cells")
        program.press("f2")
        assert_told(program, environment, "key")
        assert all(sequence in program.raw for sequence in RESTORED)
    with PtyProgram(
        (sys.executable, "-m", "tutor.cli", "practice", str(FIVE_WEIGHTS)), environment=environment
    ) as program:
        program.wait_for("2 of 34 cells")


@pytest.mark.parametrize(
    ("name", "plant"),
    [("picture", PICTURE), ("reading", READING), ("deriving", DERIVING), ("check", CHECK), ("mount", STYLES)],
)
def test_in_a_worksheet(name: str, plant: tuple[str, str], environment: dict[str, str]) -> None:
    with PtyProgram((*planted(name, plant), "practice", str(FIVE_WEIGHTS)), environment=environment) as program:
        if name in {"reading", "check"}:
            program.wait_for("0 of 34 cells")
            program.send("25\r")
        assert_told(program, environment, name)


@pytest.mark.parametrize(("name", "plant"), [("home", HOME), ("first screen", FIRST), ("course", COURSE)])
def test_at_the_start(name: str, plant: tuple[str, str], environment: dict[str, str]) -> None:
    with PtyProgram(planted(name, plant), environment=environment) as program:
        assert_told(program, environment, name, answers=name != "course")


def test_in_a_run_of_the_lab(environment: dict[str, str]) -> None:
    with PtyProgram((*planted("run", LAB), "practice", str(FIVE_WEIGHTS)), environment=environment) as program:
        program.wait_for("0 of 34 cells")
        program.press("f9")
        program.wait_for("step 0")
        program.send(" ")
        assert_told(program, environment, "run")


def test_where_the_details_cannot_be_written(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with PtyProgram((*planted("key", KEY), "practice", str(FIVE_WEIGHTS)), environment=environment) as program:
        program.wait_for("0 of 34 cells")
        program.press("f2")
        assert program.wait_exit() == 1
        text = " ".join(program.text().split())
        assert "could not be written" in text
        assert ", in fault." in text
        assert "Traceback" not in text


def test_details_replace_what_others_could_read(environment: dict[str, str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("not ours")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "error.txt").symlink_to(elsewhere)
    with PtyProgram((*planted("course", COURSE),), environment=environment) as program:
        assert_told(program, environment, "course", answers=False)
    assert elsewhere.read_text() == "not ours"


def test_ctrl_c_before_the_first_frame_is_no_fault(environment: dict[str, str]) -> None:
    plant = (
        "import os, signal, tutor.course.loader",
        "tutor.course.loader.load_course = lambda _: signal.raise_signal(2)",
    )
    with PtyProgram(planted("start", plant), environment=environment) as program:
        assert program.wait_exit() == 130
        assert not program.text()
