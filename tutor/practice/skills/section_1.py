"""The skills of section 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTION_1: Final[tuple[Skill, ...]] = ()
