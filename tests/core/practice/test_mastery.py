"""The ladder of a skill: what leads on, what leads back, what proves it, and what is open next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from diary import Diary, skill, syllabus
from hypothesis import given
from hypothesis import strategies as st

from tutor.practice.mastery import Standing, open_skills, read_mastery
from tutor.practice.stage import STAGES, Stage
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.practice.syllabus import Syllabus

COURSE = syllabus(skill("chain"), skill("sum", "chain"), skill("both", "sum"))
ALL = "shown+ missing++ blank++ faulty++ formula++"


def work(diary: Diary, name: str, ladder: str) -> None:
    """Work tasks as written: a stage, and a sign for each outcome. Grades are those that the learner is at."""
    for step in ladder.split():
        stage = step.rstrip("+~-")
        for outcome in step.removeprefix(stage):
            grade = read_mastery(diary.record(), COURSE)[name].grade
            diary.tasks(name, stage, outcome, grade)


def standing(*ladder: str, name: str = "chain", course: Syllabus = COURSE) -> Standing:
    diary = Diary()
    for step in ladder:
        work(diary, name, step)
    return read_mastery(diary.record(), course)[name]


# -- up and down


def test_a_skill_begins_with_its_first_stage() -> None:
    new = standing()
    assert (new.state, new.stage, new.grade, new.rights, new.needed) == ("new", "shown", 1, 0, 1)


@pytest.mark.parametrize(
    ("ladder", "stage"),
    [
        ("shown+", "missing"),
        ("shown+ missing+", "missing"),
        ("shown+ missing++", "blank"),
        ("shown+ missing++ blank+", "blank"),
        ("shown+ missing++ blank++", "faulty"),
        ("shown+ missing++ blank++ faulty++", "formula"),
        ("shown+ missing++ blank+~", "missing"),  # one wrong: a stage back
        ("shown+ missing++ blank-", "missing"),
        ("shown+ missing++ blank++ faulty~", "blank"),
        ("shown+ missing+~", "missing"),  # never below missing
        ("shown+ missing~---", "missing"),
        ("shown-", "shown"),
        ("shown+ missing+~+", "missing"),  # in a row
        ("shown+ missing+~++", "blank"),
        ("shown+ missing++ blank+ missing+ blank+", "faulty"),  # an easier one leads nowhere and breaks nothing
        ("shown+ missing++ blank++ missing~", "blank"),
        ("blank++", "faulty"),  # anything may be chosen
        ("blank+ missing+ blank+", "shown"),  # but a row is one of the same stage
        ("blank~", "shown"),  # too early proves nothing
        ("shown+ blank-", "missing"),
    ],
)
def test_rights_in_a_row_lead_on_and_a_wrong_one_leads_back(ladder: str, stage: Stage) -> None:
    assert standing(ladder).stage == stage
    assert standing(ladder).state == "learning"


def test_rights_are_counted_towards_what_is_needed() -> None:
    found = standing("shown+ missing++ blank+")
    assert (found.rights, found.needed) == (1, 2)
    assert standing("shown+ missing++ blank+~").rights == 0


def test_after_the_last_stage_it_is_to_be_confirmed() -> None:
    found = standing(ALL)
    assert (found.state, found.stage, found.grade) == ("to be confirmed", "blank", 3)


@pytest.mark.parametrize("stages", [("blank", "faulty"), ("shown", "blank", "faulty", "formula"), ("blank",)])
def test_a_skill_may_have_fewer_stages(stages: tuple[Stage, ...]) -> None:
    course = syllabus(skill("chain"), stages=stages)
    ladder = " ".join(f"{stage}{'+' if stage == 'shown' else '++'}" for stage in stages)
    assert standing(ladder, course=course).state == "to be confirmed"
    assert standing(f"{stages[0]}~", course=course).level == 0


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from("+~-"), st.sampled_from(["new", "confirm"]))))
def test_no_work_leads_two_stages_on_or_more_than_one_back(works: list[tuple[Stage, str, str]]) -> None:
    diary = Diary()
    before = read_mastery(diary.record(), COURSE)["chain"]
    lowest = STAGES.index("missing")
    for seed, (stage, outcome, reason) in enumerate(works):
        word = {"+": "first try", "~": "later", "-": "shown"}[outcome]
        diary.task(TaskName("chain", stage, before.grade, seed), word, reason, minutes=0)
        after = read_mastery(diary.record(), COURSE)["chain"]
        if outcome == "+":
            assert after.level in {before.level, before.level + 1, STAGES.index(stage) + 1}
            assert after.level >= before.level
        else:
            assert after.level in {before.level, before.level - 1}
            assert after.level >= min(lowest, before.level)
        assert 1 <= after.grade <= 3
        assert after.hardest >= before.hardest
        before = after


# -- grades


@pytest.mark.parametrize(
    ("ladder", "grade"),
    [
        ("shown+", 1),  # reading proves nothing
        ("shown+ missing+", 1),
        ("shown+ missing++", 2),
        ("shown+ missing++ blank+", 2),
        ("shown+ missing++ blank++", 3),
        ("shown+ missing++ blank++ faulty~", 2),
        ("shown+ missing++ blank+~~~~", 1),
    ],
)
def test_the_grade_rises_with_rights_and_falls_with_wrong_ones(ladder: str, grade: int) -> None:
    assert standing(ladder).grade == grade


def test_the_hardest_grade_is_not_forgotten() -> None:
    assert standing("shown+ missing++ blank++ faulty~~~").hardest == 3


# -- the mixed test


def confirmed(reason: str = "confirm", outcome: str = "+", grade: int = 3, stage: Stage = "blank") -> Standing:
    diary = Diary()
    work(diary, "chain", ALL)
    diary.tasks("sum", "shown", "+")
    diary.tasks("chain", stage, outcome, grade, reason)
    return read_mastery(diary.record(), COURSE)["chain"]


def test_a_mixed_test_confirms() -> None:
    assert confirmed().state == "mastered"
    assert confirmed().stage == "blank"


def test_what_was_chosen_easy_or_partly_filled_in_confirms_nothing() -> None:
    assert confirmed(reason="chosen").state == "to be confirmed"
    assert confirmed(reason="due").state == "to be confirmed"
    assert confirmed(grade=2).state == "to be confirmed"
    assert confirmed(stage="missing").state == "to be confirmed"


def test_what_follows_on_the_same_skill_is_not_among_others() -> None:
    diary = Diary()
    work(diary, "chain", ALL)
    diary.tasks("chain", "blank", "+", 3, "confirm")
    assert read_mastery(diary.record(), COURSE)["chain"].state == "to be confirmed"


@pytest.mark.parametrize("outcome", ["~", "-"])
def test_a_failed_test_leads_back_to_the_last_stage(outcome: str) -> None:
    found = confirmed(outcome=outcome)
    assert (found.state, found.stage, found.grade) == ("learning", "formula", 2)


def test_what_was_mastered_and_goes_wrong_is_to_be_confirmed_again() -> None:
    diary = Diary()
    work(diary, "chain", ALL)
    diary.tasks("sum", "shown", "+")
    diary.tasks("chain", "blank", "++", 3, "confirm")
    diary.tasks("chain", "blank", "+", 3, "due")
    assert read_mastery(diary.record(), COURSE)["chain"].state == "mastered"
    diary.tasks("chain", "blank", "~", 3, "due")
    assert read_mastery(diary.record(), COURSE)["chain"].state == "to be confirmed"


def test_drills_change_nothing() -> None:
    diary = Diary()
    work(diary, "chain", "shown+ missing++ blank+")
    before = read_mastery(diary.record(), COURSE)["chain"]
    diary.tasks("chain", "faulty", "+-+", reason="drill")
    assert read_mastery(diary.record(), COURSE)["chain"] == before


# -- which rule


def test_the_rule_is_asked_until_it_was_right_three_times_in_a_row() -> None:
    diary = Diary()
    work(diary, "chain", "shown+")
    asked = []
    for seed, verdict in enumerate(["correct", "correct", "incorrect", "correct", "correct", "correct", ""]):
        asked.append(read_mastery(diary.record(), COURSE)["chain"].asks_rule)
        task = TaskName("chain", "missing", 1, 100 + seed)
        if verdict:
            diary.answer(f"{task.activity}#rule", "[]", verdict)
        diary.task(task, "later")
    assert asked == [True] * 6 + [False]
    assert not standing().asks_rule  # an example is read
    assert not standing("shown+ missing++ blank++").asks_rule


# -- placement


def placed(outcome: str, grade: int = 2) -> dict[str, Standing]:
    diary = Diary()
    diary.tasks("sum", "blank", outcome, grade, "placement")
    return read_mastery(diary.record(), COURSE)


def test_a_right_task_of_a_placement_test_lifts_a_skill_and_what_it_needs() -> None:
    found = placed("+")
    assert [found[name].state for name in found] == ["to be confirmed", "mastered", "new"]
    assert [found[name].grade for name in found] == [2, 2, 1]


def test_a_wrong_one_changes_nothing() -> None:
    assert {one.state for one in placed("~").values()} == {"new"}
    diary = Diary()
    work(diary, "sum", ALL)
    diary.tasks("sum", "blank", "-", 2, "placement")
    assert read_mastery(diary.record(), COURSE)["sum"].state == "to be confirmed"


def test_placement_lowers_nothing() -> None:
    diary = Diary()
    work(diary, "chain", ALL)
    diary.tasks("sum", "blank", "+", 2, "placement")
    assert read_mastery(diary.record(), COURSE)["chain"].grade == 3


# -- the soft gate


def opened(diary: Diary) -> tuple[str, ...]:
    record = diary.record()
    return open_skills(record, read_mastery(record, COURSE), COURSE)


def test_a_skill_opens_with_its_lesson_and_what_it_needs() -> None:
    diary = Diary()
    assert opened(diary) == ()
    diary.lesson("lesson-sum")
    assert opened(diary) == ()
    diary.lesson("lesson-chain")
    assert opened(diary) == ("chain",)
    work(diary, "chain", "shown+ missing++ blank+")
    assert opened(diary) == ()
    work(diary, "chain", "blank+")
    assert opened(diary) == ("sum",)
    work(diary, "sum", "shown+")
    assert opened(diary) == ()


def test_a_skill_that_was_met_in_a_placement_test_needs_no_lesson() -> None:
    diary = Diary()
    diary.tasks("sum", "blank", "+", 2, "placement")
    diary.tasks("both", "blank", "-", 2, "placement")
    assert opened(diary) == ("both",)


def test_needs_that_go_in_a_circle_or_nowhere_do_no_harm() -> None:
    course = syllabus(skill("a", "b", "gone"), skill("b", "a"))
    diary = Diary()
    diary.lesson("lesson-a")
    diary.tasks("a", "blank", "+", 2, "placement")
    diary.tasks("gone", "blank", "+")
    found = read_mastery(diary.record(), course)
    assert [one.state for one in found.values()] == ["mastered", "to be confirmed"]
