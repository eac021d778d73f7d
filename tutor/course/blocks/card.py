"""The block `card`: a question, and its answer on the other side."""

from dataclasses import dataclass

from tutor.course.blocks.common import identity
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead, Prose


@dataclass(frozen=True, slots=True)
class Card(Block):
    """A card that learners judge themselves by, and see again later."""

    question: Prose
    answer: Prose


def read_card(body: Body, head: LessonHead) -> Card:
    """Read a card. Raises LessonError for the first fault."""
    body.check_keys(("title", "question", "answer"))
    return Card(*identity(body, head), question=body.prose("question"), answer=body.prose("answer"))
