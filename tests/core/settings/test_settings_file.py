"""`gdtutor settings`, what home says of faults, and what is in force at the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tutor.cli import main
from tutor.settings.model import Fault, Settings, notice_of
from tutor.settings.places import FILE_NAME
from tutor.settings.reading import read_settings
from tutor.settings.start import settings_in_force


def test_the_command_writes_a_file_once_and_never_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / "new" / "home"))
    path = tmp_path / "new" / "home" / FILE_NAME
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == str(path)
    assert read_settings([path]) == Settings()
    assert '# "hint" = ["f2", "h"]' in path.read_text(encoding="utf-8")
    path.write_text("# mine\n", encoding="utf-8")
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == str(path)
    assert path.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("home", ["taken", "taken/below"])
def test_a_file_that_cannot_be_written_is_told(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("GDTUTOR_HOME", str(tmp_path / home))
    assert main(["settings"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("gdtutor: ")
    assert str(tmp_path / home) in said.err


def test_ones_own_file_wins_over_that_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "own").mkdir()
    environment = {"GDTUTOR_HOME": str(tmp_path / "own"), "GDTUTOR_SITE": str(tmp_path / "site")}
    assert settings_in_force(environment) == Settings()
    (tmp_path / "site" / FILE_NAME).write_text("[practice]\nminutes = 30\n[display]\nascii = true\n")
    assert settings_in_force(environment).minutes == 30
    (tmp_path / "own" / FILE_NAME).write_text("[practice]\nminutes = 20\n")
    settings = settings_in_force(environment)
    assert (settings.minutes, settings.ascii) == (20, True)


def test_without_a_file_nothing_is_loaded_to_read_one(tmp_path: Path) -> None:
    program = (
        "import sys; from tutor.settings.start import settings_in_force;"
        f"settings_in_force({{'GDTUTOR_HOME': {str(tmp_path)!r}, 'GDTUTOR_SITE': {str(tmp_path)!r}}});"
        "print([name for name in ('tomllib', 'difflib', 'tutor.settings.reading') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_faults_are_told_in_one_line() -> None:
    one = Fault(Path("/etc/settings.toml"), 4, "keys.hnt", "there is no such action.")
    assert notice_of(()) == ""
    assert notice_of((one,)) == "settings.toml:4: keys.hnt is not in force: see gdtutor doctor."
    whole = Fault(Path("/etc/settings.toml"), 0, "", "the file cannot be read.")
    assert notice_of((whole, one)) == "settings.toml: the file is not in force and 1 more: see gdtutor doctor."
