"""The words of tasks: how a problem is told, and what is to be done at a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.exercises.base import as_it_stands
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.mathematics.derivation import Derivation

FAULTY = "Somebody worked this out before you. One value is wrong. Find it, and put it right."
BLANK = "Work out every value, from the top down."
ONE_MISSING = "One value is missing. Find it."
SOME_MISSING = "Some values are missing. Find them."
SHOWN = "This is how it is worked out. Read it, and find only the last value yourself."


def question(story: str, derivation: Derivation, asked: str) -> str:
    """Return a question about the steps of a problem, as Markdown: its story, its steps, and what is asked of them."""
    return "\\\n".join(part for part in (as_it_stands(story), shown_steps(derivation), f"**{asked}**") if part)


def shown_steps(derivation: Derivation) -> str:
    """Return the steps of a problem as Markdown, in one line."""
    steps = derivation.problem.steps.values()
    return ", ".join(f"`{step.name} = {pretty(step.formula)}`" for step in steps)


def listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence, as Markdown.

    >>> listed(["t", "x", "y"])
    '`t`, `x` and `y`'
    """
    shown = [f"`{name}`" for name in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
