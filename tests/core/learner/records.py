"""Events and stores as the tests of the record make them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tutor.learner.events import Event, Place
from tutor.learner.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Place("lesson:chain", 2, "dE/dw1", "page 3 of 7")


def now() -> datetime:
    return NOON


def answer(number: int, activity: str = "lesson:chain/by-hand", hours: float = 0) -> Event:
    time = NOON + timedelta(hours=hours)
    return Event(f"id-{number}", time, activity, "answer", "dE/dw1", str(number), "incorrect", "factor-missing", True)


def store_in(folder: Path) -> Store:
    return open_store(folder, now)


def ids(events: tuple[Event, ...]) -> list[str]:
    return [event.id for event in events]
