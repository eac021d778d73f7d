"""A stretch of a run under the same settings: it takes steps, and finds the numbers after any of them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.history import History
from tutor.engine.regularization import dropout_factors
from tutor.engine.schedules import learning_rate
from tutor.engine.step_building import BuiltStep, Moving, build_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tutor.engine.batches import Batch, Batches
    from tutor.engine.history import Snapshot
    from tutor.engine.network import Network
    from tutor.engine.settings import TrainingSettings

    Floats = NDArray[np.float64]


class Stretch:
    """Takes steps from where `start` is; `state_since` is the step after which the optimizer's state was all 0."""

    def __init__(
        self,
        network: Network,
        batches: Batches,
        settings: TrainingSettings,
        start: Snapshot,
        state_since: int = 0,
    ) -> None:
        self.settings = settings
        self.since = start.step
        self.state_since = state_since
        self.steps = start.step
        self.moving = Moving(start.parameters, start.state)
        self._network = network
        self._batches = batches
        self._history = History()
        self._built: dict[int, BuiltStep] = {}
        self._ends = np.cumsum(network.sizes[1:-1])  # of the hidden layers among all hidden units
        self.keep()

    def eta(self, step: int) -> float:
        """Return the learning rate of the step after so many steps."""
        return learning_rate(self.settings.optimizer, step // self._batches.per_epoch)

    def keep(self) -> None:
        """Keep the numbers as they are now, to come back to."""
        self._history.keep(self.steps, self.moving.parameters, self.moving.state)

    def advance_to(self, end: int) -> bool:
        """Take steps until `end` are done; break off and return False where a number is no longer finite.

        Then as many steps are done as before the group of batches in which it happened.
        """
        while self.steps < end:
            for group in self._batches.groups(self.steps):
                if self.steps == end:
                    break
                if not self._advance(group[: end - self.steps]):
                    return False
        return True

    def step(self) -> bool:
        """Take one step; return whether every number is still finite."""
        with np.errstate(all="ignore"):
            self._run([self._batches.batch(self.steps)])
        self.steps += 1
        return self.moving.is_finite

    def go_to(self, step: int) -> None:
        """Bring the numbers after a step back: the step lies between `since` and the steps done."""
        snapshot = self._history.nearest(step)
        self.moving.set(snapshot.parameters, snapshot.state)
        self.steps = snapshot.step
        with np.errstate(all="ignore"):
            while self.steps < step:
                self._run([self._batches.batch(self.steps)])
                self.steps += 1

    def forget_after(self, step: int) -> None:
        """Give up what is kept of the time after a step."""
        self._history.forget_after(step)

    def _advance(self, batches: Sequence[Batch]) -> bool:
        self.keep()
        begin = self.steps
        with np.errstate(all="ignore"):
            self._run(batches)
        if not self.moving.is_finite:
            self.go_to(begin)
            return False
        self.steps += len(batches)
        return True

    def _run(self, batches: Sequence[Batch]) -> None:
        """Run the steps of batches that follow each other within one epoch; only the last may be a shorter one."""
        eta, time = self.eta(self.steps), self.steps - self.state_since
        if self._ends.size and self.settings.dropout:
            self._run_dropping(batches, eta, time)
            return
        run = self._step_for(batches[0]).run
        for inputs, transposed, targets in batches[:-1]:
            time += 1
            run(inputs, transposed, targets, eta, time)
        self._step_for(batches[-1]).run(*batches[-1], eta, time + 1)

    def _run_dropping(self, batches: Sequence[Batch], eta: float, time: int) -> None:
        """Run the steps, each with its own units left out."""
        share, seed, units = self.settings.dropout, self.settings.seed, self._network.hidden_units
        for number, batch in enumerate(batches):
            built = self._step_for(batch)
            factors = dropout_factors(seed, self.steps + number, units, batch.targets.shape[1], share)
            for rows, drawn in zip(built.factors, np.split(factors, self._ends[:-1]), strict=True):
                rows[...] = drawn
            built.run(*batch, eta, time + number + 1)

    def _step_for(self, batch: Batch) -> BuiltStep:
        examples = batch.targets.shape[1]
        if examples not in self._built:
            self._built[examples] = build_step(self._network, self.settings, self.moving, examples)
        return self._built[examples]
