"""How the work on a task came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.explaining import HINTS
from tutor.practice.record import OUTCOMES, RIGHT, first_answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tutor.learner.events import Event
    from tutor.practice.record import Outcome
    from tutor.practice.task_name import TaskName


def decide_outcome(task: TaskName, events: Iterable[Event], cells: Collection[str]) -> Outcome:
    """Return how a task came out, as its events tell.

    `cells` are those that the learner was asked to fill in. "first try": each was right at the first answer that
    counts, without a hint; "shown": some value was shown or told by the last hint, or never found; else "later".
    """
    mine = [event for event in events if event.activity == task.activity]
    outcomes = {_outcome_of_cell([event for event in mine if event.cell == cell]) for cell in cells}
    return next((OUTCOMES[outcome] for outcome in ("shown", "later") if outcome in outcomes), "first try")


def _outcome_of_cell(events: list[Event]) -> Outcome:
    found = next((place for place, event in enumerate(events) if _is_right(event)), len(events))
    on_the_way = events[:found]
    hints = sum(event.kind == "hint" for event in on_the_way)
    if found == len(events) or hints >= HINTS or any(event.kind == "shown" for event in on_the_way):
        return "shown"
    return "first try" if first_answer(events) and not hints else "later"


def _is_right(event: Event) -> bool:
    return event.kind == "answer" and event.verdict in RIGHT
