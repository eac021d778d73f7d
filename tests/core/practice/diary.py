"""A learner's record for tests, written act by act, and a small course to practise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from tutor.learner.activities import BEGUN, END, TODAY, placement_activity
from tutor.learner.events import Event, EventMaker
from tutor.practice.record import Record, card_activity, read_record
from tutor.practice.session import Session, current_session
from tutor.practice.skill import Skill
from tutor.practice.stage import STAGES, Stage
from tutor.practice.syllabus import Syllabus
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tutor.practice.draft import Draft

START = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday


def skill(
    identity: str, *needs: str, section: int = 1, traps: tuple[str, ...] = ("a.slip",), lesson: str = ""
) -> Skill:
    def draft(*_: object) -> Draft:
        raise AssertionError("what is practised when needs no problem")

    return Skill(identity, identity.title(), section, lesson or f"lesson-{identity}", "chain", draft, traps, needs)


def syllabus(*skills: Skill, stages: tuple[Stage, ...] = STAGES, cards: Collection[str] | None = None) -> Syllabus:
    return Syllabus({one.id: one for one in skills}, lambda _: stages, cards)


@dataclass
class Diary:
    """Events as they are recorded; the clock goes on by what each act takes."""

    time: datetime = START
    events: list[Event] = field(default_factory=list)
    name: str = "a"
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _read: Record | None = None
    """The latest record; it does not change while nothing is recorded, as no event is later than the time here."""

    def now(self) -> datetime:
        return self.time

    def maker(self, activity: str) -> EventMaker:
        return EventMaker(activity, self.now, lambda: f"{self.name}-{next(self.numbers)}")

    def wait(self, *, days: float = 0, minutes: float = 0) -> None:
        self.time += timedelta(days=days, minutes=minutes)

    def note(self, activity: str, cell: str, text: str = "") -> None:
        self.events.append(self.maker(activity).note("page", cell, text))

    def answer(
        self,
        activity: str,
        text: str,
        verdict: str,
        cell: str = "answer",
        slip: str | None = None,
        *,
        counts: bool = True,
    ) -> None:
        self.events.append(self.maker(activity).answer(cell, text, verdict, slip, counts=counts))

    def task(
        self, task: TaskName, outcome: str = "first try", reason: str = "new", minutes: float = 2, pace: float = 1
    ) -> None:
        """Work a task from its beginning to its end, which is `minutes` later, with an act each `pace` minutes."""
        self.note(task.activity, BEGUN, reason)
        while minutes > 0:
            self.wait(minutes=min(minutes, pace))
            minutes -= pace
            self.answer(task.activity, "1", "correct" if outcome == "first try" else "incorrect", "E")
        self.note(task.activity, END, outcome)

    def tasks(self, name: str, stage: Stage, outcomes: str, grade: int = 1, reason: str = "new") -> None:
        """Work tasks of a skill: + is right at the first try, ~ later, - shown."""
        words = {"+": "first try", "~": "later", "-": "shown"}
        for outcome in outcomes:
            seed = self.record().unused_seed(name, 1)
            self.task(TaskName(name, stage, grade, seed), words[outcome], reason)

    def card(self, card: str, *, known: bool = True, in_lesson: bool = False, minutes: float = 0.25) -> None:
        activity = f"lesson:{card}" if in_lesson else card_activity(card, self.record())
        self.answer(activity, "turned", "noted", counts=False)
        self.wait(minutes=minutes)
        self.answer(activity, "knew" if known else "not yet", "correct" if known else "incorrect")

    def lesson(self, identity: str) -> None:
        self.note(f"lesson:{identity}", "1")
        self.wait(minutes=1)
        self.note(f"lesson:{identity}", END)

    def begin(self) -> None:
        self.note(TODAY, BEGUN)

    def placement(self, section: int) -> None:
        self.note(placement_activity(section), BEGUN)

    def record(self, now: datetime | None = None) -> Record:
        if now is not None:
            return read_record(self.events, now)
        if self._read is None or len(self._read.events) != len(self.events):
            self._read = read_record(self.events, self.time)
        return self._read

    def session(self) -> Session:
        session = current_session(self.record(), self.time)
        assert session is not None
        return session
