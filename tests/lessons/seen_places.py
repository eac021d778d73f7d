"""What a learner sees in a place of the course, as text and numbers: a page, or a block of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from shown_numbers import Shown, exactly, numbers_in, rounded

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.figure import Figure
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask, LabView
from tutor.course.blocks.predict import Predict
from tutor.course.blocks.steps import Steps
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise, seed_of
from tutor.course.exercises.sheet import make_sheet
from tutor.course.loader import load_course, load_lesson
from tutor.course.model import Block, Lesson, LessonHead, Page, Prose, prose_in
from tutor.course.numbers import Derive, as_number, given_values
from tutor.course.runs import make_run, settings_of, with_changes
from tutor.mathematics.derivation import derive
from tutor.study.derivations import Derivations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tutor.course.blocks.running import RunPlan
    from tutor.mathematics.derivation import Derivation


@dataclass(frozen=True)
class LessonSeen:
    """A lesson, and the numbers that its pages and blocks show. It is read when it is first asked for."""

    head: LessonHead
    derivation_of: Derive
    _found: dict[str, frozenset[Shown]] = field(default_factory=dict)

    @cached_property
    def lesson(self) -> Lesson:
        """The lesson. Raises LessonError for a fault in it."""
        return load_lesson(self.head)

    @cached_property
    def titles(self) -> Mapping[str, tuple[Page | Block, ...]]:
        """The pages and blocks by their titles."""
        found: dict[str, tuple[Page | Block, ...]] = {}
        for place in (*self.lesson.pages, *self.lesson.blocks()):
            found[place.title] = (*found.get(place.title, ()), place)
        return found

    def numbers(self, title: str) -> frozenset[Shown]:
        """Return the numbers of everything with this title."""
        if title not in self._found:
            self._found[title] = frozenset(shown for place in self.titles[title] for shown in self._shown(place))
        return self._found[title]

    def _shown(self, place: Page | Block) -> Iterator[Shown]:
        if isinstance(place, Block):
            yield from self._of_block(place)
            return
        making = self._making(None)
        for part in place.parts:
            if isinstance(part, Prose):
                yield from numbers_in(making.filled_prose(part, _NOTHING))
            else:
                yield from self._of_block(part)

    def _of_block(self, block: Block) -> Iterator[Shown]:
        for prose in prose_in(self._making(block).filled(block)):
            yield from numbers_in(prose.markdown)
        yield from self._of_kind(block)

    def _making(self, block: Block | None) -> Making:
        return Making(self.head, self.derivation_of, seed_of(block.id, 0) if block else 0)

    def _of_kind(self, block: Block) -> Iterator[Shown]:
        """Yield what a block shows besides its own texts."""
        match block:
            case Choice():
                yield from self._of_choice(block)
            case Formula():
                yield from numbers_in(block.expected)
            case Steps():
                yield from self._of_steps(block)
            case LabTask():
                yield from self._of_run(block, block.plan, block.solution)
                yield from numbers_in(" ".join(value for _, value in block.solution))
            case Predict() | LabView():
                yield from self._of_run(block, block.plan)
            case Figure() if block.show != "graph":
                yield from self._of_run(block, block.plan)
            case GuessGame():
                yield from exactly((*block.steps, *map(Fraction, (block.smallest, block.largest, block.near))))
            case DeskGame():
                yield from self._of_desk(block)

    def _of_choice(self, block: Choice) -> Iterator[Shown]:
        exercise = make_exercise(block, self._making(block))
        assert isinstance(exercise, Choosing)
        for option in exercise.options:
            yield from numbers_in(f"{option.text}\n{option.feedback}")

    def _of_steps(self, block: Steps) -> Iterator[Shown]:
        sheet = make_sheet(block, self._making(block))
        derivation = sheet.worksheet.derivation
        yield from _values(derivation, (*block.cells, *block.given))
        yield from numbers_in("\n".join((block.intro, *sheet.filled_in.values())))

    def _of_desk(self, block: DeskGame) -> Iterator[Shown]:
        problem = self._making(block).problem(block)
        assert problem is not None
        slopes = (f"d{problem.objective}/d{name}" for name in problem.parameters)
        yield from _values(self.derivation_of(problem), (problem.objective, *slopes))

    def _of_run(self, block: Block, plan: RunPlan, changes: tuple[tuple[str, str], ...] = ()) -> Iterator[Shown]:
        fault = self._making(block).fault(plan.line)
        settings = with_changes(settings_of(plan, fault), changes, fault)
        trace = make_run(settings, plan.length, self.derivation_of).trace
        yield from rounded(value for values in trace.values.values() for value in values)
        yield from numbers_in(" ".join(value for _, value in plan.changes))


_NOTHING = Block("", "", 0)
"""Prose that belongs to no block is about the lesson's own problem."""


def _values(derivation: Derivation, cells: Iterable[str]) -> set[Shown]:
    """Return the values of cells, and those that the problem starts from."""
    found = [derivation.value(derivation.cell(cell).id) for cell in cells]
    return exactly(as_number(value).value for value in (*found, *given_values(derivation.problem).values()))


def lessons_seen(folder: Path) -> dict[str, LessonSeen]:
    """Return the lessons of a folder by their ids."""
    derivation_of = Derivations(derive)
    return {head.id: LessonSeen(head, derivation_of) for head in load_course(folder).lessons}
