"""The memory before the first check, beside that of a bare Textual app; and that of many learners on one machine.

Run it with `python tests/benchmarks/memory.py`. All are real processes in real pseudo-terminals. Resident memory is
all that a process uses; proportional memory (PSS) counts what several processes share only once. Nothing is asserted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1] / "terminal"))

from pty_driver import PtyProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LEARNERS = 10
MANY = 40
_AT_REST = 2.0
"""Seconds after which nothing more is loaded for what is shown."""
_HELD_NAME = "held"
_HELD = f"""
import sys
if "tutor.mathematics.child" in sys.orig_argv:
    import time
    import tutor.mathematics.symbolic as symbolic
    find = symbolic.differentiate_all
    def found_and_held(wanted):
        find(wanted)
        with open("/proc/self/comm", "w") as name:
            name.write("{_HELD_NAME}")
        time.sleep(600)
    symbolic.differentiate_all = found_and_held
"""
"""Python reads this module before it begins: what SymPy finds is not answered, so that all are measured at once."""


@dataclass(frozen=True)
class Memory:
    """What a program takes with all that it started, in bytes."""

    resident: int
    proportional: int


def memory_of(pid: int) -> Memory:
    """Return the memory of a process and its children."""
    sums = {"Rss:": 0, "Pss:": 0}
    for process in (pid, *_children(pid)):
        with suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                name, *rest = line.split()
                if name in sums:
                    sums[name] += int(rest[0]) * 1024
    return Memory(sums["Rss:"], sums["Pss:"])


def _children(pid: int) -> list[int]:
    """Return the processes that a process, in whatever thread, has started."""
    with suppress(OSError):
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
        return [int(child) for task in tasks for child in task.read_text().split()]
    return []


def before_the_first_check(folder: Path) -> None:
    """Print what each kind of page takes before anything is answered on it."""
    course, sheet = (sys.executable, "-m", "tutor.cli"), ROOT / "lessons" / "problems" / "five-weights.toml"
    floor = (sys.executable, str(ROOT / "tests" / "terminal" / "floor_app.py"))
    measured: dict[str, Memory] = {}
    with _running(floor, folder / "floor") as terminal:
        measured["a bare Textual app"] = _memory_at_rest(terminal, "palette")
    with _running(course, folder / "course") as terminal:
        measured["home"] = _memory_at_rest(terminal, "lessons done")
        terminal.press("enter")
        measured["the page of a lesson"] = _memory_at_rest(terminal, "page 1 of")
    with _running(course, folder / "course") as terminal:
        terminal.open_row("    1.2 A machine")
        for page in (1, 2):
            terminal.wait_for(f"page {page} of")
            terminal.send("n")
        terminal.wait_for("page 3 of")
        terminal.press("enter")
        measured["a worksheet of a lesson"] = _memory_at_rest(terminal, "of 2 cells")
    with _running((*course, "practice", str(sheet)), folder / "sheet") as terminal:
        measured["a worksheet of a file"] = _memory_at_rest(terminal, "of 34 cells")
    least = measured["a bare Textual app"]
    print(f"{'before the first check':28}{'resident':>12}{'ratio':>8}{'proportional':>15}{'ratio':>8}")
    for name, memory in measured.items():
        print(
            f"{name:28}{memory.resident / 1e6:9.1f} MB{memory.resident / least.resident:8.2f}"
            f"{memory.proportional / 1e6:12.1f} MB{memory.proportional / least.proportional:8.2f}"
        )


@contextmanager
def _running(command: tuple[str, ...], folder: Path) -> Iterator[PtyProgram]:
    environment = {"GDTUTOR_HOME": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    with PtyProgram(command, environment=environment) as terminal:
        yield terminal


def _memory_at_rest(terminal: PtyProgram, text: str) -> Memory:
    terminal.wait_for(text, patience=60)
    terminal.rest(_AT_REST)
    return memory_of(terminal.pid)


def learners(folder: Path) -> None:
    """Print the memory of many learners on one machine, and of the worst moment: SymPy at work for all of them."""
    (folder / "held").mkdir()
    (folder / "held" / "sitecustomize.py").write_text(_HELD)
    with ExitStack() as stack:
        terminals = [stack.enter_context(_at_work(folder, number)) for number in range(LEARNERS)]
        _tell_memory("each with a lab that has run", [memory_of(terminal.pid).proportional for terminal in terminals])
        for terminal in terminals:
            _derive(terminal)
        for terminal in terminals:
            terminal.wait_until(lambda terminal=terminal: _is_held(terminal.pid), "SymPy at work", patience=60)
        _tell_memory("and SymPy at work for each", [memory_of(terminal.pid).proportional for terminal in terminals])


def _tell_memory(what: str, each: list[int]) -> None:
    total = sum(each)
    print(
        f"\n{LEARNERS} learners, {what}: {total / 1e6:.0f} MB in all, "
        f"{statistics.mean(each) / 1e6:.1f} MB each; {MANY} would take {MANY * total / LEARNERS / 1e9:.2f} GB"
    )


def _at_work(folder: Path, number: int) -> PtyProgram:
    home = folder / str(number)
    environment = {"GDTUTOR_HOME": str(home), "HOME": str(home), "PYTHONPATH": f"{folder / 'held'}:{ROOT}"}
    terminal = PtyProgram((sys.executable, "-m", "tutor.cli"), environment=environment)
    terminal.open_row("Lab")
    terminal.wait_for("Lab: watch it learn", patience=60)
    terminal.open_row("circle")
    terminal.wait_for("step 0", patience=60)
    terminal.send("SS")
    terminal.wait_for("epoch 2", patience=60)
    return terminal


def _derive(terminal: PtyProgram) -> None:
    """Go from the lab to a problem of one's own that is derived for a long time."""
    terminal.press("escape")
    terminal.wait_for("Lab: watch it learn")
    terminal.press("escape")
    terminal.wait_for("lessons done", "> Lab")
    terminal.press("up")
    terminal.wait_for("> Workbench")
    terminal.press("enter")
    terminal.wait_for("how it is read")
    terminal.send("f = sin(x)^2*exp(x), x = 3")
    terminal.wait_for("parameters  x = 3")
    terminal.press("f2")
    terminal.wait_for("What to do with it")
    terminal.press("enter")
    terminal.wait_for("deriving")


def _is_held(pid: int) -> bool:
    """Whether a child of a process has loaded SymPy, found its derivatives, and waits."""
    environments = (Path(f"/proc/{child}/comm") for child in _children(pid))
    return any(path.read_text().strip() == _HELD_NAME for path in environments if path.exists())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        before_the_first_check(base)
        learners(base)
