"""The placement test: few tasks, from the middle up and down, and what they lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from diary import Diary, skill, syllabus
from hypothesis import given
from hypothesis import strategies as st

from tutor.learner.activities import BEGUN, END, placement_activity
from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.placement import MOST_TASKS, next_in_placement, read_placement
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.practice.syllabus import Syllabus

CHAIN = [f"s{number}" for number in range(9)]
COURSE = syllabus(
    skill("before"),
    *(
        skill(name, *need, section=2)
        for name, need in zip(CHAIN, [("before",), *[(one,) for one in CHAIN]], strict=False)
    ),
    skill("after", "s8", section=3),
)
LOOSE = syllabus(*(skill(name, section=2) for name in CHAIN))


def try_out(course: Syllabus, known: set[str]) -> tuple[list[str], dict[str, str]]:
    """Do a whole test with these skills known; return what was asked, and the state of each skill then."""
    diary = Diary()
    diary.placement(2)
    asked = []
    while item := next_in_placement(diary.record(), course, 2, 5):
        assert item.task
        asked.append(item.task.skill)
        diary.task(item.task, "first try" if item.task.skill in known else "later", item.reason)
        assert len(asked) < 20
    states = {name: one.state for name, one in read_mastery(diary.record(), course).items()}
    return asked, states


def test_a_test_begins_in_the_middle_blank() -> None:
    diary = Diary()
    assert next_in_placement(diary.record(), COURSE, 2, 5) is None
    diary.placement(2)
    assert next_in_placement(diary.record(), COURSE, 2, 5) == Item("placement", TaskName("s4", "blank", 2, 5))
    assert next_in_placement(diary.record(), COURSE, 3, 5) is None


def test_it_goes_up_after_a_right_task_and_down_after_a_wrong_one() -> None:
    assert try_out(COURSE, set(CHAIN))[0] == ["s4", "s7", "s8"]
    assert try_out(COURSE, set())[0] == ["s4", "s2", "s1", "s0"]
    assert try_out(COURSE, set(CHAIN[:6]))[0] == ["s4", "s7", "s6", "s5"]


@pytest.mark.parametrize("known", range(10))
def test_where_skills_build_on_one_another_the_border_is_found(known: int) -> None:
    asked, states = try_out(COURSE, set(CHAIN[:known]))
    assert 3 <= len(asked) <= MOST_TASKS
    assert len(set(asked)) == len(asked)
    assert [states[name] != "new" for name in CHAIN] == [place < known for place in range(9)]
    assert (states["before"] != "new") == (known > 0)
    assert states["after"] == "new"
    if known:
        assert states[CHAIN[known - 1]] == "mastered"


@given(st.sets(st.sampled_from(CHAIN)))
def test_no_test_is_long_or_asks_twice_or_lifts_what_was_failed(known: set[str]) -> None:
    asked, states = try_out(LOOSE, known)
    assert len(asked) == MOST_TASKS
    assert len(set(asked)) == len(asked)
    assert {name for name in states if states[name] == "mastered"} == known.intersection(asked)


def test_where_skills_do_not_build_on_one_another_it_goes_up_and_down_too() -> None:
    assert try_out(LOOSE, set(CHAIN))[0] == ["s4", "s7", "s8", "s3", "s6"]
    assert try_out(LOOSE, set())[0] == ["s4", "s2", "s1", "s0", "s6"]


def test_a_section_with_few_skills_has_a_short_test() -> None:
    course = syllabus(skill("s0", section=2), skill("s1", "s0", section=2))
    assert try_out(course, {"s0", "s1"})[0] == ["s1"]
    assert try_out(course, {"s0"}) == (["s1", "s0"], {"s0": "mastered", "s1": "new"})
    assert try_out(syllabus(skill("other")), set())[0] == []


def test_what_is_known_already_is_not_asked() -> None:
    diary = Diary()
    diary.tasks("s5", "blank", "+", 2, "placement")
    diary.placement(2)
    item = next_in_placement(diary.record(), COURSE, 2, 5)
    assert item
    assert item.task
    assert item.task.skill == "s7"
    assert read_placement(diary.record(), COURSE, 2).tasks == ()


def test_a_task_that_was_begun_comes_again() -> None:
    diary = Diary()
    diary.placement(2)
    task = TaskName("s4", "blank", 2, 5)
    diary.note(task.activity, BEGUN, "placement")
    diary.note(TaskName("after", "blank", 2, 1).activity, BEGUN, "placement")
    diary.wait(days=5)
    assert next_in_placement(diary.record(), COURSE, 2, 9) == Item("placement", task)


def test_a_test_that_was_ended_is_over_and_can_be_taken_again_on_fresh_numbers() -> None:
    diary = Diary()
    assert read_placement(diary.record(), COURSE, 2).is_over
    diary.placement(2)
    diary.task(TaskName("s4", "blank", 2, 5), "later", "placement")
    diary.task(TaskName("s2", "blank", 2, 5), "first try", "placement")
    diary.task(TaskName("after", "blank", 2, 5), "first try", "due")
    placement = read_placement(diary.record(), COURSE, 2)
    assert (placement.is_over, placement.passed, placement.failed) == (False, ("s2",), {"s4"})
    diary.note(placement_activity(2), END)
    assert read_placement(diary.record(), COURSE, 2).is_over
    assert next_in_placement(diary.record(), COURSE, 2, 5) is None
    diary.placement(2)
    assert read_placement(diary.record(), COURSE, 2).tasks == ()
    item = next_in_placement(diary.record(), COURSE, 2, 5)
    assert item == Item("placement", TaskName("s6", "blank", 2, 5))  # the middle of s3 to s8
