"""The block `figure`: a picture made of a problem, a function or a run, never of pasted text."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.course.blocks.common import identity
from tutor.course.blocks.running import RunPlan, read_plan
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose

KINDS: Mapping[str, str] = {
    "curve": "a function of one variable, with the steps of a run where its length says so",
    "surface": "a function of two variables as a map of heights, with the steps of a run",
    "loss": "how the loss of a run goes",
    "graph": "the steps of a problem, and what uses what",
    "table": "quantities of a run, step by step",
    "map": "what a network says everywhere, with its examples",
}
_LEAST_ROWS, _USUAL_ROWS, _MOST_ROWS = 6, 12, 20


@dataclass(frozen=True, slots=True)
class Figure(Block):
    """A picture."""

    show: str
    """One of KINDS."""
    plan: RunPlan
    quantities: tuple[str, ...]
    """The columns of a table."""
    rows: int
    caption: Prose


def read_figure(body: Body, head: LessonHead) -> Figure:
    """Read a picture. Raises LessonError for the first fault."""
    plan = read_plan(body, head, more_keys=("title", "show", "quantities", "rows", "caption"), shortest=0)
    show = body.one_of("show", KINDS)
    quantities = body.strings("quantities")
    if show == "table" and not quantities:
        raise body.fault("quantities", 'a table needs columns. Write quantities = ["x", "loss"]')
    _check_subject(body, show, plan)
    return Figure(
        *identity(body, head),
        show=show,
        plan=plan,
        quantities=quantities,
        rows=body.whole("rows", _USUAL_ROWS, _LEAST_ROWS, _MOST_ROWS),
        caption=body.prose("caption", ""),
    )


def _check_subject(body: Body, show: str, plan: RunPlan) -> None:
    """Raise LessonError where a picture of this kind cannot be made of what is run."""
    if show == "graph" and plan.problem is None:
        raise body.fault("show", "a graph is drawn of a problem. Name one with problem = …")
    if show == "map" and not plan.is_network:
        raise body.fault("show", "a map is drawn of a network. Name its data with data = …, or a preset that has any.")
    if show in {"curve", "surface"} and plan.is_network:
        raise body.fault("show", f"a {show} is drawn of a function. Name one with function = … or problem = …")
