"""What a running lab costs: bytes a second to the terminal, and how long a key takes to be answered meanwhile.

Run it as a script: python tests/benchmarks/lab.py. Then the run is stopped, and the same screen
is measured idle.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1] / "terminal"))

from pty_driver import PtyProgram
from test_lab_terminal import COMMAND, open_lab

SECONDS = 5.0
KEYS = 40
KINDS = {
    "parabola": "curve",
    "bowl": "surface with path",
    "curved-valley": "three paths",
    "line": "fit",
    "xor": "map",
    "spiral": "map",
}


def key_times(program: PtyProgram, count: int) -> list[float]:
    """Return the milliseconds until the screen shows another learning rate."""
    times = []
    for number in range(count):
        before = program.text().splitlines()[0]
        begin = time.perf_counter()
        program.send("e" if number % 2 else "E")
        program.wait_until(lambda seen=before: eta(program.text()) != eta(seen), "η to change")  # type: ignore[misc]  # bound now
        times.append(1000 * (time.perf_counter() - begin))
        program.rest(0.03)
    return times


def eta(screen: str) -> str:
    return screen.splitlines()[0].partition("η ")[2].split()[0]


def measure(name: str) -> None:
    with tempfile.TemporaryDirectory() as home, PtyProgram(COMMAND, environment={"GDTUTOR_HOME": home}) as program:
        open_lab(program, name)
        program.send(" ")  # ten steps a second, a picture for each
        program.rest(0.5)
        before, begin = program.received, time.perf_counter()
        program.rest(SECONDS)
        rate = (program.received - before) / (time.perf_counter() - begin)
        program.send("++++")
        program.rest(0.5)
        before, begin = program.received, time.perf_counter()
        program.rest(SECONDS)
        fast_rate = (program.received - before) / (time.perf_counter() - begin)
        busy = key_times(program, KEYS)
        program.send(" ")
        program.rest(0.5)
        idle = key_times(program, KEYS)  # with the same long run to draw
    ratio = percentile(busy) / percentile(idle)
    print(
        f"{name:14} {KINDS[name]:18} {rate / 1000:5.2f} kB/s at 10 steps/s, {fast_rate / 1000:5.2f} kB/s at full speed;"
        f" a key: idle median {median(idle):.0f}, 95 % {percentile(idle):.0f} ms, running {median(busy):.0f}, "
        f"{percentile(busy):.0f} ms, ratio {ratio:.2f}"
    )


def percentile(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    for each in sys.argv[1:] or KINDS:
        measure(each)
