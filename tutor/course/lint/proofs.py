"""What is proved of each kind of block: its key passes, a blank fails, and so does every wrong answer that it names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.explain import Explain
from tutor.course.blocks.figure import Figure
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask, LabView
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.guessing import Guessing
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.exercises.matching import Matching
from tutor.course.exercises.mixing import APPLY, Mixing
from tutor.course.exercises.ordering import Ordering
from tutor.course.exercises.trying import Trying
from tutor.course.exercises.writing import Explaining, Finding
from tutor.course.figures import make_figure
from tutor.course.lint.sheets import prove_steps
from tutor.course.model import Block, LessonHead
from tutor.course.numbers import Derive
from tutor.course.runs import make_run, settings_of
from tutor.draw.glyphs import ASCII, UNICODE
from tutor.mathematics.checking.formulas import check_formula

SEEDS = 200
"""How many times the numbers of a block that draws them are drawn."""
Say = Callable[[str], None]
"""Takes what is wrong with a block."""

_WIDTH = 76
_NEVER_STUCK = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """What blocks are proved with."""

    head: LessonHead
    derivation_of: Derive
    seeds: int = SEEDS

    @contextmanager
    def told(self, block: Block, making: Making) -> Iterator[None]:
        """Add the seed to the fault that shows itself with it."""
        try:
            yield
        except LessonError as error:
            if not getattr(block, "vary", ()):
                raise
            raise LessonError(error.path, error.line, f"{error.message} This is with seed {making.seed}.") from error

    def makings(self, block: Block) -> Iterator[Making]:
        """Yield what a block is made with: once, or with many seeds where it draws its numbers."""
        for seed in range(self.seeds if getattr(block, "vary", ()) else 1):
            yield Making(self.head, self.derivation_of, seed)


@singledispatch
def prove(block: Block, ground: Ground, say: Say) -> None:
    """Say whatever is wrong with a block.

    Raises LessonError, ProblemError or EngineError for what cannot even be made.
    """
    del ground, say
    raise TypeError(f"{type(block).__name__} is not known to the linter.")


@prove.register
def _steps(block: Steps, ground: Ground, say: Say) -> None:
    for making in ground.makings(block):
        with ground.told(block, making):
            prove_steps(block, making, say)


@prove.register
def _choice(block: Choice, ground: Ground, say: Say) -> None:
    for making in ground.makings(block):
        with ground.told(block, making):
            exercise = make_exercise(block, making)
            assert isinstance(exercise, Choosing)
            _prove_choosing(exercise, say, f" with seed {making.seed}" if block.vary else "")


@prove.register
def _predict(block: Predict, ground: Ground, say: Say) -> None:
    for making in ground.makings(block):
        with ground.told(block, making):
            exercise = make_exercise(block, making)
            assert isinstance(exercise, Choosing)
            _prove_choosing(exercise, say, f" with seed {making.seed}" if block.vary else "")


def _prove_choosing(exercise: Choosing, say: Say, when: str) -> None:
    options = exercise.options
    for place, option in enumerate(options):
        for other in options[:place]:
            if mean_the_same(option.text, other.text):
                say(f"the options “{other.text}” and “{option.text}” say the same{when}. Change one of them.")
    if exercise.judged(exercise.text_of(exercise.rights)).verdict != "correct":
        say(f"the right options do not pass{when}. Check which ones have right = true.")
    if exercise.judged(exercise.text_of(frozenset())).verdict != "invalid":
        say("choosing nothing is not refused.")
    for place, option in enumerate(options):
        if not option.right and exercise.judged(exercise.text_of(frozenset({place}))).verdict != "incorrect":
            say(f"the wrong option “{option.text}” passes{when}. Change it.")


def mean_the_same(one: str, other: str) -> bool:
    """Whether two options are one answer in two forms: the same words, equal numbers, equal formulas."""
    texts = [" ".join(text.replace("`", "").replace("−", "-").lower().split()) for text in (one, other)]
    if texts[0] == texts[1]:
        return True
    try:
        return Fraction(texts[0]) == Fraction(texts[1])
    except (ValueError, ZeroDivisionError):
        pass
    codes = [text.strip() for text in (one, other)]
    if not all(code.startswith("`") and code.endswith("`") and code.count("`") == _NEVER_STUCK for code in codes):
        return False
    return check_formula(codes[0].strip("`"), codes[1].strip("`")).verdict == "correct"


@prove.register
def _formula(block: Formula, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Finding)
    key = exercise.judged(exercise.expected)
    if key.verdict != "correct":
        say(f"the key {exercise.expected} does not pass its own check: {key.feedback} Write it in plain notation.")
    for wrong in ("", f"({exercise.expected})+1", f"2*({exercise.expected})"):
        if exercise.judged(wrong).verdict == "correct":
            say(f"the key {exercise.expected} lets “{wrong}” pass too. Ask for a formula that does not.")


@prove.register
def _order(block: Order, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Ordering)
    if exercise.judged(exercise.text_of(tuple(range(len(exercise.keys))))).verdict != "correct":
        say("the order as it is written does not pass.")
    if exercise.judged(exercise.text_of(exercise.arrangement)).verdict == "correct":
        say("every order passes. Add [[before]] tables, or take them all out.")
    if len(set(exercise.texts)) < len(exercise.texts):
        say("two lines look the same once their numbers are filled in. Change one of them.")


@prove.register
def _match(block: Match, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Matching)
    if exercise.judged(exercise.text_of(exercise.rights)).verdict != "correct":
        say("the pairs as they are written do not pass.")
    if exercise.judged(exercise.text_of(("",) * len(exercise.lefts))).verdict != "invalid":
        say("no pairs at all are not refused.")
    texts = [text for _, text in exercise.texts]
    for place, text in enumerate(texts):
        if any(mean_the_same(text, other) for other in texts[:place]):
            say(f"“{text}” stands twice on the right once the numbers are filled in. Change one of them.")


@prove.register
def _card(block: Card, ground: Ground, say: Say) -> None:
    del say
    make_exercise(block, Making(ground.head, ground.derivation_of))


@prove.register
def _explain(block: Explain, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Explaining)
    if exercise.judged(exercise.text_of("", frozenset())).verdict != "invalid":
        say("an empty explanation is not refused.")


@prove.register
def _figure(block: Figure, ground: Ground, say: Say) -> None:
    drawing = make_figure(block, Making(ground.head, ground.derivation_of))
    for glyphs in (UNICODE, ASCII):
        if not drawing.draw(_WIDTH, glyphs):
            say("there is nothing to draw. Give the figure a problem or a run that has something to show.")


@prove.register
def _view(block: LabView, ground: Ground, say: Say) -> None:
    del say
    making = Making(ground.head, ground.derivation_of)
    making.filled(block)
    make_run(settings_of(block.plan, making.fault(block.plan.line)), 1, ground.derivation_of)


@prove.register
def _lab(block: LabTask, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Trying)
    if exercise.judged(exercise.text_of(exercise.first)).verdict == "correct":
        say("the goal is reached before anything is changed. Begin with other settings, or ask for more.")
    reply = exercise.judged(exercise.text_of(exercise.show().settings))
    if reply.verdict != "correct":
        say(f"the solution does not reach the goal. {reply.feedback} Write other settings below [solution].")


@prove.register
def _guess(block: GuessGame, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Guessing)
    if block.proportional and min(block.steps) >= _NEVER_STUCK:
        say("no share leads to the number: from 2 on the guess never comes nearer. Add one below 2.")
    if not block.proportional and min(block.steps) > 2 * block.near + 1:
        say(f"some numbers cannot be reached with any of these steps. Add a step of at most {2 * block.near + 1}.")


@prove.register
def _desk(block: DeskGame, ground: Ground, say: Say) -> None:
    exercise = make_exercise(block, Making(ground.head, ground.derivation_of))
    assert isinstance(exercise, Mixing)
    if exercise.judged(APPLY).verdict != "invalid":
        say("the knobs can be turned before any slope is known.")
    for name in exercise.names:
        for move in (f"{name} +", f"{name} -"):
            exercise, reply = exercise.answer(move)
            if reply.verdict == "invalid":
                say(f"{name} cannot be moved by {block.step}: {reply.feedback} Write another step.")
                return
    _, reply = exercise.answer(APPLY)
    if reply.verdict != "correct":
        say(f"turning all knobs at once does not help: {reply.feedback} Write a smaller eta in the problem.")
