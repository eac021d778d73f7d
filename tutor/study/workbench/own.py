"""A problem of the learner's own, typed or from a file, ready to be worked with."""

from dataclasses import dataclass

from tutor.mathematics.problem import Problem, load_problem
from tutor.practice.workbench.reading import BenchReading
from tutor.practice.workbench.saving import typed_path


@dataclass(frozen=True, slots=True)
class OwnProblem:
    """A problem of the learner's own: what its file holds, or would hold; and the text that was typed, if one was."""

    problem: Problem
    file: bytes
    typed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What to call it."""
        return self.problem.title or "Your own problem"


def own_of_reading(reading: BenchReading, typed: str) -> OwnProblem:
    """Return the problem that was read from a typed text without fault, of which nothing is missing."""
    assert reading.problem is not None
    return OwnProblem(reading.problem, reading.file.encode(), "" if reading.is_file else typed, reading.notes)


def own_of_file(path_text: str) -> OwnProblem:
    """Return the problem in a file.

    Raises ProblemError for a fault in it, SavingError for what is no path, OSError for a file that cannot be read.
    """
    path = typed_path(path_text)
    return OwnProblem(load_problem(path), path.read_bytes())
