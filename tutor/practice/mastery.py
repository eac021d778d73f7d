"""Where a learner stands in each skill, and which skill is open next.

A skill is climbed stage by stage: so many tasks right at the first try, one after the other, lead to the next one, and
one that was not leads a stage back. After the last stage the skill is to be confirmed: it comes up among others,
unannounced, blank, at the hardest grade that was reached.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from tutor.practice.skill import HARDEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.practice.record import FinishedTask, Record
    from tutor.practice.stage import Stage
    from tutor.practice.syllabus import Syllabus

State = Literal["new", "learning", "to be confirmed", "mastered"]

TYPED_RIGHTS: Final = 2
"""So many tasks right in a row lead on from a stage in which answers are typed."""
CHOICE_RIGHTS: Final = 3
"""So many answers, where they are chosen among some: guessing may be right."""
_NEEDED: Final[Mapping[Stage, int]] = {
    "shown": 1,  # an example is read once
    "missing": TYPED_RIGHTS,
    "blank": TYPED_RIGHTS,
    "faulty": TYPED_RIGHTS,
    "formula": TYPED_RIGHTS,
}
_RIGHTS_FOR_A_GRADE: Final = 2
_MOST_POINTS: Final = _RIGHTS_FOR_A_GRADE * (HARDEST - 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in one skill."""

    skill: str
    stages: tuple[Stage, ...]
    level: int = 0
    """The place of the stage among `stages`; one more where the skill is to be confirmed, two where it is mastered."""
    is_begun: bool = False
    rights: int = 0
    """How many tasks were right in a row at this level."""
    row_stage: Stage | None = None
    """The stage at which they were."""
    points: int = 0
    hardest: int = 1
    """The hardest grade that was reached."""
    rule_rights: int = 0
    """How often in a row the rule was named rightly."""

    @property
    def state(self) -> State:
        """What is said of the skill."""
        if self.level > len(self.stages):
            return "mastered"
        if self.level == len(self.stages):
            return "to be confirmed"
        return "learning" if self.is_begun else "new"

    @property
    def stage(self) -> Stage:
        """The stage of its next task."""
        return self.stages[self.level] if self.level < len(self.stages) else self.test_stage

    @property
    def test_stage(self) -> Stage:
        """The stage that proves the skill: everything blank."""
        return "blank" if "blank" in self.stages else self.stages[-1]

    @property
    def grade(self) -> int:
        """The grade of its next task."""
        return self.hardest if self.level >= len(self.stages) else _grade(self.points)

    @property
    def needed(self) -> int:
        """How many rights in a row lead on from here."""
        return _NEEDED[self.stages[self.level]] if self.level < len(self.stages) else 1

    @property
    def is_past_blank(self) -> bool:
        """Whether the whole of it was worked alone, so that what builds on it may begin."""
        return self.level > self.stages.index(self.test_stage)

    @property
    def asks_rule(self) -> bool:
        """Whether a task is preceded by “which rule?”: until that was right often enough in a row."""
        return self.stage in {"missing", "blank"} and self.state == "learning" and self.rule_rights < CHOICE_RIGHTS


def read_mastery(record: Record, syllabus: Syllabus) -> dict[str, Standing]:
    """Return where the learner stands in every skill of the syllabus, in its order."""
    standings = {skill.id: Standing(skill.id, syllabus.stages(skill)) for skill in syllabus.skills.values()}
    before = ""
    for task in record.tasks:
        skill = task.task.skill
        if skill in standings and task.reason == "placement":
            if task.is_right:
                _place(standings, syllabus, task)
        elif skill in standings and task.reason != "drill":
            standings[skill] = _after(standings[skill], task, is_among_others=skill != before)
        before = skill
    return standings


def open_skills(record: Record, standings: Mapping[str, Standing], syllabus: Syllabus) -> tuple[str, ...]:
    """Return the skills that may be begun, in the order of the course.

    These are the new ones whose lesson is done, or that were met in a placement test, and the needs of which were
    worked blank at least. It is a suggestion: any skill may be chosen.
    """
    met = {task.task.skill for task in record.tasks if task.reason == "placement"}
    return tuple(
        skill.id
        for skill in syllabus.skills.values()
        if standings[skill.id].state == "new"
        and (skill.lesson in record.lessons_done or skill.id in met)
        and all(standings[need].is_past_blank for need in skill.needs if need in standings)
    )


def _after(standing: Standing, task: FinishedTask, *, is_among_others: bool) -> Standing:
    """Return where a learner stands after a task that was not part of a placement test."""
    rule_rights = standing.rule_rights if task.rule is None else (standing.rule_rights + 1) * task.rule
    standing = replace(standing, is_begun=True, rule_rights=rule_rights)
    if not task.is_right:
        return _after_wrong(standing, task)
    if task.task.stage != "shown":
        points = min(standing.points + 1, _MOST_POINTS)
        hardest = max(standing.hardest, task.task.grade, _grade(points))
        standing = replace(standing, points=points, hardest=hardest)
    if standing.state == "to be confirmed":
        is_test = (
            is_among_others and task.reason == "confirm" and task.task.stage == standing.test_stage
        ) and task.task.grade >= standing.hardest
        return replace(standing, level=standing.level + is_test, rights=0, row_stage=None)
    return _after_right(standing, task.task.stage)


def _after_right(standing: Standing, stage: Stage) -> Standing:
    """Return where a learner stands after a task that was right at the first try; an easier one leads nowhere."""
    place = standing.stages.index(stage) if stage in standing.stages else -1
    if standing.level >= len(standing.stages) or place < standing.level:
        return standing
    rights = standing.rights + 1 if standing.row_stage == stage else 1
    if rights < _NEEDED[stage]:
        return replace(standing, rights=rights, row_stage=stage)
    return replace(standing, level=place + 1, rights=0, row_stage=None)


def _after_wrong(standing: Standing, task: FinishedTask) -> Standing:
    """Return where a learner stands after a task that was not: a stage back, but never below the missing cells.

    A stage that was tried too early proves nothing but that it was too early.
    """
    standing = replace(standing, rights=0, row_stage=None)
    stages = standing.stages
    if task.task.stage in stages and stages.index(task.task.stage) > standing.level:
        return standing
    lowest = min(stages.index("missing") if "missing" in stages else 0, standing.level)
    points = max(standing.points - _RIGHTS_FOR_A_GRADE, 0)
    return replace(standing, level=max(standing.level - 1, lowest), points=points)


def _place(standings: dict[str, Standing], syllabus: Syllabus, task: FinishedTask) -> None:
    """Lift the skill of a task of a placement test that was right, and all that it needs."""
    for identity in syllabus.with_needs(task.task.skill):
        standing = standings[identity]
        is_tested = identity == task.task.skill and task.task.stage == standing.test_stage
        level = len(standing.stages) + is_tested
        if level > standing.level:
            points = max(standing.points, _RIGHTS_FOR_A_GRADE * (task.task.grade - 1))
            hardest = max(standing.hardest, task.task.grade)
            standings[identity] = replace(
                standing, level=level, is_begun=True, rights=0, row_stage=None, points=points, hardest=hardest
            )


def _grade(points: int) -> int:
    return 1 + points // _RIGHTS_FOR_A_GRADE
