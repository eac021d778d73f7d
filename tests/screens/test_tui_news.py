"""What home says of the practice is the same whether it is worked out here or in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tutor.learner.activities import BEGUN, END
from tutor.learner.events import EventMaker
from tutor.practice.skills import all_skills
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.task_name import TaskName
from tutor.study.course_map import PracticeNews
from tutor.study.practice.news import NOTHING_YET, practice_news
from tutor.study.practice.news_reading import read_news

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stage import Stage

    from tutor.study.services import Services

NAME = all_skills.__name__


def note(services: Services, activity: str, cell: str, text: str = "") -> None:
    services.store.record(EventMaker(activity, services.now).note("page", cell, text))


@pytest.fixture
def services(stage: Stage) -> Services:
    """What a learner did who mastered one skill at once, after so much reading that it is handed over in parts."""
    services = stage.services
    skill = next(iter(SKILLS))
    for page in range(250):
        note(services, f"lesson:{SKILLS[skill].lesson}", f"page {page}")
    note(services, f"lesson:{SKILLS[skill].lesson}", END)
    task = TaskName(skill, "blank", 1, 7)
    note(services, task.activity, BEGUN, "placement")
    note(services, task.activity, END, "first try")
    return services


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, int]:
    """Take the skills away, as they are before the learner practises; counts the processes that are asked."""
    asked = {"processes": 0}
    begin = subprocess.Popen.__init__

    def counted(*arguments: object, **options: object) -> None:
        asked["processes"] += 1
        begin(*arguments, **options)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(subprocess.Popen, "__init__", counted)
    monkeypatch.delitem(sys.modules, NAME)
    return asked


def test_another_process_says_the_same(
    services: Services, child: Mapping[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from_child = practice_news(services)
    assert child["processes"] == 1
    monkeypatch.setitem(sys.modules, NAME, all_skills)
    assert practice_news(services) == from_child
    assert child["processes"] == 1
    assert from_child.skills == f"1 of {len(SKILLS)} mastered"
    assert from_child != PracticeNews()


def test_where_no_process_can_be_started_it_is_said_all_the_same(
    services: Services, child: Mapping[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    assert practice_news(services).skills == f"1 of {len(SKILLS)} mastered"
    assert child["processes"] == 1


def test_before_anything_is_learned_no_process_is_asked(stage: Stage, child: Mapping[str, int]) -> None:
    services = stage.services
    assert practice_news(services) == NOTHING_YET
    note(services, "lesson:valley", "1")
    note(services, "workbench", "text")
    services.store.record(EventMaker("problem:ab", services.now).answer("y", "3", "correct", None, counts=True))
    assert practice_news(services) == NOTHING_YET
    assert not child["processes"]
    assert read_news(services.store.all_events(), services.now(), 15) == NOTHING_YET


@pytest.mark.parametrize(
    ("activity", "cell"),
    [
        (f"lesson:{next(iter(SKILLS.values())).lesson}", END),
        ("lesson:valley/a-card", ""),
        (TaskName(next(iter(SKILLS)), "blank", 1, 1).activity, BEGUN),
        ("placement:2", BEGUN),
    ],
)
def test_once_something_is_learned_it_is_asked(
    activity: str, cell: str, stage: Stage, child: Mapping[str, int]
) -> None:
    maker = EventMaker(activity, stage.services.now)
    stage.services.store.record(
        maker.note("page", cell) if cell else maker.answer("answer", "knew", "correct", None, counts=True)
    )
    practice_news(stage.services)
    assert child["processes"] == 1
