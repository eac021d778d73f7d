"""Everything that can be changed in a lab, one knob each: its values in order, and how one is typed and shown.

One registry, from which the keys, the list of settings and the code of a lab are made.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tutor.engine.settings import ACTIVATIONS, RULES, SCHEDULES
from tutor.lab.error import LabError
from tutor.lab.numbers import number_text, read_number, read_whole
from tutor.lab.settings import DataSubject, LabSettings, ProblemSubject, StopRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting: where it lives, its values in order, and how it is typed and shown.

    `path` leads to it through the settings' fields. `restarts` says that a change begins the run anew, because the
    start itself is another.
    """

    name: str
    symbol: str
    path: str
    values: Sequence[Any]
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
    applies: Callable[[LabSettings], bool] = lambda _: True
    restarts: bool = False

    def value(self, settings: LabSettings) -> Any:  # noqa: ANN401 - the type of a value is the knob's own
        """Return the value that the knob stands at."""
        found: Any = settings
        for name in self.path.split("."):
            found = getattr(found, name)
        return found

    def shown(self, settings: LabSettings) -> str:
        """Return that value as it is read."""
        return self.show(self.value(settings))

    def turned_to(self, settings: LabSettings, value: object) -> LabSettings:
        """Return the settings with another value here. Raises EngineError where no run can have it."""
        changed: LabSettings = _put(settings, self.path.split("."), value)
        return changed

    def typed(self, settings: LabSettings, text: str) -> LabSettings:
        """Return the settings with the value that was typed. Raises LabError or EngineError for what cannot be."""
        return self.turned_to(settings, self.read(text))

    def turned(self, settings: LabSettings, steps: int) -> LabSettings:
        """Return the settings with the next value, or the one before; at the last one, as they are."""
        return self.turned_to(settings, _neighbour(self.values, self.value(settings), steps))


def _put(owner: Any, path: Sequence[str], value: object) -> Any:  # noqa: ANN401 - any of the nested settings
    first, *rest = path
    return replace(owner, **{first: _put(getattr(owner, first), rest, value) if rest else value})


def _neighbour(values: Sequence[Any], value: object, steps: int) -> object:
    if value in values:
        return values[max(0, min(list(values).index(value) + steps, len(values) - 1))]
    numbers = [each for each in values if isinstance(each, int | float)]
    if not isinstance(value, int | float) or not numbers:
        return values[0]
    place = bisect_right(numbers, value) if steps > 0 else bisect_left(numbers, value) - 1
    return numbers[max(0, min(place, len(numbers) - 1))] if 0 <= place < len(numbers) else value


def _decades(first: int, last: int) -> tuple[float, ...]:
    """Return 1, 2, 3 and 5 times each power of ten."""
    return tuple(float(f"{digit}e{power}") for power in range(first, last + 1) for digit in (1, 2, 3, 5))


