"""Everything that is said of a learner's progress, as data: what `gdtutor progress --json` prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from tutor.learner.activities import LESSON
from tutor.practice.drill import Mistake, common_mistakes
from tutor.practice.estimate import Estimate, estimate
from tutor.practice.mastery import open_skills, read_mastery
from tutor.practice.minutes import minutes_by_day
from tutor.practice.record import first_answer
from tutor.practice.schedule import read_schedule
from tutor.settings.model import USUAL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tutor.learner.events import Event
    from tutor.practice.mastery import State
    from tutor.practice.record import Record, Slip
    from tutor.practice.stage import Stage
    from tutor.practice.syllabus import Syllabus


@dataclass(frozen=True, slots=True)
class SkillReport:
    """Where the learner stands in one skill."""

    id: str
    title: str
    section: int
    state: State
    stage: Stage
    grade: int
    rights: int
    """How many tasks in a row were right at the first try, at this stage."""
    needed: int
    """How many lead on."""
    due: datetime | None
    """When it is to be practised again; None where it never was."""
    is_due: bool
    is_open: bool
    """Whether it is suggested to be begun now."""


@dataclass(frozen=True, slots=True)
class LessonsReport:
    """How many of the lessons are done."""

    begun: int
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class MinutesReport:
    """How long was worked, in minutes without long pauses."""

    total: float
    by_day: Mapping[date, float]


@dataclass(frozen=True, slots=True)
class PredictionsReport:
    """How often the first answer to what a run will do was right; each round counts, as its numbers are others."""

    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class WeekReport:
    """The misconceptions that showed in a week."""

    monday: date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AttemptReport:
    """The latest attempt at the self-test."""

    number: int
    """0 where there was none."""
    reached: int
    missed: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said of a learner's progress."""

    skills: tuple[SkillReport, ...]
    lessons: LessonsReport
    due: Estimate
    minutes: MinutesReport
    predictions: PredictionsReport
    mistakes: tuple[Mistake, ...]
    """The misconceptions that showed, those first that weigh most now."""
    weeks: tuple[WeekReport, ...]
    """The weeks in which any showed, in order."""
    self_test: AttemptReport


@dataclass(frozen=True, slots=True)
class OtherFacts:
    """What a report needs to know besides the record and the syllabus."""

    lessons: Collection[str]
    """The ids of the lessons of the course."""
    predictions: Collection[str]
    """The ids of its blocks of the kind predict."""
    self_test: AttemptReport
    session: int = USUAL_MINUTES
    """The minutes of work that a session takes."""


def make_report(record: Record, now: datetime, syllabus: Syllabus, other: OtherFacts, zone: tzinfo = UTC) -> Report:
    """Return the report at a time; days begin as they do in `zone`."""
    days = minutes_by_day(record.events, zone)
    return Report(
        skills=tuple(_skills(record, now, syllabus)),
        lessons=LessonsReport(
            len(record.lessons_begun.intersection(other.lessons)),
            len(record.lessons_done.intersection(other.lessons)),
            len(other.lessons),
        ),
        due=estimate(record, now, syllabus, other.session),
        minutes=MinutesReport(sum(days.values()), dict(sorted(days.items()))),
        predictions=_predictions(record.events, other.predictions),
        mistakes=common_mistakes(record, now),
        weeks=tuple(_weeks(record.slips, zone)),
        self_test=other.self_test,
    )


def as_json(report: Report) -> dict[str, object]:
    """Return a report as what JSON can hold: times and days as ISO 8601 has them, numbers to two places."""
    found = _plain(asdict(report))
    assert isinstance(found, dict)
    return found


def _skills(record: Record, now: datetime, syllabus: Syllabus) -> list[SkillReport]:
    standings = read_mastery(record, syllabus)
    dues = {due.id: due for due in read_schedule(record).dues if due.kind == "skill"}
    may_begin = open_skills(record, standings, syllabus)
    reports = []
    for skill in syllabus.skills.values():
        standing, due = standings[skill.id], dues.get(skill.id)
        reports.append(
            SkillReport(
                id=skill.id,
                title=skill.title,
                section=skill.section,
                state=standing.state,
                stage=standing.stage,
                grade=standing.grade,
                rights=standing.rights,
                needed=standing.needed,
                due=due.since if due else None,
                is_due=due is not None and due.ready <= now,
                is_open=skill.id in may_begin,
            )
        )
    return reports


def _predictions(events: Iterable[Event], blocks: Collection[str]) -> PredictionsReport:
    rounds: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.activity.startswith(LESSON) and event.activity.removeprefix(LESSON).partition("#")[0] in blocks:
            rounds[event.activity].append(event)
    first = [first_answer(made) for made in rounds.values()]
    return PredictionsReport(first.count(True), first.count(False))


def _weeks(slips: Iterable[Slip], zone: tzinfo) -> list[WeekReport]:
    weeks: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for slip in slips:
        day = slip.time.astimezone(zone).date()
        weeks[day - timedelta(days=day.weekday())][slip.misconception] += 1
    return [WeekReport(monday, dict(sorted(weeks[monday].items()))) for monday in sorted(weeks)]


def _plain(value: object) -> object:
    """Return a value with nothing in it but what JSON has."""
    match value:
        case dict():
            return {key.isoformat() if isinstance(key, date) else str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case date():  # and datetime, which is one
            return value.isoformat()
        case float():
            return round(value, 2)
        case _:
            return value
