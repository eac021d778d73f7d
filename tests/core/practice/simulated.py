"""A learner who is simulated: right with a probability that practice raises and time lowers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from diary import Diary, skill, syllabus

from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.plan import next_item
from tutor.practice.record import Record
from tutor.practice.schedule import read_schedule
from tutor.practice.session import Session, minutes_worked
from tutor.practice.syllabus import Syllabus

if TYPE_CHECKING:
    from tutor.practice.task_name import TaskName

Plan = Callable[[Record, Session, datetime, Syllabus, int], Item | None]

SECTIONS = 6
CARDS_OF_A_LESSON = 2
MISSED = 0.15
"""The probability that a day goes by without a session."""


def course(skills_of_a_section: int) -> Syllabus:
    """Return a course of six sections: each skill has a lesson, and needs the one before it in its section."""
    skills = []
    for section in range(1, SECTIONS + 1):
        names = [f"s{section}-{number}" for number in range(skills_of_a_section)]
        for before, name in zip(["", *names], names, strict=False):
            skills.append(skill(name, *filter(None, [before]), section=section))
    cards = {f"{one.lesson}/card-{number}" for one in skills for number in range(CARDS_OF_A_LESSON)}
    return syllabus(*skills, cards=cards)


@dataclass
class Memory:
    """What is known of one thing."""

    knowledge: float = 0.0
    half_life: float = 2.0
    seen: datetime | None = None

    def probability(self, now: datetime) -> float:
        if self.seen is None:
            return 0.1
        days = (now - self.seen).total_seconds() / 86400
        return 0.1 + 0.87 * self.knowledge * math.pow(0.5, days / self.half_life)

    def practise(self, now: datetime) -> None:
        if self.seen is not None and (now - self.seen).total_seconds() > 43200:
            self.half_life = min(self.half_life * 1.8, 120)
        self.knowledge += 0.4 * (1 - self.knowledge)
        self.seen = now


@dataclass(frozen=True)
class Day:
    """What a day was like."""

    number: int
    due: int
    """How much was due when the session began."""
    longest: float
    """For how many days what was due longest had been due."""
    items: tuple[Item, ...]
    minutes: float
    states: Mapping[str, int]
    """How many skills were in which state in the evening."""


@dataclass
class Learner:
    """Reads a lesson a day as long as there are any, and does the session of the day."""

    seed: int
    skills_of_a_section: int = 4
    plan: Plan = next_item
    diary: Diary = field(default_factory=Diary)
    memories: defaultdict[str, Memory] = field(default_factory=lambda: defaultdict(Memory))

    def __post_init__(self) -> None:
        self.course = course(self.skills_of_a_section)
        self.chance = Random(self.seed)
        self.lessons = list(self.course.skills)

    def live(self, days: int) -> list[Day]:
        lived = []
        for number in range(days):
            begin = self.diary.time
            self.diary.wait(minutes=self.chance.uniform(-120, 120))
            if self.chance.random() >= MISSED:
                lived.append(self.day(number))
            self.diary.time = begin
            self.diary.wait(days=1)
        return lived

    def day(self, number: int) -> Day:
        self.read_a_lesson()
        self.diary.wait(minutes=20)
        due = read_schedule(self.diary.record()).until(self.diary.time)
        longest = max(((self.diary.time - one.since).total_seconds() / 86400 for one in due), default=0.0)
        self.diary.begin()
        items = tuple(self.session())
        record = self.diary.record()
        states: defaultdict[str, int] = defaultdict(int)
        for standing in read_mastery(record, self.course).values():
            states[standing.state] += 1
        return Day(number, len(due), longest, items, minutes_worked(record, self.diary.session()), dict(states))

    def read_a_lesson(self) -> None:
        if self.lessons:
            taught = self.lessons.pop(0)
            for number in range(CARDS_OF_A_LESSON):
                card = f"lesson-{taught}/card-{number}"
                self.diary.card(card, known=self.chance.random() < 0.6, in_lesson=True)
                self.memories[card].practise(self.diary.time)
            self.diary.lesson(f"lesson-{taught}")

    def session(self) -> list[Item]:
        items: list[Item] = []
        while True:
            item = self.plan(self.diary.record(), self.diary.session(), self.diary.time, self.course, 1000 * len(items))
            if item is None:
                return items
            items.append(item)
            if item.task:
                self.work(item.task, item.reason)
            else:
                self.diary.card(item.card, known=self.knows(item.card))

    def work(self, task: TaskName, reason: str) -> None:
        help_given = {"shown": 0.2, "missing": 0.5}.get(task.stage, 1.0)
        right = self.knows(task.skill, help_given)
        outcome = "first try" if right else "later" if self.chance.random() < 0.6 else "shown"
        self.diary.task(task, outcome, reason, minutes=self.chance.uniform(1.2, 3.5), pace=2)

    def knows(self, thing: str, power: float = 1.0) -> bool:
        memory = self.memories[thing]
        right = self.chance.random() < math.pow(memory.probability(self.diary.time), power)
        memory.practise(self.diary.time)
        return right
