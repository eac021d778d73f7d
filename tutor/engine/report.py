"""What `gdtutor train --json` prints about a finished run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.engine.evaluation import Losses
    from tutor.engine.training import Training


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that came to its end, and how many seconds its training took."""

    training: Training
    seconds: float


def train(training: Training, clock: Callable[[], float], progress: Callable[[Losses], None]) -> Finished:
    """Train to the end that the settings say; call `progress` with the losses after each epoch.

    `clock` tells the time in seconds. What `progress` takes is not counted.
    """
    seconds, begin = 0.0, clock()
    for losses in training.run():
        seconds += clock() - begin
        progress(losses)
        begin = clock()
    return Finished(training, seconds + clock() - begin)


def report(finished: Finished) -> dict[str, object]:
    """Return the object of the contract: plain numbers, ready for JSON.

    `train_loss` and `test_loss` hold one value an epoch, the first before any step, without penalties. A value that is
    no finite number, or of a part without examples, is None. `test_accuracy` is None for a regression. `parameters`
    maps each parameter's name, such as W1[2,3] or b1[2], to its value.
    """
    training = finished.training
    losses = training.losses()
    values = zip(training.network.names, training.parameters, strict=True)
    return {
        "epochs": training.epochs,
        "steps": training.steps,
        "seconds": finished.seconds,
        "train_loss": [_finite(each.train) for each in losses],
        "test_loss": [_finite(each.test) for each in losses],
        "test_accuracy": training.test_accuracy(),
        "parameters": {name: _finite(float(value)) for name, value in values},
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
