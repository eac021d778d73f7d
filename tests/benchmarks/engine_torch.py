"""The same training with PyTorch: the loop that everybody writes, and one without autograd."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from engine_case import ETA, Case, Floats, blocks


class Torch:
    """The loop that everybody writes with PyTorch: Sequential, loss, backward, optimizer."""

    name = "PyTorch eager"

    def __init__(self, case: Case, start: Floats) -> None:
        layers: list[torch.nn.Module] = []
        for inputs, units in pairwise(case.sizes):
            layers += [torch.nn.Linear(inputs, units, dtype=torch.float64), torch.nn.Tanh()]
        self._model = torch.nn.Sequential(*layers[:-1])
        self._linears = [layer for layer in layers if isinstance(layer, torch.nn.Linear)]
        with torch.no_grad():
            for layer, (weights, biases) in zip(self._linears, blocks(case.sizes, start), strict=True):
                layer.weight.copy_(torch.from_numpy(weights.copy()))
                layer.bias.copy_(torch.from_numpy(biases.copy()))
        rule = torch.optim.SGD if case.rule == "sgd" else torch.optim.Adam
        self._optimizer = rule(self._model.parameters(), lr=ETA)
        self._loss = torch.nn.MSELoss()
        self._batches = torch_batches(case)
        self._done = 0

    def steps(self, count: int) -> None:
        model, loss_of, optimizer, batches = self._model, self._loss, self._optimizer, self._batches
        for number in range(self._done, self._done + count):
            inputs, targets = batches[number % len(batches)]
            loss = loss_of(model(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        self._done += count

    def parameters(self) -> Floats:
        rows = [torch.cat([layer.weight, layer.bias[:, None]], dim=1).detach().reshape(-1) for layer in self._linears]
        return torch.cat(rows).numpy().copy()


class PlainTorch:
    """PyTorch's tensors without autograd: forward, backward and update written by hand."""

    name = "PyTorch by hand"

    def __init__(self, case: Case, start: Floats) -> None:
        self._weights = []
        for weights, biases in blocks(case.sizes, start):
            self._weights.append((torch.from_numpy(weights.T.copy()), torch.from_numpy(biases.copy())))
        self._batches = torch_batches(case)
        self._rule = case.rule
        flat = [part for pair in self._weights for part in pair]
        self._m, self._v = [torch.zeros_like(part) for part in flat], [torch.zeros_like(part) for part in flat]
        self._done = 0

    def steps(self, count: int) -> None:
        with torch.no_grad():
            for number in range(self._done, self._done + count):
                inputs, targets = self._batches[number % len(self._batches)]
                values = [inputs]
                for place, (weights, biases) in enumerate(self._weights):
                    z = torch.addmm(biases, values[-1], weights)
                    values.append(z if place == len(self._weights) - 1 else torch.tanh_(z))
                delta = (values.pop() - targets).mul_(2 / targets.numel())
                gradients = []
                for weights, _ in reversed(self._weights):
                    a = values.pop()
                    gradients += [delta.sum(0), a.T @ delta]
                    if values:
                        delta = (delta @ weights.T) * (1 - a * a)
                self._update(gradients[::-1], number + 1)
        self._done += count

    def _update(self, gradients: list[Any], time_: int) -> None:
        parameters = [part for pair in self._weights for part in pair]
        if self._rule == "sgd":
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.add_(gradient, alpha=-ETA)
            return
        first, second = 1 - 0.9**time_, 1 - 0.999**time_
        for parameter, gradient, m, v in zip(parameters, gradients, self._m, self._v, strict=True):
            m.mul_(0.9).add_(gradient, alpha=0.1)
            v.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
            parameter.addcdiv_(m, (v / second).sqrt_().add_(1e-8), value=-ETA / first)

    def parameters(self) -> Floats:
        rows = [torch.cat([weights.T, biases[:, None]], dim=1).reshape(-1) for weights, biases in self._weights]
        return torch.cat(rows).numpy().copy()


def torch_batches(case: Case) -> list[Any]:
    """Return the batches as tensors, cut before anything is measured."""
    data = case.data()
    inputs = torch.from_numpy(data.train_inputs).split(case.batch)
    return list(zip(inputs, torch.from_numpy(data.train_targets).split(case.batch), strict=True))
