"""Small data for the engine's tests, made here so that no test depends on how the named sets are drawn."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.engine.data.table import Dataset, Kind, Scaling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.engine.evaluation import Losses

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def dataset(
    inputs: Floats,
    targets: Floats,
    kind: Kind = "regression",
    *,
    validation: tuple[Floats, Floats] | None = None,
    test: tuple[Floats, Floats] | None = None,
) -> Dataset:
    """Return arrays as a data set that is not scaled; parts that are not given are empty."""
    columns, outputs = inputs.shape[1], targets.shape[1]
    empty = np.empty((0, columns)), np.empty((0, outputs))
    return Dataset(
        "made for a test",
        inputs,
        targets,
        *(validation or empty),
        *(test or empty),
        input_names=tuple(f"x{place}" for place in range(1, columns + 1)),
        target_names=tuple(f"t{place}" for place in range(1, outputs + 1)),
        kind=kind,
        scaling=Scaling((0.0,) * columns, (1.0,) * columns),
    )


def random_set(kind: Kind, examples: int = 23, inputs: int = 2, outputs: int = 2, seed: int = 0) -> Dataset:
    """Return random inputs with random targets of that kind; a third as many examples are the test part."""
    random = np.random.default_rng(seed)
    parts = []
    for count in (examples, max(1, examples // 3)):
        x = random.normal(size=(count, inputs))
        if kind == "regression":
            t = random.normal(size=(count, outputs))
        elif kind == "binary":
            t = random.integers(0, 2, size=(count, 1)).astype(float)
        else:
            t = np.eye(outputs)[random.integers(0, outputs, size=count)]
        parts.append((x, t))
    return dataset(*parts[0], kind, test=parts[1])


def same(first: Any, second: Any) -> bool:
    """Whether two arrays are equal to the last bit; what is nan in one is nan in the other."""
    return bool(np.array_equal(first, second, equal_nan=True))


def same_losses(first: Sequence[Losses], second: Sequence[Losses]) -> bool:
    """Whether losses are equal to the last bit. The loss of a part without examples is nan, which is not nan itself."""
    return same([astuple(losses) for losses in first], [astuple(losses) for losses in second])
