"""Chance by seed: separate streams, so that what one of them draws never changes another."""

from __future__ import annotations

from typing import Literal

import numpy as np

Purpose = Literal["weights", "order", "dropout"]
_PURPOSES: tuple[Purpose, ...] = ("weights", "order", "dropout")


def stream(seed: int, purpose: Purpose, place: int = 0) -> np.random.Generator:
    """Return the random numbers for one purpose at one place (an epoch, a step): always the same ones."""
    return np.random.default_rng((seed, _PURPOSES.index(purpose), place))
