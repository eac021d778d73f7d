"""The skills as a whole: each stands once, in its lesson, behind what it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tutor.course.loader import load_course
from tutor.draw.width import display_width
from tutor.practice.rules import RULES
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.skills.section_1 import SECTION_1
from tutor.practice.skills.section_2 import SECTION_2
from tutor.practice.skills.section_3 import SECTION_3
from tutor.practice.skills.section_4 import SECTION_4
from tutor.practice.skills.section_5 import SECTION_5
from tutor.practice.skills.section_6 import SECTION_6

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

SECTIONS = (SECTION_1, SECTION_2, SECTION_3, SECTION_4, SECTION_5, SECTION_6)
LESSONS = {head.id: head for head in load_course(Path(__file__).parents[3] / "lessons").lessons}
PLACES = {name: place for place, name in enumerate(SKILLS)}
FEWEST, WIDEST = 40, 40
WITHOUT_NUMBERS = {"training-loop"}
"""What lessons name as a skill, and where there is nothing to work out by hand: lines of code in their order."""


def test_every_skill_stands_once_in_its_section() -> None:
    assert len(SKILLS) == sum(map(len, SECTIONS)) >= FEWEST
    assert len({skill.title for skill in SKILLS.values()}) == len(SKILLS)
    for number, section in enumerate(SECTIONS, start=1):
        assert section
        assert {skill.section for skill in section} == {number}


@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_a_skill_stands_where_it_belongs(skill: Skill) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", skill.id)
    assert LESSONS[skill.lesson].section <= skill.section
    assert skill.rule in RULES
    assert 3 <= len(skill.traps) == len(set(skill.traps)) <= 8
    assert all(PLACES[need] < PLACES[skill.id] for need in skill.needs)
    assert display_width(skill.title) <= WIDEST


def test_whatever_lessons_call_a_skill_is_practised() -> None:
    practised = {topic for skill in SKILLS.values() for topic in LESSONS[skill.lesson].skills}
    assert {topic for head in LESSONS.values() for topic in head.skills} - practised == WITHOUT_NUMBERS
