"""When a skill or a card is due again, after the free spaced repetition scheduler (FSRS)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

from fsrs import Card, Rating, Scheduler

if TYPE_CHECKING:
    from tutor.practice.record import FinishedTask, Record

Kind = Literal["skill", "card"]
Key = tuple[Kind, str]
Review = tuple[Rating, datetime]

MOST_DAYS: Final = 21
"""What is known well comes back after so many days at the latest."""
_DAY: Final = timedelta(days=1)
_EARLIER: Final = timedelta(hours=8)
"""What is due after days may be seen so much earlier: who learns each evening is not always on time."""
_RATINGS: Final = {"first try": Rating.Good, "later": Rating.Hard, "shown": Rating.Again}
_SCHEDULER: Final = Scheduler(maximum_interval=MOST_DAYS, enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Due:
    """When a skill or a card is to be seen again."""

    kind: Kind
    id: str
    since: datetime
    """The time from which it is due, whether past or to come."""
    ready: datetime
    """The time from which it may be taken."""
    latest: datetime
    """When it was last seen."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When everything that was practised is to be seen again."""

    dues: tuple[Due, ...]
    """The one that is due longest comes first."""

    def until(self, now: datetime) -> tuple[Due, ...]:
        """Return what is due at a time, the most overdue first."""
        return tuple(due for due in self.dues if due.ready <= now)

    def of_skill(self, skill: str) -> Due | None:
        """Return when a skill is due; None where it was never practised."""
        return next((due for due in self.dues if due.kind == "skill" and due.id == skill), None)


def read_schedule(record: Record) -> Schedule:
    """Return when everything is due, by going through all reviews in the order of recording."""
    histories: defaultdict[Key, list[Review]] = defaultdict(list)
    for task in record.tasks:
        rating = _rating(task)
        if rating is not None:
            histories["skill", task.task.skill].append((rating, task.time))
    for answer in record.cards:
        histories["card", answer.card].append((Rating.Good if answer.known else Rating.Again, answer.time))
    dues = [_due(key, _card_after(tuple(reviews))) for key, reviews in histories.items()]
    return Schedule(tuple(sorted(dues, key=attrgetter("since", "kind", "id"))))


@lru_cache(maxsize=2048)
def _card_after(reviews: tuple[Review, ...]) -> Card:
    """Return the scheduler's card after some reviews; from one call to the next, those of most cards are the same."""
    card = Card(card_id=0, due=reviews[0][1])
    for rating, time in reviews:
        # The clock may have gone back; a review is never before the one that was recorded before it.
        moment = max(time.astimezone(UTC), card.last_review or card.due)
        card, _ = _SCHEDULER.review_card(card, rating, moment)
    return card


def _rating(task: FinishedTask) -> Rating | None:
    """Return how well a skill went; None where that says nothing about when it is to come again.

    Who fails in a placement test has not learnt it yet, and a drill repeats one mistake over and over.
    """
    if task.reason == "drill" or (task.reason == "placement" and not task.is_right):
        return None
    return _RATINGS[task.outcome]


def _due(key: Key, card: Card) -> Due:
    latest = card.last_review or card.due
    ready = card.due - _EARLIER if card.due - latest >= _DAY else card.due
    return Due(*key, card.due, ready, latest)
