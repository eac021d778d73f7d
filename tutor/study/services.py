"""What the screens need from the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tutor.course.model import Course
from tutor.learner.store import Store
from tutor.settings.model import USUAL_MINUTES
from tutor.study.further import FurtherCourse
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem


@dataclass(frozen=True, slots=True)
class Services:
    """What the screens need from the rest of the program."""

    terminal: Terminal
    course: Course
    store: Store
    now: Callable[[], datetime]
    """Returns the time in UTC."""
    derivation_of: "Callable[[Problem], Derivation]"
    """Derives a problem; this may block for a second."""
    minutes: int = USUAL_MINUTES
    """After how many minutes of work a day's session ends."""
    further: tuple[FurtherCourse, ...] = ()
    """The courses shown below the course."""
    notice: str = ""
    """What is said on home at the start."""
