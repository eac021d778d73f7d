"""The doctor: what it finds in surroundings that are made up, and in this one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.course.loader import lessons_folder
from tutor.doctor.command import doctor_lines
from tutor.doctor.examination import Finding, examine
from tutor.doctor.surroundings import Surroundings
from tutor.learner.events import EventMaker
from tutor.learner.store import RECORD_NAME, open_store

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def well(tmp_path: Path) -> Surroundings:
    """Surroundings in which all is well."""
    return Surroundings(
        environment={"TERM": "xterm-256color", "LANG": "C.UTF-8"},
        encoding="utf-8",
        interactive=True,
        columns=80,
        rows=24,
        data=tmp_path / "data",
        settings=(tmp_path / "site.toml", tmp_path / "settings.toml"),
        lessons=lessons_folder(),
    )


def about(word: str, surroundings: Surroundings) -> list[Finding]:
    return [finding for finding in examine(surroundings) if finding.about == word]


def test_where_all_is_well_nothing_is_advised(well: Surroundings) -> None:
    findings = list(examine(well))
    assert [finding.advice for finding in findings] == [""] * len(findings)
    assert not any(finding.is_fault for finding in findings)
    assert about("lessons", well)[0].found.startswith("54 in 6 sections")


@pytest.mark.parametrize(
    ("environment", "encoding", "said"),
    [
        ({"TERM": "xterm", "LANG": "C"}, "ascii", "plain ASCII (LANG=C, output in ascii)"),
        ({"TERM": "linux", "LANG": "C.UTF-8"}, "utf-8", "plain ASCII (LANG=C.UTF-8, output in utf-8)"),
        ({"TERM": "xterm", "LC_ALL": "de_DE.UTF-8"}, "utf-8", "mathematics as it is printed (LC_ALL=de_DE.UTF-8"),
    ],
)
def test_signs(well: Surroundings, environment: dict[str, str], encoding: str, said: str) -> None:
    found = about("signs", replace(well, environment=environment, encoding=encoding))[0]
    assert said in found.found
    assert bool(found.advice) == ("plain ASCII" in said)


@pytest.mark.parametrize(("size", "advice"), [((39, 24), "need 40x12"), ((60, 20), "made for 80x24"), ((300, 100), "")])
def test_size(well: Surroundings, size: tuple[int, int], advice: str) -> None:
    found = about("size", replace(well, columns=size[0], rows=size[1]))[0]
    assert found.found == f"{size[0]}x{size[1]}"
    assert advice in found.advice
    assert bool(advice) == bool(found.advice)


def test_a_terminal_without_a_cursor_and_no_terminal(well: Surroundings) -> None:
    for changed in (replace(well, environment={"TERM": "dumb"}), replace(well, interactive=False)):
        found = about("terminal", changed)[0]
        assert "no full screen" in found.found
        assert "gdtutor plain" in found.advice


def test_no_colour_says_why(well: Surroundings) -> None:
    found = about("colour", replace(well, environment={**well.environment, "NO_COLOR": "1"}))[0]
    assert found.found.startswith("not used (NO_COLOR is set)")


def test_settings_with_a_fault(well: Surroundings) -> None:
    well.settings[1].write_text("[display]\nasci = true\n")
    site, own = about("settings", well)
    assert site.found.endswith("site.toml: none")
    assert own.found == f"{well.settings[1]}:2: not in force"
    assert own.advice == "display.asci: there is no such setting. Did you mean ascii?"
    assert own.is_fault


def test_settings_are_obeyed_by_what_is_said(well: Surroundings) -> None:
    well.settings[0].write_text("[display]\nascii = true\ncolor = false\n")
    assert about("signs", well)[0].found.startswith("plain ASCII")
    assert about("signs", well)[0].advice == ""
    assert about("colour", well)[0].found.startswith("not used;")


def test_a_record_is_counted_and_a_damaged_one_is_told(well: Surroundings) -> None:
    store = open_store(well.data, lambda: NOON)
    maker = EventMaker("lesson:a/b", lambda: NOON)
    for number in range(3):
        store.record(maker.answer("h1", str(number), "correct", None, counts=True))
    store.close()
    assert about("record", well)[0].found.startswith("3 acts kept")
    assert about("data", well)[0].advice == ""
    (well.data / RECORD_NAME).write_bytes(b"this is no record" * 100)
    assert "cannot be read" in about("record", well)[0].found
    assert "go on with what it can read" in about("record", well)[0].advice


def test_a_folder_that_others_can_read(well: Surroundings) -> None:
    well.data.mkdir(mode=0o755)
    well.data.chmod(0o755)
    assert about("data", well)[0].advice == f"Others can look into it. Write: chmod 700 {well.data}"
    assert about("record", well)[0].found == "empty so far"


def test_missing_lessons_are_a_fault(well: Surroundings, tmp_path: Path) -> None:
    assert about("lessons", replace(well, lessons=None))[0].is_fault
    (tmp_path / "course.md").write_text("no front matter\n")
    broken = about("lessons", replace(well, lessons=tmp_path))[0]
    assert broken.is_fault
    assert "course.md:1" in broken.advice


def test_the_lines_are_a_table_with_advice_below() -> None:
    lines = list(doctor_lines([Finding("size", "20x5", "Make it larger.")]))[1:]
    assert lines == ["size       20x5", "           -> Make it larger."]


def test_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tutor.cli", "doctor"]
    environment = {"GDTUTOR_HOME": str(tmp_path), "GDTUTOR_SITE": str(tmp_path / "site"), "PATH": "/usr/bin:/bin"}
    root = Path(__file__).parents[2]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no full screen" in done.stdout
    assert "54 in 6 sections" in done.stdout
    (tmp_path / "settings.toml").write_text("[practice]\nminutes = 0\n")
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "practice.minutes: this takes a whole number from 5 to 120." in done.stdout
