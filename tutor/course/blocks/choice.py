"""The block `choice`: one or several right answers among options, each with a word on why."""

from dataclasses import dataclass

from tutor.course.blocks.common import (
    Source,
    Vary,
    at_least,
    cell_name,
    different,
    identity,
    problem_of_body,
    vary_of_body,
)
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Piece, Prose

FEWEST_OPTIONS, MOST_OPTIONS = 3, 9
"""With two options, guessing is right every second time; options are chosen with the digits 1 to 9."""


@dataclass(frozen=True, slots=True)
class Option(Piece):
    """One answer to choose."""

    key: str
    """The text as it stands in the lesson, by which a learner's choice is known again."""
    text: Prose
    """Empty where a misconception makes it."""
    feedback: Prose
    """Why it is right, or why it is not; empty where a misconception says so."""
    right: bool
    misconception: str = ""
    """The id of the misconception that somebody has who chooses it; may be empty."""


@dataclass(frozen=True, slots=True)
class Choice(Block):
    """A question with options."""

    question: Prose
    options: tuple[Option, ...]
    several: bool
    """Whether any number of options may be right, so that each is ticked by itself."""
    in_order: bool
    """Whether the options stay in the order in which they are written."""
    problem: Source | None
    cell: str
    """The cell that wrong options are values of; empty where no option is made by a misconception."""
    vary: Vary = ()


def read_choice(body: Body, head: LessonHead) -> Choice:
    """Read a choice. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "option", "several", "in-order", "problem", "cell", "vary"))
    cell = cell_name(body, "cell", body.text("cell", ""))
    options = tuple(_option(table, cell) for table in body.tables("option"))
    check_options(body, [option.key for option in options])
    rights = sum(option.right for option in options)
    several = body.flag("several")
    if not rights:
        raise body.fault("option", "no option is right. Write right = true below the one that is.")
    if rights > 1 and not several:
        raise body.fault("option", f"{rights} options are right. Add a line several = true, or keep one of them.")
    return Choice(
        *identity(body, head),
        question=body.prose("question"),
        options=options,
        several=several,
        in_order=body.flag("in-order"),
        problem=problem_of_body(body, head),
        cell=cell,
        vary=vary_of_body(body),
    )


def check_options(body: Body, keys: list[str]) -> None:
    """Raise LessonError for too few or too many options, and for two that are the same."""
    at_least(body, "option", keys, FEWEST_OPTIONS, "Too few options: with two, every second guess is right.")
    if len(keys) > MOST_OPTIONS:
        raise body.fault("option", f"{len(keys)} options are too many to choose from. Write at most {MOST_OPTIONS}.")
    different(body, "option", keys)


def _option(table: Body, cell: str) -> Option:
    table.check_keys(("text", "right", "feedback", "misconception"))
    misconception, right = table.text("misconception", ""), table.flag("right")
    if right and misconception:
        raise table.fault("misconception", "a right option has no misconception. Take one of the two lines out.")
    if "text" in table.values:
        text = table.prose("text")
    elif cell and (right or misconception):
        text = table.prose("text", f"{{{{{cell}}}}}" if right else "")
    else:
        raise table.fault("text", 'this option has no text. Add a line text = "…"')
    by_rule = bool(misconception and cell and "text" not in table.values)
    feedback = table.prose("feedback", "" if by_rule else None)
    return Option(text.markdown or misconception, text, feedback, right, misconception)
