"""Every layer, loss, rule and penalty against an oracle of 50 digits that shares nothing with the engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine_oracle import DIGITS, Oracle
from engine_sets import random_set
from mpmath import mp

from tutor.engine.settings import (
    ACTIVATIONS,
    RULES,
    NetworkSettings,
    OptimizerSettings,
    ScheduleSettings,
    TrainingSettings,
)
from tutor.engine.training import Training

HYPERPARAMETERS = ("beta", "rho", "beta1", "beta2", "epsilon", "weight_decay")
LOSSES = [
    ("mse", "regression"),
    ("sse", "regression"),
    ("half-mse", "regression"),
    ("mae", "regression"),
    ("cross-entropy", "binary"),
    ("cross-entropy", "categorical"),
    ("mse", "binary"),
]
CLOSE = 1e-12


def follow(settings: TrainingSettings, kind: Any, steps: int = 3, inputs: int = 2, outputs: int = 2) -> None:
    """Take steps and compare loss, gradient and parameters of each with the oracle."""
    data = random_set(kind, examples=7, inputs=inputs, outputs=outputs)
    given = TrainingSettings(
        **{name: getattr(settings, name) for name in settings.__slots__ if name != "network"},
        network=NetworkSettings(settings.network.hidden, settings.network.activation, settings.network.loss, "given"),
    )
    count = Training(settings, data).network.parameter_count
    training = Training(given, data, initial=np.random.default_rng(5).uniform(-0.8, 0.8, count))
    optimizer = settings.optimizer
    loss = kind if settings.network.loss == "cross-entropy" else settings.network.loss
    with mp.workdps(DIGITS):
        oracle = Oracle(
            training.network.sizes,
            settings.network.activation,
            loss,
            list(training.parameters),
            optimizer.rule,
            {name: getattr(optimizer, name) for name in HYPERPARAMETERS},
            settings.l1,
            settings.l2,
            optimizer.clip,
        )
        for _ in range(steps):
            step = training.step()
            assert step is not None
            batch = list(zip(step.inputs.tolist(), step.targets.tolist(), strict=True))
            keeps = [layer.tolist() for layer in step.dropout]
            wanted = oracle.objective(oracle.parameters, batch, keeps)
            assert step.loss == pytest.approx(float(wanted), rel=CLOSE)
            gradient = oracle.step(batch, step.eta, keeps)
            assert np.allclose(step.clipped_gradient, [float(g) for g in gradient], rtol=CLOSE, atol=1e-14)
            assert np.allclose(step.parameters_after, [float(w) for w in oracle.parameters], rtol=CLOSE, atol=1e-14)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "kind"), LOSSES)
def test_every_activation_with_every_loss(activation: str, loss: str, kind: str) -> None:
    network = NetworkSettings((3, 2), activation, loss)
    follow(TrainingSettings(network, OptimizerSettings(eta=0.005), batch_size=3), kind)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("hidden", [(), (2,), (3, 2, 2)])
def test_every_rule(rule: str, hidden: tuple[int, ...]) -> None:
    optimizer = OptimizerSettings(rule, eta=0.02, beta=0.8, rho=0.7, beta1=0.85, beta2=0.95, weight_decay=0.1)
    follow(TrainingSettings(NetworkSettings(hidden), optimizer, batch_size=3), "regression", steps=7)


@pytest.mark.parametrize("rule", ["sgd", "nesterov", "adam", "adamw"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_penalties_dropout_and_clipping(rule: str, activation: str) -> None:
    optimizer = OptimizerSettings(rule, eta=0.02, clip=0.3)
    network = NetworkSettings((3, 2), activation)
    follow(TrainingSettings(network, optimizer, batch_size=3, l1=0.03, l2=0.2, dropout=0.4), "regression", steps=4)


@pytest.mark.parametrize("kind", ["step", "exponential", "inverse-time", "cosine"])
def test_a_schedule_changes_the_learning_rate_from_epoch_to_epoch(kind: str) -> None:
    optimizer = OptimizerSettings("sgd", eta=0.1, schedule=ScheduleSettings(kind, decay=0.5, every=2, period=4))
    settings = TrainingSettings(NetworkSettings((2,)), optimizer, batch_size=4)
    follow(settings, "regression", steps=8)
    training = Training(settings, random_set("regression", examples=7))
    rates = [step.eta for _ in range(10) if (step := training.step())]
    expected = {
        "step": [0.1, 0.1, 0.05, 0.05, 0.025],
        "exponential": [0.1, 0.05, 0.025, 0.0125, 0.00625],
        "inverse-time": [0.1, 0.1 / 1.5, 0.05, 0.04, 0.1 / 3],
        "cosine": [0.1, 0.1 * (2 + 2**0.5) / 4, 0.05, 0.1 * (2 - 2**0.5) / 4, 0],
    }[kind]
    assert rates == pytest.approx([rate for rate in expected for _ in range(2)], abs=1e-15)


@pytest.mark.parametrize(("loss", "kind"), [("cross-entropy", "binary"), ("cross-entropy", "categorical")])
def test_cross_entropy_is_exact_at_a_thousand(loss: str, kind: Any) -> None:
    data = random_set(kind, examples=6, inputs=2, outputs=3)
    training = Training(TrainingSettings(NetworkSettings((), loss=loss, initial="given")), data, initial=_large(data))
    step = training.step()
    assert step is not None
    assert np.abs(step.forward.outputs).max() > 1000
    with mp.workdps(2000):
        oracle = Oracle(training.network.sizes, "linear", kind, list(step.parameters_before))
        batch = list(zip(step.inputs.tolist(), step.targets.tolist(), strict=True))
        wanted = oracle.objective(oracle.parameters, batch)
        assert step.loss == pytest.approx(float(wanted), rel=CLOSE)
    assert np.isfinite(step.gradient).all()
    assert np.allclose(step.update, -0.03 * step.gradient, rtol=1e-9, atol=1e-9)


def _large(data: Any) -> Any:
    outputs = data.train_targets.shape[1]
    return np.random.default_rng(1).uniform(-3000, 3000, 3 * outputs)


def test_what_drops_out_is_decided_by_seed_and_step() -> None:
    settings = TrainingSettings(NetworkSettings((40,)), batch_size=10, dropout=0.25, seed=3)
    data = random_set("regression", examples=50)
    first, again = Training(settings, data), Training(settings, data)
    steps = [first.step() for _ in range(5)]
    again_steps = [again.step() for _ in range(5)]
    factors = [step.dropout[0] for step in steps if step]
    assert all(np.array_equal(a, b.dropout[0]) for a, b in zip(factors, again_steps, strict=True) if b)
    assert not np.array_equal(factors[0], factors[1])
    assert set(np.unique(factors)) == {0.0, 1 / 0.75}
    assert np.mean(np.array(factors) == 0) == pytest.approx(0.25, abs=0.05)