def _choice(what: str, names: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = [name for name in names if name.startswith(text.strip().lower())]
        if text.strip().lower() in names:
            return text.strip().lower()
        if len(found) != 1:
            raise LabError(f"“{text.strip()}” is no {what}. Write one of: {', '.join(names)}.")
        return found[0]

    return read


def _or_none(word: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: None if text.strip().lower() == word else read(text)


def read_layers(text: str) -> tuple[int, ...]:
    """Return the units of each hidden layer: `4,4`; `none` for no hidden layer. Raises LabError."""
    if text.strip().lower() in {"none", "-", "0", ""}:
        return ()
    return tuple(read_whole(part) for part in text.replace("-", ",").split(","))


def _layers_text(layers: tuple[int, ...]) -> str:
    return "-".join(map(str, layers)) or "none"


def read_stop(text: str) -> StopRule:
    """Return a stop rule: `100 steps`, `loss 0.01`, `gradient 1e-6`, `never`. Raises LabError."""
    words = text.replace("<", " ").split()
    kinds = {"steps": "steps", "step": "steps", "loss": "loss", "gradient": "gradient"}
    if [word.lower() for word in words] == ["never"]:
        return StopRule()
    found = next((kinds[word.lower()] for word in words if word.lower() in kinds), None)
    numbers = [word for word in words if word.lower() not in kinds]
    if found is None or len(numbers) != 1:
        raise LabError(f"“{text.strip()}” is no stop rule. Write “100 steps”, “loss 0.01”, “gradient 1e-6” or “never”.")
    limit = float(read_whole(numbers[0])) if found == "steps" else read_number(numbers[0])
    return StopRule(found, limit)  # type: ignore[arg-type]  # a value of `kinds`


def _stop_text(rule: StopRule) -> str:
    match rule.kind:
        case "never":
            return "never"
        case "steps":
            return f"{rule.limit:g} steps"
        case kind:
            return f"{kind} < {number_text(rule.limit)}"


def _whole_or_all(size: int | None) -> str:
    return "all" if size is None else str(size)


def _off_or_number(value: float | None) -> str:
    return number_text(value) if value else "off"


def _usual_or_number(value: float | None) -> str:
    return "usual" if value is None else number_text(value)


def _is_network(settings: LabSettings) -> bool:
    return settings.is_network


def _or_off(text: str) -> float:
    return 0.0 if text.strip().lower() == "off" else read_number(text)


def _uses(*rules: str) -> Callable[[LabSettings], bool]:
    return lambda settings: settings.training.optimizer.rule in rules


def _has_batches(settings: LabSettings) -> bool:
    subject = settings.subject
    return settings.is_network or (isinstance(subject, ProblemSubject) and subject.problem.example_count > 1)


def _is_made(settings: LabSettings) -> bool:
    return isinstance(settings.subject, DataSubject)


LAYERS: tuple[tuple[int, ...], ...] = (
    (),
    (2,),
    (3,),
    (4,),
    (8,),
    (2, 2),
    (4, 4),
    (8, 8),
    (4, 4, 4),
    (8, 8, 8),
    (16, 16),
)
STOPS = (
    StopRule(),
    StopRule("steps", 10),
    StopRule("steps", 100),
    StopRule("steps", 1000),
    StopRule("loss", 0.1),
    StopRule("loss", 0.01),
    StopRule("loss", 0.001),
    StopRule("gradient", 1e-3),
    StopRule("gradient", 1e-6),
)
_SMALL_OR_OFF = (0.0, *_decades(-4, -1))
_SHARES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
_OPTIMIZER = "training.optimizer."
_NETWORK = "training.network."
_LOSSES = ("mse", "sse", "half-mse", "mae", "cross-entropy")
_SETS = (
    "line", "plane", "circle", "xor", "gauss", "spiral", "housing", "four-points", "three-examples", "truth-table",
)  # fmt: skip

KNOBS: tuple[Knob, ...] = (
    Knob("learning rate", "η", _OPTIMIZER + "eta", _decades(-5, 0), read_number, number_text),
    Knob("rule", "rule", _OPTIMIZER + "rule", RULES, _choice("update rule", RULES)),
    Knob("momentum", "β", _OPTIMIZER + "beta", _SHARES, read_number, number_text, _uses("momentum", "nesterov")),
    Knob("decay of v", "ρ", _OPTIMIZER + "rho", _SHARES, read_number, number_text, _uses("rmsprop")),
    Knob("decay of m", "β1", _OPTIMIZER + "beta1", _SHARES, read_number, number_text, _uses("adam", "adamw")),
    Knob("decay of v", "β2", _OPTIMIZER + "beta2", _SHARES, read_number, number_text, _uses("adam", "adamw")),
    Knob("weight decay", "λ", _OPTIMIZER + "weight_decay", _SMALL_OR_OFF, _or_off, _off_or_number, _uses("adamw")),
    Knob(
        "batch size",
        "batch",
        "training.batch_size",
        (1, 2, 5, 10, 20, 32, 50, 100, None),
        _or_none("all", read_whole),
        _whole_or_all,
        _has_batches,
    ),
    Knob("schedule", "schedule", _OPTIMIZER + "schedule.kind", SCHEDULES, _choice("schedule", SCHEDULES)),
    Knob(
        "clip the gradient at",
        "clip",
        _OPTIMIZER + "clip",
        (None, *_decades(-2, 2)),
        _or_none("off", read_number),
        _off_or_number,
    ),
    Knob("stop", "stop", "stop", STOPS, read_stop, _stop_text),
    Knob("data", "data", "subject.name", _SETS, _choice("data set", _SETS), str, _is_made, restarts=True),
    Knob(
        "noise",
        "noise",
        "subject.noise",
        (None, 0.0, *_decades(-2, -1)),
        _or_none("usual", read_number),
        _usual_or_number,
        _is_made,
        restarts=True,
    ),
    Knob(
        "share of test data",
        "test",
        "subject.test_share",
        (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9),
        read_number,
        number_text,
        _is_network,
        restarts=True,
    ),
    Knob("hidden layers", "layers", _NETWORK + "hidden", LAYERS, read_layers, _layers_text, _is_network, restarts=True),
    Knob(
        "activation",
        "activation",
        _NETWORK + "activation",
        ACTIVATIONS,
        _choice("activation", ACTIVATIONS),
        str,
        _is_network,
        restarts=True,
    ),
    Knob("loss", "loss", _NETWORK + "loss", _LOSSES, _choice("loss", _LOSSES), str, _is_network, restarts=True),
    Knob(
        "first weights",
        "weights",
        _NETWORK + "initial",
        ("xavier", "he", "zero"),
        _choice("way to start", ("xavier", "he", "zero")),
        str,
        _is_network,
        restarts=True,
    ),
    Knob("L1", "L1", "training.l1", _SMALL_OR_OFF, _or_off, _off_or_number, _is_network),
    Knob("L2", "L2", "training.l2", _SMALL_OR_OFF, _or_off, _off_or_number, _is_network),
    Knob("dropout", "dropout", "training.dropout", (0.0, 0.1, 0.2, 0.5), _or_off, _off_or_number, _is_network),
    Knob("seed", "seed", "training.seed", tuple(range(100)), read_whole, str, _is_network, restarts=True),
)
"""All knobs, in the order in which they are listed."""


def knobs_of(settings: LabSettings) -> tuple[Knob, ...]:
    """Return the knobs that have an effect in a lab."""
    return tuple(knob for knob in KNOBS if knob.applies(settings))


def knob(symbol: str) -> Knob:
    """Return the knob with this symbol. Raises KeyError where there is none."""
    for each in KNOBS:
        if each.symbol == symbol:
            return each
    raise KeyError(symbol)
