"""The learning rate in force in each epoch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.engine.settings import OptimizerSettings


def learning_rate(settings: OptimizerSettings, epoch: int) -> float:
    """Return η in an epoch, counted from 0: the formulas stand at ScheduleSettings."""
    schedule, eta = settings.schedule, settings.eta
    try:
        match schedule.kind:
            case "step":
                return eta * schedule.decay ** (epoch // schedule.every)
            case "exponential":
                return eta * schedule.decay**epoch
            case "inverse-time":
                return eta / (1 + schedule.decay * epoch)
            case "cosine":
                passed = min(epoch, schedule.period) / schedule.period
                return schedule.lowest + (eta - schedule.lowest) * (1 + math.cos(math.pi * passed)) / 2
            case _:
                return eta
    except OverflowError:  # a decay above 1, for long: what grows beyond all floats is infinite, and the run diverges
        return math.inf
