"""What a decision about two formulas says, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answer = Literal["equal", "different", "undefined"]
Tier = Literal["structure", "fingerprint", "branches", "point", "sampling"]


@dataclass(frozen=True)
class Equality:
    """The verdict; `narrower` tells that the answer is defined on a smaller open set than the reference."""

    answer: Answer
    narrower: bool = False

    @property
    def equal(self) -> bool:
        """Whether both sides are equal wherever both are defined."""
        return self.answer == "equal"


@dataclass(frozen=True)
class Decision:
    """A verdict with what it rests on.

    `tier` is what decided:

    - "structure": the two trees are the same;
    - "fingerprint": the fingerprint of the difference, on its own or with a point at which both sides are defined;
    - "branches": the fingerprints of the difference in each region, with points that only find the regions;
    - "point": a point at which both sides certainly differ;
    - "sampling": agreement at points of some region, or no point at which both sides have a value.

    `work` counts the exact values that were worked out at points, of either side and of the difference: 0 where the
    trees or fingerprints alone decide.
    """

    verdict: Equality
    tier: Tier
    work: int = 0
