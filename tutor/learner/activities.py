"""The names under which the store keeps what a learner does, and the cells of events that begin and end something."""

from __future__ import annotations

from typing import Final, Literal, get_args

LESSON: Final = "lesson:"
"""What the activities of lessons and their blocks begin with."""
PRACTICE: Final = "practice:"
"""What the activities of tasks of the practice begin with."""
CARD: Final = "card:"
"""What the activities of reviewing a lesson's card begin with."""
TODAY: Final = "today"
"""The activity of daily sessions."""
PLACEMENT: Final = "placement:"
"""What the activities of placement tests begin with; the number of the section follows."""
RULE: Final = "#rule"
"""What stands behind a task's activity while the learner says which rule it needs."""

BEGUN: Final = "begun"
LONGER: Final = "longer"
END: Final = "end"
"""The cells of events that begin something, let a session go on, and end it: a lesson, once all of it is done."""
ROUND: Final = "round"
"""The cell of the event that begins a further round of a block."""

Reason = Literal["due", "mixed", "new", "confirm", "card", "drill", "chosen", "placement"]
"""Why a task or a card is worked: the text of the event that begins a task."""
REASONS: Final[dict[str, Reason]] = {reason: reason for reason in get_args(Reason)}
DAILY: Final[frozenset[str]] = frozenset({"due", "mixed", "new", "confirm"})
"""The reasons for which a daily session brings up a task."""


def lesson_of(activity: str) -> str | None:
    """Return the id of the lesson that an activity belongs to; None outside of lessons.

    >>> lesson_of("lesson:two-suspects/question-w1")
    'two-suspects'
    """
    if not activity.startswith(LESSON):
        return None
    return activity.removeprefix(LESSON).partition("/")[0]


def card_of(activity: str) -> str | None:
    """Return the id of the card that is worked at, in its lesson or later on; None where it can be none.

    >>> card_of("card:two-suspects/the-minus-sign#3"), card_of("lesson:two-suspects/the-minus-sign")
    ('two-suspects/the-minus-sign', 'two-suspects/the-minus-sign')
    """
    for beginning in (CARD, LESSON):
        if activity.startswith(beginning):
            block = activity.removeprefix(beginning).partition("#")[0]
            return block if "/" in block else None
    return None


def placement_activity(section: int) -> str:
    """Return the activity of a section's placement tests."""
    return f"{PLACEMENT}{section}"
