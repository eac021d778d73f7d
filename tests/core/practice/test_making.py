"""A task is made of its name alone: the same one everywhere, at the stage that it says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_problems import drafted
from kept_derivations import derivation_of

from tutor.course.blocks.formula import Formula
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.exercises.sheet import make_sheet
from tutor.course.exercises.writing import Finding
from tutor.course.wrong_values import wrong_value
from tutor.mathematics.presentation import typed_value
from tutor.practice import fresh, making
from tutor.practice.draft import Draft
from tutor.practice.fresh import MOST_NUMBERS, attempts, draw_problem
from tutor.practice.making import Task, make_task
from tutor.practice.skill import HARDEST, Skill
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.stage import STAGES, Stage, stages_of
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from random import Random

    from tutor.mathematics.worksheet import Worksheet

CHAIN = "chain-two-links"
WITH_ALL = tuple(skill.id for skill in SKILLS.values() if stages_of(skill) == STAGES)[::4]
MADE = """
import sys
from kept_derivations import derivation_of
from tutor.practice.making import make_task
from tutor.practice.task_name import TaskName
for activity in sys.argv[1:]:
    print(make_task(TaskName.of_activity(activity), derivation_of).block)
"""


def made(stage: Stage, skill: str = CHAIN, grade: int = 2, seed: int = 7) -> Task:
    return make_task(TaskName(skill, stage, grade, seed), derivation_of)


def sheet_of(task: Task) -> Worksheet:
    assert isinstance(task.block, Steps)
    return make_sheet(task.block, Making(task.head, derivation_of)).worksheet


def test_the_same_name_is_the_same_task_on_every_machine() -> None:
    names = [TaskName(skill, stage, 2, 5) for skill in WITH_ALL[:2] for stage in STAGES]
    printed = []
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", MADE, *(name.activity for name in names)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(run.stdout)
    assert printed[0] == printed[1]
    assert printed[0].splitlines()[0] == str(make_task(names[0], derivation_of).block)


def test_another_seed_is_another_problem() -> None:
    problems = {made("blank", seed=seed).derivation.problem.steps["y"].text for seed in range(30)}
    assert len(problems) > 20


def test_all_stages_are_about_one_problem() -> None:
    texts = {str(made(stage).derivation.problem) for stage in STAGES}
    assert len(texts) == 1


@pytest.mark.parametrize("skill", WITH_ALL)
def test_an_example_is_shown_but_for_its_last_value(skill: str) -> None:
    task = made("shown", skill)
    sheet = sheet_of(task)
    assert [entry.cell for entry in sheet.asked] == [task.derivation.cell(task.draft.cells[-1]).id]
    assert all(entry.text for entry in sheet.entries if entry.given)


@pytest.mark.parametrize("skill", WITH_ALL)
def test_two_values_are_missing_where_they_belong(skill: str) -> None:
    task = made("missing", skill)
    sheet = sheet_of(task)
    assert [entry.cell for entry in sheet.entries] == [task.derivation.cell(name).id for name in task.draft.cells]
    assert len(sheet.asked) == (2 if len(sheet.entries) > 2 else 1)
    assert sheet.entries[-1].given == (len(sheet.entries) == 2)


def test_it_is_not_always_the_same_value_that_is_missing() -> None:
    missing = {sheet_of(made("missing", seed=seed)).asked[0].cell for seed in range(20)}
    assert len(missing) == 3


@pytest.mark.parametrize("skill", WITH_ALL)
def test_a_blank_sheet_is_done_with_the_right_values(skill: str) -> None:
    task = made("blank", skill)
    sheet = sheet_of(task)
    assert not any(entry.given for entry in sheet.entries)
    for name in task.draft.cells:
        sheet, reply = sheet.answer(task.derivation.cell(name).id, typed_value(task.derivation.value(name)))
        assert reply.verdict == "correct", name
    assert sheet.done


@pytest.mark.parametrize("skill", WITH_ALL)
def test_one_value_is_faulty_by_a_trap_of_the_skill(skill: str) -> None:
    for seed in range(3):
        task = made("faulty", skill, seed=seed)
        assert isinstance(task.block, Steps)
        sheet = make_sheet(task.block, Making(task.head, derivation_of))
        [(faulty, trap)] = task.block.faulty
        assert trap in task.skill.traps
        assert sheet.filled_in[task.derivation.cell(faulty).id] == typed_value(
            wrong_value(task.derivation, faulty, trap)[0]
        )
        verdicts = {}
        for cell, text in sheet.filled_in.items():
            _, reply = sheet.worksheet.answer(cell, text)
            verdicts[cell] = reply.verdict
        assert [cell for cell, verdict in verdicts.items() if verdict != "correct"] == [task.derivation.cell(faulty).id]


@pytest.mark.parametrize("skill", WITH_ALL)
def test_the_formula_is_found_and_its_hints_help(skill: str) -> None:
    task = made("formula", skill)
    assert isinstance(task.block, Formula)
    exercise = make_exercise(task.block, Making(task.head, derivation_of))
    assert isinstance(exercise, Finding)
    assert exercise.judged(exercise.expected).verdict == "correct"
    assert exercise.judged(f"2*({exercise.expected}) + 1").verdict == "incorrect"
    assert all(name in task.block.question.markdown for name in exercise.may_use)
    assert len(exercise.hints) >= 2


def test_a_named_trap_is_the_one_that_is_shown() -> None:
    for trap in SKILLS[CHAIN].traps:
        task = make_task(TaskName(CHAIN, "faulty", 1, 3, trap), derivation_of)
        assert isinstance(task.block, Steps)
        assert task.block.faulty[0][1] == trap
        assert task.block.id == f"{CHAIN}/faulty/1/3/{trap}"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (TaskName("no-such-skill", "blank", 1, 1), "there is no skill no-such-skill"),
        (TaskName(CHAIN, "faulty", 1, 1, "step.ascent"), "step.ascent is no mistake of this skill"),
    ],
)
def test_a_task_that_is_not_there_is_told(name: TaskName, sentence: str) -> None:
    with pytest.raises(LessonError, match=sentence):
        make_task(name, derivation_of)


def test_a_stage_that_a_skill_has_not_is_told() -> None:
    without = next(skill for skill in SKILLS.values() if "formula" not in stages_of(skill))
    with pytest.raises(LessonError, match="has no stage formula"):
        made("formula", without.id)


def square(shape: Random, numbers: Random, grade: int) -> Draft:
    del shape, grade
    return Draft({"w": numbers.randint(3, 9)}, {"E": "w^2"}, ("E", "dE/dw"))


def square_skill(cells: tuple[str, ...], formula: str) -> Skill:
    def draft(shape: Random, numbers: Random, grade: int) -> Draft:
        return replace(square(shape, numbers, grade), cells=cells, formula=formula)

    return Skill("square", "A square", 2, "valley", "power", draft, ("power.exponent-not-brought-down",))


def test_a_skill_has_no_stage_that_would_ask_nothing_new() -> None:
    three = ("E", "dE/dw:direct", "dE/dw")
    assert stages_of(square_skill(three, "dE/dw")) == STAGES
    assert stages_of(square_skill(three, "")) == STAGES[:-1]
    assert stages_of(square_skill(three[1:], "dE/dw")) == ("shown", "blank", "faulty", "formula")


def now_and_then_two(shape: Random, numbers: Random, grade: int) -> Draft:
    cells = ("E", "dE/dw:direct", "dE/dw") if grade == 1 else ("E", "dE/dw")
    return replace(square(shape, numbers, grade), cells=cells)


def test_where_there_happen_to_be_two_values_the_first_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    traps = ("power.exponent-not-brought-down",)
    monkeypatch.setattr(
        making, "SKILLS", {"square": Skill("square", "A square", 2, "valley", "power", now_and_then_two, traps)}
    )
    for seed in range(5):
        task = made("missing", "square", seed=seed)
        assert isinstance(task.block, Steps)
        assert [(entry.cell, entry.given) for entry in sheet_of(task).entries] == [("E", False), ("dE/dw", True)]
        assert task.block.intro.endswith("One value is missing. Find it.")


def test_other_numbers_are_drawn_and_then_another_shape() -> None:
    seen = []

    def draft(shape: Random, numbers: Random, grade: int) -> Draft:
        del grade
        seen.append((shape.random(), numbers.random()))
        return Draft({"w": 3}, {"E": "w^2"}, ("E",))  # the trap has nothing to do with it

    unfit = Skill("unfit", "Unfit", 2, "valley", "power", draft, ("power.exponent-not-brought-down",))
    tries = attempts(unfit, 1, 1, derivation_of)
    for _ in range(2 * MOST_NUMBERS):
        assert next(tries).faults
    assert len({shape for shape, _ in seen}) == 2
    assert len({numbers for _, numbers in seen}) == 2 * MOST_NUMBERS


def test_where_nothing_is_fit_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "MOST_SHAPES", 2)
    broken = Skill("broken", "Broken", 2, "valley", "power", lambda *_: Draft({}, {"E": "1/0"}, ("E",)), ())
    with pytest.raises(LessonError, match="no problem of grade 1 is found"):
        draw_problem(broken, 1, 1, derivation_of)


def test_stages_have_a_formula_for_all_drafts_or_for_none() -> None:
    for skill in SKILLS.values():
        drafts = [drafted(skill, grade, shape) for grade in range(1, HARDEST + 1) for shape in range(100, 103)]
        assert len({bool(draft.formula) for draft in drafts}) == 1, skill.id
        assert ("formula" in stages_of(skill)) == bool(drafts[0].formula), skill.id


def square_or_chain(shape: Random, numbers: Random, grade: int) -> Draft:
    if shape.random() < 0.5:
        return square(shape, numbers, grade)
    steps = {"u": "2*w", "v": "3*u", "E": "4*v"}
    return Draft({"w": numbers.randint(3, 9)}, steps, ("E", "dE/dw"))


def test_a_shape_is_taken_in_which_the_mistake_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    traps = ("power.exponent-not-brought-down", "links.links-added")
    either = Skill("either", "Either", 3, "valley", "chain", square_or_chain, traps)
    monkeypatch.setattr(making, "SKILLS", {"either": either})
    for trap in traps:
        for seed in range(6):
            task = make_task(TaskName("either", "faulty", 1, seed, trap), derivation_of)
            assert isinstance(task.block, Steps)
            assert task.block.faulty == (("dE/dw", trap),)


def test_a_mistake_that_cannot_be_made_in_a_grade_is_shown_in_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    def draft(shape: Random, numbers: Random, grade: int) -> Draft:
        chain = {"u": "2*w", "v": "3*u", "E": "4*v"}
        return replace(square(shape, numbers, grade), steps=chain if grade == HARDEST else {"E": "w^2"})

    traps = ("power.exponent-not-brought-down", "links.links-added")
    skill = Skill("graded", "Graded", 3, "valley", "chain", draft, traps)
    monkeypatch.setattr(making, "SKILLS", {"graded": skill})
    task = make_task(TaskName("graded", "faulty", 1, 0, "links.links-added"), derivation_of)
    assert list(task.derivation.problem.steps) == ["u", "v", "E"]


@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_every_mistake_of_a_skill_can_be_shown(skill: Skill) -> None:
    for trap in skill.traps:
        drawn = draw_problem(skill, 2, 0, derivation_of, trap)
        assert fresh.faulty_cells(drawn.derivation, drawn.draft.cells, (trap,))
