"""From the name of a task to the task: its problem, and the block of a lesson that it is worked on as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.blocks.formula import Formula
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.base import as_it_stands, sentences
from tutor.course.exercises.making import over_names
from tutor.course.model import LessonHead, Prose
from tutor.learner.activities import PRACTICE
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.printing import plain, pretty
from tutor.mathematics.presentation import pretty_formula, shown_name
from tutor.practice.chance import chance
from tutor.practice.fit import FEWEST_CELLS, needed_cells
from tutor.practice.fresh import Drawn, draw_problem, faulty_cells
from tutor.practice.rules import RULES
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.stage import stages_of
from tutor.practice.wording import BLANK, FAULTY, ONE_MISSING, SHOWN, SOME_MISSING, listed, question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tutor.course.numbers import Derive
    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.practice.draft import Draft
    from tutor.practice.skill import Skill
    from tutor.practice.task_name import TaskName


@dataclass(frozen=True, slots=True)
class Task:
    """A task, ready to be worked on."""

    name: TaskName
    skill: Skill
    draft: Draft
    derivation: Derivation
    head: LessonHead
    """Stands for the lesson that a block is made with. No file belongs to it: its path is only for messages."""
    block: Steps | Formula


def make_task(name: TaskName, derivation_of: Derive) -> Task:
    """Return the task of a name: the same one on every machine; this may take a second or two.

    Raises LessonError where there is no such task: its skill is not there any more, or has no such stage or mistake.
    """
    skill = SKILLS.get(name.skill)
    if skill is None:
        raise LessonError(Path("practice"), 1, f"there is no skill {name.skill}. Choose another one.")
    if name.trap and name.trap not in skill.traps:
        raise LessonError(Path(skill.id), 1, f"{name.trap} is no mistake of this skill. Choose another task.")
    if name.stage not in stages_of(skill):
        raise LessonError(Path(skill.id), 1, f"this skill has no stage {name.stage}. Choose another one.")
    drawn = draw_problem(skill, name.grade, name.seed, derivation_of, name.trap)
    block = _formula(name, skill, drawn) if name.stage == "formula" else _steps(name, skill, drawn)
    return Task(name, skill, drawn.draft, drawn.derivation, reading_head(skill), block)


def reading_head(skill: Skill) -> LessonHead:
    """Return what stands for a lesson where a task of a skill is worked on."""
    return LessonHead(skill.id, skill.title, skill.section, 0, (), (skill.id,), Path(skill.id), None)


# -- worksheets


def _steps(name: TaskName, skill: Skill, drawn: Drawn) -> Steps:
    cells = drawn.draft.cells
    random = chance(f"{name.activity} cells")
    faulty: tuple[tuple[str, str], ...] = ()
    match name.stage:
        case "shown":
            asked, said = cells[-1:], SHOWN
        case "missing":
            asked = _left_out(cells, random)
            said = SOME_MISSING if len(asked) > 1 else ONE_MISSING
        case "faulty":
            faulty = (random.choice(faulty_cells(drawn.derivation, cells, (name.trap,) if name.trap else skill.traps)),)
            asked, said = cells, FAULTY
        case _:
            asked, said = cells, BLANK
    return Steps(
        id=name.activity.removeprefix(PRACTICE),
        title=skill.title,
        line=1,
        problem=drawn.text,
        cells=asked,
        given=tuple(cell for cell in cells if cell not in asked),
        intro=sentences(drawn.draft.story, said),
        faulty=faulty,
        order=cells,
    )


def _left_out(cells: tuple[str, ...], random: Random) -> tuple[str, ...]:
    """Return the cells that are left out: the result and one before it; of two cells the first one alone."""
    before = random.choice(cells[:-1])
    return (before, cells[-1]) if len(cells) > FEWEST_CELLS else (before,)


# -- formulas


def _formula(name: TaskName, skill: Skill, drawn: Drawn) -> Formula:
    derivation = drawn.derivation
    cell = derivation.cell(drawn.draft.formula)
    key = over_names(derivation.formula(cell), derivation)
    asked = f"Write `{shown_name(cell.id)}` with {listed(sorted(names(key)))}, without putting numbers in."
    return Formula(
        id=name.activity.removeprefix(PRACTICE),
        title=skill.title,
        line=1,
        question=Prose(question(drawn.draft.story, derivation, asked), 1),
        expected=plain(key),
        problem=None,
        cell="",
        names=(),
        hints=tuple(Prose(hint, 1) for hint in _hints(cell, skill, derivation)),
        after=Prose("", 1),
    )


def _hints(cell: Cell, skill: Skill, derivation: Derivation) -> Iterator[str]:
    """Yield the rule, what the derivative is made of, and what its parts are."""
    yield as_it_stands(RULES[skill.rule].says)
    known = [derivation.cell(identity) for identity in needed_cells(derivation, [cell.id])]
    rates = [rate for rate in known if rate.kind == "direct"]
    if len(rates) == 1:
        step = derivation.problem.steps[rates[0].name]
        yield f"Only `{step.name} = {pretty(step.formula)}` is differentiated, by `{rates[0].by}`."
        return
    yield f"`{_equation(cell, derivation)}`"
    yield f"The rates on the way: {listed([_equation(rate, derivation) for rate in rates])}."


def _equation(cell: Cell, derivation: Derivation) -> str:
    return f"{shown_name(cell.id)} = {pretty_formula(derivation.formula(cell), cell.id)}"
