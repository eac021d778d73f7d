"""The source of one training step, straight-line: no loop and no array is made while it runs.

For networks as small as a learner's, calling NumPy costs more than its arithmetic. So the step of a network is written
out once, line by line, from the numbers of its layers and the operations in the tables below, and then compiled. No
text of anybody goes into it. Every name in it is an array or a function bound by `step_building`.

Arrays in the step have one column for each example: `a{l}` holds the activations of layer l, and one more row of ones
for the biases makes it `A{l}`; so W·A + b is one product, and δ·Aᵀ is the gradient of weights and biases together.
`values`, `zs`, `slopes` and `factors` are all hidden layers' A, z, φ′(z) and dropout factors as one vector each, so
that φ′ costs as many calls for ten layers as for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from tutor.engine.losses import BINARY, CATEGORICAL

if TYPE_CHECKING:
    from collections.abc import Callable

    Step = Callable[[Any, Any, Any, float, int], None]
    """step(inputs, inputs transposed, targets, η, time): moves the bound parameters by one batch."""

_VALUES = {
    "linear": (),
    "square": ("multiply(z{l}, z{l}, a{l})",),
    "relu": ("maximum(a{l}, zero, out=a{l})",),
    "leaky-relu": ("multiply(z{l}, leak, a{l})", "maximum(z{l}, a{l}, out=a{l})"),
    "sigmoid": ("negative(a{l}, a{l})", "exp(a{l}, a{l})", "add(a{l}, one, a{l})", "divide(one, a{l}, a{l})"),
    "tanh": ("tanh(a{l}, a{l})",),
}
KEEPS_Z = frozenset({"square", "leaky-relu"})  # the others may work in place: what follows needs only a

_SLOPES = {
    "linear": (),
    "square": ("add(zs, zs, slopes)",),
    "relu": ("sign(values, slopes)",),  # a is never below 0
    "leaky-relu": ("sign(zs, slopes)", "maximum(slopes, leak, out=slopes)"),
    "sigmoid": ("subtract(one, values, slopes)", "multiply(slopes, values, slopes)"),
    "tanh": ("multiply(values, values, slopes)", "subtract(one, slopes, slopes)"),
}

_DIFFERENCE = "subtract(y, targets, y)"
_DIRECTIONS = {
    "mae": (_DIFFERENCE, "sign(y, y)"),
    BINARY: ("negative(y, y)", "exp(y, y)", "add(y, one, y)", "divide(one, y, y)", _DIFFERENCE),
    CATEGORICAL: (
        "largest(y, 0, None, column)",
        "subtract(y, column, y)",
        "exp(y, y)",
        "total(y, 0, None, column)",
        "divide(y, column, y)",
        _DIFFERENCE,
    ),
}

_ADAM = (
    "multiply(state, kept, state)",
    "multiply(g, g, squares)",  # g and squares are the rows of `moments`
    "multiply(moments, shares, fresh)",
    "add(state, fresh, state)",
    "root = sqrt_number(1 - beta2 ** time)",
    "small[()] = epsilon * root",
    "rate[()] = eta * root / (1 - beta1 ** time)",
    "sqrt(v, work)",
    "add(work, small, work)",
    "divide(m, work, work)",
    "multiply(work, rate, work)",
)
_RULES = {
    "sgd": ("rate[()] = eta", "multiply(g, rate, work)"),
    "momentum": ("rate[()] = eta", "multiply(v, beta, v)", "add(v, g, v)", "multiply(v, rate, work)"),
    "nesterov": (
        "rate[()] = eta",
        "multiply(v, beta, v)",
        "add(v, g, v)",
        "multiply(v, beta, work)",
        "add(work, g, work)",
        "multiply(work, rate, work)",
    ),
    "rmsprop": (
        "rate[()] = eta",
        "multiply(v, rho, v)",
        "multiply(g, g, work)",
        "multiply(work, rest, work)",
        "add(v, work, v)",
        "sqrt(v, work)",
        "add(work, epsilon, work)",
        "divide(g, work, work)",
        "multiply(work, rate, work)",
    ),
    "adam": _ADAM,
    "adamw": (*_ADAM, "rate[()] = 1 - eta * decay", "multiply(parameters, rate, parameters)"),
}


@dataclass(frozen=True, slots=True)
class StepShape:
    """What decides the lines of a step: how many layers, which functions, and what is done to the gradient."""

    layers: int
    activation: str
    loss: str
    rule: str
    drops: bool
    l1: bool
    l2: bool
    clips: bool

    @property
    def keeps_z(self) -> bool:
        """Whether z of the hidden layers must stay for the backward pass."""
        return self.activation in KEEPS_Z


def step_source(shape: StepShape) -> str:
    """Return the body of the step, a line for each operation."""
    return "\n".join([*_forward(shape), *_output(shape), *_backward(shape), *_penalties(shape), *_update(shape)])


def _forward(shape: StepShape) -> list[str]:
    lines = []
    for layer in range(1, shape.layers):
        target = "z" if shape.keeps_z else "a"
        lines.append(f"W{layer}_dot({_received(shape, layer - 1)}, {target}{layer})")
        lines += [line.format(l=layer) for line in _VALUES[shape.activation]]
        if shape.drops:
            lines.append(f"multiply(a{layer}, f{layer}, d{layer})")
    return [*lines, f"W{shape.layers}_dot({_received(shape, shape.layers - 1)}, y)"]


def _received(shape: StepShape, layer: int) -> str:
    """Return the name of what a layer hands on, with its row of ones."""
    if layer == 0:
        return "inputs"
    return f"D{layer}" if shape.drops else f"A{layer}"


def _output(shape: StepShape) -> list[str]:
    return [*_DIRECTIONS.get(shape.loss, (_DIFFERENCE,)), "multiply(y, slope_share, y)"]


def _backward(shape: StepShape) -> list[str]:
    lines: list[str] = []
    if shape.layers > 1:
        lines += _SLOPES[shape.activation]
    slopes = "s" if shape.activation != "linear" else ""
    if shape.drops and shape.layers > 1 and slopes:
        lines.append("multiply(slopes, factors, slopes)")
    elif shape.drops:
        slopes = "f"
    for layer in range(shape.layers, 1, -1):
        below = layer - 1
        lines.append(f"delta{layer}_dot({_received(shape, below)}T, G{layer})")
        lines.append(f"W{layer}T_dot(delta{layer}, e{below})")
        if slopes:
            lines.append(f"multiply(delta{below}, {slopes}{below}, delta{below})")
    return [*lines, "delta1_dot(inputs_transposed, G1)"]


def _penalties(shape: StepShape) -> list[str]:
    lines = []
    if shape.l1:
        lines += ["sign(parameters, work)", "multiply(work, l1, work)", "add(g, work, g)"]
    if shape.l2:
        lines += ["multiply(parameters, l2, work)", "add(g, work, g)"]
    return [*lines, *(["shorten(g, limit)"] if shape.clips else [])]


def _update(shape: StepShape) -> list[str]:
    return [*_RULES[shape.rule], "subtract(parameters, work, parameters)"]


@lru_cache(maxsize=64)
def _factory(source: str, names: tuple[str, ...]) -> Callable[..., Step]:
    """Compile a step's source to a function that binds these names and returns the step."""
    lines = [f"def bind({', '.join(names)}):", "    def step(inputs, inputs_transposed, targets, eta, time):"]
    lines += [f"        {line}" for line in source.splitlines()]
    lines.append("    return step")
    scope: dict[str, object] = {}
    exec(compile("\n".join(lines), "<step of a network>", "exec"), scope)  # noqa: S102 - made of the tables above only
    return cast("Callable[..., Step]", scope["bind"])


def bound_step(shape: StepShape, names: dict[str, object]) -> Step:
    """Return the step of this shape with its names bound to arrays and functions."""
    return _factory(step_source(shape), tuple(sorted(names)))(**names)
