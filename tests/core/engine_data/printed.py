"""Numbers as a course prints them, and whether an engine's floats are those."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.table import Dataset, Scaling
from tutor.engine.descent import Descent
from tutor.engine.descent_function import ProblemFunction
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FLOATS = Fraction(1, 10**12)  # what rounding in floats may come to, relative


def is_printed_as(value: float, printed: str) -> bool:
    """Whether the number is the printed one: a fraction or whole number exactly, a decimal at its last digit."""
    printed = printed.replace("−", "-")
    exact = Fraction(float(value))
    if "." not in printed and "e" not in printed.lower():
        wanted = Fraction(printed)
        return abs(exact - wanted) <= FLOATS * max(1, abs(wanted))
    decimal = Decimal(printed)
    exponent = decimal.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(exact - Fraction(decimal)) <= Fraction(10) ** exponent / 2 + FLOATS * max(1, abs(exact))


def check(values: Iterable[float] | np.ndarray, printed: str) -> None:
    """Assert that the numbers are the printed ones, which stand apart by blanks."""
    found, wanted = np.array(values, dtype=float).ravel().tolist(), printed.split()
    assert len(found) == len(wanted), (found, wanted)
    wrong = [pair for pair in zip(found, wanted, strict=True) if not is_printed_as(*pair)]
    assert wrong == []


def descent(text: str, settings: OptimizerSettings | None = None, batch_size: int | None = None) -> Descent:
    """Return the descent of a problem file's text."""
    return Descent(ProblemFunction(derive(read_problem(text, "example.toml"))), settings, batch_size=batch_size)


def one_step(steps: str, start: str, more: str = "") -> Descent:
    """Return the descent of a problem of steps and parameters; `more` is the rest of its file."""
    return descent(f"[parameters]\n{start}\n[steps]\n{steps}\n{more}")


def dataset(inputs: Sequence[Sequence[float]], targets: Sequence[Sequence[float]], kind: str = "regression") -> Dataset:
    """Return data with a training part alone."""
    x, y = np.array(inputs, dtype=float), np.array(targets, dtype=float)
    return Dataset(
        "example", x, y, x[:0], y[:0], x[:0], y[:0],
        tuple(f"x{place + 1}" for place in range(x.shape[1])),
        tuple(f"y{place + 1}" for place in range(y.shape[1])),
        kind,  # type: ignore[arg-type]  # one of the kinds, from a test's own text
        Scaling((0.0,) * x.shape[1], (1.0,) * x.shape[1]),
    )  # fmt: skip


def network(
    data: Dataset,
    start: Sequence[float],
    eta: float,
    *,
    hidden: tuple[int, ...] = (),
    activation: str = "relu",
    loss: str = "mse",
    rule: str = "sgd",
    batch_size: int | None = None,
) -> Training:
    """Return a run from given weights: each unit's weights, then its bias, layer after layer. Nothing is shuffled."""
    settings = TrainingSettings(
        network=NetworkSettings(hidden, activation, loss, initial="given"),
        optimizer=OptimizerSettings(rule, eta),
        batch_size=batch_size,
        shuffle=False,
    )
    return Training(settings, data, initial=np.array(start, dtype=float))
