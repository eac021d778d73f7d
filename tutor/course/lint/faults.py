"""Faults, collected so that one run tells them all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tutor.course.error import LessonError
from tutor.engine.error import EngineError
from tutor.mathematics.problem import ProblemError

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<message>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where, and what to write instead. The line is 0 where a whole file is meant."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the fault as it is printed."""
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass(slots=True)
class Faults:
    """A collection of faults, each once."""

    found: set[Fault] = field(default_factory=set)

    def add(self, path: Path, line: int, message: str) -> None:
        """Take a fault."""
        self.found.add(Fault(str(path), line, message))

    def take(self, error: LessonError) -> None:
        """Take the fault that an error is about."""
        self.add(error.path, error.line, error.message)

    @contextmanager
    def collecting(self, path: Path, line: int) -> Iterator[None]:
        """Take whatever is raised about a lesson, a problem or a run; path and line are where no error says it."""
        try:
            yield
        except LessonError as error:
            self.take(error)
        except ProblemError as error:
            place = _PLACE.fullmatch(str(error))
            if place:
                self.add(Path(place["path"]), int(place["line"]), place["message"])
            else:
                self.add(path, line, str(error).removeprefix(f"{path}: "))
        except EngineError as error:
            self.add(path, line, str(error))
