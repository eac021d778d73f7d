"""The name of a task: all that is needed to make the same task again, on any machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tutor.practice.stage import STAGES, Stage

PRACTICE: Final = "practice:"
"""What the activities of practice begin with."""
_STAGE_OF: Final[dict[str, Stage]] = {stage: stage for stage in STAGES}
_PARTS = 4


@dataclass(frozen=True, slots=True)
class TaskName:
    """One task: a skill at a stage, its grade of difficulty, and the seed of its numbers."""

    skill: str
    stage: Stage
    grade: int
    seed: int

    @property
    def activity(self) -> str:
        """The activity under which the work on it is kept.

        >>> TaskName("chain-two-links", "blank", 2, 17).activity
        'practice:chain-two-links/blank/2/17'
        """
        return f"{PRACTICE}{self.skill}/{self.stage}/{self.grade}/{self.seed}"

    @classmethod
    def of_activity(cls, activity: str) -> Self | None:
        """Return the task that an activity belongs to; None for an activity that is none.

        What stands behind a # is a further part of the same task.

        >>> TaskName.of_activity("practice:chain-two-links/blank/2/17#rule").seed
        17
        >>> TaskName.of_activity("lesson:two-suspects") is None
        True
        """
        parts = activity.removeprefix(PRACTICE).partition("#")[0].split("/")
        if not activity.startswith(PRACTICE) or len(parts) != _PARTS or parts[1] not in _STAGE_OF:
            return None
        if not (parts[2].isdecimal() and parts[3].isdecimal()):
            return None
        return cls(parts[0], _STAGE_OF[parts[1]], int(parts[2]), int(parts[3]))
