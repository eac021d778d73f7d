"""The skills of section 6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTION_6: Final[tuple[Skill, ...]] = ()
