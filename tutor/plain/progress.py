"""A learner's progress in sentences."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from tutor.practice.report import Report, SkillReport
from tutor.study.practice.progress_lines import Seen
from tutor.study.practice.words import counted, mistake_words, state_words

_DAYS: Final = 14
_MOST_MISTAKES: Final = 10


def progress_sentences(seen: Seen) -> Iterator[str]:
    """Yield what was done, what is due, how long was worked, the usual mistakes, and the skills."""
    report = seen.report
    lessons, due, test, predictions = report.lessons, report.due, report.self_test, report.predictions
    mastered = sum(skill.state == "mastered" for skill in report.skills)
    yield f"Due: {due.due}, about {counted(due.minutes, 'minute')}." if due.due else "Due: nothing."
    yield f"Skills: {mastered} of {len(report.skills)} mastered."
    yield f"Lessons: {lessons.done} of {lessons.all} done, {max(0, lessons.begun - lessons.done)} begun."
    asked = predictions.right + predictions.wrong
    yield f"Predictions: {predictions.right} of {asked} right at first." if asked else "Predictions: none yet."
    if test.number:
        yield f"Self-test: {test.reached} reached, {test.missed} not yet."
    yield from _minutes(report, seen.now)
    yield from _mistakes(report)
    yield from _skills(seen)


def _minutes(report: Report, now: datetime) -> Iterator[str]:
    yield f"Minutes of work: {round(report.minutes.total)} in all."
    days = [now.date() - timedelta(days=back) for back in range(_DAYS)]
    for day in days:
        minutes = report.minutes.by_day.get(day, 0.0)
        if minutes:
            yield f"{_day(day, now.date())}: {counted(max(1, round(minutes)), 'minute')}."


def _day(day: date, today: date) -> str:
    words = {0: "Today", 1: "Yesterday"}
    return words.get((today - day).days, f"{day:%A, %B} {day.day}")


def _mistakes(report: Report) -> Iterator[str]:
    mistakes = report.mistakes[:_MOST_MISTAKES]
    yield "Usual mistakes:" if mistakes else "Usual mistakes: none so far."
    for mistake in mistakes:
        yield f"{mistake_words(mistake.misconception)}: {counted(mistake.count, 'time')}."


def _skills(seen: Seen) -> Iterator[str]:
    ordered = sorted(seen.report.skills, key=attrgetter("section"))
    for number, found in groupby(ordered, key=attrgetter("section")):
        skills = tuple(found)
        mastered = sum(skill.state == "mastered" for skill in skills)
        title = f"Section {number}, {seen.sections.get(number, '')}".strip(", ")
        yield f"{title}: {mastered} of {counted(len(skills), 'skill')} mastered."
        yield from (_skill(skill, seen.now) for skill in skills if skill.state != "new")
        new = sum(skill.state == "new" for skill in skills)
        ready = sum(skill.is_open for skill in skills)
        if new:
            yield f"{new} new{f', {ready} of them can begin now' if ready else ''}."


def _skill(skill: SkillReport, now: datetime) -> str:
    due = ""
    if skill.is_due:
        due = ", due"
    elif skill.due is not None:
        days = (skill.due.astimezone(now.tzinfo).date() - now.date()).days
        due = {0: ", due today", 1: ", due tomorrow"}.get(max(days, 0), f", due in {days} days")
    return f"{skill.title}: {state_words(skill.state, skill.stage)}{due}."
