"""Five levels for values around a middle: sign and size by characters, and by roles that differ in lightness too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.draw.text import Role

LEVELS: tuple[tuple[str, Role], ...] = (
    ("=", "very-negative"),
    ("-", "negative"),
    (" ", "neutral"),
    ("+", "positive"),
    ("#", "very-positive"),
)
"""The sign and the role of each level, from the most negative one to the most positive one."""
BOUNDS = (-0.6, -0.2, 0.2, 0.6)
"""The lower bounds of all levels but the lowest, in parts of the reach."""


def value_level(value: float, middle: float = 0, reach: float = 1) -> int | None:
    """Return the level of a value, from 0 to 4, None for nan; `reach` from the middle on it is as strong as it gets.

    >>> [value_level(value) for value in (-2, -0.5, 0, 0.5, 2)]
    [0, 1, 2, 3, 4]
    """
    if math.isnan(value):
        return None
    away = value / 2 - middle / 2
    return sum(away >= bound * (reach / 2) if bound > 0 else away > bound * (reach / 2) for bound in BOUNDS)
