"""Drawing the problem of a task: numbers, and where these do not come out well another shape, until all is fit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tutor.course.error import LessonError
from tutor.course.model import ProblemText
from tutor.course.numbers import problem_of
from tutor.mathematics.problem import ProblemError
from tutor.practice.chance import chance
from tutor.practice.fit import faults, trap_values
from tutor.practice.skill import HARDEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.course.numbers import Derive
    from tutor.mathematics.derivation import Derivation
    from tutor.practice.draft import Draft
    from tutor.practice.skill import Skill

MOST_NUMBERS: Final = 12
"""So many times numbers are drawn for one shape: in some, two mistakes come to the same whatever the numbers are."""
MOST_SHAPES: Final = 60
"""So many shapes are drawn for one problem."""
SHAPES_FOR_A_MISTAKE: Final = 12
"""So many shapes with a fit problem are looked at for one in which a mistake can be made."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A problem as it was drawn, and what speaks against it."""

    draft: Draft
    text: ProblemText
    derivation: Derivation | None
    """None where it cannot be derived."""
    faults: tuple[str, ...]
    """A sentence each; none where it is fit."""
    shape: int
    """Which shape it has, counted from 0."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A problem that is fit to be worked by hand."""

    draft: Draft
    text: ProblemText
    derivation: Derivation


def draw_problem(skill: Skill, grade: int, seed: int, derivation_of: Derive, trap: str = "") -> Drawn:
    """Return the problem of a skill, grade and seed: the same one whenever it is asked for.

    Where a mistake is named, it is one in which that mistake makes some asked cell wrong; it is of the nearest grade
    in which there is such a problem. Raises LessonError where there is none.
    """
    for near in sorted(range(1, HARDEST + 1), key=lambda other: abs(other - grade)) if trap else [grade]:
        for drawn in islice(_first_of_shapes(skill, near, seed, derivation_of), SHAPES_FOR_A_MISTAKE):
            if not trap or faulty_cells(drawn.derivation, drawn.draft.cells, (trap,)):
                return drawn
    what = f" in which {trap} makes a cell wrong" if trap else ""
    raise LessonError(Path(skill.id), 1, f"no problem of grade {grade}{what} is found. Choose another skill.")


def _first_of_shapes(skill: Skill, grade: int, seed: int, derivation_of: Derive) -> Iterator[Drawn]:
    """Yield the first fit problem of one shape after the other: where a mistake cannot be made, numbers do not help."""
    shape = -1
    for attempt in attempts(skill, grade, seed, derivation_of):
        if attempt.derivation is not None and not attempt.faults and attempt.shape != shape:
            shape = attempt.shape
            yield Drawn(attempt.draft, attempt.text, attempt.derivation)


def attempts(skill: Skill, grade: int, seed: int, derivation_of: Derive) -> Iterator[Attempt]:
    """Yield the problems that are drawn one after the other: the first one without faults is taken."""
    for shape in range(MOST_SHAPES):
        for number in range(MOST_NUMBERS):
            start = f"{skill.id} {grade} {seed} {shape}"
            yield _attempt(skill, skill.draft(chance(start), chance(f"{start} {number}"), grade), derivation_of, shape)


def faulty_cells(derivation: Derivation, cells: Sequence[str], traps: Sequence[str]) -> list[tuple[str, str]]:
    """Return the cells that these mistakes make wrong, each with the id of the mistake."""
    return [(name, trap) for name in cells for trap in trap_values(derivation, derivation.cell(name), traps)]


def _attempt(skill: Skill, draft: Draft, derivation_of: Derive, shape: int) -> Attempt:
    text = ProblemText(draft.text(skill.title), skill.id)
    try:
        derivation = derivation_of(problem_of(text))
    except ProblemError as error:
        return Attempt(draft, text, None, (str(error),), shape)
    return Attempt(draft, text, derivation, faults(draft, skill, derivation), shape)
