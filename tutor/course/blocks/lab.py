"""The block `lab`: a run to look at, or one to set up so that it reaches a goal."""

from dataclasses import dataclass

from tutor.course.blocks.common import identity
from tutor.course.blocks.running import RUN_KEYS, RunPlan, known_knob, read_outcome, read_plan
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose
from tutor.course.outcome import Outcome


@dataclass(frozen=True, slots=True)
class LabView(Block):
    """A lab to play with."""

    question: Prose
    plan: RunPlan


@dataclass(frozen=True, slots=True)
class LabTask(Block):
    """A run whose settings the learner finds."""

    question: Prose
    plan: RunPlan
    goal: Outcome
    """What the run has to come to."""
    may: tuple[str, ...]
    """The settings that may be changed, by their symbols."""
    solution: tuple[tuple[str, str], ...]
    """Settings that reach the goal: the proof that it can be reached, and what is shown to whoever asks."""
    hint: Prose
    """What is said when the goal is missed; may be empty."""
    after: Prose
    """What is said once it is reached; may be empty."""


def read_lab(body: Body, head: LessonHead) -> LabTask | LabView:
    """Read a lab. Raises LessonError for the first fault."""
    plan = read_plan(body, head, more_keys=("title", "question", "goal", "may", "solution", "hint", "after"))
    if "goal" not in body.values:
        body.check_keys(("title", "question", *RUN_KEYS))
        return LabView(*identity(body, head), question=body.prose("question"), plan=plan)
    may = body.strings("may")
    if not may:
        raise body.fault("may", 'nothing may be changed here. Write may = ["eta"]')
    for symbol in may:
        if not known_knob(symbol):
            raise body.fault("may", f"there is no setting {symbol}. Write its symbol, such as eta or rule.")
    solution = body.values.get("solution")
    if not isinstance(solution, dict) or not solution:
        raise body.fault("solution", "a goal needs a proof that it can be reached. Write [solution], then eta = 0.4")
    for symbol in solution:
        if symbol not in may:
            raise body.fault("solution", f"{symbol} may not be changed here. Add it to may, or take it out here.")
    return LabTask(
        *identity(body, head),
        question=body.prose("question"),
        plan=plan,
        goal=read_outcome(body, "goal", plan),
        may=may,
        solution=tuple((symbol, str(value)) for symbol, value in solution.items()),
        hint=body.prose("hint", ""),
        after=body.prose("after", ""),
    )
