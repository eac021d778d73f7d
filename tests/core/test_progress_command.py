"""The command `gdtutor progress`: plain lines, JSON, an empty record, and nothing of the screens loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tutor.cli import main
from tutor.learner.activities import BEGUN, END
from tutor.learner.events import EventMaker
from tutor.learner.store import open_store
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def now() -> datetime:
    return datetime.now(UTC)


def work(home: Path, skill: str, clock: Callable[[], datetime] = now) -> None:
    """Work one task, with a usual mistake."""
    task = TaskName(skill, "blank", 1, 1)
    maker = EventMaker(task.activity, clock)
    store = open_store(home, clock)
    store.record(maker.note("page", BEGUN, "chosen"))
    store.record(maker.answer("y", "1", "incorrect", "links.last-link-missing", counts=True))
    store.record(maker.note("page", END, "later"))
    store.close()


def test_without_a_record_it_prints_that_nothing_was_done(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress"]) == 0
    out, err = capsys.readouterr()
    assert not err
    assert " Due          nothing" in out
    assert f"0 of {len(SKILLS)} mastered" in out
    assert home.is_dir()


def test_it_prints_how_things_stand_in_lines_of_eighty_columns(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skill = next(iter(SKILLS.values()))
    work(home, skill.id)
    assert main(["progress"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip() or "\x1b" in line]
    assert [line for line in lines if skill.title in line and "blank" not in line]
    assert [line for line in lines if "last link missing (links)" in line]


def test_what_is_due_takes_at_most_a_session_of_the_length_set(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_month_ago = datetime.now(UTC) - timedelta(days=30)
    for skill in list(SKILLS)[:40]:
        work(home, skill, lambda: a_month_ago)
    assert main(["progress"]) == 0
    assert " Due          40, about 15 minutes" in capsys.readouterr().out
    (home / "settings.toml").write_text("[practice]\nminutes = 7\n", encoding="utf-8")
    assert main(["progress"]) == 0
    assert " Due          40, about 7 minutes" in capsys.readouterr().out


def test_json_is_one_object_in_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skill = next(iter(SKILLS.values()))
    work(home, skill.id)
    assert main(["progress", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    states = {found["id"]: found["state"] for found in told["skills"]}
    assert len(states) == len(SKILLS)
    assert {identity for identity, state in states.items() if state != "new"} == {skill.id}
    assert [(found["misconception"], found["count"]) for found in told["mistakes"]] == [("links.last-link-missing", 1)]


def test_a_course_of_ones_own_and_a_faulty_one(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.md").write_text("---\ntitle: C\nsection-1: Mine\n---\n", encoding="utf-8")
    assert main(["--lessons", str(folder), "progress"]) == 0
    assert "1 Mine: " in capsys.readouterr().out
    (folder / "course.md").write_text("title: C\n", encoding="utf-8")
    assert main(["--lessons", str(folder), "progress"]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "course.md" in err
    assert home.is_dir()


def test_nothing_of_the_screens_is_loaded(home: Path) -> None:
    code = "import sys, tutor.cli\ntutor.cli.main(['progress'])\n"
    code += "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    environment = {**os.environ, "GDTUTOR_HOME": str(home), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert not set(done.stderr.split()) & {"textual", "rich", "sympy", "numpy"}
    assert done.stdout.isascii()
