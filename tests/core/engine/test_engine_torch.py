"""The engine beside PyTorch, where that is installed: same start, same batches, 100 steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine_sets import random_set

from tutor.engine.settings import RULES, NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training

torch = pytest.importorskip("torch", reason="PyTorch is not installed: it is never needed, only compared with")

CLOSE = 1e-9
MODULES = {"relu": "ReLU", "leaky-relu": "LeakyReLU", "sigmoid": "Sigmoid", "tanh": "Tanh", "linear": "Identity"}
LOSSES = {
    "mse": ("mse", "regression", torch.nn.functional.mse_loss),
    "sse": ("sse", "regression", lambda y, t: torch.nn.functional.mse_loss(y, t, reduction="sum")),
    "half-mse": ("half-mse", "regression", lambda y, t: torch.nn.functional.mse_loss(y, t) / 2),
    "mae": ("mae", "regression", torch.nn.functional.l1_loss),
    "binary": (
        "cross-entropy",
        "binary",
        torch.nn.functional.binary_cross_entropy_with_logits,
    ),
    "categorical": ("cross-entropy", "categorical", torch.nn.functional.cross_entropy),
}


def model_of(training: Training, activation: str) -> Any:
    layers: list[Any] = []
    network = training.network
    for layer in range(1, network.layers + 1):
        weights = network.weights(training.parameters, layer)
        linear = torch.nn.Linear(weights.shape[1], weights.shape[0], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights.copy()))
            linear.bias.copy_(torch.from_numpy(network.biases(training.parameters, layer).copy()))
        layers += [linear, getattr(torch.nn, MODULES[activation])()]
    return torch.nn.Sequential(*layers[:-1])


def optimizer_of(parameters: Any, rule: str, eta: float) -> Any:
    optim = torch.optim
    match rule:
        case "momentum" | "nesterov":
            return optim.SGD(parameters, lr=eta, momentum=0.9, nesterov=rule == "nesterov")
        case "rmsprop":
            return optim.RMSprop(parameters, lr=eta, alpha=0.9)
        case "adam":
            return optim.Adam(parameters, lr=eta)
        case "adamw":
            return optim.AdamW(parameters, lr=eta, weight_decay=0.01)
    return optim.SGD(parameters, lr=eta)


def flat(model: Any) -> Any:
    linears = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    rows = [torch.cat([layer.weight, layer.bias[:, None]], dim=1).reshape(-1) for layer in linears]
    return torch.cat(rows).detach().numpy()


def run_both(settings: TrainingSettings, kind: Any, loss_of: Any) -> None:
    training = Training(settings, random_set(kind, examples=37, outputs=3))
    model = model_of(training, settings.network.activation)
    optimizer = optimizer_of(model.parameters(), settings.optimizer.rule, settings.optimizer.eta)
    clip = settings.optimizer.clip
    for _ in range(100):
        step = training.step()
        assert step is not None
        found = loss_of(model(torch.from_numpy(step.inputs)), torch.from_numpy(step.targets))
        for layer in model:
            if isinstance(layer, torch.nn.Linear):
                found = found + settings.l1 * layer.weight.abs().sum() + settings.l2 / 2 * layer.weight.square().sum()
        optimizer.zero_grad()
        found.backward()
        if clip:
            norm = torch.nn.utils.get_total_norm([p.grad for p in model.parameters()])
            for p in model.parameters():
                p.grad.mul_(min(1.0, clip / float(norm)))
        optimizer.step()
        assert step.loss == pytest.approx(found.item(), rel=CLOSE)
        assert np.allclose(step.parameters_after, flat(model), rtol=CLOSE, atol=1e-12)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", LOSSES)
def test_every_rule_and_loss_for_a_hundred_steps(rule: str, name: str) -> None:
    loss, kind, loss_of = LOSSES[name]
    network = NetworkSettings((4, 4), "tanh", loss)
    run_both(TrainingSettings(network, OptimizerSettings(rule, eta=0.003), batch_size=10, seed=2), kind, loss_of)


@pytest.mark.parametrize("activation", MODULES)
def test_every_activation_for_a_hundred_steps(activation: str) -> None:
    network = NetworkSettings((5, 3), activation, "cross-entropy", "he")
    settings = TrainingSettings(network, OptimizerSettings("adam", eta=0.01), batch_size=10, seed=1)
    run_both(settings, *LOSSES["categorical"][1:])


def test_penalties_and_clipping_for_a_hundred_steps() -> None:
    optimizer = OptimizerSettings("adam", eta=0.01, clip=0.2)
    settings = TrainingSettings(NetworkSettings((5, 3)), optimizer, batch_size=10, l1=0.01, l2=0.05)
    run_both(settings, *LOSSES["mse"][1:])
