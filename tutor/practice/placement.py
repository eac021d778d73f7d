"""The placement test of a section: a few tasks, each chosen by how the ones before it came out.

It begins in the middle of what is not known yet, goes on to what comes later after a right task and to what comes
earlier after a wrong one. How a task came out is kept as for any task; `read_mastery` lifts the skills.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tutor.learner.activities import BEGUN, END, placement_activity
from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.practice.record import FinishedTask, Record
    from tutor.practice.syllabus import Syllabus

MOST_TASKS: Final = 5
GRADE: Final = 2
"""The grade of the tasks of a test."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The latest placement test of a section."""

    section: int
    is_over: bool
    """Whether it was ended, or none was ever begun."""
    tasks: tuple[FinishedTask, ...] = ()

    @property
    def passed(self) -> tuple[str, ...]:
        """The skills whose tasks were right at the first try."""
        return tuple(task.task.skill for task in self.tasks if task.is_right)

    @property
    def failed(self) -> frozenset[str]:
        """The skills whose tasks were not."""
        return frozenset(task.task.skill for task in self.tasks if not task.is_right)


def read_placement(record: Record, syllabus: Syllabus, section: int) -> Placement:
    """Return the latest placement test of a section, as it is kept in the events."""
    activity = placement_activity(section)
    start, is_over = len(record.events), True
    for position, event in enumerate(record.events):
        if event.activity == activity and event.kind == "page":
            if event.cell == BEGUN:
                start, is_over = position, False
            elif event.cell == END:
                is_over = True
    skills = {skill.id for skill in syllabus.skills.values() if skill.section == section}
    tasks = [task for task in record.tasks if task.position > start and task.reason == "placement"]
    return Placement(section, is_over, tuple(task for task in tasks if task.task.skill in skills))


def next_in_placement(record: Record, syllabus: Syllabus, section: int, seed: int) -> Item | None:
    """Return the next task of the test that is under way; None where it has told what it can, or there is none.

    A task that was begun comes again. `seed` is where the seeds of fresh tasks begin.
    """
    placement = read_placement(record, syllabus, section)
    if placement.is_over:
        return None
    for begun in reversed(record.unfinished):
        skill = syllabus.skills.get(begun.task.skill)
        if begun.reason == "placement" and skill and skill.section == section:
            return Item("placement", begun.task)
    skill_id = _next_skill(record, syllabus, placement)
    if skill_id is None or len(placement.tasks) >= MOST_TASKS:
        return None
    standing = read_mastery(record, syllabus)[skill_id]
    return Item("placement", TaskName(skill_id, standing.test_stage, GRADE, record.unused_seed(skill_id, seed)))


def _next_skill(record: Record, syllabus: Syllabus, placement: Placement) -> str | None:
    """Return the skill that tells most: the middle one of those not decided, later or earlier than the last one."""
    section = [skill.id for skill in syllabus.skills.values() if skill.section == placement.section]
    undecided = _undecided(section, record, syllabus, placement)
    if placement.tasks:
        last = placement.tasks[-1]
        place = section.index(last.task.skill)
        towards = section[place:] if last.is_right else section[:place]
        undecided = [skill for skill in undecided if skill in towards] or undecided
    return undecided[len(undecided) // 2] if undecided else None


def _undecided(section: list[str], record: Record, syllabus: Syllabus, placement: Placement) -> list[str]:
    """Return the skills that are neither known, nor failed, nor build on what was failed."""
    standings = read_mastery(record, syllabus)
    return [
        skill
        for skill in section
        if standings[skill].level < len(standings[skill].stages)
        and placement.failed.isdisjoint(syllabus.with_needs(skill))
    ]
