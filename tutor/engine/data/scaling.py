"""The third stage: columns of numbers are brought to comparable scales, by the training part's mean and deviation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.columns import Numbers, Table, column_title

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SMALL, _LARGE = 1e-100, 1e100  # the squares and sums of others would leave the range of floats


@dataclass(frozen=True, slots=True)
class Standard:
    """What one column of numbers is standardised with: z = (x − mean)/deviation, the population's deviation."""

    title: str
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Normalised:
    """For each input column its mean and deviation on the training part; None where it is left as it is.

    `rows` is how many training rows the numbers are taken from.
    """

    standards: tuple[Standard | None, ...]
    rows: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, as a sentence."""
        done = [standard for standard in self.standards if standard]
        if not done:
            return ("The inputs are left on their own scales.",)
        shown = "; ".join(
            f"{standard.title} mean {standard.mean:.4g}, deviation {standard.deviation:.4g}" for standard in done
        )
        rows = "one training row" if self.rows == 1 else f"{self.rows} training rows"
        return (f"Normalised by the {rows} alone: {shown}.",)


def normalise(table: Table, train: NDArray[np.int64], *, scale: bool = True) -> Normalised:
    """Take the mean and deviation of every input column of numbers from the training rows alone.

    A column that is constant there has deviation 1. Texts are left as they are, and everything where `scale` is false.
    """
    standards = tuple(
        _standard(column, column_title(place, column.name), train) if scale and isinstance(column, Numbers) else None
        for place, column in enumerate(table.inputs, 1)
    )
    return Normalised(standards, len(train))


def _standard(column: Numbers, title: str, train: NDArray[np.int64]) -> Standard:
    values = column.values[train]
    if bool(np.all(values == values[0])):
        return Standard(title, float(values[0]), 1.0)
    largest = float(np.abs(values).max())
    size = 1.0 if _SMALL < largest < _LARGE else largest
    shares = values / size
    mean = float(shares.mean())
    deviation = float(np.sqrt(np.mean((shares - mean) ** 2))) * size
    return Standard(title, mean * size, deviation or 1.0)
