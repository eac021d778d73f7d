"""The block `game`: guess the number, or the mixing desk."""

from dataclasses import dataclass
from fractions import Fraction

from tutor.course.blocks.common import Source, identity, needed_problem
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose

GUESS, DESK = "guess-the-number", "mixing-desk"
_PLAYS = (GUESS, DESK)
_LARGEST = 1_000


@dataclass(frozen=True, slots=True)
class GuessGame(Block):
    """Find a number by raising and lowering a guess, by the same step each time, or in proportion to the distance."""

    question: Prose
    steps: tuple[Fraction, ...]
    """The steps to choose from, or the shares of the distance."""
    proportional: bool
    smallest: int
    largest: int
    start: int
    near: int
    """So far from the secret a guess is near enough."""
    after: Prose


@dataclass(frozen=True, slots=True)
class DeskGame(Block):
    """Move one knob while the others stand still, read its slope; when all are known, turn all at once."""

    question: Prose
    problem: Source
    step: Fraction
    """How far a knob moves with a key."""
    after: Prose


def read_game(body: Body, head: LessonHead) -> GuessGame | DeskGame:
    """Read a game. Raises LessonError for the first fault."""
    if body.one_of("play", _PLAYS) == DESK:
        body.check_keys(("title", "play", "question", "problem", "step", "after"))
        return DeskGame(
            *identity(body, head),
            question=body.prose("question"),
            problem=needed_problem(body, head),
            step=_positive(body, "step", body.values.get("step", "0.1")),
            after=body.prose("after", ""),
        )
    body.check_keys(
        ("title", "play", "question", "steps", "shares", "smallest", "largest", "start", "near", "after"),
    )
    proportional = "shares" in body.values
    key = "shares" if proportional else "steps"
    if proportional and "steps" in body.values:
        raise body.fault("steps", "steps and shares are two ways to play. Keep one of them.")
    values = body.values.get(key, [1, 2, 5, 10])
    if not isinstance(values, list) or not values:
        raise body.fault(key, f"{key} must be a list of numbers. Write {key} = [1, 2]")
    smallest = body.whole("smallest", 1, 0, _LARGEST)
    largest = body.whole("largest", 100, smallest + 1, _LARGEST)
    return GuessGame(
        *identity(body, head),
        question=body.prose("question"),
        steps=tuple(_positive(body, key, value) for value in values),
        proportional=proportional,
        smallest=smallest,
        largest=largest,
        start=body.whole("start", (smallest + largest) // 2, smallest, largest),
        near=body.whole("near", 2, 0, largest),
        after=body.prose("after", ""),
    )


def _positive(body: Body, key: str, value: object) -> Fraction:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            found = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            found = Fraction(0)
        if 0 < found <= _LARGEST:
            return found
    raise body.fault(key, f"“{value}” is no number above 0. Write {key} with numbers such as 0.5 or 10.")
