"""The labs that gdtutor brings along: what a course of gradient descent looks at."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.lab.settings import DataSubject, FunctionSubject, Lab, LabSettings

if TYPE_CHECKING:
    from collections.abc import Mapping


def _function(formula: str, eta: float, rule: str = "sgd", **start: str) -> LabSettings:
    subject = FunctionSubject(formula, tuple((name, Fraction(value)) for name, value in start.items()))
    return LabSettings(subject, TrainingSettings(optimizer=OptimizerSettings(rule=rule, eta=eta)))


def _network(data: str, network: NetworkSettings, optimizer: OptimizerSettings, batch_size: int | None) -> LabSettings:
    return LabSettings(DataSubject(data), TrainingSettings(network, optimizer, batch_size))


_QUARTIC = "x^4 - 4*x^2 + x + 1"
_VALLEY = "(1 - x)^2 + 5*(y - x^2)^2"
_CLASSES = NetworkSettings((4,), loss="cross-entropy")

PRESETS: Mapping[str, Lab] = {
    "parabola": Lab((_function("x^2", 0.1, x="3"),), "x², the simplest valley"),
    "bowl": Lab((_function("x1^2 + 2*x2^2", 0.1, x1="3", x2="2"),), "the bowl x1² + 2·x2²"),
    "two-starts": Lab(
        (_function(_QUARTIC, 0.05, x="0.5"), _function(_QUARTIC, 0.05, x="-0.5")), "two starts, two valleys"
    ),
    "saddle": Lab((_function("x^2 - y^2 + y^4/4", 0.1, x="1.5", y="0.01"),), "a saddle to get away from"),
    "curved-valley": Lab(
        tuple(_function(_VALLEY, 0.01, rule, x="-1", y="1") for rule in ("sgd", "momentum", "adam")),
        "three optimizers in a curved valley",
    ),
    "line": Lab((_network("line", NetworkSettings(), OptimizerSettings(eta=0.05), None),), "find y = 2x + 1"),
    "xor": Lab((_network("xor", _CLASSES, OptimizerSettings("adam", 0.03), 10),), "a network on xor"),
    "circle": Lab((_network("circle", _CLASSES, OptimizerSettings(eta=0.3), 10),), "a network on a ring"),
    "gauss": Lab((_network("gauss", NetworkSettings(loss="cross-entropy"), OptimizerSettings(), 10),), "two clouds"),
    "spiral": Lab(
        (_network("spiral", NetworkSettings((8, 8), loss="cross-entropy"), OptimizerSettings("adam", 0.01), 10),),
        "two spiral arms",
    ),
    "batches": Lab(
        tuple(_network("xor", _CLASSES, OptimizerSettings(eta=0.1), size) for size in (1, 10, None)),
        "online, mini-batch and batch",
    ),
}
"""The labs by name."""
