"""Home and lessons: finding the way, going on, and what counts as done."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from stage import COURSE, NOW, Shown, Stage, run

from tutor.course.blocks.steps import Steps
from tutor.course.loader import load_course, load_lesson
from tutor.learner.activities import END
from tutor.learner.events import Event, EventMaker, Place
from tutor.study.book import book_of
from tutor.study.progress import find_lesson, read_progress
from tutor.study.reader import Reader
from tutor.study.work import filled
from tutor.tui.scrolling import clamp, keep_in_sight

if TYPE_CHECKING:
    from pathlib import Path


def chosen(shown: Shown) -> str:
    """Return the row that the cursor is on."""
    (row,) = [line for line in shown.lines if line.startswith((" > ", "> ", "  > "))]
    return " ".join(row.split())


async def answer(shown: Shown, *answers: str) -> None:
    for text in answers:
        await shown.type(text)
        await shown.press("enter")


async def open_first_lesson(shown: Shown) -> None:
    await shown.press("enter")
    await shown.wait_for("page 1 of 4")


def test_the_cursor_is_on_the_way_on(stage: Stage) -> None:
    async def look() -> None:
        async with stage.show() as shown:
            assert chosen(shown) == "> Start 4.1 One weight"

    run(look())


def test_sections_open_and_close_and_the_cursor_stays_inside(stage: Stage) -> None:
    async def look() -> None:
        async with stage.show() as shown:
            assert "4.2 A second" in shown.text  # the section of the way on is open
            await shown.press(*["down"] * 30)
            assert chosen(shown).startswith("> 6 What goes wrong")
            await shown.press("up", "up")
            assert chosen(shown).startswith("> 4.2")
            await shown.press("left")
            assert chosen(shown).startswith("> 4 Backpropagation")
            assert "4.2 A second" not in shown.text
            await shown.press("enter")
            assert "4.2 A second" in shown.text
            await shown.press("pageup")
            assert chosen(shown).startswith("> Start")

    run(look())


def test_pages_turn_with_several_keys_and_only_with_keys(stage: Stage) -> None:
    async def read() -> None:
        async with stage.show() as shown:
            await open_first_lesson(shown)
            for key, page in (("n", 2), ("p", 1), ("right", 2), ("left", 1), ("left", 1), ("space", 2)):
                await shown.press(key)
                await shown.wait_for(f"page {page} of 4")

    run(read())


def test_a_long_page_is_read_to_its_end_before_the_next_one(stage: Stage) -> None:
    async def read() -> None:
        async with stage.show(size=(40, 12)) as shown:
            await open_first_lesson(shown)
            await shown.press("n", "n", "n")
            await shown.wait_for("page 4 of 4")
            assert "Space more" in shown.text
            assert "measured again" not in shown.text
            await shown.press("space")
            assert "measured again" in shown.text
            assert "Space more" not in shown.text
            await shown.press("up", "up")
            assert "Space more" in shown.text
            await shown.press("space", "space")
            await shown.wait_for("That was the last page")

    run(read())


def test_a_lesson_is_worked_through_and_done(stage: Stage) -> None:
    async def work() -> None:
        async with stage.show() as shown:
            await open_first_lesson(shown)
            await shown.press("n", "enter")
            await shown.wait_for("0 of 2 cells")
            await answer(shown, "6", "16")
            assert "All 2 cells are filled in. Enter goes on." in shown.text
            assert "page" not in shown.text  # nothing moves by itself
            await shown.press("enter")
            await shown.wait_for("page 3 of 4")
            await shown.press("enter")
            await shown.wait_for("0 of 3 cells")
            assert "given" in shown.text
            await answer(shown, "-8", "-24", "4.4")
            await shown.press("enter")
            await shown.wait_for("page 4 of 4")
            await shown.press("n")
            await shown.wait_for("this lesson is done")
            await shown.press("enter")
            await shown.wait_for("1 of 2 lessons done")
            assert chosen(shown) == "> Continue 4.2 A second lesson with a title that is longer than most"

    run(work())


def test_a_lesson_left_open_says_what_is_open_and_lets_the_learner_go_on(stage: Stage) -> None:
    async def work() -> None:
        async with stage.show() as shown:
            await open_first_lesson(shown)
            await shown.press("n", "n", "n", "n")
            await shown.wait_for("Forward pass: 0 of 2 cells")
            await shown.press("escape")
            await shown.wait_for("0 of 2 lessons done")
            assert chosen(shown).startswith("> Continue 4.2")
            assert "begun" in shown.text

    run(work())


def test_continue_opens_the_very_page_and_cell(stage: Stage) -> None:
    async def leave() -> None:
        async with stage.show() as shown:
            await open_first_lesson(shown)
            await shown.press("n", "n", "enter")
            await shown.wait_for("0 of 3 cells")
            await answer(shown, "-8")

    async def come_back() -> None:
        async with stage.show() as shown:
            assert "page 3 of 4, Backward pass" in shown.text
            await shown.press("enter")
            await shown.wait_for("1 of 3 cells")
            assert "> ∂E/∂w" in shown.text
            await shown.press("escape")
            await shown.wait_for("page 3 of 4")
            await shown.press("escape")
            await shown.wait_for("0 of 2 lessons done")

    run(leave())
    run(come_back())


def test_a_page_is_kept_before_it_is_shown(stage: Stage) -> None:
    store, lesson = stage.services.store, load_lesson(stage.services.course.lessons[0])
    reader = Reader(stage.services, book_of(lesson), 1)
    assert reader.where == "page 2 of 4"
    assert store.place() == Place("lesson:one-weight", 1, "", "page 2 of 4")
    assert [event.cell for event in store.events("lesson:one-weight")] == ["1"]
    Reader(stage.services, book_of(lesson), 1)  # opened once more, it is no news
    assert len(store.events("lesson:one-weight")) == 1


def test_keys_pressed_while_something_is_prepared_are_not_lost(stage: Stage) -> None:
    async def work() -> None:
        async with stage.show() as shown:
            await shown.press("enter", "n", "enter", "6", "enter")
            await shown.wait_for("1 of 2 cells")

    run(work())


def test_a_lesson_with_a_fault_is_named_and_home_goes_on(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder)
    lesson = folder / "4-backpropagation" / "4-1-one-weight.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("{{h}}", "{{nobody}}"), encoding="utf-8")
    faulty = Stage(replace(stage.services, course=load_course(folder)))

    async def work() -> None:
        async with faulty.show() as shown:
            await shown.press("enter")
            await shown.wait_for("This lesson has a fault")
            assert "nobody" in shown.text
            assert "4-1-one-weight.md" in "".join(shown.text.split())
            await shown.press("escape")
            await shown.wait_for("0 of 2 lessons done")

    run(work())


def test_a_worksheet_with_an_unknown_cell_is_named(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder)
    lesson = folder / "4-backpropagation" / "4-1-one-weight.md"
    text = lesson.read_text(encoding="utf-8").replace('cells = ["h", "E"]', 'cells = ["h", "Q"]')
    lesson.write_text(text, encoding="utf-8")
    faulty = Stage(replace(stage.services, course=load_course(folder)))

    async def work() -> None:
        async with faulty.show() as shown:
            await open_first_lesson(shown)
            await shown.press("n", "enter")
            await shown.wait_for("This lesson has a fault")
            await shown.press("escape")
            await shown.wait_for("page 2 of 4")

    run(work())


def test_progress_is_read_from_what_was_done(stage: Stage) -> None:
    first, second = stage.services.course.lessons
    reading = EventMaker(f"lesson:{first.id}", lambda: NOW)
    working = EventMaker(f"lesson:{second.id}/sheet", lambda: NOW)
    practice = EventMaker("problem:abc", lambda: NOW)
    events = [
        reading.note("page", "0"),
        reading.note("page", END),
        working.answer("h", "6", "correct", None, counts=True),
        practice.note("hint", "h"),
    ]
    progress = read_progress(events)
    assert progress.begun == {first.id, second.id}
    assert progress.done == {first.id}


def test_a_place_that_is_no_more_leads_nowhere(stage: Stage) -> None:
    course = stage.services.course
    assert find_lesson(course, None) is None
    assert find_lesson(course, Place("lesson:gone", 0, "", "")) is None
    assert find_lesson(course, Place("problem:abc", 0, "", "")) is None
    assert find_lesson(course, Place("lesson:one-weight/sheet", 0, "", "")) is course.lessons[0]


def test_a_cell_is_filled_while_its_last_readable_answer_is_right(stage: Stage) -> None:
    steps = next(load_lesson(stage.services.course.lessons[0]).blocks())
    assert isinstance(steps, Steps)
    maker = EventMaker("lesson:sheet", lambda: NOW)

    def said(cell: str, verdict: str) -> Event:
        return maker.answer(cell, "1", verdict, None, counts=True)

    assert filled(steps, []) == 0
    assert filled(steps, [said("h", "correct"), said("E", "follows")]) == 2
    assert filled(steps, [said("h", "correct"), said("h", "invalid"), said("h", "unchecked")]) == 1
    assert filled(steps, [said("h", "correct"), said("h", "incorrect")]) == 0
    assert filled(steps, [maker.note("shown", "h"), maker.note("hint", "E"), said("other", "correct")]) == 1


def test_rows_scroll_as_little_as_possible() -> None:
    for first in range(25):
        for row in range(30):
            there = keep_in_sight(first, row, 10, 30)
            assert there <= row < there + 10
            assert 0 <= there <= 20
            assert there == first or not first <= row < first + 10 or first > 20
    assert clamp(5, 10, 3) == 0
