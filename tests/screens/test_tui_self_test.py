"""The self-test: drawn for each attempt, left and taken up again, its result kept, shown at home and explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from stage import NOW, Shown, Stage, run

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.steps import Steps
from tutor.course.loader import load_course, load_lesson
from tutor.learner.events import EventMaker, Place
from tutor.study.attempts import BEGUN, MISSED, REACHED, TEST, objective_cell, read_attempts
from tutor.study.self_test import AttemptReader, open_attempt, right_parts
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tutor.course.model import Block
    from tutor.mathematics.problem import Problem

COURSE = "---\ntitle: C\nsection-1: S\n---\n"
CHOICE = """```choice
title = "Which way"
question = "Where to?"
in-order = true

[[option]]
text = "down"
right = true
feedback = "Against the slope."

[[option]]
text = "up"
feedback = "That climbs."

[[option]]
text = "nowhere"
feedback = "It moves."
```
"""
LESSON = f"---\nid: steps\ntitle: Steps\nsection: 1\nneeds: []\nskills: [a]\n---\n\nA lesson.\n\n{CHOICE}"
SHEET = """
```steps
title = "{title}"
cells = ["dE/dw", "w@1"]

[vary]
x = [3, 4, 5, 6, 7]
w = [2, 8, 9]

[problem]
text = '''
[given]
x = 3
[parameters]
w = 2
[steps]
E = "w*x^2"
[update]
rule = "sgd"
eta = 0.1
'''
```
"""
SELF_TEST = f"""---
title: Self-test
objective-1: Words
again-1: []
questions-1: [steps/which-way]
draw-1: 1
objective-2: Steps by hand
again-2: [steps]
---

Pen and paper.

## 2 A step

{SHEET.format(title="One")}

## 2 A step

