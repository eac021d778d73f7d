"""A run that overflows becomes a state with its step and cause: no warning, no crash (warnings are errors here)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_sets import dataset, random_set, same_losses

from tutor.engine.error import EngineError
from tutor.engine.settings import ACTIVATIONS, RULES, NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training

WILD = TrainingSettings(NetworkSettings((3,), "square"), OptimizerSettings(eta=0.5), batch_size=4, epochs=50)


def line(scale: float = 1.0) -> Any:
    x = np.linspace(-3, 3, 12)[:, None]
    return dataset(x * scale, 2 * x + 1, test=(x, 2 * x + 1))


def test_a_large_learning_rate_diverges_with_step_and_cause() -> None:
    training = Training(WILD, line())
    while step := training.step():
        last = step
    divergence = training.divergence
    assert training.state == "diverged"
    assert divergence is not None
    assert divergence.step == last.number == training.steps
    assert divergence.cause.startswith(f"The loss is no longer a number after step {last.number}: {divergence.first} ")
    assert "η = 0.5 is too large" in divergence.cause
    assert "0.05" in divergence.cause
    assert np.isfinite(last.parameters_before).all()
    assert not np.isfinite(training.losses()[-1].train) or not np.isfinite(last.parameters_after).all()


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_first_value_that_overflowed_is_named(size: int) -> None:
    """Replayed by plain loops: the activations of the network before the step, then the ones after it."""
    training = Training(replace(WILD, batch_size=size), line())
    while step := training.step():
        last = step
    examples = [(int(place), last.parameters_before) for place in last.batch]
    examples += [(place, last.parameters_after) for place in range(12)]
    for place, flat in examples:
        x = float(training.data.train_inputs[place, 0])
        sums = [float(flat[2 * unit]) * x + float(flat[2 * unit + 1]) for unit in range(3)]
        with np.errstate(over="ignore"):
            squares = [float(np.square(z)) for z in sums]
        overflowed = [unit for unit, a in enumerate(squares, start=1) if math.isinf(a)]
        if overflowed:
            assert training.divergence is not None
            assert training.divergence.first == f"a1[{overflowed[0]}] of example {place + 1}"
            break
    else:
        assert training.divergence is not None
        assert (
            training.divergence.first in {"the loss", "z2[1] of example 1"} or "gradient" in training.divergence.first
        )


@pytest.mark.parametrize("moves", ["step", "epoch", "run"])
@pytest.mark.parametrize("size", [1, 3, 4])
def test_however_it_goes_on_it_diverges_at_the_same_step(moves: str, size: int) -> None:
    wild = replace(WILD, batch_size=size)
    stepping, other = Training(wild, line()), Training(wild, line())
    while stepping.step():
        pass
    if moves == "run":
        list(other.run())
    else:
        while getattr(other, moves)():
            pass
    assert other.divergence == stepping.divergence
    assert same_losses(other.losses(), stepping.losses())


def test_back_and_reset_lead_out_of_a_divergence() -> None:
    training = Training(WILD, line())
    steps = []
    while step := training.step():
        steps.append(step)
    taken = training.back()
    assert taken is not None
    assert training.state == "running"
    assert np.array_equal(training.parameters, steps[-1].parameters_before)
    training.change(replace(WILD, optimizer=OptimizerSettings(eta=1e-300)))
    assert training.step() is not None
    assert training.state == "running"
    training.reset()
    assert training.state == "ready"
    list(training.run())
    with pytest.raises(EngineError, match="diverged"):
        training.change(WILD)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("rule", RULES)
def test_no_warning_whatever_overflows(activation: str, rule: str) -> None:
    for loss, kind in (("mse", "regression"), ("cross-entropy", "binary"), ("cross-entropy", "categorical")):
        optimizer = OptimizerSettings(rule, eta=1e200, clip=None if rule == "sgd" else 1e180)
        settings = TrainingSettings(NetworkSettings((3, 3), activation, loss), optimizer, batch_size=4, l2=1e100)
        training = Training(settings, random_set(kind, examples=12))  # type: ignore[arg-type] - one of the kinds
        for _ in range(20):
            step = training.step()
            if step is None:
                break
            assert step.loss is not None
            assert step.gradient.shape == step.update.shape
        assert training.predict(training.data.test_inputs).shape[0] == len(training.data.test_inputs)
        if training.state == "diverged":
            assert training.divergence
            assert training.divergence.cause.count(".") >= 2


def test_data_too_large_are_told_before_any_step() -> None:
    training = Training(WILD, line(1e200))
    assert training.state == "diverged"
    assert training.divergence is not None
    assert training.divergence.step == 0
    assert "Normalise" in training.divergence.cause
    assert training.step() is None
    assert list(training.run()) == []


def test_a_gradient_too_large_at_the_first_step_is_no_matter_of_the_learning_rate() -> None:
    data = dataset(np.array([[1e200]]), np.array([[1e150]]))
    training = Training(TrainingSettings(NetworkSettings(initial="zero"), OptimizerSettings(eta=0.1)), data)
    assert training.step() is not None
    assert training.divergence is not None
    assert training.divergence.first == "the gradient of W1[1,1]"
    assert "starting weights are too large" in training.divergence.cause


def test_epsilon_zero_is_named_as_the_cause() -> None:
    data = dataset(np.array([[0.0, 1.0]]), np.array([[1.0]]))  # the first weight never has a gradient
    optimizer = OptimizerSettings("rmsprop", eta=0.01, epsilon=0)
    training = Training(TrainingSettings(NetworkSettings(), optimizer), data)
    training.step()
    assert training.divergence is not None
    assert training.divergence.first == "W1[1,1]"
    assert "ε = 0" in training.divergence.cause


def test_a_velocity_that_is_never_slowed_down_is_named() -> None:
    optimizer = OptimizerSettings("momentum", eta=0.1, beta=3.0)
    training = Training(TrainingSettings(NetworkSettings(), optimizer), line())
    while training.step():
        pass
    assert training.divergence is not None
    assert "β = 3" in training.divergence.cause


def test_clipping_works_where_the_squares_of_a_gradient_overflow() -> None:
    data = dataset(np.array([[1e160]]), np.array([[1.0]]))
    settings = TrainingSettings(NetworkSettings(initial="given"), OptimizerSettings(eta=1.0, clip=5.0))
    training = Training(settings, data, initial=np.array([0.0, 0.0]))
    step = training.step()
    assert step is not None
    assert np.allclose(step.update, [5.0, 0.0])
