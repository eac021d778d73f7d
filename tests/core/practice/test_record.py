"""What is read from events: tasks and how they came out, cards, mistakes, lessons; whatever the clock did."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from diary import START, Diary
from hypothesis import given
from hypothesis import strategies as st

from tutor.learner.activities import BEGUN, END
from tutor.mathematics.explaining import HINTS
from tutor.practice.minutes import minutes_by_day, minutes_of
from tutor.practice.outcome import decide_outcome
from tutor.practice.record import card_activity, read_record
from tutor.practice.schedule import read_schedule
from tutor.practice.task_name import TaskName

TASK = TaskName("chain", "blank", 2, 17)
CARD = "two-suspects/the-minus-sign"


def outcome_of(*acts: tuple[str, str] | tuple[str, str, bool]) -> str:
    """Return the outcome of a sheet with the cells y and E after some acts: a cell, and a verdict, hint or shown."""
    diary = Diary()
    maker = diary.maker(TASK.activity)
    for cell, act, *counts in acts:
        if act == "hint":
            diary.events.append(maker.note("hint", cell))
        elif act == "shown":
            diary.events.append(maker.note("shown", cell))
        else:
            diary.events.append(maker.answer(cell, "1", act, None, counts=counts[0] if counts else True))
    return decide_outcome(TASK, diary.events, ["y", "E"])


# -- how a task came out


def test_every_cell_right_at_once_is_a_first_try() -> None:
    assert outcome_of(("y", "correct"), ("E", "correct")) == "first try"
    assert outcome_of(("E", "correct"), ("y", "correct"), ("E", "incorrect")) == "first try"


def test_what_follows_from_a_wrong_cell_is_right_but_the_wrong_cell_is_not() -> None:
    assert outcome_of(("y", "incorrect"), ("E", "follows"), ("y", "correct")) == "later"


def test_answers_that_cost_no_try_do_not_spoil_it() -> None:
    acts = [("y", "invalid", False), ("y", "incorrect", False), ("y", "incomplete", False), ("y", "unchecked", False)]
    assert outcome_of(*acts, ("y", "correct"), ("E", "correct")) == "first try"


@pytest.mark.parametrize("hints", range(1, HINTS))
def test_a_hint_makes_it_later(hints: int) -> None:
    assert outcome_of(("y", "correct"), *[("E", "hint")] * hints, ("E", "correct")) == "later"


def test_a_value_that_was_told_is_shown() -> None:
    assert outcome_of(("y", "correct"), *[("E", "hint")] * HINTS, ("E", "correct")) == "shown"
    assert outcome_of(("y", "correct"), ("E", "shown")) == "shown"
    assert outcome_of(("y", "incorrect"), ("y", "shown"), ("E", "correct")) == "shown"


def test_a_cell_that_was_never_found_is_no_right() -> None:
    assert outcome_of(("y", "correct")) == "shown"


def test_hints_after_the_right_answer_change_nothing() -> None:
    assert outcome_of(("y", "correct"), ("E", "correct"), ("y", "hint"), ("E", "shown")) == "first try"


def test_the_question_for_the_rule_is_no_cell_of_the_task() -> None:
    diary = Diary()
    formula = TaskName("chain", "formula", 1, 3)
    diary.answer(f"{formula.activity}#rule", "[]", "incorrect")
    diary.answer(formula.activity, "2*x", "correct")
    assert decide_outcome(formula, diary.events, ["answer"]) == "first try"


def test_an_example_without_cells_is_read() -> None:
    assert decide_outcome(TASK, [], []) == "first try"


# -- tasks


def test_a_finished_task_tells_why_how_and_how_long() -> None:
    diary = Diary()
    diary.note(TASK.activity, BEGUN, "confirm")
    diary.wait(minutes=1)
    diary.answer(f"{TASK.activity}#rule", '["sum"]', "incorrect")
    diary.answer(f"{TASK.activity}#rule", '["chain"]', "correct")
    diary.wait(minutes=2.5)
    diary.answer(TASK.activity, "3", "correct", "E")
    diary.wait(minutes=30)  # away
    diary.note(TASK.activity, END, "later")
    (task,) = diary.record().tasks
    assert (task.task, task.reason, task.outcome, task.rule, task.is_right) == (TASK, "confirm", "later", False, False)
    assert task.minutes == pytest.approx(3.5)
    assert task.time == diary.time
    assert diary.events[task.position].cell == END
    assert not diary.record().unfinished


def test_what_was_begun_and_not_ended_is_unfinished() -> None:
    diary = Diary()
    other = TaskName("sum", "missing", 1, 1)
    diary.note(TASK.activity, BEGUN, "due")
    diary.answer(f"{other.activity}#rule", "[]", "incorrect")
    found = diary.record().unfinished
    assert [(begun.task, begun.reason, begun.position) for begun in found] == [(TASK, "due", 0), (other, "chosen", 1)]


def test_what_was_laid_aside_counts_for_nothing() -> None:
    diary = Diary()
    diary.note(TASK.activity, BEGUN, "due")
    diary.events.append(diary.maker(TASK.activity).note("cleared", END))
    record = diary.record()
    assert not record.unfinished
    assert not record.tasks
    assert record.seeds == {"chain": {17}}


def test_a_task_ends_once_and_looking_at_it_again_does_not_begin_it() -> None:
    diary = Diary()
    diary.task(TASK, "first try")
    diary.note(TASK.activity, BEGUN, "due")
    diary.answer(TASK.activity, "9", "incorrect", "E")
    diary.note(TASK.activity, END, "shown")
    record = diary.record()
    assert [task.outcome for task in record.tasks] == ["first try"]
    assert not record.unfinished


def test_words_of_another_version_are_stepped_over() -> None:
    diary = Diary()
    diary.note(TASK.activity, BEGUN, "because")
    diary.note(TASK.activity, END, "somehow")
    diary.note("practice:chain/unknown-stage/1/1", END, "first try")
    diary.note("practice:chain/blank/1/0x10", END, "first try")
    record = diary.record()
    assert [(begun.task, begun.reason) for begun in record.unfinished] == [(TASK, "chosen")]
    assert not record.tasks


def test_fresh_tasks_have_seeds_that_no_task_had() -> None:
    diary = Diary()
    for seed in (5, 6, 8):
        diary.task(TaskName("chain", "blank", 1, seed))
    assert [diary.record().unused_seed("chain", seed) for seed in (4, 5, 8)] == [4, 7, 9]
    assert diary.record().unused_seed("sum", 5) == 5


# -- cards, mistakes, lessons


def test_cards_are_read_in_their_lesson_and_in_reviews() -> None:
    diary = Diary()
    diary.card(CARD, known=False, in_lesson=True)
    assert card_activity(CARD, diary.record()) == f"card:{CARD}#1"
    diary.answer(f"card:{CARD}#1", "turned", "noted", counts=False)
    assert card_activity(CARD, diary.record()) == f"card:{CARD}#1"
    diary.card(CARD)
    assert card_activity(CARD, diary.record()) == f"card:{CARD}#2"
    found = [(answer.card, answer.known, answer.is_review) for answer in diary.record().cards]
    assert found == [(CARD, False, False), (CARD, True, True)]


def test_other_right_and_wrong_answers_are_no_cards() -> None:
    diary = Diary()
    diary.answer("lesson:two-suspects/a-choice", '["knew"]', "correct")
    diary.answer("lesson:two-suspects/a-formula", "knew", "incorrect")
    diary.answer("problem:00ff", "knew", "correct")
    assert not diary.record().cards


def test_mistakes_are_found_wherever_they_were_made() -> None:
    diary = Diary()
    diary.answer("lesson:two-suspects/sheet", "5", "incorrect", slip="links.last-link-missing")
    diary.wait(days=1)
    diary.answer(TASK.activity, "5", "incorrect", "E", "links.links-added", counts=False)
    found = [(slip.misconception, slip.activity, slip.time) for slip in diary.record().slips]
    assert found == [
        ("links.last-link-missing", "lesson:two-suspects/sheet", START),
        ("links.links-added", TASK.activity, diary.time),
    ]


def test_lessons_begun_and_done() -> None:
    diary = Diary()
    diary.lesson("two-suspects")
    diary.answer("lesson:gates/a-choice", "[]", "incorrect")
    diary.note("lesson:valley", "3")
    diary.note("self-test:1", END)
    record = diary.record()
    assert record.lessons_done == {"two-suspects"}
    assert record.lessons_begun == {"two-suspects", "gates", "valley"}


# -- clocks


def test_the_order_of_recording_counts_when_the_clock_goes_back() -> None:
    diary = Diary()
    diary.task(TaskName("chain", "blank", 1, 1), "shown")
    diary.wait(days=-400)
    diary.task(TaskName("chain", "blank", 1, 2), "first try")
    record = diary.record(START + timedelta(days=1))
    assert [(task.task.seed, task.outcome) for task in record.tasks] == [(1, "shown"), (2, "first try")]


def test_a_time_to_come_is_not_believed() -> None:
    diary = Diary()
    diary.task(TaskName("chain", "blank", 1, 1))
    here = diary.time
    diary.wait(days=27_000)
    diary.task(TaskName("chain", "blank", 1, 2))
    diary.card(CARD)
    record = diary.record(here + timedelta(hours=1))
    assert [task.time for task in record.tasks] == [here, here]
    assert read_schedule(record).dues[-1].since < here + timedelta(days=30)


def test_where_every_time_is_to_come_all_of_it_happened_now() -> None:
    diary = Diary()
    diary.task(TaskName("chain", "blank", 1, 1))
    now = START - timedelta(days=1)
    assert [task.time for task in diary.record(now).tasks] == [now]


@given(st.lists(st.timedeltas(-timedelta(days=9000), timedelta(days=9000)), min_size=1, max_size=20))
def test_any_clock_gives_the_same_tasks_and_no_due_date_far_away(steps: list[timedelta]) -> None:
    diary, steady = Diary(), Diary()
    for seed, step in enumerate(steps):
        diary.time = START + step
        diary.task(TaskName("chain", "blank", 1, seed))
        steady.task(TaskName("chain", "blank", 1, seed))
    record = read_record(diary.events, START)
    assert [task.task for task in record.tasks] == [task.task for task in steady.record().tasks]
    assert all(task.time <= START for task in record.tasks)
    assert all(task.minutes == pytest.approx(2) for task in record.tasks)
    (due,) = read_schedule(record).dues
    assert due.latest <= due.since <= START + timedelta(days=21)


# -- minutes


def test_long_pauses_and_clocks_that_go_back_are_no_work() -> None:
    diary = Diary()
    for minutes in (0, 3, 10.01, -60, 1):
        diary.wait(minutes=minutes)
        diary.note("lesson:valley", "1")
    assert minutes_of(diary.events) == pytest.approx(4)
    assert minutes_of([]) == 0


def test_minutes_belong_to_days_as_they_are_where_the_learner_is() -> None:
    diary = Diary(START.replace(hour=22, minute=58))
    for _ in range(4):
        diary.note("lesson:valley", "1")
        diary.wait(minutes=1)
    assert minutes_by_day(diary.events) == {START.date(): pytest.approx(3)}
    berlin = timezone(timedelta(hours=1))
    days = minutes_by_day(diary.events, berlin)
    assert days == {START.date(): pytest.approx(1), START.date() + timedelta(days=1): pytest.approx(2)}


@given(st.lists(st.floats(0, 9.9), max_size=30))
def test_work_without_pauses_is_counted_wholly(gaps: list[float]) -> None:
    diary = Diary()
    diary.note("lesson:valley", "1")
    for gap in gaps:
        diary.wait(minutes=gap)
        diary.note("lesson:valley", "1")
    assert minutes_of(diary.events) == pytest.approx((diary.time - START).total_seconds() / 60)
