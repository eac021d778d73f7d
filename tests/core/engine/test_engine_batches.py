"""Batches: every example once an epoch, in an order by seed and epoch, laid out for the step, in little memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
from engine_sets import dataset
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.batches import Batches
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training

sizes = st.one_of(st.none(), st.integers(1, 40))


def made(count: int, size: int | None, *, shuffle: bool = True, seed: int = 0) -> Batches:
    """Return batches whose inputs are (i, −i) and whose target is i for example i."""
    places = np.arange(count, dtype=float)[:, None]
    return Batches(np.hstack([places, -places]), places, size, shuffle=shuffle, seed=seed)


@given(count=st.integers(1, 60), size=sizes, shuffle=st.booleans(), seed=st.integers(0, 3), epoch=st.integers(0, 4))
def test_an_epoch_has_every_example_once(count: int, size: int | None, shuffle: bool, seed: int, epoch: int) -> None:
    batches = made(count, size, shuffle=shuffle, seed=seed)
    steps = range(epoch * batches.per_epoch, (epoch + 1) * batches.per_epoch)
    lengths = [len(batches.places(step)) for step in steps]
    whole = min(size or count, count)
    assert lengths[:-1] == [whole] * (len(lengths) - 1)
    assert 1 <= lengths[-1] <= whole
    order = np.concatenate([batches.places(step) for step in steps])
    assert sorted(order) == list(range(count))
    if not shuffle:
        assert list(order) == list(range(count))


@given(count=st.integers(1, 60), size=sizes, shuffle=st.booleans(), start=st.integers(0, 200))
def test_groups_and_single_batches_hold_the_examples_of_their_places(
    count: int, size: int | None, shuffle: bool, start: int
) -> None:
    batches, others = made(count, size, shuffle=shuffle), made(count, size, shuffle=shuffle)
    step = start
    for group in batches.groups(start):
        for batch in group:
            places = others.places(step)
            assert np.array_equal(batch.inputs, [places, -places, np.ones(len(places))])
            assert np.array_equal(batch.transposed, batch.inputs.T)
            assert np.array_equal(batch.targets, [places])
            assert np.array_equal(others.batch(step).inputs, batch.inputs)
            step += 1
    assert step == (start // batches.per_epoch + 1) * batches.per_epoch


def test_every_epoch_and_every_seed_has_its_own_order() -> None:
    batches, other = made(50, 10), made(50, 10, seed=1)
    orders = [tuple(batches.places(step)) for step in range(0, 50, 5)]
    assert len(set(orders)) == len(orders)
    assert tuple(other.places(0)) not in orders
    assert tuple(batches.places(0)) == orders[0]


def test_one_batch_after_another_from_different_epochs() -> None:
    batches = made(20, 4)
    for step in (0, 5, 12, 7, 3, 18, 0):
        places = made(20, 4).places(step)
        assert np.array_equal(batches.batch(step).targets, [places])


def test_places_are_the_callers_own() -> None:
    batches = made(10, 5)
    before = batches.places(0).copy()
    batches.places(0)[...] = 0
    assert np.array_equal(batches.places(0), before)


def test_many_rows_are_not_copied() -> None:
    random = np.random.default_rng(0)
    data = dataset(random.normal(size=(200_000, 20)), random.normal(size=(200_000, 1)))
    settings = TrainingSettings(NetworkSettings((4,)), OptimizerSettings("adam"), batch_size=100)
    tracemalloc.start()
    try:
        training = Training(settings, data)
        list(training.run(1))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < data.train_inputs.nbytes / 3
    assert training.steps == 2000
