"""The same training with JAX: a whole epoch compiled."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from engine_case import ETA, Case, Floats

jax.config.update("jax_enable_x64", val=True)

TOGETHER = 50  # batches of one size are scanned together, so that it is not the call that is timed


class Jax:
    """A whole epoch compiled by JAX: lax.scan over the batches, gradients by its own differentiation."""

    name = "JAX scan"

    def __init__(self, case: Case, start: Floats) -> None:
        sizes, rule = case.sizes, case.rule

        def loss(flat: Any, inputs: Any, targets: Any) -> Any:
            begin, values = 0, inputs
            for layer, (wide, units) in enumerate(pairwise(sizes)):
                block = flat[begin : begin + (wide + 1) * units].reshape(units, wide + 1)
                begin += block.size
                values = values @ block[:, :-1].T + block[:, -1]
                values = jnp.tanh(values) if layer < len(sizes) - 2 else values
            return ((values - targets) ** 2).mean()

        def one(carry: Any, batch: Any) -> Any:
            flat, m, v, time_ = carry
            gradient = jax.grad(loss)(flat, *batch)
            time_ = time_ + 1
            if rule == "sgd":
                return (flat - ETA * gradient, m, v, time_), None
            m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
            moved = flat - ETA * (m / (1 - 0.9**time_)) / (jnp.sqrt(v / (1 - 0.999**time_)) + 1e-8)
            return (moved, m, v, time_), None

        self._scan = jax.jit(lambda carry, batches: jax.lax.scan(one, carry, batches)[0])
        data = case.data()
        shape = case.batches, case.batch, -1
        self._inputs = jnp.asarray(data.train_inputs.reshape(shape))
        self._targets = jnp.asarray(data.train_targets.reshape(shape))
        if case.batches == 1:  # an epoch of one step would time the call only
            self._inputs, self._targets = (jnp.repeat(part, TOGETHER, 0) for part in (self._inputs, self._targets))
        self._carry = jnp.asarray(start), jnp.zeros(start.size), jnp.zeros(start.size), 0.0
        self._done = 0

    def steps(self, count: int) -> None:
        while count > 0:
            begin = self._done % len(self._inputs)
            end = min(begin + count, len(self._inputs))
            self._carry = self._scan(self._carry, (self._inputs[begin:end], self._targets[begin:end]))
            count -= end - begin
            self._done += end - begin
        self._carry[0].block_until_ready()

    def parameters(self) -> Floats:
        return np.array(self._carry[0])
