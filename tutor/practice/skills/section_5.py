"""The skills of section 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTION_5: Final[tuple[Skill, ...]] = ()
