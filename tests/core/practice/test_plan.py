"""A daily session: what comes next and why, when it ends, and what is said of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from diary import Diary, skill, syllabus

from tutor.learner.activities import BEGUN, END, LONGER, TODAY
from tutor.practice.estimate import Estimate, estimate
from tutor.practice.item import Item
from tutor.practice.mastery import read_mastery
from tutor.practice.plan import chosen_item, next_item
from tutor.practice.session import Session, current_session, minutes_worked, summary
from tutor.practice.stage import STAGES, Stage
from tutor.practice.task_name import TaskName
from tutor.settings.model import USUAL_MINUTES

NAMES = ("a", "b", "c", "d", "e")
COURSE = syllabus(*map(skill, NAMES))


def next_of(diary: Diary, seed: int = 1) -> Item | None:
    return next_item(diary.record(), diary.session(), diary.time, COURSE, seed)


def worked(diary: Diary, outcome: str = "first try", minutes: float = 2) -> Item | None:
    """Work what comes next, and return what it was."""
    item = next_of(diary)
    if item and item.task:
        diary.task(item.task, outcome, item.reason, minutes)
    elif item:
        diary.card(item.card)
    return item


def session(diary: Diary, outcome: str = "first try", minutes: float = 2) -> list[Item]:
    """Work a whole session, and return what came up."""
    diary.begin()
    items: list[Item] = []
    while item := worked(diary, outcome, minutes):
        items.append(item)
        assert len(items) < 100
    return items


def master(diary: Diary, *names: str) -> None:
    """Let skills be mastered by placement tests."""
    for name in names:
        diary.tasks(name, "blank", "+", 3, "placement")


def learn(diary: Diary, name: str) -> None:
    """Let a skill be worked through all its stages, so that it is to be confirmed."""
    for stage in STAGES:
        diary.tasks(name, stage, "+" if stage == "shown" else "++", 3)


# -- what comes first


def test_where_nothing_is_open_there_is_no_session() -> None:
    diary = Diary()
    diary.begin()
    assert next_of(diary) is None


def test_a_new_skill_begins_with_its_first_stage_on_the_first_unused_numbers() -> None:
    diary = Diary()
    diary.lesson("lesson-b")
    diary.begin()
    assert next_of(diary, seed=40) == Item("new", TaskName("b", "shown", 1, 40))
    assert next_of(diary) == next_of(diary)


def test_what_is_due_longest_comes_first_and_on_fresh_numbers() -> None:
    diary = Diary()
    for name in ("c", "a", "b"):
        diary.task(TaskName(name, "missing", 1, 1))
    diary.wait(days=1)
    items = session(diary)
    assert [(item.reason, item.task and item.task.skill) for item in items[:1]] == [("due", "c")]
    names = [item.task for item in items]
    assert len(set(names)) == len(names)
    assert TaskName("c", "missing", 1, 1) not in names


def test_new_and_older_skills_are_mixed_with_what_is_due() -> None:
    diary = Diary()
    master(diary, "a", "b")
    diary.wait(days=1)
    for name in ("c", "d"):
        diary.tasks(name, "shown", "+")
    diary.wait(days=0.6)
    diary.lesson("lesson-e")
    reasons = {item.reason for item in session(diary)}
    assert {"due", "new"} <= reasons


def test_cards_are_due_like_skills_and_those_of_a_lesson_never_come_twice_in_a_row() -> None:
    diary = Diary()
    for card in ("valley/1", "valley/2", "valley/3", "gates/1"):
        diary.card(card, known=False, in_lesson=True)
    diary.wait(minutes=30)
    diary.begin()
    cards = [item.card for _ in range(4) if (item := worked(diary))]
    assert cards[:3] == ["valley/1", "gates/1", "valley/2"]
    assert len(cards) == 3  # only valley/3 is left


def test_the_same_kind_never_comes_twice_in_a_row() -> None:
    for outcome in ("first try", "later", "shown"):
        diary = Diary()
        for name in NAMES:
            diary.lesson(f"lesson-{name}")
            diary.card(f"lesson-{name}/1", in_lesson=True)
            diary.card(f"lesson-{name}/2", in_lesson=True)
        for _ in range(10):
            items = session(diary, outcome)
            assert items
            assert all(one.kind != other.kind for one, other in pairwise(items))
            diary.wait(days=1)


def test_only_one_skill_in_progress_gives_one_task() -> None:
    diary = Diary()
    diary.lesson("lesson-a")
    assert [item.kind for item in session(diary)] == ["skill a"]


def test_no_more_than_three_skills_are_on_their_way_at_once() -> None:
    diary = Diary()
    for name in NAMES:
        diary.lesson(f"lesson-{name}")
    for _ in range(3):
        session(diary, "later")
        diary.wait(days=1)
    states = [one.state for one in read_mastery(diary.record(), COURSE).values()]
    assert states == ["learning", "learning", "learning", "new", "new"]


def test_nothing_new_begins_while_much_is_due() -> None:
    diary = Diary()
    for number in range(30):
        diary.card(f"l{number}/1", known=False, in_lesson=True)
    master(diary, "a", "b")
    diary.lesson("lesson-c")
    diary.wait(days=30)
    diary.begin()
    assert [worked(diary).reason for _ in range(6)] == ["card"] * 6  # type: ignore[union-attr]  # there is enough to do


# -- to be confirmed


def test_a_skill_is_confirmed_unannounced_after_a_rest() -> None:
    diary = Diary()
    learn(diary, "a")
    master(diary, "b", "c")
    assert "confirm" not in {item.reason for item in session(diary)}
    diary.wait(days=1)
    items = session(diary)
    tests = [item for item in items if item.reason == "confirm"]
    assert [(item.task.skill, item.task.stage, item.task.grade) for item in tests if item.task] == [("a", "blank", 3)]
    assert items[0] not in tests
    assert read_mastery(diary.record(), COURSE)["a"].state == "mastered"


def test_a_session_begins_with_another_skill_so_that_a_test_is_one_among_others() -> None:
    diary = Diary()
    diary.lesson("lesson-b")
    learn(diary, "a")
    diary.wait(days=25)
    found = [(item.reason, item.task.skill) for item in session(diary) if item.task]
    assert found[:2] == [("new", "b"), ("confirm", "a")]
    assert read_mastery(diary.record(), COURSE)["a"].state == "mastered"


# -- interruptions


def test_an_unfinished_task_comes_first_again_even_after_weeks() -> None:
    diary = Diary()
    diary.lesson("lesson-a")
    diary.card("valley/1", known=False, in_lesson=True)
    diary.wait(days=1)
    diary.begin()
    task = TaskName("a", "shown", 1, 7)
    diary.note(task.activity, BEGUN, "new")
    diary.answer(task.activity, "3", "correct", "E")
    for _ in range(2):
        assert next_of(diary) == Item("new", task)
        diary.wait(days=30)
        diary.begin()


def test_what_was_laid_aside_chosen_or_overtaken_does_not_come_again() -> None:
    diary = Diary()
    diary.begin()
    for reason in ("chosen", "drill", "placement"):
        diary.note(TaskName("a", "blank", 1, 1).activity, BEGUN, reason)
        assert next_of(diary) is None
        diary.events.pop()
    diary.note(TaskName("gone", "blank", 1, 1).activity, BEGUN, "due")
    assert next_of(diary) is None
    diary.note(TaskName("a", "blank", 1, 1).activity, BEGUN, "due")
    assert next_of(diary) == Item("due", TaskName("a", "blank", 1, 1))
    diary.tasks("a", "blank", "+", reason="chosen")
    item = next_of(diary)
    assert item is None or item.task != TaskName("a", "blank", 1, 1)


# -- the end


def test_a_session_ends_after_its_minutes_of_work_at_the_end_of_a_task() -> None:
    diary = Diary()
    master(diary, *NAMES)
    diary.wait(days=1)
    items = session(diary, minutes=4)
    assert len(items) == 4
    assert minutes_worked(diary.record(), diary.session()) == pytest.approx(16)
    task = TaskName("a", "blank", 3, 900)
    diary.note(task.activity, BEGUN, "due")
    assert next_of(diary) == Item("due", task)


def test_pauses_do_not_bring_the_end_nearer() -> None:
    diary = Diary()
    master(diary, *NAMES)
    diary.wait(days=1)
    diary.begin()
    for _ in range(4):
        worked(diary)
        diary.wait(minutes=20)
    assert minutes_worked(diary.record(), diary.session()) == pytest.approx(8)
    assert next_of(diary) is not None


def test_it_goes_on_where_that_is_wanted() -> None:
    diary = Diary()
    master(diary, *NAMES)
    diary.wait(days=1)
    assert len(session(diary)) == 5  # each of them once: to repeat them on the same day teaches little
    diary.note(TODAY, LONGER)
    assert diary.session().limit == 2 * USUAL_MINUTES
    more = [item.reason for _ in range(11) if (item := worked(diary))]
    assert more == ["mixed"] * 10
    assert minutes_worked(diary.record(), diary.session()) == pytest.approx(2 * USUAL_MINUTES)


def test_a_session_is_left_and_found_again_within_an_hour() -> None:
    diary = Diary()
    assert current_session(diary.record(), diary.time) is None
    diary.note(TODAY, LONGER)
    assert current_session(diary.record(), diary.time) is None
    diary.begin()
    diary.task(TaskName("a", "blank", 1, 1))
    diary.note("lesson:valley", "1")
    assert current_session(diary.record(), diary.time + timedelta(minutes=59)) == Session(1)
    assert current_session(diary.record(), diary.time + timedelta(minutes=61)) is None
    assert current_session(diary.record(), diary.time - timedelta(days=400)) == Session(1)  # the clock went back
    diary.note(TODAY, END)
    assert current_session(diary.record(), diary.time) is None
    diary.begin()
    assert diary.session().start == len(diary.events) - 1


# -- what is said


def test_the_summary_tells_what_was_done_and_what_moved() -> None:
    diary = Diary()
    diary.tasks("a", "shown", "+")
    diary.tasks("b", "missing", "++")
    diary.wait(days=1)
    diary.begin()
    diary.tasks("a", "missing", "++", reason="due")
    diary.tasks("b", "blank", "~", reason="new")
    diary.tasks("c", "shown", "+", reason="chosen")
    diary.card("valley/1", known=False)
    found = summary(diary.record(), diary.session(), diary.time, COURSE)
    assert (found.tasks, found.cards, found.first_try) == (3, 1, 2)
    assert found.minutes == pytest.approx(8.25)
    assert [(move.before.stage, move.after.stage) for move in found.moved_up] == [
        ("missing", "blank"),
        ("shown", "missing"),
    ]
    assert [(move.before.skill, move.before.stage, move.after.stage) for move in found.moved_down] == [
        ("b", "blank", "missing")
    ]
    assert found.due_tomorrow == 2  # c and the card, seen for the first time; a and b come in some days


def test_what_left_the_course_is_not_due() -> None:
    diary = Diary()
    diary.card("valley/1", in_lesson=True)
    diary.card("valley/gone", in_lesson=True)
    diary.task(TaskName("gone", "blank", 1, 1))
    diary.wait(days=3)
    course = syllabus(*map(skill, NAMES), cards={"valley/1"})
    assert estimate(diary.record(), diary.time, course).due == 1
    diary.begin()
    item = next_item(diary.record(), diary.session(), diary.time, course, 1)
    assert item == Item("card", card="valley/1")


def test_the_estimate_tells_how_much_and_how_long() -> None:
    diary = Diary()
    assert estimate(diary.record(), diary.time, COURSE) == Estimate(0, 0)
    diary.task(TaskName("a", "blank", 1, 1), minutes=5)
    diary.task(TaskName("b", "blank", 1, 1), minutes=3)
    diary.card("valley/1", in_lesson=True)
    diary.wait(minutes=8)
    assert estimate(diary.record(), diary.time, COURSE) == Estimate(1, 5)  # a, which was ten minutes ago
    diary.wait(days=1)
    assert estimate(diary.record(), diary.time, COURSE) == Estimate(3, 9)  # 5 + 3 + a card
    for number in range(80):
        diary.card(f"gates/{number}", in_lesson=True, minutes=0)
    diary.wait(days=1)
    assert estimate(diary.record(), diary.time, COURSE) == Estimate(83, USUAL_MINUTES)


@pytest.mark.parametrize("stage", ["blank", "missing"])
def test_a_skill_may_always_be_chosen(stage: Stage) -> None:
    course = syllabus(*map(skill, NAMES), stages=(stage,))
    assert chosen_item(Diary().record(), course, "e", 5) == Item("chosen", TaskName("e", stage, 1, 5))
    with pytest.raises(KeyError):
        chosen_item(Diary().record(), course, "gone", 5)


def test_the_same_record_and_time_give_the_same_session() -> None:
    def lived() -> list[Item]:
        diary = Diary()
        for name in NAMES:
            diary.lesson(f"lesson-{name}")
        return [item for _ in range(5) for item in (session(diary), diary.wait(days=1))[0]]

    assert lived() == lived()
