"""What there is to practise: the skills and cards of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tutor.practice.skill import Skill
    from tutor.practice.stage import Stage


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What there is to practise."""

    skills: Mapping[str, Skill]
    """By their ids, in the order of the course."""
    stages: Callable[[Skill], tuple[Stage, ...]]
    """Returns the stages that a skill has, in their order; at least one."""
    cards: Collection[str] | None = None
    """The ids of the cards that the lessons hold now; None where that was not looked up, and every card counts."""

    def has(self, kind: str, identity: str) -> bool:
        """Whether a skill or a card of an older record is still there."""
        if kind == "skill":
            return identity in self.skills
        return self.cards is None or identity in self.cards

    def with_needs(self, skill: str) -> tuple[str, ...]:
        """Return a skill and all that come before it, as far as they exist, itself first."""
        found: dict[str, None] = {}
        waiting = [skill]
        while waiting:
            identity = waiting.pop(0)
            if identity in self.skills and identity not in found:
                found[identity] = None
                waiting.extend(self.skills[identity].needs)
        return tuple(found)
