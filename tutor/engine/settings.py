"""Everything that decides how a run goes, as frozen data: with the same settings and data it is the same run.

Nothing here needs NumPy, so that commands and screens can read, show and compare settings at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from tutor.engine.error import EngineError, unknown

ACTIVATIONS = ("linear", "square", "relu", "leaky-relu", "sigmoid", "tanh")
LOSSES = ("mse", "sse", "half-mse", "mae", "cross-entropy")
INITIALS = ("xavier", "he", "zero", "given")
RULES = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
SCHEDULES = ("constant", "step", "exponential", "cosine", "inverse-time")

LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What the network is; how many inputs and outputs it has is told by the data.

    `hidden` gives the number of units of each hidden layer, `activation` their function. The last layer is linear; with
    cross-entropy its values are logits, and sigmoid or softmax belongs to the loss. `initial` says how the weights
    start: Xavier (Glorot and Bengio 2010), He (He et al. 2015), all zero, or given as numbers.
    """

    hidden: tuple[int, ...] = ()
    activation: str = "tanh"
    loss: str = "mse"
    initial: str = "xavier"

    def __post_init__(self) -> None:
        """Raise EngineError for what no network can be made of."""
        if any(not _is_integer(units) or units < 1 for units in self.hidden):
            raise EngineError(
                f"hidden layers of {_listed(self.hidden)} units: write whole numbers from 1, such as 4,4."
            )
        _one_of("activation", self.activation, ACTIVATIONS)
        _one_of("loss", self.loss, LOSSES)
        _one_of("way to start the weights", self.initial, INITIALS)


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """How the learning rate changes with the epochs, counted from 0.

    - constant: η
    - step: η·decay^⌊epoch/every⌋
    - exponential: η·decay^epoch
    - inverse-time: η/(1 + decay·epoch)
    - cosine: lowest + (η − lowest)·(1 + cos(π·epoch/period))/2, and `lowest` from epoch `period` on
    """

    kind: str = "constant"
    decay: float = 0.5
    every: int = 10
    period: int = 100
    lowest: float = 0.0

    def __post_init__(self) -> None:
        """Raise EngineError for a schedule that cannot be followed."""
        _one_of("schedule", self.kind, SCHEDULES)
        _at_least("decay of a schedule", self.decay, 0)
        _whole("number of epochs between two steps of a schedule", self.every, 1)
        _whole("number of epochs of a cosine schedule", self.period, 1)
        _at_least("lowest learning rate", self.lowest, 0)


@dataclass(frozen=True, slots=True)
class OptimizerSettings:
    """How gradients move parameters: the rules of PyTorch's conventions, with their hyperparameters.

    - momentum: v ← β·v + g, w ← w − η·v; nesterov: w ← w − η·(g + β·v) with the new v; v starts at 0
    - rmsprop: v ← ρ·v + (1−ρ)·g², w ← w − η·g/(√v + ε)
    - adam: m ← β1·m + (1−β1)·g, v ← β2·v + (1−β2)·g², w ← w − η·m̂/(√v̂ + ε) with m̂ = m/(1−β1^t), v̂ = v/(1−β2^t)
    - adamw: as adam, and also − η·λ·w of the old w, λ = `weight_decay`

    A hyperparameter that the rule does not use has no effect. `clip` is the largest norm of the whole gradient: a
    longer one is shortened to it, in the same direction.
    """

    rule: str = "sgd"
    eta: float = 0.03
    beta: float = 0.9
    rho: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    clip: float | None = None

    def __post_init__(self) -> None:
        """Raise EngineError for hyperparameters that no rule can work with."""
        _one_of("optimizer", self.rule, RULES)
        _at_least("learning rate η", self.eta, 0)
        _at_least("β", self.beta, 0)
        for name, share in (("ρ", self.rho), ("β1", self.beta1), ("β2", self.beta2)):
            _share(name, share)
        _at_least("ε", self.epsilon, 0)
        _at_least("weight decay λ", self.weight_decay, 0)
        if self.clip is not None and not (_is_number(self.clip) and self.clip > 0):
            raise EngineError(
                f"the largest norm of the gradient is {self.clip}: write a number above 0, or leave it out."
            )


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """A whole run, but for its data.

    `batch_size` None is the whole training part at once; a larger one than that is the same. The last batch of an epoch
    is shorter where the examples run out. `shuffle` draws a new order for every epoch.
    `l1` and `l2` add l1·Σ|w| + (l2/2)·Σw² over all weights, not the biases, to the loss of every batch, so that the
    gradient grows by l1·sign(w) + l2·w. `dropout` is the share of hidden units left out in each step (inverted: the
    others are divided by the share that stays). `patience` stops the run when the loss on the validation part has not
    become lower for so many epochs, and takes the best parameters back.
    `seed` decides the start of the weights, the order of the examples and what drops out.
    """

    network: NetworkSettings = field(default_factory=NetworkSettings)
    optimizer: OptimizerSettings = field(default_factory=OptimizerSettings)
    batch_size: int | None = None
    epochs: int = 100
    shuffle: bool = True
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    patience: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise EngineError for a run that cannot be made."""
        if self.batch_size is not None:
            _whole("batch size", self.batch_size, 1)
        _whole("number of epochs", self.epochs, 0)
        _at_least("strength of L1", self.l1, 0)
        _at_least("strength of L2", self.l2, 0)
        _share("dropout", self.dropout)
        if self.patience is not None:
            _whole("patience", self.patience, 1)
        _whole("seed", self.seed, 0)
        if self.seed > LARGEST_SEED:
            raise EngineError(f"the seed is {self.seed}: write a whole number up to {LARGEST_SEED}.")


def _one_of(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise unknown(what, name, known)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _at_least(what: str, value: float, least: float) -> None:
    if not (_is_number(value) and value >= least):
        raise EngineError(f"the {what} is {value}: write a number from {least}.")


def _share(what: str, value: float) -> None:
    if not (_is_number(value) and 0 <= value < 1):
        raise EngineError(f"{what} is {value}: write a number from 0 to below 1, such as 0.5.")


def _whole(what: str, value: int, least: int) -> None:
    if not (_is_integer(value) and value >= least):
        raise EngineError(f"the {what} is {value}: write a whole number from {least}.")


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(each) for each in numbers)
