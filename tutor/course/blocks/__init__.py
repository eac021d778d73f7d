"""The kinds of fenced blocks: to add one, write its dataclass and its reader, and enter it in BLOCK_KINDS."""

from collections.abc import Callable, Mapping

from tutor.course.blocks.card import read_card
from tutor.course.blocks.choice import read_choice
from tutor.course.blocks.explain import read_explain
from tutor.course.blocks.figure import read_figure
from tutor.course.blocks.formula import read_formula
from tutor.course.blocks.game import read_game
from tutor.course.blocks.lab import read_lab
from tutor.course.blocks.match import read_match
from tutor.course.blocks.order import read_order
from tutor.course.blocks.predict import read_predict
from tutor.course.blocks.steps import read_steps
from tutor.course.body import Body, read_body
from tutor.course.error import LessonError, nearest
from tutor.course.model import Block, LessonHead

CODE_LANGUAGES = frozenset({"", "text", "math", "python", "toml"})
"""Fences that are part of the prose: they are shown as they stand, and the formulas of `math` typeset."""

BLOCK_KINDS: Mapping[str, Callable[[Body, LessonHead], Block]] = {
    "card": read_card,
    "choice": read_choice,
    "explain": read_explain,
    "figure": read_figure,
    "formula": read_formula,
    "game": read_game,
    "lab": read_lab,
    "match": read_match,
    "order": read_order,
    "predict": read_predict,
    "steps": read_steps,
}


def read_block(kind: str, toml: str, head: LessonHead, line: int) -> Block:
    """Read one fenced block of a lesson: its kind, its TOML body, and the line of its opening fence.

    Raises LessonError if the kind is not known or its reader finds a fault in the body.
    """
    reader = BLOCK_KINDS.get(kind)
    if reader is None:
        known = [*BLOCK_KINDS, *(language for language in CODE_LANGUAGES if language)]
        raise LessonError(head.path, line, f"there is no block of the kind “{kind}”. {nearest(kind, known)}")
    return reader(read_body(kind, toml, head.path, line), head)
