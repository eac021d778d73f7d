"""One run of a lab: it goes on, back and to its start, and its settings may change on the way."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.engine.descent import Descent
from tutor.engine.evaluation import loss_on
from tutor.lab.material import Material, Stepper, stepper

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tutor.engine.descent_step import DescentStep
    from tutor.engine.step import Step
    from tutor.lab.settings import LabSettings

    Floats = NDArray[np.float64]

_MOST_DRAWN = 2
"""Parameters of which the whole path is remembered: more cannot be drawn."""


@dataclass(slots=True)
class _Stage:
    """Steps that one stepper takes, after so many taken by those before it."""

    settings: LabSettings
    stepper: Stepper
    before: int
    epochs_before: int


class Run:
    """One run. The same settings, changed at the same steps, give the same numbers, forwards and back.

    `last` is the step taken last; `reached` tells which stop rule ended the run, until it goes on.
    """

    def __init__(self, settings: LabSettings, material: Material) -> None:
        """Stand at the start. Raises EngineError where settings and material do not fit each other."""
        self.material = material
        self._begin(settings)

    def reset(self) -> None:
        """Go to the same start, with the settings in force."""
        self._begin(self.settings)

    def _begin(self, settings: LabSettings) -> None:
        self._stages = [_Stage(settings, stepper(settings, self.material), 0, 0)]
        self.last: Step | DescentStep | None = None
        self.reached = ""
        self._visited = array("d")
        self._losses = array("d")
        self._remember()

    # -- where it is

    @property
    def settings(self) -> LabSettings:
        """The settings in force."""
        return self._stage.settings

    @property
    def stepper(self) -> Stepper:
        """What takes the steps now."""
        return self._stage.stepper

    @property
    def steps(self) -> int:
        """How many steps are taken."""
        return self._stage.before + self.stepper.steps

    @property
    def epochs(self) -> int:
        """How many times the run has been through its examples; without examples, how many steps are taken."""
        return self._stage.epochs_before + self.stepper.epochs

    @property
    def names(self) -> Sequence[str]:
        """The names of the parameters."""
        now = self.stepper
        return now.function.parameters if isinstance(now, Descent) else now.network.names

    @property
    def parameters(self) -> Floats:
        """The parameters now, as a flat vector in the order of `names`."""
        return self.stepper.parameters

    @property
    def trouble(self) -> str:
        """Why the run cannot go on, in a sentence; nothing where it can."""
        divergence = self.stepper.divergence
        return divergence.cause if divergence else ""

    @property
    def goes_on(self) -> bool:
        """Whether another step can be taken."""
        return self.stepper.state in {"ready", "running"}

    @property
    def loss(self) -> float:
        """The loss over all training examples, now; of a function its value."""
        now = self.stepper
        if isinstance(now, Descent):
            return now.loss
        return loss_on(now.network, now.parameters, now.data.train_inputs, now.data.train_targets)

    @property
    def losses(self) -> Sequence[float]:
        """The loss at the start and after each step of a formula, after each epoch of a network."""
        return self._losses if isinstance(self.stepper, Descent) else self._epoch_losses("train")

    @property
    def test_losses(self) -> Sequence[float]:
        """The loss on the test part at the start and after each epoch; nothing where there is no test part."""
        if isinstance(self.stepper, Descent):
            return ()
        found = self._epoch_losses("test")
        return () if math.isnan(found[0]) else found

    def visited(self, first: int = 0, end: int | None = None) -> list[tuple[float, ...]]:
        """Return where the run has been, from one step to before another: the parameters, if there are one or two."""
        count = len(self.names)
        numbers = self._visited[first * count : None if end is None else end * count]
        return [tuple(numbers[place : place + count]) for place in range(0, len(numbers), count)]

    # -- moving

    def step(self) -> bool:
        """Take a step; return whether one was taken."""
        if not self.goes_on:
            return False
        self.last = self.stepper.step()
        self.reached = ""
        self._remember()
        return True

    def epoch(self) -> bool:
        """Take the steps up to the end of the epoch; return whether any was taken."""
        taken = self.step()
        while taken and self.goes_on and self.stepper.steps % self.stepper.steps_per_epoch:
            self.step()
        return taken

    def back(self) -> bool:
        """Take the last step back, and any change of settings after it; return whether there was one."""
        if not self.steps:
            return False
        while not self.stepper.steps:
            self._stages.pop()
        self.stepper.back()
        self._stage.settings = self._in_force()
        self._forget_last()
        self.last = self._step_before()
        self.reached = ""
        return True

    def change(self, settings: LabSettings) -> None:
        """Go on from here with other settings.

        Raises EngineError where the run cannot go on, and for what only a new run can have.
        """
        if not self.steps:
            self._begin(settings)
            return
        training = settings.training
        now = self.stepper
        if training.batch_size != self.settings.training.batch_size:
            self._go_on_with(settings)
        elif isinstance(now, Descent):
            now.change(training.optimizer)
        else:
            now.change(replace(training, network=now.settings.network))
        self._stage.settings = settings
        self.reached = ""

    def check_stop(self) -> bool:
        """Note whether the stop rule ends the run here; return whether it does."""
        rule = self.settings.stop
        match rule.kind:
            case "steps":
                ends = self.steps >= rule.limit
            case "loss":
                ends = bool(self.losses) and self.losses[-1] < rule.limit
            case "gradient":
                ends = self._gradient_length() < rule.limit
            case _:
                ends = False
        self.reached = f"Stopped {rule.sentence()}." if ends else ""
        return ends

    # -- inside

    @property
    def _stage(self) -> _Stage:
        return self._stages[-1]

    def _go_on_with(self, settings: LabSettings) -> None:
        """Begin a stage of its own with the parameters of now, for settings that belong to a whole stepper."""
        given = settings
        if not isinstance(self.stepper, Descent):
            network = replace(settings.training.network, initial="given")
            given = replace(settings, training=replace(settings.training, network=network))
        made = stepper(given, self.material, self.parameters)
        self._stages.append(_Stage(settings, made, self.steps, self.epochs))

    def _in_force(self) -> LabSettings:
        """Return the stage's settings with what its stepper says after it went back."""
        settings, now = self._stage.settings, self.stepper
        if isinstance(now, Descent):
            training = replace(settings.training, optimizer=now.settings)
        else:
            training = replace(now.settings, network=settings.training.network)
        return replace(settings, training=training)

    def _step_before(self) -> Step | DescentStep | None:
        """Return the step that led here, worked out again; None at the start."""
        for stage in reversed(self._stages):
            if stage.stepper.steps:
                stage.stepper.back()
                return stage.stepper.step()
        return None

    def _remember(self) -> None:
        now = self.stepper
        if isinstance(now, Descent):
            self._losses.append(now.losses()[-1].train if now.steps_per_epoch == 1 else now.loss)
            if len(self.names) <= _MOST_DRAWN:
                self._visited.extend(map(float, now.parameters))

    def _forget_last(self) -> None:
        if isinstance(self.stepper, Descent):
            self._losses.pop()
            if len(self.names) <= _MOST_DRAWN:
                del self._visited[-len(self.names) :]

    def _epoch_losses(self, part: str) -> list[float]:
        found: list[float] = []
        for stage in self._stages:
            here = [getattr(losses, part) for losses in stage.stepper.losses()]
            found += here[1:] if found else here
        return found

    def _gradient_length(self) -> float:
        now = self.stepper
        if isinstance(now, Descent):
            return math.hypot(*now.function.gradient(now.parameters))
        return math.hypot(*self.last.gradient) if self.last is not None else math.inf
