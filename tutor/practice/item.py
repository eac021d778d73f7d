"""What is worked next: a task or a card, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.practice.record import FinishedTask
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.learner.activities import Reason
    from tutor.practice.mastery import Standing
    from tutor.practice.record import CardAnswer, Record


@dataclass(frozen=True, slots=True)
class Item:
    """A task, or a card."""

    reason: Reason
    task: TaskName | None = None
    card: str = ""
    """The id of the block of the card; empty for a task."""

    @property
    def kind(self) -> str:
        """What must not come twice in a row: a skill, or the cards of a lesson."""
        return _kind_of_skill(self.task.skill) if self.task else _kind_of_card(self.card)


def kind_of(done: FinishedTask | CardAnswer) -> str:
    """Return the kind, as that of an item, of what was done."""
    return _kind_of_skill(done.task.skill) if isinstance(done, FinishedTask) else _kind_of_card(done.card)


def fresh_task(standing: Standing, record: Record, seed: int) -> TaskName:
    """Return the next task of a skill, with numbers that it never had: the first unused seed from `seed` on."""
    return TaskName(standing.skill, standing.stage, standing.grade, record.unused_seed(standing.skill, seed))


def _kind_of_skill(skill: str) -> str:
    return f"skill {skill}"


def _kind_of_card(card: str) -> str:
    return f"cards of {card.partition('/')[0]}"
