"""What home says about the practice, worked out without loading all that is practised."""

import sys

from tutor.child_process import ChildError, ask_child
from tutor.learner.activities import END, PLACEMENT, PRACTICE, card_of, lesson_of
from tutor.learner.events import Event
from tutor.study.course_map import PracticeNews
from tutor.study.services import Services

_READER = "tutor.study.practice.news_reading"
_SKILLS = "tutor.practice.skills.all_skills"
NOTHING_YET = PracticeNews("nothing due", "fresh problems")
"""What there is to say before the first lesson is done, the first answer given and the first task begun."""
_AT_ONCE = 200
"""So many events are handed over between two moments in which a key can be dealt with."""


def practice_news(services: Services) -> PracticeNews:
    """Return what is due, and how the skills stand. This may block for a second.

    It is worked out in a process of its own as long as this one has not loaded the skills: many learners only read, and
    loading takes a third of the memory that home takes.
    """
    events, now = services.store.all_events(), services.now()
    if not any(map(_tells_something, events)):
        return NOTHING_YET
    if _SKILLS not in sys.modules:
        parts = (events[start : start + _AT_ONCE] for start in range(0, len(events), _AT_ONCE))
        try:
            news: PracticeNews = ask_child(_READER, [(now, services.minutes), *parts])
        except ChildError:
            pass  # a machine may allow no further process
        else:
            return news
    from tutor.study.practice.news_reading import read_news  # noqa: PLC0415 - it loads the skills

    return read_news(events, now, services.minutes)


def _tells_something(event: Event) -> bool:
    """Whether an event can be one that the schedule and the skills heed."""
    if event.activity.startswith((PRACTICE, PLACEMENT)):
        return True
    if event.kind == "answer":
        return card_of(event.activity) is not None
    return event.cell == END and lesson_of(event.activity) is not None
