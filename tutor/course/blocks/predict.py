"""The block `predict`: what will a run do? The run itself tells which option was right."""

from dataclasses import dataclass

from tutor.course.blocks.choice import check_options
from tutor.course.blocks.common import Source, Vary, identity, vary_of_body
from tutor.course.blocks.running import RunPlan, read_outcome, read_plan
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Piece, Prose
from tutor.course.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Forecast(Piece):
    """One option of a prediction: what it says, and the outcome that it names."""

    key: str
    text: Prose
    feedback: Prose
    when: Outcome
    line: int


@dataclass(frozen=True, slots=True)
class Predict(Block):
    """A question about a run."""

    question: Prose
    options: tuple[Forecast, ...]
    plan: RunPlan
    after: Prose
    """What is said below the run; may be empty."""
    problem: Source | None
    """The problem that is descended; None where something else is run."""
    vary: Vary = ()


def read_predict(body: Body, head: LessonHead) -> Predict:
    """Read a prediction. Raises LessonError for the first fault."""
    plan = read_plan(body, head, more_keys=("title", "question", "option", "after", "vary"))
    options = tuple(_forecast(table, plan) for table in body.tables("option"))
    check_options(body, [option.key for option in options])
    vary = vary_of_body(body)
    if vary and plan.problem is None:
        raise body.fault("vary", "only the numbers of a problem can be drawn. Run a problem, or take vary out.")
    return Predict(
        *identity(body, head),
        question=body.prose("question"),
        options=options,
        plan=plan,
        after=body.prose("after", ""),
        problem=plan.problem,
        vary=vary,
    )


def _forecast(table: Body, plan: RunPlan) -> Forecast:
    table.check_keys(("text", "feedback", "when"))
    text = table.prose("text")
    when = read_outcome(table, "when", plan)
    return Forecast(text.markdown, text, table.prose("feedback"), when, table.line_of("when"))
