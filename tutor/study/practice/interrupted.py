"""Whether practice was interrupted: the latest thing that a learner did was part of it, and it goes on there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tutor.learner.activities import BEGUN, CARD, DAILY, END, PLACEMENT, REASONS, TODAY, Reason
from tutor.learner.events import Event
from tutor.practice.task_name import TaskName

_AWAY: Final = timedelta(hours=1)
"""After so long, what was between two tasks is over. A task that was begun goes on whenever the learner comes back."""


def interrupted(events: Sequence[Event], now: datetime) -> Reason | None:
    """Return why the practice was going on that the latest event belongs to; None where it ended, or was none."""
    if not events:
        return None
    latest = events[-1]
    task = TaskName.of_activity(latest.activity)
    if task is not None and not (latest.cell == END and latest.kind in {"page", "cleared"}):
        return reason_of(task, events)
    reason = _between(latest, reason_of(task, events) if task else None)
    return reason if now - latest.time < _AWAY else None


def _between(latest: Event, ended: Reason | None) -> Reason | None:
    """Return why the practice goes on after an event that leaves no task begun; ended is why a task that ended came."""
    if latest.activity.startswith(CARD):
        return "card"
    if latest.activity == TODAY:
        return None if latest.cell == END else "due"
    if latest.activity.startswith(PLACEMENT):
        return None if latest.cell == END else "placement"
    return ended if ended in DAILY or ended == "placement" else None


def reason_of(task: TaskName, events: Sequence[Event]) -> Reason:
    """Return why a task was begun, as events tell."""
    begun = (event.text for event in events if event.activity == task.activity and event.cell == BEGUN)
    return REASONS.get(next(begun, ""), "chosen")
