"""What could have gone wrong in a cell: every family of rules is asked once, whatever is typed there later."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions import (
    activations,
    adam,
    batches,
    chain,
    classifiers,
    decay,
    entropies,
    finite_differences,
    gates,
    layers,
    losses,
    mean_squared_error,
    mean_squared_error_slope,
    momentum,
    networks,
    numbers,
    rmsprop,
    rounding,
    second_step,
    squares,
    together,
    unnamed,
    update,
    values,
)
from tutor.mathematics.checking.misconceptions.slopes import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion

    Family = Callable[[Situation], Iterator[Suspicion]]

FAMILIES: tuple[Family, ...] = (
    momentum.momentum_step,
    adam.adam_step,
    rmsprop.rmsprop_step,
    second_step.second_step,
    update.steps,
    batches.batch_step,
    together.together,
    decay.decoupled_decay,
    decay.penalty_gradient,
    momentum.velocity,
    adam.adam_state,
    rmsprop.running_average,
    batches.batch_gradient,
    mean_squared_error.batch_loss,
    mean_squared_error_slope.squared_error_gradient,
    entropies.cross_entropy,
    losses.squared_error,
    activations.softmax_component,
    activations.sigmoid,
    activations.relu,
    layers.neuron,
    layers.layer,
    finite_differences.central_difference,
    values.norm,
    values.slips,
    networks.deltas,
    networks.weights,
    networks.through_weights,
    classifiers.binary,
    classifiers.categorical,
    classifiers.softmax_slopes,
    squares.squared_error_slope,
    local.local_slope,
    chain.paths,
    chain.links,
    gates.shared_weight,
    gates.gates,
    local.carried_slope,
    gates.gradient_parts,
    rounding.early_rounding,
    numbers.slips,
    values.previous_step,
)
# Asked one after the other where no rule with an id explains the answer; how many hits of a test are still evidence.
TESTS: tuple[tuple[Family, int], ...] = (
    (unnamed.changed_factors, 2),
    (unnamed.changed_terms, 2),
    (unnamed.replaced_inputs, 1),
)


# A suspicion with its value in floating point; None where that has none.
Suspect = tuple["Suspicion", "float | None"]


class Suspects:
    """The suspicions about one cell with one set of values, worked out when they are first needed, and kept."""

    def __init__(self, situation: Situation) -> None:
        """Remember the cell and its values."""
        self.situation = situation
        self._tested: dict[int, list[Suspect]] = {}

    @cached_property
    def named(self) -> list[Suspect]:
        """What every family of rules with ids finds."""
        return self._estimated(suspicion for family in FAMILIES for suspicion in family(self.situation))

    def work_out(self) -> int:
        """Work out all of them, and return how many there are."""
        return len(self.named) + sum(len(found) for found, _ in self.tested())

    def tested(self) -> Iterator[tuple[list[Suspect], int]]:
        """Yield what each test for mistakes without an id finds, and how many hits of it are still evidence."""
        for place, (test, most) in enumerate(TESTS):
            if place not in self._tested:
                self._tested[place] = self._estimated(test(self.situation))
            yield self._tested[place], most

    def _estimated(self, suspicions: Iterable[Suspicion]) -> list[Suspect]:
        return [(suspicion, self.situation.estimate(suspicion.wrong)) for suspicion in suspicions]
