"""How fast the engine trains: one step beside PyTorch and JAX, after all agree on the numbers; and the two spirals.

Run it with `python tests/benchmarks/engine.py`; it takes one thread. PyTorch and JAX are used where they are installed:
what is not there is left out of the table, and said. Everything is measured in turns in one run: the ratios count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from engine_case import Case, Floats, Run

from tutor.engine.data.named import named_table
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.settings import NetworkSettings, OptimizerSettings, ScheduleSettings, TrainingSettings
from tutor.engine.training import Training

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.engine.data.table import Dataset

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
COMPARED_STEPS = 50
CLOSE = 1e-12
ROUNDS = 9

CASES = [
    Case((2, 4, 4, 1), 10, "sgd", 20),
    Case((2, 4, 4, 1), 10, "adam", 20),
    Case((2, 8, 8, 2), 32, "sgd", 12),
    Case((2, 8, 8, 2), 32, "adam", 15),
    Case((2, 4, 4, 1), 500, "sgd", 4, batches=1),
    Case((2, 4, 4, 1), 500, "adam", 4, batches=1),
]


class Engine:
    """gdtutor's own step, as a run without anyone looking takes it."""

    name = "gdtutor"

    def __init__(self, case: Case, start: Floats) -> None:
        settings = case.settings()
        self._training = Training(settings, case.data())
        self._stretch = self._training._stretch
        self._stretch.moving.parameters[...] = start

    def steps(self, count: int) -> None:
        self._stretch.advance_to(self._stretch.steps + count)

    def parameters(self) -> Floats:
        return self._stretch.moving.parameters.copy()


def compare(case: Case, ways: list[Callable[[Case, Floats], Run]]) -> None:
    """Check that all agree after every step, then time them in turns and print a line each."""
    start = Training(case.settings(), case.data()).parameters
    runs = [make(case, start) for make in ways]
    worst = 0.0
    for _ in range(COMPARED_STEPS):
        for run in runs:
            run.steps(1)
        own = runs[0].parameters()
        distances = [float((np.abs(run.parameters() - own) / np.maximum(np.abs(own), 1e-3)).max()) for run in runs[1:]]
        worst = max([worst, *distances])
    print(f"\n{case.name}   largest relative distance over {COMPARED_STEPS} steps: {worst:.1e}")
    assert worst <= CLOSE, "the numbers differ: no figure is worth anything"
    count = case.batches if case.batches > 1 else COMPARED_STEPS
    times: dict[str, list[float]] = {run.name: [] for run in runs}
    for _ in range(ROUNDS + 1):
        for run in runs:
            begin = time.process_time()  # of this process alone, so that others on the machine do not count
            run.steps(count)
            times[run.name].append((time.process_time() - begin) / count * 1e6)
    own_time = statistics.median(times[runs[0].name][1:])
    for run in runs:
        median = statistics.median(times[run.name][1:])
        ratio = f"{median / own_time:6.2f}x" if run is not runs[0] else "      "
        wanted = f"  (wanted {case.wanted:g}x)" if run.name == "PyTorch eager" else ""
        print(f"  {run.name:16} {median:8.2f} µs a step  {ratio}{wanted}")


def spirals(seed: int) -> Dataset:
    """Return the set of that name, 70 % of it to train on, its inputs normalised on that part."""
    settings = PipelineSettings(validation_share=0, test_share=0.3, seed=seed)
    return prepare(named_table("spiral", seed=seed), settings).dataset


def spiral_settings(seed: int) -> TrainingSettings:
    """Return what fits both arms from most starts: short memory, a little L2, and η ten times smaller at the end."""
    schedule = ScheduleSettings("step", decay=0.1, every=270)
    return TrainingSettings(
        NetworkSettings((8, 8), "tanh", "cross-entropy"),
        OptimizerSettings("adam", eta=0.06, beta1=0.8, beta2=0.9, schedule=schedule),
        batch_size=10,
        epochs=300,
        l2=1e-4,
        seed=seed,
    )


def race() -> None:
    """Train 2-8-8-1 tanh with Adam on the spirals with twenty seeds."""
    optimizer = spiral_settings(0).optimizer
    print(f"\nTwo spirals, 2-8-8-1 tanh, batch 10, 300 epochs: {optimizer}, l2 = {spiral_settings(0).l2}")
    accuracies, seconds = [], []
    for seed in range(20):
        training = Training(spiral_settings(seed), spirals(seed))
        begin = time.perf_counter()
        for _ in training.run():
            pass
        seconds.append(time.perf_counter() - begin)
        accuracies.append(training.test_accuracy() or 0.0)
    good = sum(accuracy > 0.95 for accuracy in accuracies)
    print(f"  over 95 % on {good} of 20 seeds, lowest {min(accuracies):.3f}; slowest {max(seconds):.2f} s")


def makers() -> list[Callable[[Case, Floats], Run]]:
    """Return every way to train that is installed, the engine first."""
    found: list[Callable[[Case, Floats], Run]] = [Engine]
    if find_spec("torch"):
        from engine_torch import PlainTorch, Torch  # noqa: PLC0415 - only where it is installed

        found += [Torch, PlainTorch]
    else:
        print("PyTorch is not installed, so nothing is compared with it.")
    if find_spec("jax"):
        from engine_jax import Jax  # noqa: PLC0415 - only where it is installed

        found.append(Jax)
    else:
        print("JAX is not installed, so nothing is compared with it.")
    return found


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):  # these are read when NumPy is loaded
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    ways = makers()
    for case in CASES:
        compare(case, ways)
    race()


if __name__ == "__main__":
    main()
