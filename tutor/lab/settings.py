"""What a lab is about and how it is run, as frozen data: the same settings give the same lab on every machine.

Nothing here needs NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tutor.digest import digest_of
from tutor.engine.settings import TrainingSettings

if TYPE_CHECKING:
    from fractions import Fraction

    from tutor.mathematics.problem import Problem

MOST_RUNS = 3
"""Runs side by side."""


@dataclass(frozen=True, slots=True)
class FunctionSubject:
    """A function of one or two variables that somebody typed, with where the descent starts.

    `start` gives a number for each variable, in order.
    """

    formula: str
    start: tuple[tuple[str, Fraction], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The variables."""
        return tuple(name for name, _ in self.start)


@dataclass(frozen=True, slots=True)
class DataSubject:
    """A network on a data set that gdtutor makes by name.

    `noise` and `test_share` are as for `gdtutor train`; None is the noise that is usual for the set.
    """

    name: str
    noise: float | None = None
    test_share: float = 0.3


@dataclass(frozen=True, slots=True)
class FileSubject:
    """A network on a CSV file of the learner's own; `content` tells the file again."""

    path: str
    content: str
    test_share: float = 0.3


@dataclass(frozen=True, slots=True)
class PointsSubject:
    """A network on points that somebody typed, `x y` or `x1 x2 label`, with a semicolon between two points."""

    text: str
    test_share: float = 0.0

    @property
    def content(self) -> str:
        """What tells these points again."""
        return digest_of(self.text.encode()).hex()


@dataclass(frozen=True, slots=True)
class ProblemSubject:
    """A problem file, whose parameters are descended; `content` tells the file again."""

    problem: Problem = field(compare=False)
    content: str = ""


Subject: TypeAlias = FunctionSubject | DataSubject | FileSubject | ProblemSubject | PointsSubject
OwnSubject: TypeAlias = FileSubject | ProblemSubject | PointsSubject
"""What is not in the code of a lab, but told again by its content."""


@dataclass(frozen=True, slots=True)
class StopRule:
    """When a run stops by itself: after so many steps, below a loss, at a small gradient, or never."""

    kind: Literal["never", "steps", "loss", "gradient"] = "never"
    limit: float = 0.0

    def sentence(self) -> str:
        """Return the rule in words."""
        match self.kind:
            case "steps":
                return f"after {self.limit:g} steps"
            case "loss":
                return f"when the loss is below {self.limit:g}"
            case "gradient":
                return f"when the gradient is shorter than {self.limit:g}"
            case _:
                return "never by itself"


@dataclass(frozen=True, slots=True)
class LabSettings:
    """One run: what it is about, how it is trained, when it stops."""

    subject: Subject
    training: TrainingSettings = field(default_factory=TrainingSettings)
    stop: StopRule = field(default_factory=StopRule)

    @property
    def is_network(self) -> bool:
        """Whether a network learns from data here, not a formula that is descended."""
        return isinstance(self.subject, DataSubject | FileSubject | PointsSubject)


@dataclass(frozen=True, slots=True)
class Lab:
    """Up to three runs side by side; the first one is the one that is looked at closely."""

    runs: tuple[LabSettings, ...]
    title: str = ""

    def __post_init__(self) -> None:
        """Hold that there are one to three runs."""
        assert 1 <= len(self.runs) <= MOST_RUNS
