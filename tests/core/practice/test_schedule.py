"""When things are due again."""

from __future__ import annotations

from datetime import timedelta

from diary import START, Diary
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.practice.schedule import read_schedule
from tutor.practice.task_name import TaskName

DAY = timedelta(days=1)
RATINGS = {"first try": Rating.Good, "later": Rating.Hard, "shown": Rating.Again}


def practised(*works: tuple[str, float], reason: str = "due") -> Diary:
    """Return the record of a skill: outcomes, each so many days after the one before."""
    diary = Diary()
    for seed, (outcome, days) in enumerate(works):
        diary.wait(days=days)
        diary.task(TaskName("chain", "blank", 1, seed), outcome, reason, minutes=0)
    return diary


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from([*RATINGS]), st.floats(0, 40)), min_size=1, max_size=12))
def test_a_skill_is_due_as_the_scheduler_itself_says(works: list[tuple[str, float]]) -> None:
    """The reference replays the same reviews one by one with a scheduler of its own."""
    scheduler = Scheduler(maximum_interval=21, enable_fuzzing=False)
    card, time = Card(card_id=1, due=START), START
    for outcome, days in works:
        time += timedelta(days=days)
        card, _ = scheduler.review_card(card, RATINGS[outcome], time)
    (due,) = read_schedule(practised(*works).record()).dues
    assert (due.since, due.latest) == (card.due, card.last_review)
    assert due.since - due.latest <= 21 * DAY


def test_what_went_well_comes_later_than_what_did_not() -> None:
    dues = [
        read_schedule(practised(("first try", 0), ("first try", 1), (outcome, 3)).record()).dues[0].since
        for outcome in ("shown", "later", "first try")
    ]
    assert dues == sorted(dues)
    assert dues[0] < dues[1] < dues[2]


def test_cards_and_skills_are_in_one_list_most_overdue_first() -> None:
    diary = Diary()
    diary.card("valley/fog", known=False, in_lesson=True)
    diary.wait(minutes=1)
    diary.task(TaskName("sum", "blank", 1, 1), "shown")
    diary.task(TaskName("chain", "blank", 1, 1))
    diary.card("valley/fog", known=False)
    schedule = read_schedule(diary.record())
    found = [(due.kind, due.id) for due in schedule.until(diary.time + DAY)]
    assert found == [("skill", "sum"), ("card", "valley/fog"), ("skill", "chain")]
    assert schedule.until(diary.time) == schedule.dues[:1]
    assert schedule.of_skill("chain") == schedule.dues[2]
    assert schedule.of_skill("both") is None


def test_the_order_of_equals_is_always_the_same() -> None:
    diary = Diary()
    for name in ("b", "a", "c"):
        diary.task(TaskName(name, "blank", 1, 1), minutes=0)
    assert [due.id for due in read_schedule(diary.record()).dues] == ["a", "b", "c"]


def test_what_is_due_after_days_may_be_taken_some_hours_earlier() -> None:
    diary = practised(("first try", 0), ("first try", 0.1))
    (due,) = read_schedule(diary.record()).dues
    assert due.since - due.latest >= DAY
    schedule = read_schedule(diary.record())
    assert schedule.until(due.since - timedelta(hours=8))
    assert not schedule.until(due.since - timedelta(hours=8, seconds=1))


def test_what_is_due_after_minutes_may_not() -> None:
    diary = practised(("shown", 0))
    (due,) = read_schedule(diary.record()).dues
    assert not read_schedule(diary.record()).until(diary.time)
    assert read_schedule(diary.record()).until(due.since)


def test_drills_and_failed_placement_tests_are_no_reviews() -> None:
    assert not read_schedule(practised(("first try", 0), reason="drill").record()).dues
    assert not read_schedule(practised(("shown", 0), ("later", 0), reason="placement").record()).dues
    assert read_schedule(practised(("first try", 0), reason="placement").record()).dues


def test_a_review_is_never_before_the_one_recorded_before_it() -> None:
    forward = practised(("first try", 0), ("first try", 5), ("first try", 0))
    back = practised(("first try", 0), ("first try", 5), ("first try", -300))
    now = forward.time
    assert read_schedule(back.record(now)).dues == read_schedule(forward.record(now)).dues
