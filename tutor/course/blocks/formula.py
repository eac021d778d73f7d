"""The block `formula`: an answer in letters, checked for what it means and not for how it is written."""

from dataclasses import dataclass

from tutor.course.blocks.common import Source, cell_name, identity, needed_problem
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose


@dataclass(frozen=True, slots=True)
class Formula(Block):
    """A formula to be found."""

    question: Prose
    expected: str
    """The key; empty where a cell of a problem gives it."""
    problem: Source | None
    cell: str
    """The cell whose formula is the key; empty where the key is written down."""
    names: tuple[str, ...]
    """Names that an answer may use besides those of the key."""
    hints: tuple[Prose, ...]
    """What is said when a hint is asked for, one after the other."""
    after: Prose
    """What is said once it is found; may be empty."""


def read_formula(body: Body, head: LessonHead) -> Formula:
    """Read a formula exercise. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "expected", "problem", "cell", "names", "hints", "after"))
    expected = body.text("expected", "")
    cell = cell_name(body, "cell", body.text("cell", ""))
    if bool(expected) == bool(cell):
        message = 'a formula block has one key. Write expected = "2*x", or cell = "df/dx" of its problem'
        raise body.fault("cell" if cell else "expected", message)
    return Formula(
        *identity(body, head),
        question=body.prose("question"),
        expected=expected,
        problem=needed_problem(body, head) if cell else None,
        cell=cell,
        names=body.strings("names"),
        hints=body.proses("hints"),
        after=body.prose("after", ""),
    )
