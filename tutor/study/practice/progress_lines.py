"""A learner's progress as lines: on the screen, and as the plain text that `gdtutor progress` prints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from tutor.draw.glyphs import Glyphs
from tutor.draw.lines import indent, text_line, wrapped
from tutor.draw.text import Line, join, pad_line
from tutor.draw.width import fit
from tutor.practice.report import Report, SkillReport, WeekReport
from tutor.study.practice.words import counted, mistake_words, state_words

_DAYS: Final = 14
_WEEKS: Final = 6
_MOST_MISTAKES: Final = 10
_WIDEST: Final = 78
_DAY, _STATE, _DUE, _WEEK = 4, 15, 14, 7
"""Columns of the parts of rows."""
_HEIGHT: Final = 4
"""Rows of the bars."""
_NARROW: Final = 60
"""Columns below which a row has room for less."""
_ROOM: Final = 12
"""Columns of the names at the beginning of the first rows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as it is looked at: when, and with which titles of sections."""

    report: Report
    now: datetime
    """In the learner's own time zone."""
    sections: Mapping[int, str]


def progress_lines(seen: Seen, width: int, glyphs: Glyphs) -> list[Line]:
    """Return the lines for a width, in characters that go with the glyphs."""
    wide = min(width, _WIDEST)
    parts = (_summary(seen), _minutes(seen, wide, glyphs), _mistakes(seen, wide), _skills(seen, wide))
    lines: list[Line] = []
    for part in parts:
        lines += [*([()] if lines else []), *part]
    return [_spelled(line, glyphs) for line in lines]


def _summary(seen: Seen) -> Iterator[Line]:
    report = seen.report
    lessons, due, test = report.lessons, report.due, report.self_test
    mastered = sum(skill.state == "mastered" for skill in report.skills)
    yield _named("Due", f"{due.due}, about {counted(due.minutes, 'minute')}" if due.due else "nothing")
    yield _named("Skills", f"{mastered} of {len(report.skills)} mastered")
    yield _named("Lessons", f"{lessons.done} of {lessons.all} done, {max(0, lessons.begun - lessons.done)} begun")
    predictions = report.predictions
    asked = predictions.right + predictions.wrong
    yield _named("Predictions", f"{predictions.right} of {asked} right at first" if asked else "none yet")
    if test.number:
        yield _named("Self-test", f"{test.reached} reached, {test.missed} not yet")


def _minutes(seen: Seen, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """Yield a bar for each of the last days, the minutes below it, and below these the day of the month."""
    minutes = seen.report.minutes
    count = _DAYS if width >= _NARROW else _DAYS // 2
    days = [seen.now.date() - timedelta(days=back) for back in reversed(range(count))]
    worked = [minutes.by_day.get(day, 0.0) for day in days]
    yield _heading(f"Minutes: {round(minutes.total)} in all; the last {count} days")
    if not any(worked):
        yield text_line(" none")
        return
    block = ("#" if glyphs.plain else "█") * 2
    for row in reversed(range(_HEIGHT)):
        cells = (block if value * _HEIGHT > row * max(worked) else "" for value in worked)
        yield text_line("".join(f"{cell:>{_DAY}}" for cell in cells))
    numbers = (str(round(value) or "<1") if value else "-" for value in worked)
    yield text_line("".join(f"{number:>{_DAY}}" for number in numbers))
    yield text_line("".join(f"{day.day:>{_DAY}}" for day in days), "dim")


def _mistakes(seen: Seen, width: int) -> Iterator[Line]:
    mistakes = seen.report.mistakes[:_MOST_MISTAKES]
    yield _heading("Usual mistakes, by week" if mistakes else "Usual mistakes: none so far")
    if not mistakes:
        return
    monday = seen.now.date() - timedelta(days=seen.now.weekday())
    count = _WEEKS if width >= _NARROW else 2
    weeks = [monday - timedelta(weeks=back) for back in reversed(range(count))]
    counts = _by_monday(seen.report.weeks)
    names = width - 1 - _WEEK * count - 6
    heads = "".join(f"{_day(week):>{_WEEK}}" for week in weeks)
    yield text_line(f" {fit('', names)}{heads}   all", "dim")
    for mistake in mistakes:
        made = [counts.get(week, {}).get(mistake.misconception, 0) for week in weeks]
        cells = "".join(f"{number or '.':>{_WEEK}}" for number in made)
        name = fit(mistake_words(mistake.misconception), names, "...")
        yield text_line(f" {name}{cells}{mistake.count:>6}")


def _skills(seen: Seen, width: int) -> Iterator[Line]:
    """Yield each section with its skills: those begun, and how many are still new."""
    sections = groupby(sorted(seen.report.skills, key=attrgetter("section")), key=attrgetter("section"))
    for place, (number, found) in enumerate(sections):
        skills = tuple(found)
        if place:
            yield ()
        title = f"{number} {seen.sections.get(number, '')}".strip()
        mastered = sum(skill.state == "mastered" for skill in skills)
        yield _heading(f"{title}: {mastered} of {counted(len(skills), 'skill')} mastered")
        for skill in skills:
            if skill.state != "new":
                yield from _skill(skill, seen, width)
        new = sum(skill.state == "new" for skill in skills)
        if new:
            ready = sum(skill.is_open for skill in skills)
            yield from wrapped(f"{new} new{f', {ready} of them can begin now' if ready else ''}", width, "dim", 3)


def _skill(skill: SkillReport, seen: Seen, width: int) -> Iterator[Line]:
    state, due = state_words(skill.state, skill.stage), _due(skill, seen.now)
    if width < _NARROW:
        yield from wrapped(skill.title, width, indented=3)
        yield from wrapped(", ".join(filter(None, (state, due))), width, "dim", indented=5)
        return
    title = fit(skill.title, width - 3 - _STATE - _DUE, "...")
    yield indent(text_line(f"{title}{state:<{_STATE}}{due}".rstrip()), 3)


def _due(skill: SkillReport, now: datetime) -> str:
    if skill.is_due:
        return "due"
    if skill.due is None:
        return ""
    days = (skill.due.astimezone(now.tzinfo).date() - now.date()).days
    return {0: "due today", 1: "due tomorrow"}.get(max(days, 0), f"due in {days} days")


def _by_monday(weeks: Sequence[WeekReport]) -> Mapping[date, Mapping[str, int]]:
    return {week.monday: week.counts for week in weeks}


def _named(name: str, text: str) -> Line:
    return join((*pad_line(text_line(f" {name}", "dim"), _ROOM + 2), *text_line(text)))


def _heading(text: str) -> Line:
    return text_line(f" {text}", "heading")


def _day(day: date) -> str:
    return f"{day:%b %d}"


def _spelled(line: Line, glyphs: Glyphs) -> Line:
    return tuple(type(span)(glyphs.spell(span.text), span.role) for span in line)
