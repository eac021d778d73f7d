"""The commands reset, export and import: what they do, what they say, and their exit status."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from records import answer, ids, store_in

from tutor.cli import main
from tutor.learner.events import Place

if TYPE_CHECKING:
    from pathlib import Path

CHAIN = "lesson:two-suspects/sheet"
PLACE = Place(CHAIN, 3, "w1@1", "page 4 of 9")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner who did three things in two lessons."""
    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / "home"))
    store = store_in(tmp_path / "home")
    store.record(answer(1, CHAIN))
    store.record_with_place(answer(2, CHAIN), PLACE)
    store.record(answer(3, "lesson:gone"))
    store.close()
    return tmp_path / "home"


def current(home: Path) -> tuple[list[str], Place | None]:
    store = store_in(home)
    found = ids(store.all_events()), store.place()
    store.close()
    return found


@pytest.mark.parametrize("name", ["two-suspects", "4.3"])
def test_a_lesson_is_reset_by_its_number_or_id_and_comes_back(
    home: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reset", name]) == 0
    said = capsys.readouterr().out
    assert "The lesson 4.3 Two suspects was reset: 2 entries are hidden" in said
    assert "`gdtutor reset --undo` takes that back" in said
    assert current(home) == (["id-3"], Place("lesson:two-suspects", 0, "", ""))
    assert main(["reset", name]) == 0
    assert "nothing to reset" in capsys.readouterr().out
    assert main(["reset", "--undo"]) == 0
    assert "The reset of the lesson 4.3 Two suspects, made on 2" in capsys.readouterr().out
    assert current(home) == (["id-1", "id-2", "id-3"], PLACE)
    assert main(["reset", "--undo"]) == 0
    assert "no reset to take back" in capsys.readouterr().out


def test_everything_is_reset_and_comes_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset", "all"]) == 0
    assert "Everything was reset: 3 entries are hidden" in capsys.readouterr().out
    assert current(home) == ([], None)
    assert main(["reset", "--undo"]) == 0
    assert "The reset of everything, made on" in capsys.readouterr().out
    assert current(home) == (["id-1", "id-2", "id-3"], PLACE)


def test_a_lesson_that_the_course_no_longer_has_can_be_reset(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset", "gone"]) == 0
    assert "The lesson gone was reset: one entry is hidden" in capsys.readouterr().out
    assert current(home)[0] == ["id-1", "id-2"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("two-suspect", "two-suspects, 4.3 Two suspects"),
        ("4.33", "4.3 Two suspects"),
        ("4.3 TWO SUSPECTS!", "4.3"),
        ("", ""),
    ],
)
def test_a_lesson_that_there_is_not_is_told_with_the_nearest(
    home: Path, name: str, nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reset", name]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert f"There is no lesson “{name}”, so nothing was reset. The nearest is " in told.err
    assert nearest in told.err
    assert current(home) == (["id-1", "id-2", "id-3"], PLACE)


def test_a_course_of_ones_own_is_meant_where_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    assert main(["--lessons", str(tmp_path / "mine"), "reset", "4.3"]) == 1
    assert "course.md" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["reset"], ["reset", "all", "--undo"], ["export"], ["import"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: gdtutor" in capsys.readouterr().err


def test_what_was_exported_is_taken_in_elsewhere(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "work.jsonl"
    assert main(["export", str(file)]) == 0
    assert capsys.readouterr().out == f"3 entries of your record are in {file} now.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["export", str(file)]) == 1
    assert "is there already, and is left as it is" in capsys.readouterr().err

    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / "elsewhere"))
    record = home / "learner.db"
    assert main(["import", str(file), str(record)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{file}: 3 entries taken in.",
        f"{record}: 0 entries taken in, 3 were here already.",
    ]
    assert current(tmp_path / "elsewhere") == current(home)
    assert main(["reset", "all"]) == 0
    assert main(["import", str(file)]) == 0
    assert "Of them 3 are hidden by a reset: `gdtutor reset --undo` brings them back." in capsys.readouterr().out


def test_faults_are_told_by_line_and_the_rest_is_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, diary = tmp_path / "work.jsonl", tmp_path / "diary.txt"
    main(["export", str(file)])
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([*lines[:2], lines[2][:-9] + "\n", lines[3]]))
    diary.write_text("Dear diary\n")
    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / "elsewhere"))
    capsys.readouterr()
    assert main(["import", str(diary), str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == f"{file}: 2 entries taken in.\n"
    assert told.err.splitlines() == [
        f"gdtutor: {diary} is not a file that `gdtutor export` wrote, nor a record of gdtutor.",
        f"gdtutor: {file}:3: this line is left out: it is not JSON, or only a part of it.",
    ]
    assert current(tmp_path / "elsewhere")[0] == ["id-1", "id-3"]


def test_what_could_not_be_kept_is_not_said_to_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    file = tmp_path / "work.jsonl"
    main(["export", str(file)])
    broken = tmp_path / "broken"
    broken.write_text("a file where the folder should be")
    monkeypatch.setenv("GDTUTOR_HOME", str(broken))
    capsys.readouterr()
    assert main(["import", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert f"Nothing of {file} was taken in." in told.err
    assert "a file where the folder should be" in told.err
    assert main(["export", str(tmp_path / "other.jsonl")]) == 1
    assert "nothing was exported" in capsys.readouterr().err
    assert not (tmp_path / "other.jsonl").exists()
    monkeypatch.setenv("GDTUTOR_HOME", str(home))
    assert current(home)[0] == ["id-1", "id-2", "id-3"]


def test_a_record_that_may_not_be_written_is_exported_but_not_reset(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert main(["export", str(tmp_path / "work.jsonl")]) == 0
        assert main(["reset", "all"]) == 1
        assert main(["import", str(tmp_path / "work.jsonl")]) == 1
    told = capsys.readouterr()
    assert told.out == f"3 entries of your record are in {tmp_path}/work.jsonl now.\n"
    assert "may not be written" in told.err
    assert current(home) == (["id-1", "id-2", "id-3"], PLACE)
