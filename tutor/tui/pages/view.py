"""A page of a lesson as lines: its heading, its prose, its pictures, and what there is to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.course.exercises.base import Exercise
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.remembering import Remembering
from tutor.course.model import Block
from tutor.draw.glyphs import Glyphs
from tutor.draw.lines import indent, spread, text_line
from tutor.draw.prose import prose
from tutor.draw.text import Line, Span, join
from tutor.study.feedback import Feedback
from tutor.tui.widgets.options import choosing_feedback, draw_card, draw_options, draw_reply

if TYPE_CHECKING:
    from tutor.course.figures import Drawing

_WIDEST = 78
"""Columns of prose; longer lines are hard to read."""
_NAMES = {
    "Steps": "Worksheet",
    "Predict": "Prediction",
    "Formula": "Formula",
    "Order": "In order",
    "Match": "Pairs",
    "Explain": "Your words",
    "LabTask": "Lab",
    "LabView": "Lab",
    "GuessGame": "Game",
    "DeskGame": "Game",
}
"""What a row calls the block that it opens."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise that is done on the page itself, as it is now."""

    block: Block
    question: str
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class PageState:
    """What changes on a page: the task chosen, what is picked and said, and how far the others are (all by block)."""

    chosen: str = ""
    picked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    said: Mapping[str, Feedback] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)


def draw_page(
    heading: str, parts: "Sequence[str | Drawing | Asked | Block]", state: PageState, width: int, glyphs: Glyphs
) -> list[Line]:
    """Return all lines of a page for a width; heading may be empty."""
    wide = min(width - 2, _WIDEST)
    lines: list[Line] = [(), text_line(f" {glyphs.spell(heading)}", "heading"), ()] if heading else [()]
    for part in parts:
        match part:
            case str():
                lines += _prose(part, wide, glyphs)
            case Asked():
                lines += _asked(part, state, wide, glyphs)
            case Block():
                lines.append(_row(part, state, wide, glyphs))
            case _:
                lines += _picture(part, wide, glyphs)
        lines.append(())
    return lines[:-1]


def picked_of(asked: Asked, state: PageState) -> frozenset[int]:
    """Return the places of the options that are picked: those of the latest answer, where nothing is picked since."""
    assert isinstance(asked.exercise, Choosing)
    return state.picked.get(asked.block.id, asked.exercise.chosen)


def _prose(markdown: str, width: int, glyphs: Glyphs) -> list[Line]:
    return [indent(line, 1) for line in prose(markdown, width, glyphs)]


def _picture(drawing: "Drawing", width: int, glyphs: Glyphs) -> list[Line]:
    drawn = [indent(line, 1) for line in drawing.draw(width, glyphs)]
    return [*drawn, *([(), *_prose(drawing.caption, width, glyphs)] if drawing.caption else [])]


def _asked(asked: Asked, state: PageState, width: int, glyphs: Glyphs) -> list[Line]:
    """Draw a question with its options, or a card."""
    question = prose(asked.question, width - 2, glyphs)
    marker = Span("> " if state.chosen == asked.block.id else "  ", "key")
    lines: list[Line] = [join((Span(" "), marker, *question[0])), *(indent(line, 3) for line in question[1:])]
    said = state.said.get(asked.block.id, Feedback(""))
    if isinstance(asked.exercise, Remembering):
        drawn = draw_card(asked.exercise, width - 2, glyphs)
    else:
        assert isinstance(asked.exercise, Choosing)
        drawn = draw_options(asked.exercise, picked_of(asked, state), width - 2, glyphs)
        said = said if said.text else choosing_feedback(asked.exercise)
    drawn += draw_reply(said, width - 2, glyphs)
    return [*lines, *(indent(line, 2) for line in drawn)]


def _row(block: Block, state: PageState, width: int, glyphs: Glyphs) -> Line:
    marker = Span("> ", "key") if state.chosen == block.id else Span("  ")
    name = Span(f"{_NAMES[type(block).__name__]}  ", "dim")
    left = join((marker, name, Span(glyphs.spell(block.title), "strong")))
    return spread(left, text_line(state.states.get(block.id, "")), width, glyphs)
