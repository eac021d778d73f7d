"""Gathers what is said of a learner's progress, from the store and the course; and prints it."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from tutor.course.blocks.predict import Predict
from tutor.course.error import LessonError
from tutor.course.loader import load_lesson
from tutor.course.model import Course
from tutor.draw.glyphs import UNICODE
from tutor.draw.text import plain
from tutor.learner.commands import Outcome
from tutor.learner.store import Store
from tutor.practice.record import read_record
from tutor.practice.report import AttemptReport, OtherFacts, as_json, make_report
from tutor.study.attempts import read_attempts
from tutor.study.practice.learner import all_skills
from tutor.study.practice.progress_lines import Seen, progress_lines

_WIDTH = 80


def look_at_progress(store: Store, course: Course, now: datetime, minutes: int) -> Seen:
    """Return the report as it is now, with the days of the learner's own time zone; `now` is in UTC.

    minutes are those of work that a session takes. This reads all lessons and may take a second.
    """
    here = now.astimezone()
    events = store.all_events()
    attempt = read_attempts(events)
    test = AttemptReport(attempt.number, attempt.reached, len(attempt.results) - attempt.reached)
    facts = OtherFacts([head.id for head in course.lessons], frozenset(_predictions(course)), test, minutes)
    report = make_report(read_record(events, now), now, all_skills(), facts, here.tzinfo or UTC)
    return Seen(report, here, {section.number: section.title for section in course.sections})


def print_progress(
    store: Store, course: Course, now: Callable[[], datetime], minutes: int, *, in_json: bool
) -> Outcome:
    """Return what `gdtutor progress` prints: plain lines, or one line of JSON. minutes are those of a session."""
    seen = look_at_progress(store, course, now(), minutes)
    if in_json:
        return Outcome((json.dumps(as_json(seen.report), ensure_ascii=False),))
    return Outcome(tuple(plain(line).rstrip() for line in progress_lines(seen, _WIDTH, UNICODE)))


def _predictions(course: Course) -> Iterator[str]:
    for head in course.lessons:
        try:
            blocks: Iterable[object] = load_lesson(head).blocks()
        except LessonError:
            continue  # a fault in a lesson is told where that lesson is opened
        yield from (block.id for block in blocks if isinstance(block, Predict))
