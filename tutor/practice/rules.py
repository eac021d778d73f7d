"""The rules that hand calculations are made of: what “which rule comes next?” chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WorkRule:
    """A rule of the work by hand."""

    id: str
    name: str
    """What it is called, in a few words."""
    says: str
    """What it says, in a sentence."""
    near: tuple[str, ...]
    """Ids of the rules that it is taken for most easily; at least two."""


_ALL: Final = (
    WorkRule("put-in", "Put the numbers in", "Replace each name by its value, then work outward from the inside.",
             ("power", "chain", "loss")),
    WorkRule("loss", "Take the loss", "Compare the prediction with the target, as this loss does it.",
             ("put-in", "mean", "log")),
    WorkRule("mean", "Add up and divide by the count", "A mean is the sum over the examples, divided by their number.",
             ("sum", "loss", "update")),
    WorkRule("sum", "Add up over the examples", "A sum over a batch adds one term for each example.",
             ("mean", "paths", "loss")),
    WorkRule("log", "Take the logarithm of the probability", "Cross-entropy is minus the logarithm of what the right "
             "answer was given.", ("loss", "exponential", "mean")),
    WorkRule("exponential", "Exponentials, divided by their sum", "Softmax takes e to each score and divides by the "
             "sum of all.", ("log", "mean", "squash")),
    WorkRule("power", "The power rule", "The exponent comes down in front, and goes down by one.",
             ("chain", "constant", "product")),
    WorkRule("constant", "A constant factor stays, a constant term goes", "What does not change with the variable "
             "stays as a factor and vanishes as a term.", ("power", "product", "paths")),
    WorkRule("product", "The product rule", "Each factor's slope times the other factors, added up.",
             ("chain", "power", "paths")),
    WorkRule("chain", "The chain rule", "Multiply the local derivatives along the way.",
             ("product", "paths", "power")),
    WorkRule("paths", "Add up over the paths", "Where a quantity acts along several ways, their products are added.",
             ("chain", "sum", "product")),
    WorkRule("arriving", "What arrives, times the local derivative", "The gradient that arrives is multiplied by the "
             "step's own rate and handed on.", ("chain", "paths", "update")),
    WorkRule("squash", "The slope of the activation", "The local derivative of sigmoid, tanh or ReLU at its own input.",
             ("power", "chain", "exponential")),
    WorkRule("partial", "Hold the others still", "For a partial derivative all other variables are constants.",
             ("constant", "product", "paths")),
    WorkRule("update", "Old value minus η times the gradient", "The step goes against the gradient, η times as long.",
             ("velocity", "mean", "difference")),
    WorkRule("velocity", "Old velocity times β, plus the gradient", "Momentum keeps a share β of the velocity and adds "
             "the gradient.", ("update", "moving-average", "arriving")),
    WorkRule("moving-average", "A moving average", "A share of the old average, and the rest of what is new.",
             ("velocity", "mean", "update")),
    WorkRule("count", "Count: how many updates, how many weights", "Count what there is before anything is worked out.",
             ("mean", "sum", "put-in")),
    WorkRule("difference", "A finite difference", "Nudge the input, and divide the change by the nudge.",
             ("power", "update", "mean")),
    WorkRule("penalty", "Add the penalty's share", "A penalty on the weights adds its own term to loss and gradient.",
             ("loss", "update", "paths")),
    WorkRule("scale", "Subtract the mean, divide by the spread", "A feature is standardised with the training part's "
             "mean and standard deviation.", ("mean", "difference", "put-in")),
)  # fmt: skip

RULES: Final[Mapping[str, WorkRule]] = MappingProxyType({rule.id: rule for rule in _ALL})
