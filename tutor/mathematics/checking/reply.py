"""The reply to one answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["correct", "follows", "incomplete", "incorrect", "invalid"]


@dataclass(frozen=True)
class Reply:
    """What is said about one answer, as the contract has it.

    `counts` tells whether it uses up a try; `position` is the character that an unreadable answer stumbles at.
    """

    verdict: Verdict
    feedback: str
    read_as: str = ""
    misconception: str | None = None
    also: tuple[str, ...] = ()
    counts: bool = True
    position: int | None = None

    def as_record(self) -> dict[str, object]:
        """Return the keys of the contract."""
        return {
            "verdict": self.verdict,
            "counts": self.counts,
            "feedback": self.feedback,
            "misconception": self.misconception,
            "also": list(self.also),
            "read_as": self.read_as,
        }

    def saying(self, feedback: str) -> Reply:
        """Return the same reply with another sentence."""
        return replace(self, feedback=feedback)


def invalid(feedback: str, position: int | None = None) -> Reply:
    """Return the reply to what cannot be read: it costs nothing."""
    return Reply("invalid", feedback, counts=False, position=position)
