"""Injected mistakes in what training makes: losses and gradients of batches, states, steps of every rule."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from injection import Wrong
from training import BOWL, LINE, MEAN, SUM, UNIT, VALLEY, Run, Setting, World, runs
from update_tables import RULES, batch_gradient, cells
from updates import Update

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: tuple[tuple[World, int, str], ...] = (
    (VALLEY, 0, MEAN),
    (BOWL, 0, MEAN),
    (LINE, 0, MEAN),
    (LINE, 4, MEAN),  # of 3, n − 1 would be 2, and to divide by it would be two other mistakes at once
    (LINE, 3, SUM),
    (UNIT, 0, MEAN),
    (UNIT, 3, MEAN),
)


def injected(count: int, seed: int) -> Iterator[Wrong]:
    """Yield the mistakes in problems that learn with every rule: `count` problems of each kind with each."""
    source = random.Random(seed)
    for world, examples, reduce in KINDS:
        for rule in RULES:
            setting = Setting(rule, examples=examples, reduce=reduce)
            for run in runs(world, setting, count, seed=source.randrange(10**6), where=is_tame):
                yield from _mistakes(run, source.randint(1, setting.steps))


def is_tame(run: Run) -> bool:
    """Whether descent stays where numbers can be typed, and no gradient is 0."""
    gradients = [abs(value) for gradient in run.gradients for value in gradient.values()]
    return max(gradients) < 10**4 and min(gradients) > 10**-4


def _mistakes(run: Run, after: int) -> Iterator[Wrong]:
    objective = list(run.world.steps)[-1]
    at = f"@{after - 1}" if after > 1 else ""
    for name in run.world.parameters:
        if run.setting.examples:
            parts = [one[name] for one in run.each[after - 1]]
            right = run.gradients[after - 1][name]
            yield Wrong(run.text, f"d{objective}/d{name}{at}", right, batch_gradient(run, parts))
        for answers in cells(Update(run, name, after)):
            yield Wrong(run.text, answers.cell, answers.right, answers.wrong, answers.earlier)
