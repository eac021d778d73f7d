"""The skills of section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTION_3: Final[tuple[Skill, ...]] = ()
