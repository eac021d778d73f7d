"""What home says about the practice, worked out without loading all that is practised."""

import sys

from tutor.child_process import ChildError, ask_child
from tutor.study.course_map import PracticeNews
from tutor.study.services import Services

_READER = "tutor.study.practice.news_reading"
_SKILLS = "tutor.practice.skills.all_skills"
_AT_ONCE = 200
"""So many events are handed over between two moments in which a key can be dealt with."""


def practice_news(services: Services) -> PracticeNews:
    """Return what is due, and how the skills stand. This may block for a second.

    It is worked out in a process of its own as long as this one has not loaded the skills: many learners only read, and
    loading takes a third of the memory that home takes.
    """
    events, now = services.store.all_events(), services.now()
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
