"""A network trained on scaled inputs is told for the inputs in their own units."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.engine.data.named import named_table
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.data.units import in_own_units
from tutor.engine.settings import NetworkSettings, TrainingSettings
from tutor.engine.training import Training


@pytest.mark.parametrize("hidden", [(), (3,), (4, 2)])
def test_both_networks_say_the_same(hidden: tuple[int, ...]) -> None:
    prepared = prepare(named_table("housing", seed=2), PipelineSettings(validation_share=0))
    training = Training(TrainingSettings(NetworkSettings(hidden), epochs=2, batch_size=20), prepared.dataset)
    list(training.run())
    data = training.data
    own = in_own_units(training.network, training.parameters, data.scaling)
    inputs = data.scaling.original(data.test_inputs)
    assert np.allclose(training.network.predict(own, inputs), training.predict(data.test_inputs), rtol=1e-9)
    raw = np.stack([column.keys for column in prepared.cleaned.table.inputs], axis=1)[prepared.split.test]
    assert np.allclose(inputs, raw, rtol=1e-12)
    assert not np.array_equal(own, training.parameters)


def test_without_scaling_nothing_changes() -> None:
    data = prepare(named_table("plane"), PipelineSettings(scale=False)).dataset
    training = Training(TrainingSettings(), data)
    assert data.scaling.is_identity
    assert np.array_equal(in_own_units(training.network, training.parameters, data.scaling), training.parameters)
