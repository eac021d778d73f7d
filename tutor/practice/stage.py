"""The stages of a skill, from an example that is only read to the formula that is found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from tutor.practice.chance import chance

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

Stage = Literal["shown", "missing", "blank", "faulty", "formula"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)


_FEWEST_FOR_MISSING: Final = 3
"""Of two values, leaving out one more than at the stage before would leave out both."""


@cache
def stages_of(skill: Skill) -> tuple[Stage, ...]:
    """Return the stages that a skill has, in their order; an easy problem of it tells which.

    Nothing is left out of a sheet of two values, and a formula is asked for only where the problems have one.
    """
    easy = skill.draft(chance(skill.id), chance(skill.id), 1)
    left_out: set[Stage] = set()
    if len(easy.cells) < _FEWEST_FOR_MISSING:
        left_out.add("missing")
    if not easy.formula:
        left_out.add("formula")
    return tuple(stage for stage in STAGES if stage not in left_out)
