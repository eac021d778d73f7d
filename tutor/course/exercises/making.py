"""From a block of a lesson to the exercise that it is: numbers filled in, keys derived, predictions run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import TypeVar

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice, Option
from tutor.course.blocks.explain import Explain
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Forecast, Predict
from tutor.course.error import LessonError
from tutor.course.exercises.base import Exercise, as_it_stands, mixed
from tutor.course.exercises.choosing import Alternative, Choosing
from tutor.course.exercises.guessing import Guessing
from tutor.course.exercises.matching import Matching
from tutor.course.exercises.mixing import new_desk
from tutor.course.exercises.ordering import Ordering, Rule
from tutor.course.exercises.remembering import Remembering
from tutor.course.exercises.trying import Settings, Trying
from tutor.course.exercises.writing import Explaining, Finding
from tutor.course.fill_in import UnknownNumberError, fill_in
from tutor.course.model import Block, LessonHead, Prose, with_prose
from tutor.course.number import write_number
from tutor.course.numbers import Derive, LessonNumbers, as_number, problem_of, varied
from tutor.course.outcome import OutcomeError, Trace
from tutor.digest import digest_of
from tutor.engine.error import EngineError
from tutor.mathematics.cells import CellError
from tutor.mathematics.derivation import Derivation
from tutor.mathematics.notation.expression import Name, Node, Number, Product, Sum, product, replace
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.problem import Problem

Kind = TypeVar("Kind", bound=Block)


@dataclass(frozen=True, slots=True)
class Making:
    """What exercises are made with.

    seed decides the numbers of blocks that draw some.
    """

    head: LessonHead
    derivation_of: Derive
    seed: int = 0

    def fault(self, line: int) -> Callable[[str], LessonError]:
        """Return what makes errors about a line of the lesson."""
        return lambda message: LessonError(self.head.path, line, message)

    def problem(self, block: Block) -> Problem | None:
        """Return the problem of a block, its numbers drawn; None where it has none. Raises ProblemError."""
        source = getattr(block, "problem", None)
        return None if source is None else varied(problem_of(source), getattr(block, "vary", ()), self.seed)

    def filled(self, block: Kind) -> Kind:
        """Return a block with its numbers filled in. Raises LessonError or ProblemError for a fault."""
        numbers = self._numbers(block)
        return with_prose(block, lambda prose: Prose(self._fill_in(prose, numbers), prose.line))

    def filled_prose(self, prose: Prose, block: Block) -> str:
        """Return a text of a block with its numbers filled in. Raises LessonError or ProblemError for a fault."""
        return self._fill_in(prose, self._numbers(block))

    def _numbers(self, block: Block) -> LessonNumbers:
        return LessonNumbers(self.head, self.derivation_of, self.problem(block))

    def _fill_in(self, prose: Prose, numbers: LessonNumbers) -> str:
        return fill_in(prose.markdown, numbers, self.head.path, prose.line)


def seed_of(name: str, times: int) -> int:
    """Return the seed for the numbers of an exercise that was done so many times before."""
    return int.from_bytes(digest_of(f"{name} {times}".encode())[:8])


@singledispatch
def make_exercise(block: Block, making: Making) -> Exercise:
    """Return the exercise that a block is, as it is at first; this may take a second.

    Raises LessonError, ProblemError or EngineError for a fault that shows itself only now, and TypeError for a block
    that is no exercise of this kind.
    """
    del making
    raise TypeError(f"{type(block).__name__} is worked on elsewhere.")


@make_exercise.register
def _choice(block: Choice, making: Making) -> Exercise:
    filled = making.filled(block)
    derivation = making.derivation_of(_needed(making, block)) if _by_rule(block) else None
    found = [_alternative(option, filled.cell, derivation, making) for option in filled.options]
    options = found if block.in_order else mixed(found, block.id)
    return Choosing(options=tuple(options), several=block.several)


def _by_rule(block: Choice) -> bool:
    return any(option.misconception and not option.text.markdown for option in block.options)


def _alternative(option: Option, cell: str, derivation: Derivation | None, making: Making) -> Alternative:
    text, feedback = option.text.markdown, option.feedback.markdown
    if not text and derivation is not None:
        try:
            from tutor.course.wrong_values import wrong_value  # noqa: PLC0415 - all rules of the checker come with it

            value, said = wrong_value(derivation, cell, option.misconception)
        except UnknownNumberError as error:
            raise LessonError(making.head.path, option.text.line, str(error)) from error
        text, feedback = write_number(as_number(value)).text, feedback or as_it_stands(said)
    return Alternative(option.key, text, feedback, option.right, option.misconception)


def _needed(making: Making, block: Block) -> Problem:
    problem = making.problem(block)
    if problem is None:
        raise LessonError(making.head.path, block.line, "this block has no problem. Add a line problem = …")
    return problem


@make_exercise.register
def _predict(block: Predict, making: Making) -> Exercise:
    from tutor.course.runs import make_run, settings_of  # noqa: PLC0415 - NumPy is loaded only where something runs

    filled = making.filled(block)
    fault = making.fault(block.plan.line)
    made = make_run(settings_of(block.plan, fault, making.problem(block)), block.plan.length, making.derivation_of)
    options = tuple(
        Alternative(option.key, option.text.markdown, option.feedback.markdown, _came_true(option, made.trace, making))
        for option in filled.options
    )
    rights = sum(option.right for option in options)
    if rights != 1:
        how = "none of the options comes true" if not rights else f"{rights} of the options come true"
        raise fault(f"{how} in this run. Exactly one has to: change a line when = …, or the run.")
    return Choosing(options=options, after=filled.after.markdown)


def _came_true(option: Forecast, trace: Trace, making: Making) -> bool:
    try:
        return option.when.holds(trace)
    except OutcomeError as error:
        raise LessonError(making.head.path, option.line, str(error)) from error


@make_exercise.register
def _formula(block: Formula, making: Making) -> Exercise:
    import tutor.mathematics.checking.formulas  # noqa: F401, PLC0415 - so that the first answer need not wait for it

    filled = making.filled(block)
    return Finding(
        expected=block.expected or _key(block, making),
        names=block.names,
        hints=tuple(hint.markdown for hint in filled.hints),
        after=filled.after.markdown,
    )


def _key(block: Formula, making: Making) -> str:
    """Return the formula of a cell over the names of its problem, as the derivation has it."""
    derivation = making.derivation_of(_needed(making, block))
    try:
        cell = derivation.cell(block.cell)
    except CellError as error:
        raise LessonError(making.head.path, block.line, str(error)) from error
    return plain(over_names(derivation.formula(cell), derivation))


def over_names(node: Node, derivation: Derivation) -> Node:
    """Return a formula with each derivative in it replaced by its own formula, down to the names of the problem.

    The problem has no examples, and the formula is about its first iteration.
    """

    def inside(part: Node) -> Node | None:
        if not isinstance(part, Name) or part.name in derivation.problem.names:
            return None
        return over_names(derivation.formula(derivation.cell(part.name)), derivation)

    return _flat(replace(node, inside))


def _flat(node: Node) -> Node:
    """Return a formula without products inside of products, and without factors 1, as a person writes it."""
    match node:
        case Sum(terms):
            return Sum(tuple(map(_flat, terms)))
        case Product(factors):
            flat = [_flat(factor) for factor in factors]
            parts = [part for one in flat for part in (one.factors if isinstance(one, Product) else (one,))]
            return product([part for part in parts if not (isinstance(part, Number) and part.value == 1)])
        case _:
            return node


@make_exercise.register
def _order(block: Order, making: Making) -> Exercise:
    filled = making.filled(block)
    keys = tuple(line.markdown for line in block.lines)
    return Ordering(
        keys=keys,
        texts=tuple(line.markdown for line in filled.lines),
        rules=tuple(Rule(keys[rule.first], keys[rule.then], rule.why.markdown) for rule in filled.before),
        name=block.id,
        after=filled.after.markdown,
    )


@make_exercise.register
def _match(block: Match, making: Making) -> Exercise:
    filled = making.filled(block)
    raw = [*(pair.right for pair in block.pairs), *block.extra]
    shown = [*(pair.right for pair in filled.pairs), *filled.extra]
    texts = {key.markdown: text.markdown for key, text in zip(raw, shown, strict=True)}
    return Matching(
        lefts=tuple(pair.left.markdown for pair in filled.pairs),
        rights=tuple(pair.right.markdown for pair in block.pairs),
        whys=tuple(pair.why.markdown for pair in filled.pairs),
        texts=tuple(texts.items()),
        name=block.id,
        after=filled.after.markdown,
    )


@make_exercise.register
def _card(block: Card, making: Making) -> Exercise:
    filled = making.filled(block)
    return Remembering(question=filled.question.markdown, back=filled.answer.markdown)


@make_exercise.register
def _explain(block: Explain, making: Making) -> Exercise:
    filled = making.filled(block)
    return Explaining(points=tuple(point.markdown for point in filled.checklist), model=filled.model.markdown)


@make_exercise.register
def _guess(block: GuessGame, making: Making) -> Exercise:
    filled = making.filled(block)
    return Guessing(
        sizes=block.steps,
        proportional=block.proportional,
        smallest=block.smallest,
        largest=block.largest,
        start=block.start,
        near=block.near,
        name=block.id,
        after=filled.after.markdown,
    )


@make_exercise.register
def _desk(block: DeskGame, making: Making) -> Exercise:
    filled = making.filled(block)
    return new_desk(_needed(making, block), block.step, filled.after.markdown)


@make_exercise.register
def _lab(block: LabTask, making: Making) -> Exercise:
    from tutor.course.runs import make_run, settings_of, stands_at, told, with_changes  # noqa: PLC0415 - as above

    filled = making.filled(block)
    fault = making.fault(block.plan.line)
    settings = settings_of(block.plan, fault)
    first = tuple((symbol, stands_at(settings, symbol, fault)) for symbol in block.may)

    def judge(changes: Settings) -> tuple[bool, str]:
        try:
            tried = with_changes(settings, changes, fault)
            made = make_run(tried, block.plan.length, making.derivation_of)
            return block.goal.holds(made.trace), told(made.trace)
        except LessonError as error:
            raise ValueError(error.message) from error
        except (OutcomeError, EngineError) as error:
            raise ValueError(str(error)) from error

    return Trying(
        first=first,
        solution=block.solution,
        judge=judge,
        hint=filled.hint.markdown,
        after=filled.after.markdown,
    )
