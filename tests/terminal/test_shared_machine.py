"""A machine of many learners: private data, a program that nobody can write to, homes that are no good, no network."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
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
USERS = (61_001, 61_002)
"""Two users whom no machine has."""
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


def test_two_users_of_one_machine_see_nothing_of_each_other() -> None:
    with tempfile.TemporaryDirectory() as name:
        machine = Path(name)
        machine.chmod(0o755)
        for user in USERS:
            (machine / str(user)).mkdir(mode=0o755)  # as open as homes often are
            os.chown(machine / str(user), user, user)
            work((*as_user(user), *TUTOR), at_home(machine / str(user)))
        first, second = USERS
        mine = machine / str(first) / ".local" / "share" / "gdtutor"
        assert (mine / "learner.db").stat().st_uid == first
        kept = {path: path.read_bytes() for path in mine.iterdir()}
        for reading in (("ls", str(mine)), ("cat", str(mine / "learner.db"))):
            asked = subprocess.run((*as_user(second), *reading), capture_output=True, text=True, check=False)
            assert asked.returncode
            assert "Permission denied" in asked.stderr
        work((*as_user(second), *TUTOR), {**at_home(machine / str(second)), "GDTUTOR_HOME": str(mine)})
        assert {path: path.read_bytes() for path in mine.iterdir()} == kept


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


def at_home(home: Path) -> dict[str, str]:
    """Return the environment of a login."""
    return {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def as_user(number: int) -> tuple[str, ...]:
    """Return what starts a command as another user; skip where that is not allowed, or that user cannot run gdtutor."""
    own = (shutil.which("setpriv") or "", f"--reuid={number}", f"--regid={number}", "--clear-groups")
    if os.geteuid() or not own[0]:
        pytest.skip("only root, with setpriv, can be two users")
    asked = subprocess.run((*own, *TUTOR, "--help"), capture_output=True, text=True, check=False, cwd=ROOT)
    if asked.returncode:
        pytest.skip(f"other users cannot read this Python or this copy of gdtutor: {asked.stderr[-200:]}")
    return own


def apart(option: str) -> tuple[str, ...]:
    """Return what starts a command with a network or mounts of its own; skip where that is not allowed."""
    unshare = shutil.which("unshare")
    own = (unshare or "", "--map-root-user", option) if os.geteuid() else (unshare or "", option)
    if unshare is None or subprocess.run((*own, "true"), capture_output=True, check=False).returncode:
        pytest.skip(f"unshare {option} is not there or not allowed on this machine")
    return own
