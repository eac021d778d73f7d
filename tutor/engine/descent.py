"""Descent of any problem, or any function of one or two variables: a run that one can step through, also backwards."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tutor.engine.data.batching import batches
from tutor.engine.descent_divergence import before_any_step, diverged
from tutor.engine.descent_function import to_float
from tutor.engine.descent_step import DescentStep, clipped
from tutor.engine.error import EngineError
from tutor.engine.evaluation import Losses
from tutor.engine.history import History
from tutor.engine.optimizers import start_state, update
from tutor.engine.regularization import norm
from tutor.engine.schedules import learning_rate
from tutor.engine.settings import OptimizerSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tutor.engine.descent_function import ProblemFunction
    from tutor.engine.divergence import Divergence
    from tutor.mathematics.problem import Problem

    Floats = NDArray[np.float64]

State = Literal["ready", "running", "diverged", "stopped"]


def optimizer_of(problem: Problem) -> OptimizerSettings:
    """Return how a problem file moves its parameters; the usual settings where it does not say."""
    if problem.update is None:
        return OptimizerSettings()
    numbers: dict[str, Any] = {name: float(to_float(value)) for name, value in problem.update.hyperparameters.items()}
    return replace(OptimizerSettings(rule=problem.update.rule.name), **numbers)


@dataclass(slots=True)
class _Stretch:
    """Steps under the same settings, from step `since` on; the optimizer's state was all 0 after step `state_since`."""

    settings: OptimizerSettings
    since: int = 0
    state_since: int = 0
    history: History = field(default_factory=History)


