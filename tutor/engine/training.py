"""The training loop: one mini-batch after the other, forwards and back, always with exactly the same numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tutor.engine.batches import Batches
from tutor.engine.divergence import Divergence, before_any_step, diverged
from tutor.engine.error import EngineError
from tutor.engine.evaluation import Losses, accuracy_on, losses_of
from tutor.engine.history import Snapshot
from tutor.engine.initial import initial_parameters
from tutor.engine.network import network_for
from tutor.engine.optimizers import start_state
from tutor.engine.regularization import best_epoch
from tutor.engine.step import Step
from tutor.engine.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tutor.engine.data.table import Dataset
    from tutor.engine.settings import TrainingSettings

    Floats = NDArray[np.float64]

State = Literal["ready", "running", "diverged", "stopped"]


class Training:
    """One run, which settings and data decide wholly.

    It is ready before its first step, then running; diverged once a number in it is infinite or nan (`divergence` tells
    why); stopped once early stopping ended it, and then `parameters` are those of the best epoch. A run that is
    diverged or stopped takes no more steps until it goes back or is reset.
    """

    def __init__(self, settings: TrainingSettings, data: Dataset, *, initial: Floats | None = None) -> None:
        """Make a run ready. `initial` are the parameters to start with, for the settings' initial "given".

        Raises EngineError where settings, data and `initial` do not fit each other.
        """
        _check_data(settings, data)
        self.data = data
        self.network = network_for(settings.network, data)
        self._first_settings = settings
        self._start = initial_parameters(self.network, settings.network.initial, settings.seed, initial)
        self._batches = Batches(
            data.train_inputs, data.train_targets, settings.batch_size, shuffle=settings.shuffle, seed=settings.seed
        )
        self.reset()

    def reset(self) -> None:
        """Go to the start: the same weights, the same order of examples, the settings of the beginning."""
        settings = self._first_settings
        state = start_state(settings.optimizer.rule, self.network.parameter_count)
        start = Snapshot(0, self._start, state)
        self._stretches = [Stretch(self.network, self._batches, settings, start)]
        self._losses = [losses_of(self.network, self._start, self.data, 0)]
        self._best: Floats | None = None
        self.divergence: Divergence | None = None
        if not math.isfinite(self._losses[0].train):
            self.divergence = before_any_step()

    # -- where the run is

    @property
    def state(self) -> State:
        """Whether the run is ready, running, diverged or stopped."""
        if self.divergence:
            return "diverged"
        if self._best is not None:
            return "stopped"
        return "running" if self.steps else "ready"

    @property
    def settings(self) -> TrainingSettings:
        """The settings in force."""
        return self._stretch.settings

    @property
    def steps(self) -> int:
        """How many steps are done."""
        return self._stretch.steps

    @property
    def steps_per_epoch(self) -> int:
        """How many steps go once through the training part."""
        return self._batches.per_epoch

    @property
    def epochs(self) -> int:
        """How many epochs are complete."""
        return self.steps // self.steps_per_epoch

    @property
    def parameters(self) -> Floats:
        """A copy of the parameters now, as a flat vector; `network.names` tells which is which."""
        return self._stretch.moving.parameters.copy() if self._best is None else self._best.copy()

    @property
    def optimizer_state(self) -> Floats:
        """A copy of the optimizer's state, with a row for each name in optimizers.STATES."""
        return self._stretch.moving.state.copy()

    def losses(self) -> tuple[Losses, ...]:
        """Return the losses on each part, first before any step, then after each complete epoch."""
        return tuple(self._losses)

    def test_accuracy(self) -> float | None:
        """Return the share of the test part classified rightly; None for a regression, or without a test part."""
        if self.data.kind == "regression":
            return None
        return accuracy_on(self.network, self.parameters, self.data.test_inputs, self.data.test_targets)

    def predict(self, inputs: Floats) -> Floats:
        """Return what the network says now about inputs (examples, inputs): numbers, or probabilities."""
        with np.errstate(all="ignore"):
            return self.network.predict(self.parameters, inputs)

    # -- moving

    def step(self) -> Step | None:
        """Take one step and return it; None where the run takes no more."""
        if self.state in {"diverged", "stopped"}:
            return None
        taken, is_finite = self._take()
        if is_finite:
            self._stretch.keep()
            self._end_epoch(taken)
        else:
            self.divergence = diverged(taken)
        return taken

    def epoch(self) -> Step | None:
        """Take the steps that are left of this epoch and return the last; None where the run takes no more."""
        if self.state in {"diverged", "stopped"}:
            return None
        last = (self.epochs + 1) * self.steps_per_epoch - 1
        return self.step() if self._stretch.advance_to(last) else self._step_until_diverged()

    def run(self, epochs: int | None = None) -> Iterator[Losses]:
        """Train until so many epochs are done in all (as the settings say, if None); yield the losses after each.

        Nothing is kept of single steps. It ends early where the run diverges or is stopped.
        """
        end = self.settings.epochs if epochs is None else epochs
        while self.epochs < end and self.state not in {"diverged", "stopped"}:
            known = len(self._losses)
            self.epoch()
            yield from self._losses[known:]

    def back(self) -> Step | None:
        """Take the last step back and return it; None at the start. A change of settings after it is taken back too."""
        if not self.steps:
            return None
        target = self.steps - 1
        while self._stretch.since > target:
            self._stretches.pop()
        self._stretch.go_to(target)
        taken, _ = self._take()
        self._stretch.go_to(target)
        self._stretch.forget_after(target)
        self._best, self.divergence = None, None
        del self._losses[self.epochs + 1 :]
        return taken

    def change(self, settings: TrainingSettings) -> None:
        """Go on with other settings from here: another optimizer, η, penalty, dropout or patience.

        The optimizer's state is kept where the rule stays the same, else it starts at 0. Raises EngineError for what
        only a new run can change: the network, the batches, the seed.
        """
        if self.state in {"diverged", "stopped"}:
            raise EngineError(f"the run is {self.state} and does not go on. Step back or reset it first.")
        old = self._stretch
        changeable = {
            name: getattr(settings, name) for name in ("optimizer", "epochs", "l1", "l2", "dropout", "patience")
        }
        if replace(old.settings, **changeable) != settings:
            raise EngineError(
                "network, batch size, order and seed belong to a whole run. Start a new one to change them."
            )
        _check_data(settings, self.data)
        same_rule = settings.optimizer.rule == old.settings.optimizer.rule
        state = old.moving.state if same_rule else start_state(settings.optimizer.rule, self.network.parameter_count)
        start = Snapshot(old.steps, old.moving.parameters, state)
        state_since = old.state_since if same_rule else old.steps
        self._stretches.append(Stretch(self.network, self._batches, settings, start, state_since))

    # -- how

    @property
    def _stretch(self) -> Stretch:
        return self._stretches[-1]

    def _take(self) -> tuple[Step, bool]:
        """Take one step; return it and whether every number is still finite."""
        stretch = self._stretch
        number = stretch.steps
        before, state_before = stretch.moving.parameters.copy(), stretch.moving.state.copy()
        is_finite = stretch.step()
        taken = Step(
            number=number + 1,
            epoch=number // self.steps_per_epoch + 1,
            batch=self._batches.places(number),
            eta=stretch.eta(number),
            time=number - stretch.state_since + 1,
            parameters_before=before,
            parameters_after=stretch.moving.parameters.copy(),
            state_before=state_before,
            state_after=stretch.moving.state.copy(),
            network=self.network,
            settings=stretch.settings,
            data=self.data,
        )
        return taken, is_finite

    def _step_until_diverged(self) -> Step | None:
        taken = None
        while not self.divergence:
            taken = self.step()
        return taken

    def _end_epoch(self, last: Step) -> None:
        """After the last step of an epoch: note the losses, and see whether the run goes on."""
        if self.steps % self.steps_per_epoch:
            return
        losses = losses_of(self.network, last.parameters_after, self.data, self.epochs)
        self._losses.append(losses)
        if not math.isfinite(losses.train):
            self.divergence = diverged(last)
            return
        patience = self.settings.patience
        if patience is not None:
            best = best_epoch([each.validation for each in self._losses[1:]], patience)
            if best is not None:
                self._best = self._parameters_after(best * self.steps_per_epoch)

    def _parameters_after(self, step: int) -> Floats:
        """Return the parameters after a step that lies in the past."""
        stretch = next(stretch for stretch in reversed(self._stretches) if stretch.since <= step)
        now = stretch.steps
        stretch.go_to(step)
        found = stretch.moving.parameters.copy()
        stretch.go_to(now)
        return found


def _check_data(settings: TrainingSettings, data: Dataset) -> None:
    if not len(data.train_inputs):
        raise EngineError(f"{data.name} has no examples to train on. Give the training part at least one.")
    if settings.patience is not None and not len(data.validation_inputs):
        raise EngineError(
            "early stopping needs a validation part, and there is none. Split one off, or stop by epochs."
        )
