"""The start, the bytes and the keys, beside the least that a Textual app can be, in one run.

Run it with `python tests/benchmarks/start.py`. Both programs are started in turns in real pseudo-terminals; what counts
is the ratio. Peers are measured too where they are installed (harlequin, toolong). Nothing is asserted here.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "terminal"))

from memory import memory_of
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
STARTS = 7
_IDLE_SECONDS = 5.0
_QUIET = 0.15
EARLY_STARTS = 3
_EARLY_SECONDS = 3.0
_BETWEEN_KEYS = 0.03
_ARROWS = ("\x1b[B", "\x1b[B", "\x1b[A", "\x1b[A")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """A program to be started, and by what its first usable frame is known."""

    name: str
    command: tuple[str, ...]
    frame: str
    """A text in the last part of the first frame."""
    early: tuple[str, ...] = _ARROWS
    """Keys of which each one changes the screen, pressed again and again in this order."""


@dataclass(frozen=True)
class Start:
    """What one start took."""

    seconds: float
    bytes: int
    memory: int
    """Proportional set size in bytes, of the program and what it started."""


def programs(folder: Path) -> list[Measured]:
    """Return the bare app, gdtutor, and the peers that are installed."""
    found = [
        Measured(
            "bare app", (sys.executable, str(ROOT / "tests" / "terminal" / "floor_app.py")), "palette", ("a", "\x7f")
        ),
        Measured("gdtutor", (sys.executable, "-m", "tutor.cli"), "quit"),
    ]
    log = folder / "some.log"
    log.write_text("a line\n" * 100)
    for name, arguments, frame in (("harlequin", (), "Run Query"), ("tl", (str(log),), "a line")):
        if shutil.which(name):
            found.append(Measured(name, (name, *arguments), frame))
    return found


def started(program: Measured, folder: Path, quiet: float = _QUIET) -> tuple[PtyProgram, Start]:
    """Start a program and wait until its first frame is there, and for some seconds more what it still writes."""
    environment = {"GDTUTOR_HOME": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    begin = time.perf_counter()
    terminal = PtyProgram(program.command, environment=environment)
    terminal.wait_for(program.frame, patience=60)
    seconds = time.perf_counter() - begin
    terminal.rest(quiet)
    return terminal, Start(seconds, terminal.received, memory_of(terminal.pid).proportional)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def starts(found: list[Measured], folder: Path) -> None:
    """Print what starting takes."""
    measured: dict[str, list[Start]] = {program.name: [] for program in found}
    for _ in range(STARTS + 1):
        for program in found:
            terminal, start = started(program, folder / program.name)
            terminal.kill()
            terminal.close()
            measured[program.name].append(start)
    floor = _middle([start.seconds for start in measured["bare app"][1:]])
    small = _middle([start.memory for start in measured["bare app"][1:]])
    print(f"{'':12}{'first frame':>14}{'ratio':>8}{'bytes':>9}{'memory':>10}{'ratio':>8}")
    for name, each in measured.items():
        seconds = _middle([start.seconds for start in each[1:]])  # the first start fills the caches
        memory = _middle([start.memory for start in each[1:]])
        print(
            f"{name:12}{1000 * seconds:11.0f} ms{seconds / floor:8.2f}{each[-1].bytes:9}"
            f"{memory / 1e6:7.1f} MB{memory / small:8.2f}"
        )


def keys(found: list[Measured], folder: Path) -> None:
    """Print the bytes and the processor time of a key, and what goes on while nothing is pressed."""
    print(f"\n{'':12}{'arrow':>12}{'processor':>12}{'idle bytes':>12}{'idle processor':>16}{'idle memory':>14}")
    for program in found:
        terminal, _ = started(program, folder / program.name)
        with terminal:
            terminal.rest(1.0)
            before, used = terminal.received, processor_seconds(terminal.pid)
            rounds = 20
            for number in range(rounds):
                terminal.send(_ARROWS[number % len(_ARROWS)])
                terminal.rest(_QUIET)
            sent = (terminal.received - before) / rounds
            spent = (processor_seconds(terminal.pid) - used) / rounds
            terminal.rest(0.5)
            before, used = terminal.received, processor_seconds(terminal.pid)
            terminal.rest(_IDLE_SECONDS)
            idle, busy = terminal.received - before, processor_seconds(terminal.pid) - used
            memory = memory_of(terminal.pid).proportional / 1e6
            print(f"{program.name:12}{sent:10.0f} B{1000 * spent:9.1f} ms{idle:10} B{busy:14.2f} s{memory:11.1f} MB")


def early_keys(found: list[Measured], folder: Path) -> None:
    """Print how long keys wait for their answer right after the first frame, while more is still being worked out."""
    waits: dict[str, list[float]] = {program.name: [] for program in found}
    for _ in range(EARLY_STARTS):
        for program in found:
            terminal, _ = started(program, folder / program.name, quiet=0)
            with terminal:
                waits[program.name] += _early_waits(terminal, program)
    counted = f"keys of {_EARLY_SECONDS:.0f} s"
    print(f"\n{'':12}{counted:>12}{'median':>12}{'95 %':>12}{'longest':>12}")
    for name, each in waits.items():
        in_order = sorted(each)
        late = in_order[int(0.95 * len(in_order))]
        shown = "".join(f"{1000 * wait:9.1f} ms" for wait in (_middle(in_order), late, in_order[-1]))
        print(f"{name:12}{len(in_order):12}{shown}")


def _early_waits(terminal: PtyProgram, program: Measured) -> list[float]:
    """Return the seconds until each key was answered, of keys pressed one after another."""
    waits = []
    end = time.perf_counter() + _EARLY_SECONDS
    while (begin := time.perf_counter()) < end:
        before = terminal.received
        terminal.send(program.early[len(waits) % len(program.early)])
        terminal.wait_until(lambda before=before: terminal.received > before, "the answer to a key")
        waits.append(time.perf_counter() - begin)
        terminal.rest(_BETWEEN_KEYS)
    return waits


def _middle(values: list[float] | list[int]) -> float:
    return float(statistics.median(values))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        measured_programs = programs(base)
        starts(measured_programs, base)
        keys(measured_programs, base)
        early_keys(measured_programs[:2], base)
