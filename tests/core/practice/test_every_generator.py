"""What must hold of the problems of every skill, in every grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_problems import GRADES, SHARE, Drafts, different_texts

from tutor.practice.skills.all_skills import SKILLS

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

DRAFTS = 30
ALMOST_ALL = 29
MANY, ENOUGH = 120, 80


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_problems_are_fit_ever_new_and_right(skill: Skill, grade: int) -> None:
    drafts = Drafts(skill, grade)
    assert drafts.share_that_is_fit() >= SHARE, "many drafts are not fit for work by hand"
    assert drafts.changed_by_other_numbers() == [], "other numbers leave the shape as it is"
    assert drafts.unlike_plain_work() == [], "plain work comes to the same"
    assert different_texts(skill, grade, DRAFTS) >= ALMOST_ALL


@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_problems_do_not_run_out(skill: Skill) -> None:
    assert different_texts(skill, GRADES[0], MANY) >= ENOUGH
