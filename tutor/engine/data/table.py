"""Data ready to train on: numbers only, in their three parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Kind = Literal["regression", "binary", "categorical"]


@dataclass(frozen=True, slots=True)
class Scaling:
    """How each input column was moved and stretched: z = (x − mean)/deviation, with one number per column.

    Both are taken from the training part only. The deviation is that of the population, √(Σ(x − mean)²/n). A column
    that is left as it is has mean 0 and deviation 1; a constant one has deviation 1.
    """

    means: tuple[float, ...]
    deviations: tuple[float, ...]

    @property
    def is_identity(self) -> bool:
        """Whether every column is left as it is."""
        return not any(self.means) and all(deviation == 1 for deviation in self.deviations)

    def scaled(self, inputs: Floats) -> Floats:
        """Return inputs of shape (examples, columns) on the scale that the network is trained on."""
        scaled: Floats = (inputs - np.array(self.means)) / np.array(self.deviations)
        return scaled

    def original(self, inputs: Floats) -> Floats:
        """Return scaled inputs of shape (examples, columns) in their own units again."""
        original: Floats = inputs * np.array(self.deviations) + np.array(self.means)
        return original


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Numbers to train on, one example a row.

    Every inputs array has the shape (examples, inputs), every targets array (examples, targets); a part may have no
    rows, the training part has at least one. `kind` tells what a target is: a number (regression), 0 or 1 in one
    column (binary), or one column for each class that is 1 for the right one (categorical). `classes` names the
    classes: that of 0 and that of 1, or one for each target column; a regression has none.
    """

    name: str
    train_inputs: Floats
    train_targets: Floats
    validation_inputs: Floats
    validation_targets: Floats
    test_inputs: Floats
    test_targets: Floats
    input_names: tuple[str, ...]
    target_names: tuple[str, ...]
    kind: Kind
    scaling: Scaling
    classes: tuple[str, ...] = ()

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many examples the training, validation and test parts have."""
        return len(self.train_inputs), len(self.validation_inputs), len(self.test_inputs)
