"""The wheel, installed into a fresh environment away from the checkout."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]


def run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(cwd)}
    return subprocess.run(
        [installed / "gdtutor", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_it_carries_the_lessons_and_the_styles_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {path.relative_to(ROOT / "lessons").as_posix() for path in (ROOT / "lessons").rglob("*.*")}
    assert shipped
    assert {name.removeprefix("tutor/lessons/") for name in names if name.startswith("tutor/lessons/")} == shipped
    assert any(name.endswith(".tcss") for name in names)
    assert not [name for name in names if name.startswith("tests")]


def test_it_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "python", "-c", "import tutor; print(tutor.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    assert run(installed, "--version", cwd=tmp_path).stdout.startswith("gdtutor 0.")


def test_it_derives_a_problem(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "square.toml").write_text('[parameters]\nx = 3\n[steps]\nf = "x^2"\n')
    done = run(installed, "derive", "square.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert "∂f/∂x" in done.stdout


def test_it_opens_the_course_and_a_lesson(installed: Path, tmp_path: Path) -> None:
    environment = {"GDTUTOR_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}
    with PtyProgram([str(installed / "gdtutor")], environment=environment) as program:
        program.wait_for("Start", "Backpropagation")
        program.press("enter")
        program.wait_for("page 1 of")
        program.send("q")
