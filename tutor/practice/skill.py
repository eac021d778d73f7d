"""What a skill is: something that learners can do by hand, with problems without end to practise it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tutor.practice.draft import Draft

HARDEST = 3
"""Grades of difficulty go from 1 to this one."""


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that learners can do by hand."""

    id: str
    """Lower-case words with hyphens, such as chain-two-links."""
    title: str
    """What is done, in at most 40 columns, such as: Chain rule, two links."""
    section: int
    lesson: str
    """The id of the lesson that teaches it."""
    rule: str
    """The id, in `rules.py`, of the rule that its work needs."""
    draft: Callable[[Random, Random, int], Draft]
    """Makes a problem of a grade. The first source of chance decides its shape (formulas, which cells, the story), the
    second one its numbers: with the same shape, other numbers give the same formulas and the same cells. At least two
    cells are asked for, and either all problems of the skill have a formula worth asking for, or none."""
    traps: tuple[str, ...]
    """Ids of the misconceptions that are common here. In every problem at least one of them gives a wrong value in
    some cell that is asked for, and none of them a right one."""
    needs: tuple[str, ...] = ()
    """Ids of the skills that come first."""
