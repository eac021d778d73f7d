"""Practice on the screen: the daily session, the rule that is asked for, one skill; left and taken up again."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from practice_acts import (
    answer_rule,
    events_of,
    give_up,
    home,
    next_sheet,
    outcomes,
    past_question,
    pick,
    solve,
    task_now,
    wait_while,
)
from practising import Practising, practising
from stage import NOW, Stage, run

from tutor.learner.activities import BEGUN, END, LONGER, TODAY
from tutor.learner.events import EventMaker
from tutor.mathematics.presentation import shown_value
from tutor.practice.task_name import TaskName
from tutor.study.exercise_session import CELL
from tutor.study.practice.coming import ComingTask, what_comes
from tutor.study.practice.interrupted import interrupted
from tutor.study.practice.learner import Learner as PracticeLearner
from tutor.study.practice.placing import PlacementTest

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Shown

    from tutor.learner.events import Event
    from tutor.practice.stage import Stage as PracticeStage


HOUR = timedelta(hours=1)
TO_THE_FORMULA: list[PracticeStage] = ["shown", "missing", "missing", "blank", "blank", "faulty", "faulty", "faulty"]
"""The stages that are worked rightly before a formula is asked for."""


@pytest.fixture
def learner(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practising:
    return practising(stage, tmp_path / "course", monkeypatch)


def test_a_session_goes_from_task_to_card_to_its_end(learner: Practising) -> None:
    learner.read_lessons("squares")
    learner.know_card("squares")
    learner.clock.time += timedelta(days=5)

    async def work() -> None:
        async with learner.stage.show() as shown:
            await shown.wait_for("1 due, 1 minute")
            await pick(shown, "Today")
            await shown.wait_for("Today 1 · card")
            assert "What does the rule of squares say?" in shown.text
            await shown.press("1")  # not turned yet
            assert "That slopes" not in shown.text
            await shown.press("enter")
            await shown.wait_for("That slopes are multiplied.")
            await shown.press("enter")  # not judged yet
            assert "Today 1" in shown.text
            await shown.press("1")
            await shown.wait_for("You knew it")
            await shown.press("enter")
            await shown.wait_for("Today 2 · Slope of a square")
            assert "Stage 1 of 3." in shown.text
            await solve(shown, learner)
            await shown.press("enter")
            await shown.wait_for("Done: 1 task and 1 card")
            assert "Right at the first try: 1 of 1." in shown.text
            assert "Slope of a square: was new, is now blank sheet" in shown.text
            assert "Due by tomorrow:" in shown.text
            assert "Under Practice you can go on" in shown.text
            assert "practise on" not in shown.text
            await shown.press("n")  # there is nothing more
            assert "Done: 1 task and 1 card" in shown.text
            await shown.press("enter")
            await home(shown)
            assert "Continue" not in shown.text

    run(work())
    assert outcomes(learner) == [("square", "first try")]
    assert [event.cell for event in events_of(learner) if event.activity == TODAY] == [BEGUN, END]


def test_a_session_ends_by_itself_and_goes_on_if_wanted(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    learner.master("square")
    learner.climb("chain", "shown")
    learner.clock.time += timedelta(days=5)
    learner.clock.seconds = 160  # so that a few acts are a quarter of an hour

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Today")
            await shown.wait_for("Today 1")
            skills = []
            for _ in range(9):
                await past_question(shown)
                skills.append(task_now(learner).name.skill)
                await give_up(shown, learner)
                await shown.press("enter")
                await shown.wait_for("Today")
                await wait_while(shown, "Working out")
                if "Done:" in shown.text:
                    break
            assert "n practise on" in shown.text
            assert len(skills) > 1
            assert all(one != other for one, other in pairwise(skills))
            await shown.press("n")
            await shown.wait_for(f"Today {len(skills) + 1}")
            await shown.press("escape")
            await home(shown)

    run(work())
    assert [event.cell for event in events_of(learner) if event.activity == TODAY] == [BEGUN, LONGER]


def test_a_session_cut_off_goes_on_in_the_same_task_and_cell(learner: Practising) -> None:
    learner.read_lessons("squares")
    learner.climb("square", "shown")
    learner.clock.time += HOUR * 20

    async def leave() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Today")
            await shown.wait_for("Today 1")
            await past_question(shown)
            value = shown_value(task_now(learner).derivation.value("E"))
            await shown.type(value)
            await shown.press("enter")
            await shown.wait_for("1 of 2 cells")
            # The connection breaks here: nothing is put away.

    async def come_back(row: str) -> None:
        async with learner.stage.show() as shown:
            assert shown.lines[1].split() == [">", "Continue", "Today", "begun"]
            await pick(shown, row)
            await shown.wait_for("1 of 2 cells")
            assert "> ∂E/∂w" in shown.text
            assert task_now(learner).name == first[0]

    run(leave())
    first = [task_now(learner).name]
    run(come_back("Continue"))
    learner.clock.time += timedelta(days=40)
    run(come_back("Today"))
    begun = [event for event in events_of(learner) if event.activity == first[0].activity and event.cell == BEGUN]
    assert len(begun) == 1


def test_what_was_shown_or_needed_tries_is_kept_as_that(learner: Practising) -> None:
    learner.read_lessons("squares")
    learner.climb("square", "shown")

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Slope of a square")
            await shown.wait_for("Which rule")
            await past_question(shown)
            assert "Stage 2 of 3, 0 of 2 right in a row." in shown.text
            await shown.type("1")
            await shown.press("enter", "ctrl+u")
            await solve(shown, learner)
            await next_sheet(shown)
            await give_up(shown, learner)
            await next_sheet(shown)
            await solve(shown, learner)
            await shown.press("enter")
            await wait_while(shown, "Enter goes on")

    run(work())
    assert outcomes(learner)[1:] == [("square", "later"), ("square", "shown"), ("square", "first try")]


def test_the_rule_is_asked_first_and_names_no_skill(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    learner.master("square")
    learner.climb("chain", "shown")

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Chain rule")
            await answer_rule(shown, learner, rightly=False)
            await shown.wait_for(" x")
            assert "Chain rule, two links" not in shown.text
            assert "This is needed where" in shown.text
            await shown.press("enter")  # not answered yet
            assert "Which rule" in shown.text
            await answer_rule(shown, learner, rightly=True)
            await shown.wait_for("ok")
            await shown.press("1", "2", "3", "enter")
            await shown.wait_for("Practice · Chain rule, two links")
            await shown.press("escape")
            await shown.wait_for("Frequent")
            await shown.press("enter")
            await shown.wait_for("cells")
            assert "Which rule" not in shown.text  # it is answered

    run(work())
    activity = task_now(learner).name.activity
    answered = [event.verdict for event in events_of(learner) if event.activity == f"{activity}#rule"]
    assert answered == ["incorrect", "correct"]


def test_a_formula_is_asked_for_in_the_end(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    learner.master("square")
    learner.climb("chain", *TO_THE_FORMULA)

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Chain rule")
            await shown.wait_for("Stage 5 of 5, 0 of 2 right in a row.")
            await shown.type("x*2*y")
            await shown.press("enter")
            await shown.wait_for("Enter goes on")
            await shown.press("enter")
            await shown.wait_for("1 of 2 right in a row")

    run(work())
    assert outcomes(learner)[-1] == ("chain", "first try")
    assert {event.cell for event in events_of(learner) if event.verdict == "correct"} >= {CELL}


async def lay_aside(shown: Shown) -> None:
    """Lay a task aside in which letters are typed: by the page of its keys."""
    await shown.press("question_mark")
    await shown.wait_for("Keys of this page")
    await shown.press("x")
    await wait_while(shown, "Keys of this page")
    await wait_while(shown, "Working out")


def test_a_task_is_laid_aside_for_another_one(learner: Practising) -> None:
    learner.read_lessons("squares")

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Slope of a square")
            await shown.wait_for("0 of 1 cell")
            untouched = task_now(learner).name
            await lay_aside(shown)
            await shown.wait_for("0 of 1 cell")
            touched = task_now(learner).name
            assert touched != untouched
            assert outcomes(learner) == []
            await shown.type("1")
            await shown.press("enter")
            await shown.wait_for(" x ")
            await lay_aside(shown)
            await shown.wait_for("0 of 1 cell")
            assert task_now(learner).name not in {touched, untouched}
            assert outcomes(learner) == [("square", "shown")]
            await give_up(shown, learner)
            last = task_now(learner).name
            await lay_aside(shown)
            assert "Enter goes on" in shown.text  # all of it is done
            assert task_now(learner).name == last

    run(work())


def test_a_formula_is_laid_aside_for_another_one(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    learner.master("square")
    learner.climb("chain", *TO_THE_FORMULA)
    before = outcomes(learner)

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Chain rule")
            await shown.wait_for("Stage 5 of 5")
            untouched = task_now(learner).name
            await lay_aside(shown)
            await shown.wait_for("Stage 5 of 5")
            touched = task_now(learner).name
            assert touched != untouched
            assert outcomes(learner) == before
            await shown.type("x+y")
            await shown.press("enter")
            while not any(event.verdict == "incorrect" for event in events_of(learner)):
                await shown.pilot.pause(0.02)
            await lay_aside(shown)
            await shown.wait_for("Stage")
            assert task_now(learner).name != touched
            assert outcomes(learner) == [*before, ("chain", "shown")]

    run(work())


def test_a_task_is_laid_aside_at_the_question_which_rule(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    learner.master("square")
    learner.climb("chain", "shown")
    before = outcomes(learner)

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Chain rule")
            await shown.wait_for("Which rule")
            first = task_now(learner).name
            await shown.press("x")
            await wait_while(shown, "Working out")
            await shown.wait_for("Which rule")
            assert task_now(learner).name != first
            assert outcomes(learner) == before

    run(work())


def test_what_is_laid_aside_in_a_placement_test_is_not_known(learner: Practising) -> None:
    with_tasks = PracticeLearner(learner.stage.services)
    errand = PlacementTest(with_tasks, 2)
    coming = what_comes(with_tasks, errand)
    assert isinstance(coming, ComingTask)
    skill = task_now(learner).name.skill
    coming.lay_aside()
    assert outcomes(learner) == [(skill, "shown")]


def test_practice_is_interrupted_while_something_of_it_goes_on() -> None:
    times = iter(NOW + timedelta(seconds=number) for number in range(1000))
    task = TaskName("square", "blank", 1, 3)
    work, today, card = (EventMaker(name, lambda: next(times)) for name in (task.activity, TODAY, "card:a/b#1"))
    placement, lesson = EventMaker("placement:2", lambda: next(times)), EventMaker("lesson:a", lambda: next(times))

    def left(*events: Event, after: timedelta = timedelta(minutes=5)) -> str | None:
        return interrupted(events, events[-1].time + after if events else NOW)

    for reason, between in (("due", "due"), ("chosen", None), ("drill", None), ("placement", "placement")):
        begun = work.note("page", BEGUN, reason)
        ended = work.note("page", END, "later")
        assert left(begun) == reason
        assert left(begun, after=HOUR * 1000) == reason
        assert left(begun, ended) == between
        assert left(begun, ended, after=HOUR * 2) is None
        assert left(begun, lesson.note("page", "1")) is None
    assert left(work.answer("E", "1", "correct", None, counts=True)) == "chosen"
    assert left(today.note("page", BEGUN)) == "due"
    assert left(today.note("page", END)) is None
    assert left(card.answer("answer", "knew", "correct", None, counts=True)) == "card"
    assert left(placement.note("page", BEGUN)) == "placement"
    assert left(placement.note("page", END)) is None
    assert left() is None
