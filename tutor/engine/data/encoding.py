"""The fourth stage: columns become numbers side by side, texts and classes one column of 0 and 1 for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tutor.engine.data.columns import BOOLEANS, MOST_CATEGORIES, Column, Numbers, Table, Texts, column_title
from tutor.engine.data.error import DataError
from tutor.engine.data.table import Scaling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.engine.data.scaling import Normalised
    from tutor.engine.data.table import Kind

    Floats = NDArray[np.float64]

TargetKind = Literal["auto", "classes", "numbers"]
_TWO_CLASSES = ((0.0, 1.0), (-1.0, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """What is learned: a number (`kind` regression) or a class, told by its number in `codes` and in `classes`."""

    name: str
    kind: Kind
    values: Floats
    codes: NDArray[np.int64] | None = None
    classes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the target columns: one for each class where there are more than two."""
        return tuple(f"{self.name}={label}" for label in self.classes) if self.kind == "categorical" else (self.name,)

    @property
    def columns(self) -> Floats:
        """The targets, one example a row: numbers, 0 or 1 for two classes, one-hot for more of them."""
        if self.codes is None:
            return self.values.reshape(-1, 1)
        if self.kind == "binary":
            return self.codes.astype(np.float64).reshape(-1, 1)
        return one_hot(self.codes, len(self.classes))


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """The whole table as numbers: inputs of shape (rows, inputs) on their new scale, and the target."""

    inputs: Floats
    input_names: tuple[str, ...]
    scaling: Scaling
    target: Target

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, one sentence for the inputs and one for the target."""
        wide = [name for name in self.input_names if "=" in name]
        one_hot_part = f", {len(wide)} of them one-hot ({', '.join(wide[:6])}{', …' if len(wide) > 6 else ''})"  # noqa: PLR2004 - what fits a line
        count = len(self.input_names)
        inputs = f"{count} input{'s' if count > 1 else ''}{one_hot_part if wide else ''}."
        target = self.target
        if target.kind == "regression":
            return inputs, f"The target {target.name} is a number."
        if target.kind == "binary":
            return inputs, f"The target {target.name} is a class: 0 is {target.classes[0]}, 1 is {target.classes[1]}."
        return inputs, f"The target {target.name} is one of {len(target.classes)} classes, one-hot."


def one_hot(codes: NDArray[np.int64], count: int) -> Floats:
    """Return a row for each code, 1 in the column of that number and 0 elsewhere; shape (codes, count)."""
    encoded = np.zeros((len(codes), count))
    encoded[np.arange(len(codes)), codes] = 1.0
    return encoded


def read_target(table: Table, wanted: TargetKind = "auto") -> Target:
    """Return what the table's last column asks for.

    Texts are classes; so are numbers that are only 0 and 1, or only −1 and 1. With `wanted` "classes" other whole
    numbers are classes as well, with "numbers" no numbers are. Classes are numbered in the order of their values.
    Raises DataError, naming the column, where the target is not of the kind that is wanted.
    """
    column = table.target
    title = column_title(len(table.columns), column.name)
    if isinstance(column, Texts):
        if wanted == "numbers":
            raise DataError(f"{table.source}: the target {title} holds texts, not numbers. Train with classes.")
        return _classes(table, title, column.codes, column.categories)
    values, codes = np.unique(column.values, return_inverse=True)
    found = tuple(map(float, values))
    if wanted == "numbers" or (wanted == "auto" and found not in _TWO_CLASSES):
        return Target(column.name, "regression", column.values)
    if not bool(np.all(values == np.floor(values))) or len(found) > MOST_CATEGORIES:
        raise DataError(
            f"{table.source}: the target {title} is no class: it has {len(found)} different numbers, such as "
            f"{column.text(0)}. Write classes as words or as at most {MOST_CATEGORIES} whole numbers, or choose a loss "
            "for numbers, such as mse."
        )
    return _classes(table, title, codes.astype(np.int64), tuple(f"{value:.0f}" for value in found))


def _classes(table: Table, title: str, codes: NDArray[np.int64], labels: tuple[str, ...]) -> Target:
    if len(labels) < 2:  # noqa: PLR2004 - a choice needs two
        raise DataError(
            f"{table.source}: the target {title} is “{labels[0]}” in every row that can be used. There is nothing to "
            "tell apart: add examples of another class."
        )
    kind: Kind = "binary" if len(labels) == 2 else "categorical"  # noqa: PLR2004 - one number is enough for two
    return Target(table.target.name, kind, codes.astype(np.float64), codes, labels)


def encode(table: Table, normalised: Normalised, target: Target) -> Encoded:
    """Return the inputs as one matrix: numbers on their new scale, texts one-hot, true/false and yes/no as 0 and 1."""
    blocks: list[Floats] = []
    names: list[str] = []
    means: list[float] = []
    deviations: list[float] = []
    for column, standard in zip(table.inputs, normalised.standards, strict=True):
        block, block_names = _encoded(column)
        if standard is not None:
            block = (block - standard.mean) / standard.deviation
        blocks.append(block)
        names += block_names
        means += [standard.mean if standard else 0.0] * len(block_names)
        deviations += [standard.deviation if standard else 1.0] * len(block_names)
    return Encoded(np.hstack(blocks), tuple(names), Scaling(tuple(means), tuple(deviations)), target)


def _encoded(column: Column) -> tuple[Floats, list[str]]:
    if isinstance(column, Numbers):
        return column.values.reshape(-1, 1), [column.name]
    if column.categories in BOOLEANS:
        return column.codes.astype(np.float64).reshape(-1, 1), [column.name]
    return one_hot(column.codes, len(column.categories)), [f"{column.name}={text}" for text in column.categories]
