"""How much is due, and how long it takes: what home says of today."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, Final

from tutor.practice.schedule import read_schedule
from tutor.settings.model import USUAL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tutor.practice.record import Record
    from tutor.practice.schedule import Due
    from tutor.practice.syllabus import Syllabus

_TASK_MINUTES: Final = 2.0
"""What a task takes as long as the record does not tell."""
_CARD_MINUTES: Final = 0.3
_LEAST_MINUTES: Final = 0.5
"""What a task takes at least: pauses over pen and paper may have been too long to be counted."""
_LATEST: Final = 5
"""So many of the latest tasks of a skill tell what the next one takes."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is due, and how many minutes it takes, at most as long as a session."""

    due: int
    minutes: int


def estimate(record: Record, now: datetime, syllabus: Syllabus, length: int = USUAL_MINUTES) -> Estimate:
    """Return how much is due at a time, and about how long it takes; length is the minutes of a session."""
    dues = [due for due in read_schedule(record).until(now) if syllabus.has(due.kind, due.id)]
    return Estimate(len(dues), min(ceil(minutes_of_dues(record, dues)), length))


def minutes_of_dues(record: Record, dues: Iterable[Due]) -> float:
    """Return about how long it takes to work what is due."""
    return sum(_minutes_of_task(record, due.id) if due.kind == "skill" else _CARD_MINUTES for due in dues)


def _minutes_of_task(record: Record, skill: str) -> float:
    """Return what a task of a skill takes: as its latest ones took, else as all of the latest took."""
    own = [task.minutes for task in record.tasks if task.task.skill == skill]
    known = own or [task.minutes for task in record.tasks]
    return max(median(known[-_LATEST:]), _LEAST_MINUTES) if known else _TASK_MINUTES