class Descent:
    """One run downhill, which function, settings and start decide wholly.

    A mini-batch holds examples in their order, and each pass ends with a shorter one if need be; without examples every
    step is a pass of its own. The run is ready before its first step, then running; diverged once a number in it is
    infinite or nan (`divergence` tells why); stopped once its gradient was as small as asked for. Then it takes no more
    steps until it goes back or is reset.
    """

    def __init__(
        self,
        function: ProblemFunction,
        settings: OptimizerSettings | None = None,
        *,
        start: Floats | None = None,
        batch_size: int | None = None,
    ) -> None:
        """Make a run ready; what is left out is as the problem says.

        Raises EngineError for a start that has not one number for each parameter, and for a batch size below 1.
        """
        problem = function.problem
        self.function = function
        self._first_settings = settings or optimizer_of(problem)
        self._start = np.array(function.start if start is None else start, dtype=np.float64)
        if self._start.shape != function.start.shape:
            raise EngineError(f"the start needs a number for each of {', '.join(function.parameters)}.")
        size = problem.update.batch_size if batch_size is None and problem.update else batch_size
        count = function.example_count
        ranges = batches(count, size).ranges if count else (range(0),)
        self._batches = tuple(np.arange(part.start, part.stop) for part in ranges)
        self.reset()

    def reset(self) -> None:
        """Go to the start: the same parameters, the settings of the beginning."""
        settings = self._first_settings
        self._stretches = [_Stretch(settings)]
        self.steps = 0
        self._now = self._start, start_state(settings.rule, len(self._start))
        self._stretch.history.keep(0, *self._now)
        self._is_stopped = False
        self._losses = [self._loss_now()]
        is_finite = math.isfinite(self._losses[0].train)
        self.divergence: Divergence | None = None if is_finite else before_any_step(self.function, self._start)

    # -- where the run is

    @property
    def state(self) -> State:
        """Whether the run is ready, running, diverged or stopped."""
        if self.divergence:
            return "diverged"
        if self._is_stopped:
            return "stopped"
        return "running" if self.steps else "ready"

    @property
    def settings(self) -> OptimizerSettings:
        """The settings in force."""
        return self._stretch.settings

    @property
    def steps_per_epoch(self) -> int:
        """How many steps one pass over the examples takes."""
        return len(self._batches)

    @property
    def epochs(self) -> int:
        """How many passes are complete."""
        return self.steps // self.steps_per_epoch

    @property
    def parameters(self) -> Floats:
        """A copy of the parameters now, in the problem's order."""
        return self._now[0].copy()

    @property
    def optimizer_state(self) -> Floats:
        """A copy of the optimizer's state, with a row for each name in optimizers.STATES."""
        return self._now[1].copy()

    @property
    def loss(self) -> float:
        """The objective over all examples, now."""
        return self.function.value(self._now[0])

    def losses(self) -> tuple[Losses, ...]:
        """Return the objective over all examples, as the training loss: at the start, and after each pass."""
        return tuple(self._losses)

    def path(self, steps: int = 1_000) -> Floats:
        """Return where the run was before and after its last steps; shape (points, parameters), the newest last."""
        first = max(0, self.steps - steps)
        point = self._after(first)
        points = [point[0]]
        for number in range(first, self.steps):
            if self._stretch_of(number).since == number:
                point = self._after(number)  # with the optimizer's state that the new settings begin with
            point = self._moved(number, *point)
            points.append(point[0])
        return np.array(points)

    # -- moving

    def step(self) -> DescentStep | None:
        """Take one step and return it; None where the run takes no more."""
        if self.state in {"diverged", "stopped"}:
            return None
        before = self._now
        self._now = self._moved(self.steps, *before)
        self.steps += 1
        taken = self._step(self.steps, before, self._now)
        loss = self._loss_now()
        if math.isfinite(loss.train) and all(np.isfinite(numbers).all() for numbers in self._now):
            self._stretch.history.keep(self.steps, *self._now)
        else:
            self.divergence = diverged(taken)
        if self.steps % self.steps_per_epoch == 0:
            self._losses.append(loss)
        return taken

    def epoch(self) -> DescentStep | None:
        """Take the steps that are left of this pass and return the last; None where the run takes no more."""
        last = taken = self.step()
        while taken and self.steps % self.steps_per_epoch:
            last, taken = taken, self.step()
        return taken or last

    def run(self, epochs: int, smallest_gradient: float = 0.0) -> Iterator[Losses]:
        """Descend until so many passes are done in all; yield the losses after each.

        It ends early where the run diverges, and where the norm of the gradient over all examples is below
        `smallest_gradient`: then the run is stopped.
        """
        while self.epochs < epochs and self.state not in {"diverged", "stopped"}:
            if smallest_gradient and norm(self.function.gradient(self._now[0])) < smallest_gradient:
                self._is_stopped = True
                return
            self.epoch()
            if len(self._losses) > self.epochs:
                yield self._losses[-1]

    def back(self) -> DescentStep | None:
        """Take the last step back and return it; None at the start. A change of settings after it is taken back too."""
        if not self.steps:
            return None
        target = self.steps - 1
        while self._stretch.since > target:
            self._stretches.pop()
        self._now = self._after(target)
        taken = self._step(self.steps, self._now, self._moved(target, *self._now))
        self.steps = target
        self._is_stopped, self.divergence = False, None
        del self._losses[self.epochs + 1 :]
        return taken

    def change(self, settings: OptimizerSettings) -> None:
        """Go on with other settings from here.

        The optimizer's state is kept where the rule stays the same, else it starts at 0.
        Raises EngineError where the run takes no more steps.
        """
        if self.state in {"diverged", "stopped"}:
            raise EngineError(f"the run is {self.state} and does not go on. Step back or reset it first.")
        old = self._stretch
        parameters, state = self._now
        same_rule = settings.rule == old.settings.rule
        self._now = parameters, state if same_rule else start_state(settings.rule, len(parameters))
        self._stretches.append(_Stretch(settings, self.steps, old.state_since if same_rule else self.steps))
        self._stretch.history.keep(self.steps, *self._now)

    # -- how

    @property
    def _stretch(self) -> _Stretch:
        return self._stretches[-1]

    def _stretch_of(self, step: int) -> _Stretch:
        """Return the stretch in which the step after so many steps lies."""
        return next(stretch for stretch in reversed(self._stretches) if stretch.since <= step)

    def _moved(self, steps: int, parameters: Floats, state: Floats) -> tuple[Floats, Floats]:
        """Return parameters and state after one more step than `steps`."""
        stretch = self._stretch_of(steps)
        batch = self._batches[steps % self.steps_per_epoch]
        settings = stretch.settings
        with np.errstate(all="ignore"):
            gradient = self.function.gradient(parameters, batch if self.function.example_count else None)
            used = clipped(gradient, settings.clip)
            return update(settings, self._eta(steps), parameters, used, state, steps - stretch.state_since + 1)

    def _eta(self, steps: int) -> float:
        return learning_rate(self._stretch_of(steps).settings, steps // self.steps_per_epoch)

    def _after(self, step: int) -> tuple[Floats, Floats]:
        """Return parameters and state after so many steps, worked out again from the nearest ones kept."""
        snapshot = self._stretch_of(step).history.nearest(step)
        now = snapshot.parameters, snapshot.state
        for passed in range(snapshot.step, step):
            now = self._moved(passed, *now)
        return now

    def _loss_now(self) -> Losses:
        return Losses(self.epochs, self.function.value(self._now[0]), math.nan, math.nan)

    def _step(self, number: int, before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> DescentStep:
        stretch = self._stretch_of(number - 1)
        return DescentStep(
            number=number,
            epoch=(number - 1) // self.steps_per_epoch + 1,
            batch=self._batches[(number - 1) % self.steps_per_epoch],
            eta=self._eta(number - 1),
            time=number - stretch.state_since,
            parameters_before=before[0],
            parameters_after=after[0],
            state_before=before[1],
            state_after=after[1],
            function=self.function,
            settings=stretch.settings,
        )
