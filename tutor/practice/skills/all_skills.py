"""All skills, in the order of the course."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tutor.practice.skills.section_1 import SECTION_1
from tutor.practice.skills.section_2 import SECTION_2
from tutor.practice.skills.section_3 import SECTION_3
from tutor.practice.skills.section_4 import SECTION_4
from tutor.practice.skills.section_5 import SECTION_5
from tutor.practice.skills.section_6 import SECTION_6

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.practice.skill import Skill

SKILLS: Final[Mapping[str, Skill]] = MappingProxyType(
    {
        skill.id: skill
        for section in (SECTION_1, SECTION_2, SECTION_3, SECTION_4, SECTION_5, SECTION_6)
        for skill in section
    }
)
