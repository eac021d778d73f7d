"""The name of a task is all of it, and what is no name of a task is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.practice.stage import STAGES
from tutor.practice.task_name import TaskName

IDS = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,3}", fullmatch=True)
TRAPS = st.one_of(st.just(""), st.from_regex(r"[a-z]+\.[a-z0-9-]+", fullmatch=True))


@given(skill=IDS, stage=st.sampled_from(STAGES), grade=st.integers(1, 3), seed=st.integers(0, 10**18 - 1), trap=TRAPS)
def test_a_name_is_read_back(skill: str, stage: str, grade: int, seed: int, trap: str) -> None:
    name = TaskName(skill, stage, grade, seed, trap if stage == "faulty" else "")  # type: ignore[arg-type]
    assert TaskName.of_activity(name.activity) == name
    assert TaskName.of_activity(f"{name.activity}#rule") == name


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    for activity in (text, f"practice:{text}", f"practice:chain/blank/1/{text}"):
        name = TaskName.of_activity(activity)
        assert name is None or activity.startswith(name.activity)


@pytest.mark.parametrize(
    "activity",
    [
        "lesson:chain/blank/1/2",
        "practice:chain/blank/1",
        "practice:chain/blank/1/2/3/4",
        "practice:chain/nothing/1/2",
        "practice:chain/blank/0/2",
        "practice:chain/blank/4/2",
        "practice:chain/blank/1/-2",
        "practice:chain/blank/1/٣",
        "practice:chain/blank/1/007",
        "practice:chain/blank/1/" + "9" * 5000,
        "practice:chain/blank/1/2/links.links-added",
        "practice:/blank/1/2",
    ],
)
def test_what_is_no_name_of_a_task_is_none(activity: str) -> None:
    assert TaskName.of_activity(activity) is None
