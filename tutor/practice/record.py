"""What events tell of a learner's practice: tasks, cards, mistakes and lessons, in the order of recording.

A clock may go back or be far ahead. So the order is that of recording, never that of the times; and instead of a time
later than `now` stands the one before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from tutor.course.exercises.remembering import KNEW, NOT_YET
from tutor.learner.activities import BEGUN, CARD, END, PRACTICE, REASONS, RULE, Reason, card_of, lesson_of
from tutor.practice.minutes import minutes_between
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tutor.learner.events import Event

Outcome = Literal["first try", "later", "shown"]
OUTCOMES: Final[dict[str, Outcome]] = {outcome: outcome for outcome in get_args(Outcome)}
RIGHT: Final = frozenset({"correct", "follows"})
WRONG: Final = frozenset({"incorrect", "incomplete"})
_task_of: Final = lru_cache(maxsize=64)(TaskName.of_activity)  # the events of a task mostly follow one another
_JUDGEMENTS: Final = {(KNEW, "correct"): True, (NOT_YET, "incorrect"): False}


@dataclass(frozen=True, slots=True)
class BegunTask:
    """A task that was begun and not ended."""

    task: TaskName
    reason: Reason
    position: int
    """The place of its first event among all events."""


@dataclass(frozen=True, slots=True)
class FinishedTask:
    """A task that was worked to its end."""

    task: TaskName
    reason: Reason
    outcome: Outcome
    time: datetime
    minutes: float
    """The time of work on it, without long pauses."""
    rule: bool | None
    """Whether the first answer to “which rule?” was right; None where it was not asked."""
    position: int
    """The place of the event that ended it among all events."""

    @property
    def is_right(self) -> bool:
        """Whether all of it was right at the first try."""
        return self.outcome == "first try"


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """A card that the learner turned over and judged."""

    card: str
    """The id of its block."""
    known: bool
    time: datetime
    is_review: bool
    """Whether it was seen again, outside of its lesson."""
    position: int


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer that showed a misconception."""

    misconception: str
    activity: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What a learner did, in the order of recording."""

    events: tuple[Event, ...]
    tasks: tuple[FinishedTask, ...]
    unfinished: tuple[BegunTask, ...]
    """The tasks that were begun, not ended and not laid aside, in the order in which they were begun."""
    cards: tuple[CardAnswer, ...]
    slips: tuple[Slip, ...]
    lessons_begun: frozenset[str]
    lessons_done: frozenset[str]
    seeds: Mapping[str, frozenset[int]]
    """For each skill, the seeds that its tasks had."""

    def unused_seed(self, skill: str, seed: int) -> int:
        """Return the first seed, from this one on, that no task of a skill had."""
        used = self.seeds.get(skill, frozenset())
        while seed in used:
            seed += 1
        return seed


def read_record(events: Iterable[Event], now: datetime) -> Record:
    """Return what events tell. They are in the order of recording; `now` is in UTC."""
    all_events = tuple(events)
    first = next((event.time for event in all_events if event.time <= now), now)
    reader = _Reader(now, first)
    for position, event in enumerate(all_events):
        reader.take(event, position)
    return reader.record(all_events)


def first_answer(events: Iterable[Event]) -> bool | None:
    """Return whether the first answer that counts was right; None where there is no such answer."""
    return next((event.verdict in RIGHT for event in events if is_answer(event)), None)


def is_answer(event: Event) -> bool:
    """Whether an event is an answer that used up a try."""
    return event.kind == "answer" and event.counts and event.verdict in RIGHT | WRONG


def card_activity(card: str, record: Record) -> str:
    """Return the activity of the next review of a card; the same one until the card is judged."""
    reviews = sum(answer.card == card and answer.is_review for answer in record.cards)
    return f"{CARD}{card}#{reviews + 1}"


@dataclass(slots=True)
class _Work:
    """A task that is being worked on."""

    reason: Reason
    position: int
    latest: datetime
    minutes: float = 0.0
    rule: bool | None = None


@dataclass(slots=True)
class _Reader:
    """Takes one event after the other."""

    now: datetime
    time: datetime
    """The latest time that was not in the future."""
    work: dict[TaskName, _Work] = field(default_factory=dict)
    over: set[TaskName] = field(default_factory=set)
    tasks: list[FinishedTask] = field(default_factory=list)
    cards: list[CardAnswer] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    seeds: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def take(self, event: Event, position: int) -> None:
        if event.time <= self.now:
            self.time = event.time
        if event.misconception is not None:
            self.slips.append(Slip(event.misconception, event.activity, self.time))
        task = _task_of(event.activity) if event.activity.startswith(PRACTICE) else None
        if task is not None:
            self.seeds[task.skill].add(task.seed)
            if task not in self.over:
                self._take_work(task, event, position)
            return
        lesson = lesson_of(event.activity)
        if lesson is not None:
            self.begun.add(lesson)
            if event.kind == "page" and event.cell == END:
                self.done.add(lesson)
        known = _JUDGEMENTS.get((event.text, event.verdict)) if event.kind == "answer" else None
        card = card_of(event.activity) if known is not None else None
        if card is not None and known is not None:
            self.cards.append(CardAnswer(card, known, self.time, event.activity.startswith(CARD), position))

    def _take_work(self, task: TaskName, event: Event, position: int) -> None:
        work = self.work.get(task)
        if work is None:
            work = self.work[task] = _Work("chosen", position, event.time)
        work.minutes += minutes_between(work.latest, event.time)
        work.latest = event.time
        if event.activity.endswith(RULE):
            if work.rule is None and is_answer(event):
                work.rule = event.verdict in RIGHT
        elif event.kind == "page" and event.cell == BEGUN:
            work.reason = REASONS.get(event.text, work.reason)
        elif event.cell == END and (event.kind == "cleared" or (event.kind == "page" and event.text in OUTCOMES)):
            self._end(task, event, position)

    def _end(self, task: TaskName, event: Event, position: int) -> None:
        work = self.work.pop(task)
        self.over.add(task)
        if event.kind == "page":
            outcome = OUTCOMES[event.text]
            ended = FinishedTask(task, work.reason, outcome, self.time, work.minutes, work.rule, position)
            self.tasks.append(ended)

    def record(self, events: tuple[Event, ...]) -> Record:
        return Record(
            events,
            tuple(self.tasks),
            tuple(BegunTask(task, work.reason, work.position) for task, work in self.work.items()),
            tuple(self.cards),
            tuple(self.slips),
            frozenset(self.begun),
            frozenset(self.done),
            {skill: frozenset(seeds) for skill, seeds in self.seeds.items()},
        )
