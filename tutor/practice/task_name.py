"""The name of a task: all that is needed to make the same task again, on any machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from tutor.learner.activities import PRACTICE
from tutor.practice.skill import HARDEST
from tutor.practice.stage import STAGES, Stage

_STAGE_OF: Final[dict[str, Stage]] = {stage: stage for stage in STAGES}
_ACTIVITY: Final = re.compile(
    PRACTICE
    + r"(?P<skill>[a-z0-9-]+)"
    + rf"/(?P<stage>{'|'.join(STAGES)})/(?P<grade>[1-{HARDEST}])"
    + r"/(?P<seed>0|[1-9][0-9]{0,17})(?:/(?P<trap>[a-z0-9.-]+))?(?:#.*)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TaskName:
    """One task: a skill at a stage, its grade of difficulty, and the seed of its problem."""

    skill: str
    stage: Stage
    grade: int
    seed: int
    """From 0 to 18 digits."""
    trap: str = ""
    """The id of the one mistake that a faulty cell is to show; empty where any of the skill's traps will do."""

    @property
    def activity(self) -> str:
        """The activity under which the work on it is kept.

        >>> TaskName("chain-two-links", "blank", 2, 17).activity
        'practice:chain-two-links/blank/2/17'
        >>> TaskName("chain-two-links", "faulty", 2, 17, "links.links-added").activity
        'practice:chain-two-links/faulty/2/17/links.links-added'
        """
        trap = f"/{self.trap}" if self.trap else ""
        return f"{PRACTICE}{self.skill}/{self.stage}/{self.grade}/{self.seed}{trap}"

    @classmethod
    def of_activity(cls, activity: str) -> Self | None:
        """Return the task that an activity belongs to; None for an activity that is none.

        What stands behind a # is a further part of the same task.

        >>> TaskName.of_activity("practice:chain-two-links/blank/2/17#rule").seed
        17
        >>> TaskName.of_activity("lesson:two-suspects") is None
        True
        """
        found = _ACTIVITY.fullmatch(activity)
        if found is None or (found["trap"] and found["stage"] != "faulty"):
            return None
        return cls(
            found["skill"], _STAGE_OF[found["stage"]], int(found["grade"]), int(found["seed"]), found["trap"] or ""
        )
