"""What comes next in a daily session.

What is due comes first, most overdue first, and with it what is to be confirmed, the next new thing, and older skills.
The same skill, or cards of the same lesson, never come twice in a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from tutor.learner.activities import DAILY
from tutor.practice.estimate import minutes_of_dues
from tutor.practice.item import Item, fresh_task, kind_of
from tutor.practice.mastery import open_skills, read_mastery
from tutor.practice.record import CardAnswer
from tutor.practice.schedule import read_schedule
from tutor.practice.session import finished, minutes_worked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tutor.learner.activities import Reason
    from tutor.practice.mastery import Standing, State
    from tutor.practice.record import Record
    from tutor.practice.schedule import Due
    from tutor.practice.session import Session
    from tutor.practice.syllabus import Syllabus

_WISHES: Final = ("due", "new", "due", "new", "due", "older")
"""What is wanted first, task after task; where there is none of it, the others take its place."""
_CARDS_FOR_A_TASK: Final = 5
"""So many cards stand for one task, as they are quickly turned."""
MOST_IN_PROGRESS: Final = 3
"""No further skill is begun while so many are on their way through the stages."""
_REST: Final = timedelta(hours=12)
"""Who practised a skill a shorter time ago neither proves nor refreshes anything by another task."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def next_item(record: Record, session: Session, now: datetime, syllabus: Syllabus, seed: int) -> Item | None:
    """Return what comes next in a session; None where it is over.

    A task that was begun is finished first, whenever that was. `seed` is where the seeds of fresh tasks begin: with
    another one on each machine, no two machines give the same task.
    """
    begun = _unfinished(record, syllabus)
    if begun is not None or minutes_worked(record, session) >= session.limit:
        return begun
    done = finished(record, session)
    cards = sum(isinstance(item, CardAnswer) for item in done)
    wish = _WISHES[(len(done) - cards + cards // _CARDS_FOR_A_TASK) % len(_WISHES)]
    candidates = _Candidates.of(record, session, now, syllabus, seed)
    items = [item for item in candidates.in_order(wish) if not done or item.kind != kind_of(done[-1])]
    # A session does not begin with the skill of the task before it either, as long as there is anything else.
    before = {kind_of(task) for task in record.tasks[-1:]}
    return next((item for item in items if item.kind not in before), items[0] if items else None)


def chosen_item(record: Record, syllabus: Syllabus, skill: str, seed: int) -> Item:
    """Return a fresh task of a skill that the learner chose. Raises KeyError for a skill that there is not."""
    return Item("chosen", fresh_task(read_mastery(record, syllabus)[skill], record, seed))


def _unfinished(record: Record, syllabus: Syllabus) -> Item | None:
    """Return the task of a daily session that was begun last, not ended, and its skill not practised since."""
    for begun in reversed(record.unfinished):
        skill = begun.task.skill
        if begun.reason in DAILY and skill in syllabus.skills:
            practised = any(task.task.skill == skill and task.position > begun.position for task in record.tasks)
            if not practised:
                return Item(begun.reason, begun.task)
    return None


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What could come next, each way to choose it in its own order."""

    record: Record
    seed: int
    standings: Mapping[str, Standing]
    due: tuple[Due, ...]
    """What is due, most overdue first."""
    latest: Mapping[str, datetime]
    """When each skill was last seen."""
    rested: datetime
    """What was seen later than this is too fresh to be tested or refreshed."""
    open: tuple[str, ...]
    """The skills that may be begun."""
    began_one: bool
    """Whether a skill was begun in this session."""
    much_is_due: bool
    """Whether it takes more than half of the session: then nothing new is begun and nothing older is mixed in."""
    goes_on: bool
    """Whether the learner wants more than a session: then older skills come even where they were practised today."""

    @classmethod
    def of(cls, record: Record, session: Session, now: datetime, syllabus: Syllabus, seed: int) -> Self:
        standings = read_mastery(record, syllabus)
        schedule = read_schedule(record)
        due = tuple(found for found in schedule.until(now) if syllabus.has(found.kind, found.id))
        latest = {found.id: found.latest for found in schedule.dues if found.kind == "skill"}
        before = {task.task.skill for task in record.tasks if task.position < session.start}
        since = {task.task.skill for task in record.tasks if task.position >= session.start}
        may_begin = open_skills(record, standings, syllabus)
        return cls(
            record,
            seed,
            standings,
            due,
            latest,
            rested=now - _REST,
            open=may_begin,
            began_one=bool(since - before),
            much_is_due=minutes_of_dues(record, due) > session.limit / 2,
            goes_on=session.goes_on,
        )

    def in_order(self, wish: str) -> Iterator[Item]:
        """Yield what could come next, first what is wished for."""
        if self.much_is_due:
            wish = "due"
        ways = {"due": self._due, "confirm": self._to_confirm, "new": self._new, "older": self._older}
        first = {"due": (), "new": ("new",), "older": ("confirm", "older")}[wish]
        for way in dict.fromkeys((*first, *ways)):
            yield from ways[way]()

    def _due(self) -> Iterator[Item]:
        to_confirm = self._rested("to be confirmed")
        for due in self.due:
            if due.kind == "card":
                yield Item("card", card=due.id)
            else:
                yield self._task("confirm" if due.id in to_confirm else "due", due.id)

    def _to_confirm(self) -> Iterator[Item]:
        return (self._task("confirm", skill) for skill in self._rested("to be confirmed"))

    def _older(self) -> Iterator[Item]:
        skills = self._rested("mastered")
        if self.goes_on:
            known = (skill for skill, standing in self.standings.items() if standing.level >= len(standing.stages))
            skills = list(dict.fromkeys([*skills, *self._longest_ago(known)]))
        return (self._task("mixed", skill) for skill in skills)

    def _new(self) -> Iterator[Item]:
        """Yield what is on its way through the stages, and at most one new skill a session while there is that."""
        learning = self._longest_ago(skill for skill in self.standings if self.standings[skill].state == "learning")
        may_begin = self.open[: max(MOST_IN_PROGRESS - len(learning), 0)]
        skills = (*learning, *may_begin) if self.began_one else (*may_begin[:1], *learning, *may_begin[1:])
        return (self._task("new", skill) for skill in skills)

    def _rested(self, state: State) -> list[str]:
        """Return the skills in a state that were not practised for a while, those first that wait longest."""
        return self._longest_ago(
            skill
            for skill, standing in self.standings.items()
            if standing.state == state and self.latest.get(skill, _NEVER) <= self.rested
        )

    def _longest_ago(self, skills: Iterable[str]) -> list[str]:
        return sorted(skills, key=lambda skill: self.latest.get(skill, _NEVER))

    def _task(self, reason: Reason, skill: str) -> Item:
        return Item(reason, fresh_task(self.standings[skill], self.record, self.seed))
