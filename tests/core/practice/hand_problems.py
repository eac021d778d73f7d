"""What must hold of every generator of problems: asked of the drafts of one skill."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from kept_derivations import derivation_of
from plain_work import PlainWork

from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import float_of
from tutor.practice.fit import faults

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation
    from tutor.practice.draft import Draft
    from tutor.practice.skill import Skill

GRADES = (1, 2, 3)
SEEDS = 15
SHARE = 0.3
_CLOSE = 1e-9


def drafted(skill: Skill, grade: int, shape: int, numbers: int = 0) -> Draft:
    """Return the draft of a shape and of numbers."""
    return skill.draft(Random(shape), Random(1_000 * shape + numbers), grade)


def derived(draft: Draft) -> Derivation:
    """Return the derivation of a draft."""
    return derivation_of(read_problem(draft.text("a problem"), "a problem"))


class Drafts:
    """The first drafts of one skill and grade, each derived once."""

    def __init__(self, skill: Skill, grade: int) -> None:
        self._skill = skill
        self._grade = grade
        self._drafts = [drafted(skill, grade, shape) for shape in range(SEEDS)]
        self._derivations = [derived(draft) for draft in self._drafts]

    def share_that_is_fit(self) -> float:
        """Return the share of drafts that are fit to be worked by hand; each of them derives."""
        pairs = zip(self._drafts, self._derivations, strict=True)
        return sum(not faults(draft, self._skill, derivation) for draft, derivation in pairs) / SEEDS

    def changed_by_other_numbers(self) -> list[int]:
        """Return the shapes that with other numbers have other steps, cells, another story or formula."""
        return [
            shape
            for shape, draft in enumerate(self._drafts)
            for other in (1, 2)
            if _without_numbers(draft) != _without_numbers(drafted(self._skill, self._grade, shape, other))
        ]

    def unlike_plain_work(self) -> list[str]:
        """Return the texts of the drafts to which plain work, which knows nothing of the tutor, gives another value."""
        pairs = zip(self._drafts, self._derivations, strict=True)
        return [draft.text("") for draft, derivation in pairs if not cells_are_right(draft, derivation)]


def _without_numbers(draft: Draft) -> tuple[object, ...]:
    names = [tuple(part) for part in (draft.parameters, draft.given, draft.examples, draft.update)]
    return names, dict(draft.steps), draft.cells, draft.story, draft.formula


def different_texts(skill: Skill, grade: int, count: int) -> int:
    """Return how many of the first drafts are different problems."""
    return len({drafted(skill, grade, shape).text("") for shape in range(count)})


def cells_are_right(draft: Draft, derivation: Derivation) -> bool:
    """Whether plain work gives each asked cell the same value."""
    plain = PlainWork(draft.text("a problem"))
    return all(
        _is_close(float_of(derivation.value(derivation.cell(name).id)), float(plain.value(name)))
        for name in draft.cells
    )


def _is_close(value: float, other: float) -> bool:
    return abs(value - other) <= _CLOSE * max(1.0, abs(other))
