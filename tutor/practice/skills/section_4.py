"""The skills of section 4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTION_4: Final[tuple[Skill, ...]] = ()
