"""Mistakes with a batch: the sum for the mean, one example for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion
from tutor.mathematics.notation.expression import Call, Node, Quotient, number, total

if TYPE_CHECKING:
    from collections.abc import Iterator


def batch_gradient(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a gradient over a batch, or in the objective over it."""
    cell, problem = situation.cell, situation.problem
    if not problem.examples or cell.example or cell.kind not in {"total", "forward"}:
        return
    batch = problem.batch(cell.iteration)
    if len(batch) < 2:  # noqa: PLR2004 - one example is no batch
        return
    parts: list[Node] = [
        situation.named(Cell(cell.kind, cell.name, cell.by, "", example, cell.iteration)) for example in batch
    ]
    summed = total(parts)
    is_mean = problem.update is None or problem.update.reduce == "mean"
    if cell.kind == "forward":
        if is_mean:
            yield Suspicion(
                "mse.not-averaged", summed, f"That is the sum. This problem takes the mean of {len(batch)}."
            )
        yield Suspicion("mse.one-sample-only", parts[0], f"That is example {batch[0]} alone. Use all {len(batch)}.")
        return
    if is_mean:
        yield Suspicion(
            "batch-gradient.summed",
            summed,
            f"That is the sum. This problem takes the mean: divide by {len(batch)}.",
        )
        if len(batch) > 2:  # noqa: PLR2004 - n - 1 would be 1, which is the sum
            yield Suspicion(
                "batch-gradient.off-by-one-in-n",
                Quotient(summed, number(len(batch) - 1)),
                f"The batch holds {len(batch)} examples: divide by {len(batch)}.",
            )
    else:
        yield Suspicion(
            "mse-weight.divided-by-n-twice",
            Quotient(summed, number(len(batch))),
            "That is the mean. This problem adds the gradients up: do not divide.",
        )
    yield Suspicion(
        "batch-gradient.first-sample-only",
        parts[0],
        f"That is example {batch[0]} alone. Use all {len(batch)}.",
    )
    yield Suspicion(
        "batch-gradient.last-sample-only",
        parts[-1],
        f"That is example {batch[-1]} alone. Use all {len(batch)}.",
    )
    sizes = total([Call("abs", (part,)) for part in parts])
    yield Suspicion(
        "batch-gradient.magnitudes-averaged",
        Quotient(sizes, number(len(batch))) if is_mean else sizes,
        "Keep the signs: opposite gradients cancel.",
    )
