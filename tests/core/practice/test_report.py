"""Everything that is said of a learner's progress."""

from __future__ import annotations

import json
from datetime import timedelta, timezone

from diary import START, Diary, skill, syllabus

from tutor.practice.report import AttemptReport, OtherFacts, Report, as_json, make_report
from tutor.practice.task_name import TaskName

COURSE = syllabus(skill("chain"), skill("sum", "chain", section=2))
OTHER = OtherFacts(("lesson-chain", "lesson-sum", "valley"), {"valley/what-next"}, AttemptReport(2, 3, 1))


def reported(diary: Diary, zone: timezone = timezone.utc) -> Report:  # noqa: UP017  the parameter's type is timezone
    return make_report(diary.record(), diary.time, COURSE, OTHER, zone)


def test_a_new_learner_has_a_report_too() -> None:
    found = as_json(reported(Diary()))
    assert json.loads(json.dumps(found)) == found
    assert found["lessons"] == {"begun": 0, "done": 0, "all": 3}
    assert found["minutes"] == {"total": 0, "by_day": {}}
    assert found["due"] == {"due": 0, "minutes": 0}
    assert found["predictions"] == {"right": 0, "wrong": 0}
    assert found["mistakes"] == found["weeks"] == []
    assert found["self_test"] == {"number": 2, "reached": 3, "missed": 1}
    assert [one["state"] for one in found["skills"]] == ["new", "new"]  # type: ignore[attr-defined]  # a list of dicts


def test_skills_tell_where_they_stand_and_when_they_are_due() -> None:
    diary = Diary()
    diary.lesson("lesson-chain")
    diary.task(TaskName("chain", "missing", 1, 1), "shown")
    ended = diary.time
    diary.wait(minutes=2)
    found = as_json(reported(diary))
    skills = found["skills"]
    assert isinstance(skills, list)
    assert skills[0] == {
        "id": "chain",
        "title": "Chain",
        "section": 1,
        "state": "learning",
        "stage": "shown",
        "grade": 1,
        "rights": 0,
        "needed": 1,
        "due": (ended + timedelta(minutes=1)).isoformat(),
        "is_due": True,
        "is_open": False,
    }
    assert (skills[1]["due"], skills[1]["is_due"], skills[1]["is_open"]) == (None, False, False)
    assert found["due"] == {"due": 1, "minutes": 2}


def test_what_may_be_begun_is_open() -> None:
    diary = Diary()
    diary.lesson("lesson-chain")
    assert [one.is_open for one in reported(diary).skills] == [True, False]


def test_lessons_that_left_the_course_are_not_counted() -> None:
    diary = Diary()
    diary.lesson("valley")
    diary.lesson("gone")
    diary.note("lesson:lesson-sum", "1")
    lessons = reported(diary).lessons
    assert (lessons.begun, lessons.done, lessons.all) == (2, 1, 3)


def test_minutes_by_day_add_up() -> None:
    diary = Diary(START.replace(hour=23, minute=58))
    diary.task(TaskName("chain", "blank", 1, 1), minutes=3)
    utc, berlin = reported(diary).minutes, reported(diary, timezone(timedelta(hours=1))).minutes
    assert utc.total == berlin.total == 3
    assert list(utc.by_day.values()) == [1, 2]
    assert list(berlin.by_day.values()) == [3]


def test_the_first_answer_to_a_prediction_counts_in_each_round() -> None:
    diary = Diary()
    for round_of, verdicts in (("", "incorrect correct"), ("#1", "correct"), ("#2", "correct incorrect"), ("#3", "")):
        for verdict in verdicts.split():
            diary.answer(f"lesson:valley/what-next{round_of}", "[]", verdict)
    diary.answer("lesson:valley/what-next#4", "[]", "invalid", counts=False)
    diary.answer("lesson:valley/a-choice", "[]", "correct")
    predictions = reported(diary).predictions
    assert (predictions.right, predictions.wrong) == (2, 1)


def test_mistakes_are_told_week_by_week() -> None:
    diary = Diary()  # a Monday
    for days, name in ((0, "b.slip"), (6, "a.slip"), (0, "b.slip"), (1, "b.slip"), (14, "a.slip")):
        diary.wait(days=days)
        diary.answer("lesson:valley/sheet", "1", "incorrect", "E", name)
    monday = START.date()
    weeks = [(week.monday, week.counts) for week in reported(diary).weeks]
    assert weeks == [
        (monday, {"a.slip": 1, "b.slip": 2}),
        (monday + timedelta(days=7), {"b.slip": 1}),
        (monday + timedelta(days=21), {"a.slip": 1}),
    ]
    found = as_json(reported(diary))
    assert json.loads(json.dumps(found)) == found
    assert found["weeks"][1] == {"monday": "2026-03-09", "counts": {"b.slip": 1}}  # type: ignore[index]  # a list
