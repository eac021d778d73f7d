"""Over a real SSH login: a learner works, the connection breaks, the next login goes on there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pty_driver import PtyProgram
from slow_link import EmulatedLink, SlowRelay
from ssh_server import SSHD, SshServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TUTOR = f"PYTHONPATH={ROOT} {sys.executable} -m tutor.cli"
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"

pytestmark = pytest.mark.skipif(SSHD is None, reason="no sshd on this machine (Debian: openssh-server)")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshServer]:
    with SshServer(tmp_path / "ssh") as server:
        yield server


def programs_on(problem: Path) -> list[str]:
    """Return the programs that still work on a problem file."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid=,args="], capture_output=True, text=True, check=True)
    return [
        line
        for line in listed.stdout.splitlines()
        if str(problem) in line and "tutor.cli" in line and "ssh" not in line
    ]


def test_a_broken_connection_loses_nothing_and_leaves_nobody_behind(server: SshServer, tmp_path: Path) -> None:
    problem = tmp_path / "five-weights.toml"
    shutil.copy(FIVE_WEIGHTS, problem)
    remote = f"GDTUTOR_HOME={tmp_path / 'home'} {TUTOR} practice {problem}"
    environment = {"HOME": os.environ.get("HOME", str(tmp_path))}
    with PtyProgram(server.command(remote), environment=environment) as program:
        program.wait_for("0 of 34 cells")
        for place, answer in enumerate(("25", "12", "37", "169"), start=1):
            program.send(answer + "\r")
            program.wait_for(f"{place} of 34 cells")
        assert programs_on(problem)
        server.cut_connections()
        program.wait_exit()
    end = time.monotonic() + 2
    while programs_on(problem) and time.monotonic() < end:
        time.sleep(0.05)
    assert not programs_on(problem)
    with PtyProgram(server.command(remote), environment=environment) as program:
        screen = program.wait_at_rest("4 of 34 cells")
        assert "> ∂E/∂y" in screen
        program.send("26\r")
        program.wait_for("5 of 34 cells")


def test_a_slow_link_is_worked_over_with_one_round_trip_for_each_key(server: SshServer, tmp_path: Path) -> None:
    """With 200 ms there and back, a key costs one round trip and no more, and a broken connection loses nothing."""
    remote = f"GDTUTOR_HOME={tmp_path / 'home'} {TUTOR} practice {FIVE_WEIGHTS}"
    environment = {"HOME": os.environ.get("HOME", str(tmp_path))}
    with SlowRelay(server.port, one_way=0.1) as link:
        with PtyProgram(server.command(remote, link.port), environment=environment) as program:
            program.wait_for("0 of 34 cells")
            program.wait_quiet(0.5)
            for place, character in enumerate("16789"):
                before = link.requests
                program.send(character)
                program.wait_for("16789"[: place + 1] + "_")
                assert link.requests - before == 1
            program.send("\x7f" * 5 + "25\r")
            program.wait_for("1 of 34 cells")
            server.cut_connections()
            program.wait_exit()
        with PtyProgram(server.command(remote, link.port), environment=environment) as program:
            assert "> h2" in program.wait_for("1 of 34 cells")


def test_a_link_with_delay_and_loss(tmp_path: Path) -> None:
    """The system's own emulator: 200 ms there and back, and one packet of a hundred lost."""
    link = EmulatedLink(one_way_milliseconds=100, loss_percent=1)
    if link.missing:
        pytest.skip(link.missing)
    try:
        with SshServer(tmp_path / "ssh", link.prefix) as server:
            remote = f"GDTUTOR_HOME={tmp_path / 'home'} {TUTOR} practice {FIVE_WEIGHTS}"
            environment = {"HOME": os.environ.get("HOME", str(tmp_path))}
            with PtyProgram(server.command(remote), environment=environment) as program:
                program.wait_for("0 of 34 cells")
                for place, answer in enumerate(("25", "12", "37", "169"), start=1):
                    program.send(answer + "\r")
                    program.wait_for(f"{place} of 34 cells")
                server.cut_connections()
                program.wait_exit()
            with PtyProgram(server.command(remote), environment=environment) as program:
                assert "> ∂E/∂y" in program.wait_for("4 of 34 cells")
    finally:
        link.remove()
