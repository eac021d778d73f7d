"""The mistakes that are made most, and the drill against one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from diary import Diary, skill, syllabus

from tutor.practice.drill import common_mistakes, drill_items
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.practice.record import Record

COURSE = syllabus(
    skill("chain", traps=("links.missing", "links.added")),
    skill("sum", traps=("links.missing",)),
    skill("step", traps=("step.sign", "links.missing")),
)


def slip(diary: Diary, misconception: str, activity: str = "lesson:valley/sheet") -> None:
    diary.answer(activity, "1", "incorrect", "E", misconception)


def drill(misconception: str, record: Record, seed: int = 1) -> list[TaskName]:
    items = drill_items(misconception, record, COURSE, seed)
    assert all(item.reason == "drill" for item in items)
    return [item.task for item in items if item.task]


def test_recent_mistakes_weigh_more() -> None:
    diary = Diary()
    for _ in range(3):
        slip(diary, "step.sign")
    diary.wait(days=28)
    slip(diary, "links.missing")
    slip(diary, "links.added")
    found = common_mistakes(diary.record(), diary.time)
    assert [(one.misconception, one.count) for one in found] == [
        ("links.added", 1),
        ("links.missing", 1),
        ("step.sign", 3),
    ]
    assert [one.weight for one in found] == pytest.approx([1, 1, 0.75])  # 3/2/2: two half-lives of 14 days ago
    assert found[2].latest == diary.time - timedelta(days=28)


def test_without_mistakes_there_is_nothing_to_list() -> None:
    assert common_mistakes(Diary().record(), Diary().time) == ()


def test_a_time_to_come_weighs_no_more_than_one() -> None:
    diary = Diary()
    slip(diary, "step.sign")
    (found,) = common_mistakes(diary.record(), diary.time - timedelta(days=300))
    assert found.weight == 1


def test_a_drill_is_two_sheets_with_the_mistake_and_two_without() -> None:
    diary = Diary()
    for name in ("chain", "sum"):
        diary.tasks(name, "blank", "+", 2, "placement")
    slip(diary, "links.missing", TaskName("sum", "blank", 2, 40).activity)
    assert drill("links.missing", diary.record()) == [
        TaskName("sum", "faulty", 2, 2, "links.missing"),
        TaskName("chain", "faulty", 2, 3, "links.missing"),
        TaskName("sum", "blank", 2, 4),
        TaskName("chain", "blank", 2, 5),
    ]


def test_one_skill_is_enough_for_a_drill_and_its_numbers_differ() -> None:
    diary = Diary()
    diary.tasks("step", "blank", "+", 2, "placement")
    diary.task(TaskName("step", "blank", 2, 3))
    found = drill("step.sign", diary.record(), seed=2)
    assert [(task.stage, task.trap) for task in found] == [("faulty", "step.sign")] * 2 + [("blank", "")] * 2
    assert [task.seed for task in found] == [2, 4, 5, 6]


def test_who_has_not_worked_a_skill_alone_is_not_shown_faulty_sheets() -> None:
    diary = Diary()
    diary.tasks("step", "shown", "+")
    assert {(task.skill, task.stage) for task in drill("step.sign", diary.record())} == {("step", "missing")}


def test_a_mistake_that_no_skill_knows_has_no_drill() -> None:
    assert drill("unknown.rule", Diary().record()) == []
