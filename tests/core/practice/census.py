"""Counting problems: how they are drawn, how long their numbers are, how many are different, and what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from mpmath import mpf
from plain_work import PlainWork, UnreadableError, digits

from tutor.course.error import LessonError
from tutor.course.exercises.making import Making
from tutor.course.lint.proofs import Ground, prove
from tutor.draw.glyphs import UNICODE
from tutor.draw.prose import prose
from tutor.mathematics.values.decimal import decimal_text
from tutor.practice.fit import MOST_DIGITS, needed_cells
from tutor.practice.fresh import attempts
from tutor.practice.making import make_task
from tutor.practice.prompts import rule_prompt
from tutor.practice.skill import HARDEST
from tutor.practice.stage import stages_of
from tutor.practice.task_name import TaskName
from tutor.study.task_rows import has_screen, rows_of_task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kept_derivations import KeptDerivations

    from tutor.course.blocks.choice import Choice
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value
    from tutor.practice.fresh import Attempt
    from tutor.practice.skill import Skill

_CLOSE = mpf(10) ** -25
_QUOTED = 3
_SCREEN_ROWS, _TEXT_COLUMNS, _OPTION_COLUMNS = 24, 78, 70


@dataclass
class Census:
    """What was found out about the problems of a skill."""

    skill: str
    problems: int = 0
    drafts: int = 0
    most_drafts: int = 0
    """For one problem."""
    longest: tuple[int, str] = (0, "")
    """The digits of the longest number, and where it stands."""
    texts: set[int] = field(default_factory=set)
    sampled: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Why drafts were not taken, without their numbers."""
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of drafts that are taken."""
        return self.problems / self.drafts if self.drafts else 0.0

    @property
    def line(self) -> str:
        """All of it, in a line."""
        return (
            f"{self.skill}: {self.problems} problems, {len(self.texts)} different, "
            f"{self.share:.0%} of the drafts taken, at most {self.most_drafts} drafts for one, "
            f"at most {self.longest[0]} digits, "
            f"{self.sampled} worked out another way, {len(self.faults)} faults"
        )

    def lines(self) -> Iterator[str]:
        """Yield all of it, with the worst."""
        yield self.line
        yield f"  longest number: {self.longest[1]}"
        yield from (f"  not taken {count} times: {reason}" for reason, count in self.reasons.most_common(_QUOTED))
        yield from (f"  FAULT {fault}" for fault in self.faults[:_QUOTED])


def take_census(skill: Skill, count: int, every: int, derivation_of: KeptDerivations) -> Census:
    """Draw so many problems of a skill, of all grades; look at every so-manieth seed at all stages, at none for 0."""
    census = Census(skill.id)
    for place in range(count):
        grade, seed = place % HARDEST + 1, place // HARDEST
        _draw(census, skill, grade, seed, derivation_of)
        if every and seed % every == 0:
            census.sampled += 1
            census.faults += faults_of_stages(skill, grade, seed, derivation_of)
    return census


def _draw(census: Census, skill: Skill, grade: int, seed: int, derivation_of: KeptDerivations) -> None:
    drafts = 0
    for attempt in attempts(skill, grade, seed, derivation_of):
        drafts += 1
        if not attempt.faults and attempt.derivation:
            break
        census.reasons[re.sub(r"[−-]?[\d./]*\d", "…", attempt.faults[0])] += 1
    else:
        census.faults.append(f"grade {grade}, seed {seed}: no problem is found.")
        return
    census.problems += 1
    census.drafts += drafts
    census.most_drafts = max(census.most_drafts, drafts)
    census.texts.add(hash((attempt.text.text, attempt.draft.cells)))
    _measure(census, attempt, attempt.derivation, f"grade {grade}, seed {seed}")


def _measure(census: Census, attempt: Attempt, derivation: Derivation, where: str) -> None:
    for cell in needed_cells(derivation, attempt.draft.cells):
        value = derivation.value(cell)
        count = digits(value) if isinstance(value, Fraction) else 0
        if count > census.longest[0]:
            census.longest = count, f"{cell} = {value} in {where}"
        if count > MOST_DIGITS:
            census.faults.append(f"{where}: {cell} = {value} has {count} digits.")


def faults_of_stages(skill: Skill, grade: int, seed: int, derivation_of: KeptDerivations) -> Iterator[str]:
    """Yield what is wrong with a problem, or with a block that is made of it."""
    where = f"grade {grade}, seed {seed}"
    found: list[str] = []
    for stage in stages_of(skill):
        try:
            task = make_task(TaskName(skill.id, stage, grade, seed), derivation_of)
            prove(task.block, Ground(task.head, derivation_of), found.append)
        except LessonError as error:
            found.append(str(error))
            break
        making = Making(task.head, derivation_of)
        if has_screen(task.block) and rows_of_task(task.block, making) > _SCREEN_ROWS - 1:
            found.append("the question is too long for the screen.")
        if stage == "blank":
            found += faults_of_values(task.block.problem.text, task.draft.cells, task.derivation)  # type: ignore[union-attr]
            prompt = rule_prompt(task)
            prove(prompt, Ground(task.head, derivation_of), found.append)
            if _rows_of_prompt(prompt) > _SCREEN_ROWS:
                found.append("the question which rule comes next is too long for the screen.")
    yield from (f"{where}: {fault}" for fault in found)


def faults_of_values(text: str, cells: tuple[str, ...], derivation: Derivation) -> Iterator[str]:
    """Yield the cells whose value is not what working them out another way gives."""
    work = PlainWork(text)
    for cell in needed_cells(derivation, cells):
        value = derivation.value(cell)
        try:
            other = work.value(cell)
        except UnreadableError as error:
            yield f"{cell}: the formula “{error}” is not understood."
            return
        if not _are_equal(value, other):
            yield f"{cell} is {decimal_text(value)}, and {other} in another way."


def _are_equal(value: Value, other: Fraction | mpf) -> bool:
    if isinstance(value, Fraction) and isinstance(other, Fraction):
        return value == other
    real = mpf(other.numerator) / other.denominator if isinstance(other, Fraction) else other
    return bool(abs(mpf(decimal_text(value, 40)) - real) <= _CLOSE * (1 + abs(real)))


def _rows_of_prompt(prompt: Choice) -> int:
    asked = len(prose(prompt.question.markdown, _TEXT_COLUMNS, UNICODE))
    options = sum(len(prose(option.text.markdown, _OPTION_COLUMNS, UNICODE)) for option in prompt.options)
    said = max(len(prose(option.feedback.markdown, _OPTION_COLUMNS, UNICODE)) for option in prompt.options)
    return 1 + asked + 1 + options + 1 + said + 1
