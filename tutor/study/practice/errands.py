"""What a learner set out to do: a daily session, one skill, a drill. Each says which task or card comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tutor.draw.text import Line
from tutor.learner.activities import BEGUN, END, LONGER, TODAY, Reason
from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.plan import chosen_item, next_item
from tutor.practice.session import Session, current_session, finished, summary
from tutor.practice.task_name import TaskName
from tutor.study.practice.learner import Learner
from tutor.study.practice.summary import today_lines
from tutor.study.practice.words import way_on

_WHY: Final[Mapping[Reason, str]] = {
    "due": "This is due again.",
    "mixed": "This is mixed in, so that it lasts.",
    "confirm": "This one comes unannounced: right at the first try, its skill is mastered.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A task or a card, and what is said about why it comes."""

    item: Item
    title: str
    why: str = ""
    """A sentence or two; may be empty."""
    asks_rule: str = ""
    """The title of the question which rule the work needs, which then comes first: it must not give that away."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said in the end."""

    title: str
    draw: Callable[[int], Sequence[Line]]
    """Returns the lines for a width."""
    goes_on: bool
    """Whether there is more to do for those who want to."""


class Errand:
    """Something to do, task by task. Methods may block."""

    name = ""

    def next(self) -> Step | None:
        """Return what comes next; None where it is over."""
        raise NotImplementedError

    def closing(self) -> Closing:
        """Return what is said in the end."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Go on after the end."""

    def end(self) -> None:
        """Keep that it is over."""


class Today(Errand):
    """A daily session."""

    name = "Today"

    def __init__(self, learner: Learner) -> None:
        self._learner = learner

    def next(self) -> Step | None:
        """Return what comes next; a session begins where none is going on."""
        learner = self._learner
        session = self._session()
        record = learner.record()
        item = next_item(record, session, learner.services.now(), learner.syllabus, learner.seed)
        if item is None:
            return None
        title = f"Today {len(finished(record, session)) + 1}"
        if item.task is None:
            return Step(item, f"{title} · card")
        standing = read_mastery(record, learner.syllabus)[item.task.skill]
        if item.reason == "confirm":
            return Step(item, f"{title} · unannounced", _WHY["confirm"])
        why = _WHY.get(item.reason) or way_on(standing)
        skill = learner.syllabus.skills[item.task.skill]
        return Step(item, f"{title} · {skill.title}", why, title if standing.asks_rule else "")

    def closing(self) -> Closing:
        """Return what was done, and what is due tomorrow."""
        learner, session = self._learner, self._session()
        record, now = learner.record(), learner.services.now()
        more = next_item(record, session.longer(), now, learner.syllabus, learner.seed) is not None
        told = summary(record, session, now, learner.syllabus)
        return Closing(self.name, lambda width: today_lines(told, learner.syllabus, width, goes_on=more), more)

    def go_on(self) -> None:
        """Work on for as long again."""
        self._learner.note(TODAY, LONGER)

    def end(self) -> None:
        """Keep that the session is over."""
        told = [event.cell for event in self._learner.record().events if event.activity == TODAY]
        if told and told[-1] != END:
            self._learner.note(TODAY, END)

    def _session(self) -> Session:
        learner = self._learner
        now, minutes = learner.services.now, learner.services.minutes
        session = current_session(learner.record(), now(), minutes)
        if session is None:
            learner.note(TODAY, BEGUN)
            session = current_session(learner.record(), now(), minutes)
        return session or Session(len(learner.record().events), minutes)


class OneSkill(Errand):
    """One skill, on fresh numbers, for as long as the learner likes."""

    name = "Practice"

    def __init__(self, learner: Learner, skill: str) -> None:
        """Practise a skill. Raises KeyError for one that there is not."""
        self._learner = learner
        self._skill = learner.syllabus.skills[skill]

    def next(self) -> Step:
        """Return the next task of the skill: the one that was left, if any."""
        learner = self._learner
        record = learner.record()
        standing = read_mastery(record, learner.syllabus)[self._skill.id]
        left = unfinished_task(learner, "chosen", self._skill.id)
        is_next = left is not None and left.stage == standing.stage
        fresh = chosen_item(record, learner.syllabus, self._skill.id, learner.seed)
        item = Item("chosen", left) if is_next else fresh
        why = f"{way_on(standing)}{self._gate()}"
        return Step(item, f"Practice · {self._skill.title}", why, self.name if standing.asks_rule else "")

    def _gate(self) -> str:
        """Return what is said where the lesson of the skill was not read to its end."""
        head = self._learner.lesson_of(self._skill)
        if head is None or head.id in self._learner.record().lessons_done:
            return ""
        return f"\nIts lesson, {head.number} {head.title}, is not done yet."


def unfinished_task(learner: Learner, reason: str, skill: str = "") -> TaskName | None:
    """Return the task that was begun last for a reason, of a skill if one is named, and not ended."""
    begun = (begun for begun in reversed(learner.record().unfinished) if begun.reason == reason)
    return next((each.task for each in begun if skill in {"", each.task.skill}), None)
