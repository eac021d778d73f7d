"""The placement test of a section, for those who know some of it already."""

from collections.abc import Sequence

from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line
from tutor.learner.activities import BEGUN, END, placement_activity
from tutor.practice.mastery import read_mastery
from tutor.practice.placement import MOST_TASKS, next_in_placement, read_placement
from tutor.study.practice.errands import Closing, Errand, Step
from tutor.study.practice.learner import Learner
from tutor.study.practice.words import counted

_NOTHING = "There is nothing to ask: you have worked alone at every skill of this section."


class PlacementTest(Errand):
    """A few tasks that find out from where on a section is new."""

    name = "Placement test"

    def __init__(self, learner: Learner, section: int) -> None:
        """Go on with the test of a section that is under way, or begin one."""
        self._learner = learner
        self._section = section
        if read_placement(learner.record(), learner.syllabus, section).is_over:
            learner.note(placement_activity(section), BEGUN)

    def next(self) -> Step | None:
        """Return the next task; None where the test has told what it can."""
        learner = self._learner
        record = learner.record()
        item = next_in_placement(record, learner.syllabus, self._section, learner.seed)
        if item is None:
            return None
        number = len(read_placement(record, learner.syllabus, self._section).tasks) + 1
        return Step(item, f"{self.name} · section {self._section} · {number} of {MOST_TASKS} at most")

    def closing(self) -> Closing:
        """Return which skills of the section need not be begun from the start."""
        learner = self._learner
        record = learner.record()
        placement = read_placement(record, learner.syllabus, self._section)
        standings = read_mastery(record, learner.syllabus)
        skills = [skill for skill in learner.syllabus.skills.values() if skill.section == self._section]
        known = [skill.title for skill in skills if standings[skill.id].is_past_blank]
        asked = counted(len(placement.tasks), "task")
        right = f"Right at the first try: {len(placement.passed)} of {asked}." if placement.tasks else _NOTHING

        def draw(width: int) -> Sequence[Line]:
            lines = [*wrapped(right, width, indented=1), ()]
            lines += [text_line(" You know", "heading")] if known else []
            lines += [line for title in known for line in wrapped(title, width, indented=3)]
            said = f"{len(known)} of {counted(len(skills), 'skill')} of this section can be taken as known."
            return [*lines, *([()] if known else []), *wrapped(said, width, indented=1)]

        return Closing(f"{self.name} · section {self._section}", draw, goes_on=False)

    def end(self) -> None:
        """Keep that the test is over."""
        self._learner.note(placement_activity(self._section), END)
