"""The second stage: which rows are learned from, which ones settings are chosen with, which ones judge at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.error import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_STREAM = 1  # the split draws other numbers than a set that is made from the same seed


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The rows of each part, in their order in the table; every row is in one part.

    `by_class` tells whether each class has its share in each part.
    """

    train: Places
    validation: Places
    test: Places
    by_class: bool

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many rows the training, validation and test parts have."""
        return len(self.train), len(self.validation), len(self.test)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, as a sentence."""
        train, validation, test = self.sizes
        how = ", each class in its share" if self.by_class else ""
        return (f"Split at random{how}: {train} to train on, {validation} to validate with, {test} to test with.",)


def split(
    count: int,
    *,
    validation_share: float = 0.15,
    test_share: float = 0.15,
    seed: int = 0,
    classes: Places | None = None,
) -> Split:
    """Split rows 0 to count − 1 by shares, at random by seed.

    `classes` gives a class number for each row: then every part gets of each class what is its share, within one row.
    A part with a share gets at least one row where there are enough, and one row at least is left to train on.
    Raises DataError for shares that leave nothing to train on.
    """
    check_shares(validation_share, test_share)
    if count < 1:
        raise DataError("there are no examples to split. Give at least one.")
    random = np.random.default_rng((seed, _STREAM))
    order = random.permutation(count)
    if classes is not None:
        order = order[np.argsort(_place_in_class(classes[order]), kind="stable")]
    test = _size(count, test_share, count - 1)
    validation = _size(count, validation_share, count - 1 - test)
    return Split(
        train=np.sort(order[test + validation :]),
        validation=np.sort(order[test : test + validation]),
        test=np.sort(order[:test]),
        by_class=classes is not None,
    )


def check_shares(validation_share: float, test_share: float) -> None:
    """Raise DataError for shares that leave nothing to train on, or are no shares."""
    for name, share in (("validation", validation_share), ("test", test_share)):
        if not (math.isfinite(share) and 0 <= share < 1):
            raise DataError(f"the {name} share is {share:g}: write a number from 0 to below 1, such as 0.3.")
    if validation_share + test_share >= 1:
        raise DataError(
            f"the validation share {validation_share:g} and the test share {test_share:g} leave nothing to train on. "
            "Write shares that add to less than 1."
        )


def _size(count: int, share: float, most: int) -> int:
    """Return the share of the rows, rounded; at least 1 where there is a share, at most `most`."""
    return min(max(math.floor(count * share + 0.5), 1 if share else 0), most)


def _place_in_class(classes: Places) -> NDArray[np.float64]:
    """Return how far along its class each row stands, from 0 to 1.

    In the order of these numbers, the first rows hold of every class the same share.
    """
    places = np.empty(len(classes))
    for number in np.unique(classes):
        mine = np.flatnonzero(classes == number)
        places[mine] = (np.arange(len(mine)) + 0.5) / len(mine)
    return places
