"""One step of descent as a frozen value: where it began, which gradient it saw, where it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.descent_words import gradient_text, update_text
from tutor.engine.optimizers import STATES, corrected
from tutor.engine.regularization import shorten

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.descent_function import Evaluation, ProblemFunction
    from tutor.engine.settings import OptimizerSettings

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """What a step did to one parameter; `text` is its update with the numbers put in."""

    parameter: str
    before: float
    gradient: float
    after: float
    text: str


@dataclass(frozen=True, eq=False)
class DescentStep:
    """One update of a descent.

    `number` and `epoch` count from 1; `batch` names the examples that were used, from 0, and is empty where the problem
    has none; `eta` is the learning rate in force; `time` counts the updates since the optimizer's state was all 0, this
    one included. Parameters are flat vectors in the problem's order, the state has a row for each name in
    optimizers.STATES. Everything else is worked out when it is asked for; what overflows is infinite or nan.
    """

    number: int
    epoch: int
    batch: NDArray[np.intp]
    eta: float
    time: int
    parameters_before: Floats
    parameters_after: Floats
    state_before: Floats
    state_after: Floats
    function: ProblemFunction = field(repr=False)
    settings: OptimizerSettings = field(repr=False)

    @property
    def examples(self) -> NDArray[np.intp] | None:
        """The examples that were used; None where the problem has none."""
        return self.batch if self.function.example_count else None

    @cached_property
    def evaluation(self) -> Evaluation:
        """The forward and backward pass that the step was made of."""
        return self.function.evaluate(self.parameters_before, self.examples)

    @property
    def loss(self) -> float:
        """The objective over the batch, before the step."""
        return self.evaluation.value

    @property
    def gradient(self) -> Floats:
        """The derivative of the objective over the batch by each parameter, before any clipping."""
        return self.evaluation.gradient

    @cached_property
    def clipped_gradient(self) -> Floats:
        """The gradient as the update rule got it: shortened where it was longer than the settings allow."""
        with np.errstate(all="ignore"):
            return clipped(self.gradient, self.settings.clip)

    @property
    def update(self) -> Floats:
        """What was added to each parameter."""
        with np.errstate(all="ignore"):
            return np.asarray(self.parameters_after - self.parameters_before)

    def state(self, place: int) -> dict[str, float]:
        """Return the optimizer's numbers for one parameter after the step, with the corrected m̂ and v̂ of Adam."""
        rows = dict(zip(STATES[self.settings.rule], self.state_after[:, place].tolist(), strict=True))
        if "m" in rows:
            first, second = corrected(self.settings, self.state_after, self.time)
            rows |= {"mhat": float(first[place]), "vhat": float(second[place])}
        return rows

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the step did to each parameter, in the problem's order."""
        return tuple(self._move(name, place) for place, name in enumerate(self.function.parameters))

    def _move(self, name: str, place: int) -> Move:
        before, after = float(self.parameters_before[place]), float(self.parameters_after[place])
        gradient = float(self.clipped_gradient[place])
        text = update_text(self.settings, self.eta, (before, gradient, after), self.state(place))
        return Move(name, before, gradient, after, text)

    @property
    def sentence(self) -> str:
        """The step as a learner reads it: `gradient (3.072, 1.728) → x1 1.536 − 0.1·3.072 = 1.2288; x2 …`."""
        used = self.clipped_gradient
        is_same = np.array_equal(used, self.gradient, equal_nan=True)
        shortened = "" if is_same else f", shortened to {gradient_text(used.tolist())}"
        moves = "; ".join(f"{move.parameter} {move.text}" for move in self.moves)
        return f"{gradient_text(self.gradient.tolist())}{shortened} → {moves}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about steps that stand exactly on a kink, where the slope is taken as 0."""
        kinks = self.function.on_kinks(self.parameters_before, self.examples)
        return tuple(
            f"{step}{'' if example is None else f'[{example + 1}]'} stands exactly on the kink of {kink}. "
            "Its slope there is taken as 0."
            for step, kink, example in kinks
        )


def clipped(gradient: Floats, limit: float | None) -> Floats:
    """Return the gradient, shortened to the largest norm where it is longer."""
    if limit is None:
        return gradient
    used = gradient.copy()
    shorten(used, limit)
    return used
