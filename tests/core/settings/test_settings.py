"""Settings files: what they set, and how each fault is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.settings.known import KNOWN
from tutor.settings.model import KeyWish, Settings
from tutor.settings.places import own_file, site_file
from tutor.settings.reading import read_settings
from tutor.settings.template import settings_template


def of_text(folder: Path, text: str) -> Settings:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings([path])


def test_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_settings([tmp_path / "none.toml", tmp_path / "no" / "folder.toml"]) == Settings()


def test_what_a_file_sets(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    settings = of_text(
        tmp_path,
        """
        [display]
        ascii = true
        color = false
        [practice]
        minutes = 25
        [course]
        more = ["mine"]
        [keys]
        hint = "f5"
        "next page" = ["right", "j"]
        """,
    )
    assert settings.faults == ()
    assert (settings.ascii, settings.color, settings.minutes) == (True, False, 25)
    assert settings.more == (tmp_path / "mine",)
    path = tmp_path / "settings.toml"
    assert settings.keys["hint"] == KeyWish(("f5",), path, 10)
    assert settings.keys["next page"] == KeyWish(("right", "j"), path, 11)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[display]\nasci = true\n", 2, "display.asci: there is no such setting. Did you mean ascii?"),
        ("\n[dispay]\nascii = true\n", 2, "dispay: there is no such section. Did you mean display?"),
        ("[zzz]\n", 1, "There are: display, practice, course, keys."),
        ("display = 3\n", 1, "Write [display] on a line of its own"),
        ('[display]\n\nascii = "yes"\n', 3, "display.ascii: this takes true or false. Write ascii = true"),
        ("[practice]\nminutes = 4\n", 2, "a whole number from 5 to 120. Write minutes = 15"),
        ("[practice]\nminutes = true\n", 2, "a whole number from 5 to 120"),
        ("[practice]\nminutes = 12.5\n", 2, "a whole number"),
        ('[course]\nmore = "/srv"\n', 2, "a list of folders in quotes"),
        ('[course]\nmore = ["nowhere"]\n', 2, "there is no folder nowhere"),
        ("[keys]\nhint = 3\n", 2, 'keys.hint: this takes a key, or a list of keys. Write "hint" = "f2"'),
        ("[keys]\nhint = []\n", 2, "a key, or a list of keys"),
        ("[display]\nascii = \n", 2, "this is not valid TOML"),
        ("[display\n", 1, "this is not valid TOML"),
        ("x = " + "[" * 3000, 0, "cannot be read"),
        ("#" * 200_000, 0, "settings are short"),
    ],
)
def test_each_fault_names_file_line_and_setting(tmp_path: Path, text: str, line: int, said: str) -> None:
    settings = of_text(tmp_path, text)
    assert len(settings.faults) == 1
    where = f"{tmp_path / 'settings.toml'}:{line}: " if line else f"{tmp_path / 'settings.toml'}: "
    assert str(settings.faults[0]).startswith(where)
    assert said in str(settings.faults[0])
    assert (settings.ascii, settings.color, settings.minutes, settings.more) == (None, None, 15, ())


def test_one_fault_leaves_the_rest_in_force(tmp_path: Path) -> None:
    settings = of_text(tmp_path, "[display]\nascii = 3\ncolor = false\n[practice]\nminutes = 30\nhours = 1\n")
    assert (settings.ascii, settings.color, settings.minutes) == (None, False, 30)
    assert [fault.name for fault in settings.faults] == ["display.ascii", "practice.hours"]


def test_a_learners_file_wins_over_the_machines_and_adds_to_its_folders(tmp_path: Path) -> None:
    for name in ("site", "own"):
        (tmp_path / name / "lessons").mkdir(parents=True)
    site, own = tmp_path / "site" / "settings.toml", tmp_path / "own" / "settings.toml"
    site.write_text('[practice]\nminutes = 30\n[display]\nascii = true\n[course]\nmore = ["lessons"]\n')
    own.write_text('[practice]\nminutes = 10\n[course]\nmore = ["lessons"]\n')
    settings = read_settings([site, own])
    assert (settings.minutes, settings.ascii) == (10, True)
    assert settings.more == (tmp_path / "site" / "lessons", tmp_path / "own" / "lessons")


def test_a_file_that_is_no_text_or_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"[display]\nascii = \xff\n")
    assert str(read_settings([path]).faults[0]) == f"{path}:2: this is not UTF-8 text. Save the file as UTF-8."
    assert "cannot be read" in str(read_settings([tmp_path]).faults[0])


@given(st.text())
def test_whatever_stands_in_the_file_the_tutor_starts(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    for fault in read_settings([path]).faults:
        assert str(fault).startswith(str(path))


def test_the_template_sets_nothing_and_every_line_of_it_can_be_used(tmp_path: Path) -> None:
    text = settings_template()
    assert of_text(tmp_path, text) == Settings()
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line and not line.startswith(("# Take", "# Use")) else line
        for line in text.splitlines()
    )
    assert {(section, key) for section, table in tomllib.loads(uncommented).items() for key in table} >= {
        (setting.section, setting.key) for setting in KNOWN
    }
    faults = of_text(tmp_path, uncommented.replace('"/srv/lessons"', f'"{tmp_path}"')).faults
    assert faults == ()


def test_where_the_files_are(tmp_path: Path) -> None:
    assert own_file({"GDTUTOR_HOME": str(tmp_path)}) == tmp_path / "settings.toml"
    assert own_file({}).parts[-2:] == ("gdtutor", "settings.toml")
    assert site_file({"GDTUTOR_SITE": str(tmp_path)}) == tmp_path / "settings.toml"
    assert site_file({}) == Path("/etc/xdg/gdtutor/settings.toml")
