"""The rules that hand calculations are made of: what “which rule comes next?” chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.cells import CellKind


@dataclass(frozen=True, slots=True)
class WorkRule:
    """A rule of the work by hand."""

    id: str
    name: str
    """What is done, in a few words."""
    says: str
    """What it says, in a sentence."""
    where: str
    """Where it is needed; goes on from “This is needed where …”."""
    near: tuple[str, ...]
    """Ids of the rules that it is taken for most easily, at least two. None of them is right where this one is."""
    kinds: tuple[CellKind, ...]
    """The kinds of cells that are worked out with it."""


_FORWARD: Final[tuple[CellKind, ...]] = ("forward",)
_SLOPES: Final[tuple[CellKind, ...]] = ("total", "direct")

_ALL: Final = (
    WorkRule(
        "put-in",
        "Put the numbers in, from the inside to the outside",
        "Replace each name by its number, then work from the inside to the outside.",
        "the value of a formula is asked for",
        ("power", "chain", "paths"),
        _FORWARD,
    ),
    WorkRule(
        "loss",
        "Compare the prediction with the target",
        "The loss is one number for how far the prediction is from the target.",
        "it has to be said how wrong a prediction is",
        ("update", "arriving", "squash"),
        _FORWARD,
    ),
    WorkRule(
        "mean",
        "Add up, then divide by how many there are",
        "A mean is the sum, divided by the number of what is added.",
        "several numbers are to count as one, however many they are",
        ("sum", "product", "moving-average"),
        ("forward", "total"),
    ),
    WorkRule(
        "sum",
        "Add up, and divide by nothing",
        "A sum has one term for each example, and is not divided.",
        "each example adds its whole share",
        ("mean", "product", "moving-average"),
        ("forward", "total"),
    ),
    WorkRule(
        "log",
        "Minus the logarithm of the probability",
        "The surprise is minus the logarithm of the probability that the right answer was given.",
        "a probability is turned into a loss",
        ("exponential", "scale", "squash"),
        _FORWARD,
    ),
    WorkRule(
        "exponential",
        "Exponentials, divided by their sum",
        "Softmax takes e to the power of each score, and divides by the sum of them all.",
        "scores are turned into shares that add up to 1",
        ("log", "mean", "scale"),
        _FORWARD,
    ),
    WorkRule(
        "power",
        "The exponent comes down in front, and drops by one",
        "The exponent becomes a factor, and the new exponent is one less.",
        "the slope of a power, such as x³, is asked for",
        ("paths", "difference", "mean"),
        _SLOPES,
    ),
    WorkRule(
        "constant",
        "A constant factor stays, a constant term goes",
        "What does not change with the variable stays as a factor, and vanishes as a term.",
        "a number, or another variable, stands beside what is differentiated",
        ("difference", "update", "mean"),
        _SLOPES,
    ),
    WorkRule(
        "product",
        "Each factor's slope times the other, added up",
        "In a product each factor is differentiated in turn, times the others, and the terms are added.",
        "two factors depend on the same variable",
        ("difference", "update", "mean"),
        _SLOPES,
    ),
    WorkRule(
        "chain",
        "Multiply the rates along the one chain",
        "Rates along a chain multiply: outer rate times inner rate.",
        "one quantity acts on the next, in a single line",
        ("paths", "sum", "difference"),
        _SLOPES,
    ),
    WorkRule(
        "paths",
        "Multiply along each path, then add up the paths",
        "Rates along a path multiply, and the paths are added.",
        "a quantity acts on the result along several paths",
        ("chain", "mean", "update"),
        _SLOPES,
    ),
    WorkRule(
        "arriving",
        "What arrives, times the step's own rate",
        "The gradient that arrives from behind is multiplied by the step's own local derivative, and handed on.",
        "a gradient is handed back by one step",
        ("update", "loss", "difference"),
        _SLOPES,
    ),
    WorkRule(
        "squash",
        "The slope of the activation, at its own input",
        "The local derivative of an activation is taken at the number that goes into it.",
        "a gradient passes a sigmoid, a tanh or a ReLU",
        ("loss", "exponential", "update"),
        _SLOPES,
    ),
    WorkRule(
        "partial",
        "Hold all other variables still",
        "For a partial derivative only one variable moves; all others are constants.",
        "a function of several variables is differentiated by one of them",
        ("update", "mean", "difference"),
        _SLOPES,
    ),
    WorkRule(
        "update",
        "Old value minus η times the gradient",
        "The step goes against the gradient, η times as far.",
        "a parameter gets its new value",
        ("velocity", "arriving", "difference"),
        ("parameter",),
    ),
    WorkRule(
        "velocity",
        "Old velocity times β, plus the gradient",
        "Momentum keeps the share β of its velocity, and adds the gradient.",
        "a step remembers the steps before it",
        ("moving-average", "mean", "update"),
        ("state",),
    ),
    WorkRule(
        "moving-average",
        "A share of the old average, and the rest of what is new",
        "A moving average keeps the share β of the old value, and adds the share 1 − β of the new one.",
        "an average follows the latest gradients",
        ("velocity", "mean", "update"),
        ("state",),
    ),
    WorkRule(
        "count",
        "Count: how many weights, how many updates",
        "Count what there is before anything is worked out.",
        "it is asked how many of something there are",
        ("mean", "update", "power"),
        _FORWARD,
    ),
    WorkRule(
        "difference",
        "Nudge the input, divide the change by the nudge",
        "A finite difference is the change of the result, divided by the change of the input.",
        "a slope is measured instead of derived",
        ("power", "mean", "update"),
        _FORWARD,
    ),
    WorkRule(
        "penalty",
        "Add the price of the weights",
        "A penalty on the weights adds a term of its own to the loss, and to the gradient.",
        "large weights are to cost something",
        ("scale", "squash", "moving-average"),
        ("forward", "total"),
    ),
    WorkRule(
        "scale",
        "Subtract the mean, divide by the spread",
        "A feature is standardised with the mean and the standard deviation of the training data.",
        "features of different size are brought to one scale",
        ("difference", "mean", "exponential"),
        _FORWARD,
    ),
)

RULES: Final[Mapping[str, WorkRule]] = MappingProxyType({rule.id: rule for rule in _ALL})
