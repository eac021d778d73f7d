"""The block `explain`: learners write it in their own words, and tick what they have said."""

from dataclasses import dataclass

from tutor.course.blocks.common import at_least, different, identity
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose

_FEWEST, _MOST = 2, 9


@dataclass(frozen=True, slots=True)
class Explain(Block):
    """Something to explain. What is written is kept and never judged."""

    question: Prose
    checklist: tuple[Prose, ...]
    model: Prose
    """How somebody else would say it, shown at the end; may be empty."""


def read_explain(body: Body, head: LessonHead) -> Explain:
    """Read something to explain. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "checklist", "model"))
    checklist = body.proses("checklist")
    at_least(body, "checklist", checklist, _FEWEST, "Too few points to look for.")
    if len(checklist) > _MOST:
        raise body.fault("checklist", f"more than {_MOST} points do not fit the keys 1 to {_MOST}. Take some out.")
    different(body, "checklist", [item.markdown for item in checklist])
    return Explain(
        *identity(body, head), question=body.prose("question"), checklist=checklist, model=body.prose("model", "")
    )
