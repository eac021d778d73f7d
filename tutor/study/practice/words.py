"""What is said of skills, stages and reasons: words, never colours alone."""

from collections.abc import Mapping
from typing import Final

from tutor.practice.mastery import Standing, State
from tutor.practice.stage import Stage

_LEARNT_WITH: Final[Mapping[Stage, str]] = {
    "shown": "shown",
    "missing": "cells missing",
    "blank": "blank sheet",
    "faulty": "faulty sheet",
    "formula": "formula",
}
"""The stages in a word or two."""


def state_of(standing: Standing) -> str:
    """Return where a learner stands in a skill, in a word or two: its stage while it is learnt."""
    return state_words(standing.state, standing.stage)


def state_words(state: State, stage: Stage) -> str:
    """Return the words for a state, and a stage where it is learnt."""
    match state:
        case "learning":
            return _LEARNT_WITH[stage]
        case "to be confirmed":
            return "to confirm"
        case _:
            return state


def way_on(standing: Standing) -> str:
    """Return how far a learner is in a skill, and what is still needed to move on, in a sentence or two."""
    match standing.state:
        case "mastered":
            return "You have mastered this. Practise it as long as you like."
        case "to be confirmed":
            return "This is to be confirmed: some day it comes unannounced among others."
    stage = f"Stage {standing.level + 1} of {len(standing.stages)}"
    rights = f", {standing.rights} of {standing.needed} right in a row" if standing.needed > 1 else ""
    return f"{stage}{rights}."


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number with what is counted.

    >>> counted(1, "task"), counted(3, "card")
    ('1 task', '3 cards')
    """
    return f"{count} {one if count == 1 else several or one + 's'}"


def mistake_words(misconception: str) -> str:
    """Return a misconception in words, from its id.

    >>> mistake_words("links.last-link-missing")
    'last link missing (links)'
    """
    family, _, mistake = misconception.partition(".")
    return f"{mistake} ({family})".replace("-", " ") if mistake else family.replace("-", " ")