{SHEET.format(title="Other")}
"""


@pytest.fixture
def exam(stage: Stage, tmp_path: Path) -> Stage:
    folder = tmp_path / "course"
    folder.mkdir()
    for name, text in {"course.md": COURSE, "1-1-steps.md": LESSON, "self-test.md": SELF_TEST}.items():
        (folder / name).write_text(text, encoding="utf-8")
    times = (NOW + timedelta(seconds=number) for number in range(10_000))
    return Stage(replace(stage.services, course=load_course(folder), now=lambda: next(times)))


def reader_of(stage: Stage) -> AttemptReader:
    return open_attempt(stage.services, read_attempts(stage.services.store.events(TEST)))


def problem_here(stage: Stage) -> Problem:
    reader = reader_of(stage)
    (block,) = [block for block in reader.lesson.blocks() if isinstance(block, Steps)]
    problem = reader.pages.making(block).problem(block)
    assert problem is not None
    return problem


def answers(problem: Problem) -> tuple[str, str]:
    """Return slope and new weight, by a calculation of our own."""
    x, w = problem.given["x"], problem.parameters["w"]
    assert isinstance(x, Fraction)
    assert isinstance(w, Fraction)
    return str(x * x), str(w - x * x / 10)


async def begin(shown: Shown) -> None:
    await shown.press(*["down"] * 9)
    await shown.press("enter")
    await shown.wait_for("page ")


async def sheet(shown: Shown, *typed: str) -> None:
    await shown.press("enter")
    await shown.wait_for("0 of 2 cells")
    for text in typed:
        await shown.press("ctrl+u")
        await shown.type(text)
        await shown.press("enter")


def test_all_right_is_reached_and_stands_at_home(exam: Stage) -> None:
    async def work() -> None:
        async with exam.show() as shown:
            assert "Self-test" in shown.text
            await begin(shown)
            await shown.press("n", "1", "enter")
            await shown.wait_for("Against the slope")
            await shown.press("n")
            await shown.wait_for("page 3 of 3")
            await sheet(shown, *answers(problem_here(exam)))
            await shown.press("enter")
            await shown.wait_for("page 3 of 3")
            await shown.press("n")
            await shown.wait_for("2 of 2 reached")
            assert "1 of 1 right  reached" in shown.text
            assert "2 of 2 right  reached" in shown.text
            assert "read again" not in shown.text
            await shown.press("escape")
            await shown.wait_for("2 of 2 reached")
            assert "Continue   1.1 Steps" in shown.text  # the test is over
            await begin_again(shown)

    async def begin_again(shown: Shown) -> None:
        await shown.press(*["down"] * 9, "enter")
        await shown.wait_for("Words")
        first = problem_here(exam)
        await shown.press("a")
        await shown.wait_for("page 1 of 3")
        assert read_attempts(exam.services.store.events(TEST)).number == 2
        numbers = (first.given, first.parameters)
        again = problem_here(exam)
        assert reader_of(exam).standings()[0].right == 0
        assert (again.given, again.parameters) != numbers
        await shown.press("escape")
        await shown.wait_for("begun")

    run(work())


def test_wrong_parts_tell_what_to_read_again(exam: Stage) -> None:
    async def work() -> None:
        async with exam.show() as shown:
            await begin(shown)
            await shown.press("n", "2", "enter")
            await shown.wait_for("That climbs")
            await shown.press("1", "enter")
            await shown.wait_for("Against the slope")
            await shown.press("n")
            await shown.wait_for("page 3 of 3")
            slope, weight = answers(problem_here(exam))
            await sheet(shown, "12345", slope, weight)
            await shown.press("enter", "n")
            await shown.wait_for("0 of 2 reached")
            assert "0 of 1 right  not yet" in shown.text
            assert "1 of 2 right  not yet" in shown.text
            assert shown.text.count("read again: 1.1 Steps") == 2
            await shown.press("escape")
            await shown.wait_for("0 of 2 reached")

    run(work())


def test_an_attempt_goes_on_where_it_was_left(exam: Stage) -> None:
    async def leave() -> None:
        async with exam.show() as shown:
            await begin(shown)
            await shown.press("n", "1", "enter", "n")
            await shown.wait_for("page 3 of 3")
            slope, _ = answers(problem_here(exam))
            await sheet(shown, slope)
            await shown.wait_for("1 of 2 cells")

    async def come_back() -> None:
        async with exam.show() as shown:
            assert "Continue   Self-test" in shown.text
            assert "begun" in shown.text
            await shown.press("enter")
            await shown.wait_for("1 of 2 cells")
            _, weight = answers(problem_here(exam))
            await shown.type(weight)
            await shown.press("enter", "escape", "escape")
            await shown.wait_for("2 of 2 reached")

    run(leave())
    run(come_back())


def test_a_result_is_kept_even_if_the_last_time_ended_by_force(exam: Stage) -> None:
    reader = reader_after_begin(exam)
    for block in reader.lesson.blocks():
        maker = EventMaker(reader.pages.activity(block), lambda: NOW)
        for cell in block.cells if isinstance(block, Steps) else ("answer",):
            exam.services.store.record(maker.answer(cell, "1", "correct", None, counts=True))

    async def look() -> None:
        async with exam.show() as shown:
            assert "begun" in shown.text
            await shown.press(*["down"] * 9, "enter")
            await shown.wait_for("2 of 2 right  reached")
            await shown.press("escape")
            await shown.wait_for("2 of 2 reached")

    run(look())


def test_from_its_row_it_opens_at_what_is_open(exam: Stage) -> None:
    async def work() -> None:
        async with exam.show() as shown:
            await begin(shown)
            await shown.press("n", "n")
            await shown.wait_for("page 3 of 3")
            await shown.press("escape", *["down"] * 9, "enter")
            await shown.wait_for("page 2 of 3")
            await shown.press("1", "enter", "a", "n", "a")  # nothing here can be done again
            await shown.wait_for("page 3 of 3")
            await shown.press("n")
            await shown.wait_for("1 of 2 reached")
            assert "0 of 2 right  open" in shown.text

    run(work())


def test_what_is_done_in_a_test_is_not_done_in_the_lesson(exam: Stage) -> None:
    async def work() -> None:
        async with exam.show() as shown:
            await begin(shown)
            await shown.press("n", "1", "enter")
            await shown.wait_for("Against the slope")
            await shown.press("escape", "up", "enter")
            await shown.wait_for("A lesson.")
            assert "Against the slope" not in shown.text
        events = exam.services.store.all_events()
        assert not [event for event in events if event.activity == "lesson:steps/which-way"]

    run(work())


def test_parts_count_by_what_was_done_first(exam: Stage) -> None:
    steps = next(block for block in reader_after_begin(exam).lesson.blocks() if isinstance(block, Steps))
    choice = next(block for block in load_lesson(exam.services.course.lessons[0]).blocks() if isinstance(block, Choice))
    maker = EventMaker("x", lambda: NOW)

    def said(cell: str, verdict: str, *, counts: bool = True) -> object:
        return maker.answer(cell, "1", verdict, None, counts=counts)

    def parts(block: Block, *events: object) -> list[bool]:
        return right_parts(block, events)  # type: ignore[arg-type]  # events, made above

    assert parts(steps) == [False, False]
    assert parts(steps, said("w@1", "follows"), said("dE/dw", "correct")) == [True, True]
    assert parts(steps, said("dE/dw", "incorrect"), said("dE/dw", "correct")) == [False, False]
    assert parts(steps, said("dE/dw", "invalid", counts=False), said("dE/dw", "correct"))[0]
    assert parts(steps, said("dE/dw", "incorrect", counts=False), said("dE/dw", "correct"))[0]
    assert parts(steps, said("dE/dw", "incomplete", counts=False), said("dE/dw", "correct"))[0]
    assert parts(steps, maker.note("hint", "dE/dw"), said("dE/dw", "correct")) == [False, False]
    assert parts(steps, said("dE/dw", "correct"), maker.note("shown", "w@1")) == [True, False]
    assert parts(choice, said("answer", "incorrect"), said("answer", "correct")) == [False]
    assert parts(choice, said("answer", "unchecked", counts=False), said("answer", "correct")) == [True]


def reader_after_begin(stage: Stage) -> AttemptReader:
    maker = EventMaker(TEST, lambda: NOW)
    stage.services.store.record(maker.note("page", BEGUN, "seed"))
    return reader_of(stage)


def test_the_record_is_that_of_the_latest_attempt() -> None:
    maker = EventMaker(TEST, lambda: NOW)
    other = EventMaker("lesson:a", lambda: NOW)
    first = [maker.note("page", BEGUN, "s1"), maker.note("page", objective_cell(1), REACHED)]
    assert read_attempts([]).number == 0
    assert not read_attempts([]).is_here(Place("self-test:0", 1, "", ""))
    record = read_attempts([*first, other.note("page", objective_cell(2), REACHED)])
    assert (record.number, record.seed, record.reached, record.reading) == (1, "s1", 1, "self-test:1")
    assert record.is_here(Place("self-test:1/a/b", 3, "", ""))
    assert not record.is_here(Place("self-test:10", 3, "", ""))
    later = read_attempts([*first, maker.note("page", BEGUN, "s2"), maker.note("page", objective_cell(3), MISSED)])
    assert (later.number, later.seed, dict(later.results), later.reached) == (2, "s2", {3: MISSED}, 0)


def test_it_is_not_begun_anew_like_a_lesson(exam: Stage) -> None:
    async def play() -> None:
        async with exam.show() as shown:
            await begin(shown)
            before = shown.text
            await shown.press("ctrl+k")
            assert "Begin this lesson anew" not in shown.text
            await shown.press("escape", "r")
            assert shown.text == before

    run(play())


def test_a_fault_in_the_self_test_is_told(exam: Stage) -> None:
    path = exam.services.course.folder / "self-test.md"
    path.write_text(path.read_text(encoding="utf-8").replace("steps/which-way", "steps/which"), encoding="utf-8")

    async def work() -> None:
        async with exam.show() as shown:
            await shown.press(*["down"] * 9, "enter")
            await shown.wait_for("This lesson has a fault")
            assert "steps/which" in "".join(shown.text.split())

    run(work())


def test_a_course_without_a_self_test_has_no_row(stage: Stage) -> None:
    async def look() -> None:
        async with stage.show() as shown:
            assert "Self-test" not in shown.text

    run(look())


SIZES = {"80x24": (80, 24), "40x12": (40, 12)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
def test_result_screen(*, unicode: bool, size: str, exam: Stage, snapshot: Callable[[str, str], None]) -> None:
    async def look() -> None:
        async with exam.on(Terminal(unicode=unicode)).show(size=SIZES[size]) as shown:
            await begin(shown)
            await shown.press("n", "2", "enter", "1", "enter")
            await shown.press("pagedown")
            await shown.press("n", "n")
            await shown.wait_for("reached")
            assert unicode or shown.text.isascii()
            snapshot(f"result-{'unicode' if unicode else 'ascii'}-{size}", shown.text)

    run(look())
