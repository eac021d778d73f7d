"""Ninety days of a learner who is right as often as practice and time allow: what is due stays level."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING

from simulated import Day, Learner

from tutor.settings.model import USUAL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = 90
WARM = 30
"""The lessons, one a day, are over by then."""
MOST_DUE = 45
"""Of 24 skills and 48 cards; five other seeds came to between 22 and 37."""
LONGEST = 8.0
"""Days, some of which have no session."""


def check_the_days(days: list[Day]) -> None:
    """Check that what is due stays level, that nothing starves, and that more and more is mastered."""
    warm = [day for day in days if day.number >= WARM]
    assert max(day.due for day in warm) <= MOST_DUE
    assert mean(due_in(warm, 70, 90)) <= mean(due_in(warm, 30, 50)) * 1.1
    assert max(day.longest for day in days) <= LONGEST
    mastered = [max(day.states.get("mastered", 0) for day in days if day.number < limit) for limit in (20, 50, 90)]
    assert mastered == sorted(set(mastered))
    assert days[-1].states.get("mastered", 0) >= 16


def check_the_sessions(days: list[Day]) -> None:
    """Check that each session ends after its minutes, at the end of a task, and is mixed."""
    assert all(day.minutes < USUAL_MINUTES + 4 for day in days)
    assert mean(day.minutes for day in days) > USUAL_MINUTES
    assert all(one.kind != other.kind for day in days for one, other in pairwise(day.items))
    tasks = [item.task for day in days for item in day.items if item.task]
    assert len(set(tasks)) == len(tasks)
    reasons = {item.reason for day in days for item in day.items}
    assert reasons == {"due", "new", "confirm", "mixed", "card"}


def due_in(days: Iterable[Day], first: int, last: int) -> list[int]:
    return [day.due for day in days if first <= day.number < last]


def test_ninety_days() -> None:
    days = Learner(seed=1).live(DAYS)
    check_the_days(days)
    check_the_sessions(days)


def test_the_same_seed_gives_the_same_days_and_another_one_others() -> None:
    days = Learner(seed=2).live(15)
    assert Learner(seed=2).live(15) == days
    assert Learner(seed=3).live(15) != days
