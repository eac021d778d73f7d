"""Practice that learners choose: skills, placement tests, drills; and beginning a lesson anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from practice_acts import events_of, give_up, home, pick, solve, task_now
from practising import Practising, practising
from stage import Stage, run

from tutor.learner.activities import BEGUN
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def learner(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practising:
    return practising(stage, tmp_path / "course", monkeypatch)


# -- skills


def test_the_list_tells_how_each_skill_stands(learner: Practising) -> None:
    learner.read_lessons("squares")
    learner.master("square")
    learner.climb("loose", "shown", "missing", "missing")
    learner.clock.time += timedelta(days=30)

    async def look() -> None:
        async with learner.stage.show() as shown:
            await shown.wait_for("1 of 3 mastered")
            assert "1/1  mastered" in shown.text
            await pick(shown, "Practice")
            await shown.wait_for("1 of 3 skills mastered")
            rows = {line[3:30].strip(): line[30:].strip() for line in shown.lines}
            assert rows["Slope of a square"].endswith("mastered, due")
            assert rows["Chain rule, two links"].endswith("new, after 2.1")
            assert rows["A skill without a lesson"].endswith("blank sheet, due")
            await pick(shown, "Chain rule")
            await shown.wait_for("Its lesson, 2.1 Chains, is not done yet.")
            await solve(shown, learner)
            await shown.press("enter")
            await shown.wait_for("Which rule")
            await shown.press("escape")
            await shown.wait_for("Chain rule, two links      cells missing")

    run(look())


# -- placement and drills


def test_a_placement_test_opens_the_skills_that_are_known(learner: Practising) -> None:
    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await pick(shown, "Placement test")
            await shown.wait_for("Placement test · section 1 · 1 of 5 at most")
            assert "Slope of a square" not in shown.text
            await solve(shown, learner)
            await shown.press("enter")
            await shown.wait_for("Right at the first try: 1 of 1 task.")
            assert "1 of 1 skill of this section can be taken as known." in shown.text
            await shown.press("escape")
            await shown.wait_for("1 of 3 skills mastered")

    run(work())


def test_a_placement_test_goes_on_where_it_was_left(learner: Practising) -> None:
    async def leave() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("Frequent")
            await shown.press("down", "down", "down", "down", "down", "enter")
            await shown.wait_for("section 2 · 1 of 5")
            await give_up(shown, learner)
            await shown.press("enter")
            await shown.wait_for("Placement test")

    async def come_back() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Continue   Placement test")
            await shown.wait_for("Placement test · section 2")

    run(leave())
    run(come_back())


def test_frequent_mistakes_are_listed_and_drilled(learner: Practising) -> None:
    learner.read_lessons("squares", "chains")
    slips = ["links.last-link-missing", "links.links-added", "links.last-link-missing"]
    learner.work(TaskName("chain", "blank", 1, 5), "later", slips=slips)

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("2 kinds")
            await shown.press("enter")
            await shown.wait_for("> last link missing (links)   2 times")
            assert "links added (links)         1 time" in shown.text
            await shown.press("enter")
            for number in range(1, 5):
                await shown.wait_for(f"Drill {number} of 4")
                assert "Watch for: last link missing (links)." in shown.text
                await (give_up if number > 1 else solve)(shown, learner)
                await shown.press("enter")
            await shown.wait_for("Right at the first try: 1 of 4.")
            await shown.press("n")
            await shown.wait_for("Drill 1 of 4")
            await shown.press("escape")
            await shown.wait_for("last link missing")

    run(work())


def test_without_mistakes_that_is_said(learner: Practising) -> None:
    async def look() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Practice")
            await shown.wait_for("none so far")
            await shown.press("enter")
            await shown.wait_for("No usual mistake has shown")

    run(look())


def test_nothing_to_practise_is_said_and_how_to_get_something(learner: Practising) -> None:
    async def look() -> None:
        async with learner.stage.show() as shown:
            await shown.wait_for("nothing due")
            await pick(shown, "Today")
            await shown.wait_for("There is nothing to practise today.")
            await shown.press("escape")
            await home(shown)
            assert "Continue" not in shown.text

    run(look())


def test_a_task_that_cannot_be_made_any_more_is_laid_aside(learner: Practising) -> None:
    learner.read_lessons("squares")
    gone = TaskName("square", "formula", 1, 7)  # squares have no stage of that kind
    learner.note(gone.activity, BEGUN, "new")

    async def work() -> None:
        async with learner.stage.show() as shown:
            await pick(shown, "Today")
            await shown.wait_for("Today 1 · Slope of a square")

    run(work())
    assert task_now(learner).name.stage == "shown"
    assert [event.kind for event in events_of(learner) if event.activity == gone.activity] == ["page", "cleared"]


# -- beginning anew


def test_a_lesson_is_begun_anew_and_that_is_taken_back(learner: Practising) -> None:
    learner.read_lessons("squares")
    learner.know_card("squares")

    async def work() -> None:
        async with learner.stage.show() as shown:
            assert "undo" not in shown.text
            await pick(shown, "1 Slopes")
            await shown.wait_for("1.1 Squares")
            await shown.press("down", "u", "r")
            await shown.wait_for("Begin anew: 1.1 Squares")
            assert "1 answer on 0 pages" in shown.text
            assert "Nothing is deleted" in shown.text
            await shown.press("escape")
            await shown.wait_for("1 of 2 lessons done")
            await shown.press("r", "enter")
            await shown.wait_for("0 of 2 lessons done")
            await shown.wait_for("u undo")
            await shown.press("u")
            await shown.wait_for("1 of 2 lessons done")
            assert "1.1 Squares is as it was before it was begun anew." in shown.text
            assert "u undo" not in shown.text

    run(work())


def test_from_a_page_of_it_too_and_then_home(learner: Practising) -> None:
    async def work() -> None:
        async with learner.stage.show() as shown:
            await shown.press("r")
            await shown.wait_for("Nothing was done in this lesson yet")
            await shown.press("escape", "enter")
            await shown.wait_for("page 1 of 1")
            await shown.press("r")
            await shown.wait_for("0 answers on 1 page.")
            await shown.press("enter")
            await shown.wait_for("u undo")
            assert "begun" not in shown.text

    run(work())
