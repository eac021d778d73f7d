"""Injected mistakes in the values of formulas: activations, neurons, layers, losses, from the tables beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from injection import Wrong
from test_activations_values import OPERATIONS as ACTIVATIONS
from test_layers_values import OPERATIONS as LAYERS
from test_losses_values import OPERATIONS as LOSSES
from test_values_slips import OPERATIONS as SLIPS

if TYPE_CHECKING:
    from collections.abc import Iterator


def injected(count: int, _seed: int) -> Iterator[Wrong]:
    """Yield the mistakes in `count` problems of every operation."""
    for table in (ACTIVATIONS, LAYERS, LOSSES, SLIPS):
        for operation in table.values():
            for instance in operation.instances(count):
                names = instance.names
                wrong = {
                    identity: [formula(names) for formula in (found if isinstance(found, tuple) else (found,))]
                    for identity, found in operation.wrong.items()
                }
                yield Wrong(instance.text, operation.cell, operation.right(names), wrong)
