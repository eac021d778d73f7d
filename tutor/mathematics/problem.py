"""A problem: given values, parameters, steps, examples and how the parameters move. As data, without a derivation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.values.real import Value


class ProblemError(Exception):
    """A fault in a problem file; the text tells file, line, what is wrong and what to write instead."""

    def __init__(self, message: str) -> None:
        """Keep the message on one line: what a file quotes may hold line ends and signs that steer a terminal."""
        super().__init__("".join(character if character.isprintable() else " " for character in message))


@dataclass(frozen=True)
class Step:
    """One step: its name, the formula as written and as read, and the names it uses in order of appearance."""

    name: str
    text: str
    formula: Node
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """An update rule: the hyperparameters it needs and the state it keeps for each parameter."""

    name: str
    needs: tuple[str, ...] = ()
    state: tuple[str, ...] = ()


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("sgd", ("eta",)),
        Rule("momentum", ("eta", "beta"), ("v",)),
        Rule("nesterov", ("eta", "beta"), ("v",)),
        Rule("rmsprop", ("eta", "rho", "epsilon"), ("v",)),
        Rule("adam", ("eta", "beta1", "beta2", "epsilon"), ("m", "v", "mhat", "vhat")),
        Rule("adamw", ("eta", "beta1", "beta2", "epsilon", "weight_decay"), ("m", "v", "mhat", "vhat")),
    )
}
HYPERPARAMETERS = ("eta", "beta", "rho", "beta1", "beta2", "epsilon", "weight_decay")
STATES = ("v", "m", "mhat", "vhat")
SYMBOLS = {
    "eta": "η", "beta": "β", "rho": "ρ", "beta1": "β1", "beta2": "β2", "epsilon": "ε", "weight_decay": "λ",
}  # fmt: skip


@dataclass(frozen=True)
class Update:
    """How the parameters move: the rule, its hyperparameters, how often, and over which examples.

    `reduce_is_written` tells that the file says itself whether a batch is added up or averaged. `state` is the
    optimizer's state before the first update, by names such as `v_w1`, 0 where nothing is said, and `updates_before`
    how many updates have led to it: no file says these, but a run in its middle does.
    """

    rule: Rule
    hyperparameters: Mapping[str, Value]
    steps: int = 1
    reduce: str = "mean"
    reduce_is_written: bool = False
    batch_size: int | None = None
    state: Mapping[str, Value] = field(default_factory=dict)
    updates_before: int = 0


@dataclass(frozen=True)
class Problem:
    """A problem file as read: every number exact, every name known, every formula a tree.

    `examples` holds a list for each of its names, all of one length; `source` names the file in messages and
    `lines` tells where each name is declared.
    """

    title: str
    objective: str
    given: Mapping[str, Value]
    parameters: Mapping[str, Value]
    steps: Mapping[str, Step]
    examples: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    update: Update | None = None
    source: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def example_count(self) -> int:
        """How many examples there are; 0 for a problem without a batch."""
        return len(next(iter(self.examples.values()))) if self.examples else 0

    @property
    def iterations(self) -> int:
        """How many iterations have forward and backward cells."""
        return self.update.steps if self.update else 1

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the file declares, in the order of its sections."""
        return (*self.given, *self.examples, *self.parameters, *self.steps)

    def batch(self, iteration: int) -> tuple[int, ...]:
        """Return the examples, counted from 1, that an iteration uses: in order, pass after pass."""
        count = self.example_count
        size = (self.update.batch_size if self.update else None) or count
        if not count:
            return ()
        batches = -(-count // size)
        start = iteration % batches * size
        return tuple(range(start + 1, min(start + size, count) + 1))

    def fault(self, name: str, message: str) -> ProblemError:
        """Return the error about the line that declares a name."""
        line = self.lines.get(name)
        where = f"{self.source}:{line}" if line else self.source
        return ProblemError(f"{where}: {message}")


_LARGEST_FILE = 4_000_000


def load_problem(path: Path) -> Problem:
    """Read a problem file.

    Raises ProblemError for any fault in it, and where the file cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise ProblemError(f"{path}: this is not a file. Name a problem file.")
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        message = f"{path}: the file cannot be read ({error}). Name a problem file that exists."
        raise ProblemError(message) from error
    if len(data) > _LARGEST_FILE:
        raise ProblemError(f"{path}: this is larger than a problem file can be. Name another one.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProblemError(f"{path}:{line}: this is not UTF-8 text. Save the file as UTF-8.") from error
    return read_problem(text, str(path))


def read_problem(text: str, source: str) -> Problem:
    """Read the text of a problem file; `source` names it in messages.

    Raises ProblemError for any fault.
    """
    from tutor.mathematics.problem_file import ProblemReader  # noqa: PLC0415 - tomllib is loaded when it is needed

    return ProblemReader(text.replace("\r\n", "\n"), source).problem()
