"""The end from outside, wherever the learner is: soon, orderly, with the answers kept and nobody left behind."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from processes import command_of, descendants, wait_gone
from pty_driver import PtyProgram
from ssh_server import SSHD, SshServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
TUTOR = (sys.executable, "-m", "tutor.cli")
SOON = 5.0
"""Seconds: long for a loaded machine, and short beside what would be waited for in vain."""
SLOW_CHILD = """
import sys
if "tutor.mathematics.child" in sys.orig_argv:
    import time
    import tutor.mathematics.symbolic
    tutor.mathematics.symbolic.differentiate_all = lambda wanted: time.sleep(600)
"""
"""Python reads this module before it begins: SymPy then takes ten minutes."""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


@pytest.fixture
def slow_home(home: dict[str, str], tmp_path: Path) -> dict[str, str]:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(SLOW_CHILD)
    return {**home, "PYTHONPATH": f"{tmp_path / 'slow'}:{ROOT}"}


def worksheet(home: dict[str, str]) -> PtyProgram:
    return PtyProgram((*TUTOR, "practice", str(FIVE_WEIGHTS)), environment=home)


def ends_soon(program: PtyProgram) -> int:
    start = time.monotonic()
    status = program.wait_exit()
    assert time.monotonic() - start < SOON
    return status


def answered(program: PtyProgram) -> None:
    program.wait_for("of 34 cells")
    program.send("25\r")
    program.wait_for("1 of 34 cells")


def running_lab(program: PtyProgram) -> None:
    answered(program)
    program.press("f9")
    program.wait_for("step 0")
    program.send("++++ ")
    program.wait_for("Running")


def keys_over_worksheet(program: PtyProgram) -> None:
    answered(program)
    program.send("?")
    program.wait_for("Keys of this page")


def today(program: PtyProgram) -> None:
    program.open_row("Today")
    program.wait_until(lambda: "? keys" in program.text() and "> Today" not in program.text(), "another screen")


def workbench(program: PtyProgram) -> None:
    program.open_row("Workbench")
    program.wait_for("how it is read")
    program.send("f = q^2 + 17")
    program.wait_for("q^2 + 17_")


def search(program: PtyProgram) -> None:
    program.wait_for("gdtutor", "? keys")
    program.send("/gradient")
    program.wait_for("gradient_")


def palette(program: PtyProgram) -> None:
    program.wait_for("gdtutor", "? keys")
    program.send("\x0b")  # Ctrl+K
    program.wait_for("What can be done")


ENDS: dict[str, Callable[[PtyProgram], None]] = {
    "SIGTERM": lambda program: program.signal(signal.SIGTERM),
    "SIGHUP": lambda program: program.signal(signal.SIGHUP),
    "SIGINT": lambda program: program.signal(signal.SIGINT),
    "vanished": PtyProgram.hang_up,
}
PLACES: dict[str, tuple[Callable[[PtyProgram], None], bool]] = {
    "lab": (running_lab, True),
    "keys": (keys_over_worksheet, True),
    "today": (today, False),
    "workbench": (workbench, False),
    "search": (search, False),
    "palette": (palette, False),
}
"""Each with whether it is reached from the worksheet of a problem file."""


@pytest.mark.parametrize("end", ["SIGTERM", "vanished"])
@pytest.mark.parametrize("place", PLACES)
def test_wherever_the_learner_is(place: str, end: str, home: dict[str, str]) -> None:
    go, is_practice = PLACES[place]
    with worksheet(home) if is_practice else PtyProgram(TUTOR, environment=home) as program:
        go(program)
        started = descendants(program.pid)
        ENDS[end](program)
        status = ends_soon(program)
        wait_gone(started)
        if end != "vanished":
            assert status == 128 + signal.SIGTERM
            assert program.modes_restored
            assert b"\x1b[?1049l" in program.raw
            assert b"Traceback" not in program.raw
    if is_practice:
        with worksheet(home) as program:
            program.wait_for("1 of 34 cells")
    if place == "workbench":
        with PtyProgram(TUTOR, environment=home) as program:
            program.open_row("Workbench")
            program.wait_for("f = q^2 + 17_")


def derivation_goes_on(program: PtyProgram) -> list[int]:
    """Wait until SymPy works in its own process, and return that."""
    program.wait_for("deriving")

    def children() -> list[int]:
        return [pid for pid in descendants(program.pid) if "tutor.mathematics.child" in command_of(pid)]

    program.wait_until(lambda: bool(children()), "the process of SymPy")
    return children()


@pytest.mark.parametrize("end", [*ENDS, "killed", "escape", "ctrl+c"])
def test_while_a_problem_is_derived(end: str, slow_home: dict[str, str]) -> None:
    with worksheet(slow_home) as program:
        started = derivation_goes_on(program)
        if end in ENDS:
            ENDS[end](program)
        elif end == "killed":
            program.signal(signal.SIGKILL)
        else:
            program.press(end)
        ends_soon(program)
        wait_gone(started)
        if end not in {"vanished", "killed"}:
            assert program.modes_restored
            assert b"\x1b[?1049l" in program.raw
            assert b"Traceback" not in program.raw


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_while_a_problem_is_derived_and_the_terminal_takes_no_output(end: int, slow_home: dict[str, str]) -> None:
    with worksheet(slow_home) as program:
        started = derivation_goes_on(program)
        for _ in range(300):  # each is drawn anew, and nothing of it is read
            program.resize_without_reading()
        program.signal(end)
        start = time.monotonic()
        program.wait_exit_without_reading()
        assert time.monotonic() - start < SOON
        wait_gone(started)
        assert program.modes_restored


def test_the_terminal_vanishes_after_it_took_no_output(home: dict[str, str]) -> None:
    with worksheet(home) as program:
        answered(program)
        program.flood("\t" * 3000)
        program.hang_up()
        ends_soon(program)
    with worksheet(home) as program:
        program.wait_for("1 of 34 cells")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshServer]:
    if SSHD is None:
        pytest.skip("no sshd on this machine (Debian: openssh-server)")
    with SshServer(tmp_path / "ssh") as server:
        yield server


@pytest.mark.parametrize("way", ["~.", "client killed", "sshd killed"])
def test_a_login_that_breaks_while_a_problem_is_derived(
    way: str, server: SshServer, slow_home: dict[str, str], tmp_path: Path
) -> None:
    variables = " ".join(f"{name}={value}" for name, value in slow_home.items() if name != "HOME")
    remote = f"{variables} {' '.join(TUTOR)} practice {FIVE_WEIGHTS}"
    with PtyProgram(server.command(remote), environment={"HOME": str(tmp_path)}) as program:
        program.wait_for("deriving")
        started: list[int] = []

        def is_derived() -> bool:
            started[:] = [pid for pid in server.descendants() if "tutor." in command_of(pid)]
            return any("tutor.mathematics.child" in command_of(pid) for pid in started)

        program.wait_until(is_derived, "the process of SymPy")
        if way == "~.":
            program.send("\r~.")
        elif way == "client killed":
            program.signal(signal.SIGKILL)
        else:
            server.cut_connections()
        program.wait_exit()
        assert len(started) >= 2
        wait_gone(started)
        if way != "client killed":
            assert program.modes_restored
