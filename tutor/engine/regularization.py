"""What keeps a network from learning its examples by heart: penalties, dropout, early stopping; and clipping."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.random_streams import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def penalty(weights: Floats, l1: float, l2: float) -> float:
    """Return l1·Σ|w| + (l2/2)·Σw² of the weights (without biases)."""
    absolute = l1 * float(np.abs(weights).sum()) if l1 else 0.0
    return absolute + (l2 / 2 * float(np.square(weights).sum()) if l2 else 0.0)


def penalty_slope(weights: Floats, l1: float, l2: float) -> Floats:
    """Return l1·sign(w) + l2·w for each weight; the slope of |w| at 0 is taken as 0."""
    return np.asarray(l1 * np.sign(weights) + l2 * weights)


def dropout_factors(seed: int, step: int, units: int, examples: int, share: float) -> Floats:
    """Return what each hidden unit of each example is multiplied by in a step: 0, or 1/(1 − share).

    `step` counts from 0; the shape is (units, examples). Inverted dropout (Srivastava et al. 2014): the mean over all
    draws is 1, so nothing is rescaled at test time.
    """
    stays = stream(seed, "dropout", step).random((units, examples)) >= share
    return np.asarray(stays / (1 - share))


def norm(vector: Floats) -> float:
    """Return the length of a vector, also where the squares of its numbers are beyond all floats."""
    squares = float(vector.dot(vector))
    if math.isfinite(squares):
        return math.sqrt(squares)
    largest = float(np.abs(vector).max())
    if not math.isfinite(largest):
        return largest
    scaled = vector / largest
    return largest * math.sqrt(float(scaled.dot(scaled)))


def shorten(gradient: Floats, limit: float) -> None:
    """Clip by norm, in place: a gradient longer than the limit gets that length and keeps its direction."""
    length = norm(gradient)
    if length > limit:
        gradient *= limit / length


def best_epoch(losses: Sequence[float], patience: int) -> int | None:
    """Return the best epoch, counted from 1, where a run should stop after the last of these losses; else None.

    `losses` holds the loss on the validation part after each epoch. It should stop once the last `patience` epochs have
    all failed to be lower than the lowest before them.
    """
    best, lowest = 0, math.inf
    for epoch, loss in enumerate(losses, start=1):
        if loss < lowest:
            best, lowest = epoch, loss
    waited = len(losses) - best
    return best if best and waited >= patience else None
