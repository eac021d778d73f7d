"""The problems of section 2: fit for work by hand, ever new, and right by other ways of calculating."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hand_problems import (
    GRADES,
    derived,
    drafted,
)

from tutor.practice.skills.section_2 import SECTION_2

if TYPE_CHECKING:
    from tutor.practice.draft import Draft

SKILLS = {skill.id: skill for skill in SECTION_2}
PROBLEMS = 50
every_grade = pytest.mark.parametrize("grade", GRADES)


# -- textbook formulas


def _values(draft: Draft) -> dict[str, Fraction]:
    derivation = derived(draft)
    values = {name: derivation.value(derivation.cell(name).id) for name in draft.cells}
    assert all(isinstance(value, Fraction) for value in values.values())
    return {name: Fraction(str(value)) for name, value in values.items()}


def _drafts(skill: str, grade: int) -> list[Draft]:
    return [drafted(SKILLS[skill], grade, shape) for shape in range(PROBLEMS)]


@every_grade
@pytest.mark.parametrize("skill", ["three-steps", "long-steps"])
def test_in_a_parabola_each_step_leaves_the_same_share_of_the_distance(skill: str, grade: int) -> None:
    for draft in _drafts(skill, grade):
        (name,) = draft.parameters
        values = {key: value for key, value in _values(draft).items() if key.startswith(f"{name}@")}
        places = [Fraction(str(draft.parameters[name])), *values.values()]
        moves = [after - before for before, after in pairwise(places)]
        assert len(moves) >= 2
        assert all(later / earlier == moves[1] / moves[0] for earlier, later in pairwise(moves))


@every_grade
def test_long_steps_pass_the_lowest_place(grade: int) -> None:
    for draft in _drafts("long-steps", grade):
        (name,) = draft.parameters
        values = _values(draft)
        first = values[f"{name}@1"] - Fraction(str(draft.parameters[name]))
        assert first * (values[f"{name}@2"] - values[f"{name}@1"]) < 0


@every_grade
def test_a_step_goes_against_the_slope_eta_times_as_far(grade: int) -> None:
    for skill in ("one-step", "step-on-hillside"):
        for draft in _drafts(skill, grade):
            (name,) = draft.parameters
            values = _values(draft)
            eta, start = Fraction(str(draft.update["eta"])), Fraction(str(draft.parameters[name]))
            assert values[f"{name}@1"] == start - eta * values[f"df/d{name}"]


@every_grade
def test_both_parameters_move_from_the_same_place(grade: int) -> None:
    for skill in ("bowl-step", "trough-step"):
        for draft in _drafts(skill, grade):
            values, eta = _values(draft), Fraction(str(draft.update["eta"]))
            for name, start in draft.parameters.items():
                assert values[f"{name}@1"] == Fraction(str(start)) - eta * values[f"df/d{name}"]


@every_grade
def test_the_gradient_of_a_squared_error_is_twice_the_miss_times_the_input(grade: int) -> None:
    for draft in _drafts("gradient-of-squared-error", grade):
        values = _values(draft)
        twice = 2 * (values["y"] - Fraction(str(draft.given["t"])))
        assert values["E"] == twice * twice / 4
        assert values["dE/db"] == values["dE/dy"] == twice
        for weight in draft.parameters.keys() - {"b"}:
            assert values[f"dE/d{weight}"] == twice * Fraction(str(draft.given[weight.replace("w", "x")]))


def test_a_nudge_on_a_parabola_gives_the_slope_and_a_share_of_the_nudge() -> None:
    for draft in _drafts("measured-slope", 1):
        values, nudge = _values(draft), Fraction(str(draft.given["h"]))
        square = (values["ratio"] - values["dbefore/dx:direct"]) / nudge
        assert square in {1, 2, 3, 4, 5}
