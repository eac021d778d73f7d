"""The mistakes that a learner makes most, and a short drill against one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.practice.mastery import Standing
    from tutor.practice.record import Record, Slip
    from tutor.practice.syllabus import Syllabus

HALF_LIFE: Final = timedelta(days=14)
"""A mistake made so long ago weighs half as much as one made now."""
_MOST_SKILLS: Final = 2
_TASKS: Final = 4
_SHEETS: Final = 2


@dataclass(frozen=True, slots=True)
class Mistake:
    """A misconception that showed in answers, in lessons and in practice."""

    misconception: str
    count: int
    weight: float
    """The same count, with less for what is longer ago."""
    latest: datetime


def common_mistakes(record: Record, now: datetime) -> tuple[Mistake, ...]:
    """Return the misconceptions that showed, those first that weigh most at a time."""
    slips: defaultdict[str, list[Slip]] = defaultdict(list)
    for slip in record.slips:
        slips[slip.misconception].append(slip)
    found = [
        Mistake(name, len(made), sum(_weight(slip, now) for slip in made), max(slip.time for slip in made))
        for name, made in slips.items()
    ]
    return tuple(sorted(found, key=lambda mistake: (-mistake.weight, mistake.misconception)))


def drill_items(misconception: str, record: Record, syllabus: Syllabus, seed: int) -> tuple[Item, ...]:
    """Return a short drill against a misconception: four tasks of one or two skills; none where no skill knows it.

    Two sheets in which somebody else made the mistake, then two to work oneself; who has not yet worked the whole of
    a skill alone works at their own stage instead. `seed` is where the seeds of the tasks begin.
    """
    standings = read_mastery(record, syllabus)
    skills = _skills(misconception, record, standings, syllabus)[:_MOST_SKILLS]
    items: list[Item] = []
    for number in range(_TASKS if skills else 0):
        standing = standings[skills[number % len(skills)]]
        seed = record.unused_seed(standing.skill, seed)
        is_faulty = number < _SHEETS and standing.is_past_blank and "faulty" in standing.stages
        stage = "faulty" if is_faulty else standing.test_stage if standing.is_past_blank else standing.stage
        task = TaskName(standing.skill, stage, standing.grade, seed, misconception if is_faulty else "")
        items.append(Item("drill", task))
        seed += 1
    return tuple(items)


def _skills(misconception: str, record: Record, standings: Mapping[str, Standing], syllabus: Syllabus) -> list[str]:
    """Return the skills in which a mistake is common: those first where it was made most, then those begun."""
    made = Counter(
        task.skill
        for slip in record.slips
        if slip.misconception == misconception and (task := TaskName.of_activity(slip.activity))
    )
    skills = [skill.id for skill in syllabus.skills.values() if misconception in skill.traps]
    return sorted(skills, key=lambda skill: (-made[skill], not standings[skill].is_begun))


def _weight(slip: Slip, now: datetime) -> float:
    return float(0.5 ** (max(now - slip.time, timedelta()) / HALF_LIFE))
