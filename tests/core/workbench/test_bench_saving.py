"""A typed problem in a file of the learner's own: written wholly or not at all, and never over another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tutor.mathematics.problem import load_problem
from tutor.practice.workbench.file_text import number, numbers, quoted
from tutor.practice.workbench.reading import read_bench
from tutor.practice.workbench.saving import SavingError, offered_name, save_problem, typed_path

if TYPE_CHECKING:
    from pathlib import Path

FILE = read_bench("title: Two\nE = (w*x)^2\nw = 1/3\nx = 3").file.encode()


def test_the_file_gets_its_ending_and_is_read_back(tmp_path: Path) -> None:
    path = save_problem(f" {tmp_path / 'mine'} ", FILE)
    assert path == tmp_path / "mine.toml"
    assert path.read_bytes() == FILE
    assert load_problem(path).title == "Two"
    assert save_problem(str(tmp_path / "other.toml"), FILE).name == "other.toml"
    assert save_problem(str(tmp_path / "x.txt"), FILE).name == "x.txt.toml"


def test_a_file_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    for name in ("mine.toml", "mine"):
        with pytest.raises(SavingError, match="exists already, and stays as it is"):
            save_problem(str(tmp_path / name), FILE)
    assert path.read_text() == "precious"
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "nowhere.toml")
    with pytest.raises(SavingError, match="exists already"):
        save_problem(str(link), FILE)
    assert not (tmp_path / "nowhere.toml").exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type the path of a file"),
        ("{folder}", "is a folder. Add the name of a file"),
        ("{folder}/", "is a folder"),
        ("{folder}/no/such/x.toml", "There is no folder"),
        ("{folder}/file.txt/x.toml", "There is no folder"),
        ("~nobody-of-this-name/x.toml", "no such home folder"),
        ("a\0b", "cannot be shown"),
        ("a\x1b[2Jb", "cannot be shown"),
        ("{folder}/" + "n" * 300, "cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_written_is_said(typed: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(SavingError, match=says):
        save_problem(typed.format(folder=tmp_path), FILE)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SavingError, match="No space left on device"):
        save_problem(str(tmp_path / "mine.toml"), FILE)
    assert not list(tmp_path.iterdir())


def test_home_is_the_learners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path("~/x.toml") == tmp_path / "x.toml"
    assert save_problem("~/x", FILE) == tmp_path / "x.toml"


def test_a_name_is_offered() -> None:
    assert offered_name("E, in 3 steps") == "e-in-3-steps.toml"
    assert offered_name("שלום ²") == "my-problem.toml"
    assert len(offered_name("long " * 50)) <= 50


@pytest.mark.parametrize("text", ["3", "-0.5", "1e-3", "2E+5"])
def test_numbers_that_the_format_knows_stand_bare(text: str) -> None:
    assert number(text) == text


@pytest.mark.parametrize("text", [".5", "1/3", "007", "+3", "3.", "−2", "1_000", "pi"])
def test_other_numbers_stand_in_quotes(text: str) -> None:
    assert number(text) == f'"{text}"'


def test_quotes_and_lists() -> None:
    assert quoted('a "b" \\ \x1b\n') == '"a \\"b\\" \\\\   "'
    assert numbers(["1", "1/2"]) == '[1, "1/2"]'
