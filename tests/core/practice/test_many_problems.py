"""A few problems of every skill, counted and worked out another way; `many_problems.py` takes ten thousand of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from census import Census, faults_of_stages, faults_of_values, take_census
from kept_derivations import derivation_of
from plain_work import PlainWork

from tutor.mathematics.derivation import Derivation
from tutor.mathematics.problem import read_problem
from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST, Skill
from tutor.practice.skills.all_skills import SKILLS

if TYPE_CHECKING:
    from random import Random

SEEDS = 3
_PLACES = {name: place for place, name in enumerate(SKILLS)}
_RANGE = 9


@pytest.mark.parametrize("name", SKILLS)
def test_problems_are_fit_and_all_different(name: str) -> None:
    census = take_census(SKILLS[name], SEEDS * HARDEST, 0, derivation_of)
    assert census.faults == []
    assert len(census.texts) == census.problems == SEEDS * HARDEST


@pytest.mark.parametrize("name", SKILLS)
def test_a_problem_holds_at_every_stage(name: str) -> None:
    assert list(faults_of_stages(SKILLS[name], _PLACES[name] % HARDEST + 1, 0, derivation_of)) == []


def dull(shape: Random, numbers: Random, grade: int) -> Draft:
    """Make problems that repeat themselves, some of which have a mistake that is not seen."""
    del shape, grade
    return Draft({"w": numbers.randint(0, _RANGE)}, {"E": "w^2"}, ("E", "dE/dw"), formula="dE/dw")


def test_what_is_planted_is_counted() -> None:
    skill = Skill("dull", "Dull", 2, "valley", "power", dull, ("power.exponent-not-brought-down",))
    census = take_census(skill, 90, 0, derivation_of)
    assert census.problems == 90
    assert len(census.texts) <= _RANGE
    assert census.share < 1
    assert any("gives the right value" in reason for reason in census.reasons)


def test_a_wrong_value_is_found() -> None:
    draft = Draft({"w": 3}, {"u": "2*w", "E": "u^2"}, ("u", "dE/dw"))
    right = derivation_of(read_problem(draft.text("Planted"), "planted"))
    assert list(faults_of_values(draft.text("Planted"), draft.cells, right)) == []
    slopes = {("u", "w"): right.problem.steps["u"].formula, ("E", "u"): right.problem.steps["u"].formula}
    wrong = Derivation(right.problem, slopes)
    assert any("dE/dw is 36, and 24" in fault for fault in faults_of_values(draft.text("Planted"), draft.cells, wrong))


def test_a_formula_that_is_not_understood_is_told() -> None:
    draft = Draft({"w": 3}, {"E": "2w"}, ("E",))
    derivation = derivation_of(read_problem(draft.text("Planted"), "planted"))
    assert "not understood" in next(faults_of_values(draft.text("Planted"), draft.cells, derivation))


def test_the_other_way_of_working_agrees_with_a_calculation_on_paper() -> None:
    work = PlainWork(
        'title = ""\n[parameters]\nw = 1\n[steps]\ny = "w*x"\nE = "(y - t)^2"\n'
        "[examples]\nx = [1, 2]\nt = [3, 5]\n"
        '[update]\nrule = "momentum"\neta = 0.1\nbeta = 0.5\nsteps = 2\nreduce = "sum"\n'
    )
    # on paper: dE/dw = 2(w − 3) + 4(2w − 5) = 10w − 26, from w = 1: −16; w = 2.6: 0
    assert [work.value(cell) for cell in ("dE/dw[2]", "dE/dw", "v_w@1", "w@1", "dE/dw@1", "v_w@2")] == [
        -12, -16, -16, work.value("w@1"), 0, -8,
    ]  # fmt: skip
    assert (float(work.value("w@1")), float(work.value("w@2"))) == (2.6, 3.4)


def test_a_census_without_problems_says_so() -> None:
    assert Census("none").line.startswith("none: 0 problems")
