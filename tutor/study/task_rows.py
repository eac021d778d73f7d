"""Whether a task with a screen of its own fits the smallest usual screen, with the longest thing that is said on it."""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from tutor.course.blocks.explain import Explain
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.exercises.base import Exercise
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.exercises.matching import Matching
from tutor.course.exercises.mixing import Mixing
from tutor.course.exercises.ordering import Ordering
from tutor.course.exercises.trying import Trying
from tutor.course.exercises.writing import Explaining, Finding
from tutor.course.model import Block
from tutor.draw.glyphs import UNICODE
from tutor.draw.prose import prose

Tasked = Predict | LabTask | GuessGame | DeskGame | Order | Match | Formula | Explain
PICTURE_ROWS = 10
"""Rows for the picture of a run, so that there is room for what is said about it."""

_WIDE, _MARKED, _HALF = 78, 70, 33
"""Columns of text alone, behind a marker, and in one of two halves."""
_GUESS_ROWS = 8
_SAID_ROWS = 3
"""Rows of what the program itself says about a game or a run."""


def rows_of_task(block: Tasked, making: Making) -> int:
    """Return how many rows the screen of a task takes at most, in 80 columns."""
    exercise = make_exercise(block, making)
    asked = _rows([making.filled_prose(block.question, block)], _WIDE)
    return (
        1
        + asked
        + 1
        + _view(block, exercise)
        + 1
        + max((_rows([said], _MARKED) for said in _said(exercise)), default=1)
    )


def has_screen(block: Block) -> TypeGuard[Tasked]:
    """Whether these rows are known for a block: it is a task with a screen of its own."""
    return isinstance(block, Tasked)


def _view(block: Block, exercise: Exercise) -> int:
    match exercise:
        case Choosing(options=options):
            return max(_rows((option.text for option in options), _MARKED), 2 + PICTURE_ROWS)
        case Ordering(texts=texts):
            return _rows(texts, _MARKED)
        case Matching(lefts=lefts, texts=texts):
            return max(_rows(lefts, _HALF), _rows((text for _, text in texts), _HALF))
        case Explaining(points=points):
            return _rows(points, _MARKED) + 2 + _SAID_ROWS
        case Trying(first=first):
            return 3 + len(first) + PICTURE_ROWS
        case Mixing(names=names):
            return len(names) + 2
        case _:
            return _GUESS_ROWS if isinstance(block, GuessGame) else 2


def _said(exercise: Exercise) -> Iterator[str]:
    match exercise:
        case Choosing(options=options, after=after):
            yield from (f"{option.feedback} {after}\\\nEnter goes on." for option in options)
        case Ordering(texts=texts, rules=rules, after=after):
            longest = max(texts, key=len)
            yield from (f"“{longest}” comes too early. {rule.why}" for rule in rules)
            yield f"In order. {after}\\\nEnter goes on."
        case Matching(lefts=lefts, whys=whys, after=after):
            yield from (f"9 of 9 are right. “{left}”: {why}" for left, why in zip(lefts, whys, strict=True))
            yield f"All pairs are found. {after}\\\nEnter goes on."
        case Explaining(points=points, model=model):
            yield from (f"Not ticked: {point}. {model}\\\nEnter goes on." for point in points)
        case Finding(hints=hints, after=after):
            yield from hints
            yield f"Right. {after}\\\nEnter goes on."
        case Trying(hint=hint, after=after):
            yield from (f"{'word ' * 12} {said}\\\nEnter goes on." for said in (hint, after))
        case _:
            yield "\\\n".join(["word"] * _SAID_ROWS)


def _rows(texts: Iterable[str], width: int) -> int:
    return sum(max(1, len(prose(text, width, UNICODE))) for text in texts)
