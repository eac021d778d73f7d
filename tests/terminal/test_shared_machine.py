"""A machine of many learners: private data, a program that nobody can write to, homes that are no good, no network."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
TUTOR = (sys.executable, "-m", "tutor.cli")
GUARD = """
import os, socket, sys
def guard(event, arguments):
    outward = event == "socket.__new__" and arguments[1] != socket.AF_UNIX
    if outward or event in {"socket.getaddrinfo", "urllib.Request"}:
        open(os.environ["GUARD_TOLD"], "a").write(f"{event} {arguments}\\n")
        os._exit(99)
sys.addaudithook(guard)
"""
"""Python reads this module before it begins, the program's own children too."""
OPEN_TO_ALL = ("/bin/sh", "-c", 'umask 000; exec "$@"', "sh")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "temporary").mkdir()
    return {
        "XDG_DATA_HOME": str(tmp_path / "new" / "share"),
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path / "temporary"),
    }


def work(command: tuple[str, ...], environment: dict[str, str], problem: Path = FIVE_WEIGHTS) -> None:
    """Read a lesson, answer a cell, run a lab, and look at what is to be practised."""
    with PtyProgram(command, environment=environment) as program:
        program.wait_for("gdtutor", "? keys")
        program.press("enter")
        program.wait_for("page 1 of")
        program.press("escape")
        program.wait_for("gdtutor", "Practice")
        program.open_row("Practice")
        program.wait_until(lambda: "? keys" in program.text() and "> Practice" not in program.text(), "what to do")
        program.press("ctrl+c")
        assert program.wait_exit() == 0
    with PtyProgram((*command, "practice", str(problem)), environment=environment) as program:
        program.wait_for("of 34 cells")
        program.send("25\r")
        program.wait_for("1 of 34 cells")
        program.press("f9")
        program.wait_for("step 0")
        program.send("s")
        program.wait_for("step 1:")
        program.press("ctrl+c")
        assert program.wait_exit() == 0


def test_data_are_for_their_owner_whatever_the_umask(environment: dict[str, str], tmp_path: Path) -> None:
    work((*OPEN_TO_ALL, *TUTOR), environment)
    made = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert any(path.name == "learner.db" for path in made)
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("how", ["guarded", "without a network"])
def test_nothing_is_ever_asked_of_a_network(how: str, environment: dict[str, str], tmp_path: Path) -> None:
    if how == "guarded":
        (tmp_path / "guard").mkdir()
        (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
        told = tmp_path / "told"
        guarded = {**environment, "PYTHONPATH": f"{tmp_path / 'guard'}:{ROOT}", "GUARD_TOLD": str(told)}
        reaching_out = (sys.executable, "-c", "import socket; socket.socket()")
        assert subprocess.run(reaching_out, env=guarded, check=False).returncode == 99
        told.unlink()
        work(TUTOR, guarded)
        assert not told.exists()
    else:
        work((*apart("-n"), *TUTOR), environment)


def test_a_program_that_nobody_can_write_to(installed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    del environment["PYTHONPATH"]
    folder = installed.parent
    read_only = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    command = (*apart("-m"), "/bin/sh", "-c", read_only, str(folder))
    refused = subprocess.run((*command, "touch", str(folder / "new")), capture_output=True, text=True, check=False)
    if "Read-only file system" not in refused.stderr:
        pytest.skip(f"no read-only mount on this machine: {refused.stderr}")
    problem = tmp_path / "five-weights.toml"
    shutil.copy(FIVE_WEIGHTS, problem)
    work((*command, str(installed / "gdtutor")), environment, problem)


@pytest.mark.parametrize("home", ["/proc/nowhere", "/dev/null", None])
def test_without_a_home_one_can_still_learn(home: str | None, environment: dict[str, str], tmp_path: Path) -> None:
    del environment["HOME"]
    if home is not None:
        del environment["XDG_DATA_HOME"]
        environment["HOME"] = home
    with PtyProgram((*TUTOR, "practice", str(FIVE_WEIGHTS)), environment=environment) as program:
        program.wait_for("of 34 cells")
        program.send("25\r")
        program.wait_for("1 of 34 cells")
        program.press("ctrl+c")
        assert program.wait_exit() == 0
        said = " ".join(program.text().split())
        assert "Traceback" not in said
        assert ("learner.db" in said) == (home is not None)
    assert (tmp_path / "new").exists() == (home is None)


def apart(option: str) -> tuple[str, ...]:
    """Return what starts a command with a network or mounts of its own; skip where that is not allowed."""
    unshare = shutil.which("unshare")
    own = (unshare or "", "--map-root-user", option) if os.geteuid() else (unshare or "", option)
    if unshare is None or subprocess.run((*own, "true"), capture_output=True, check=False).returncode:
        pytest.skip(f"unshare {option} is not there or not allowed on this machine")
    return own
