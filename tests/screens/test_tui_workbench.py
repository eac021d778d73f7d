"""The workbench as learners use it: typing, what it is read as, every way to work with it, saving, coming back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from stage import FIVE_WEIGHTS, Shown, Stage, run

from tutor.mathematics.problem import load_problem
from tutor.practice.workbench.reading import MOST_CHARACTERS, read_bench
from tutor.study.editing import LIMIT
from tutor.study.workbench.bench import ACTIVITY, load_bench
from tutor.study.workbench.text import Text
from tutor.terminal import Terminal
from tutor.tui.screens.practice import derivation_screen, practice_screen
from tutor.tui.workbench.screen import BenchScreen

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen

Snapshot = Callable[[str, str], None]
TERMINALS = {"unicode": Terminal(), "ascii": Terminal(unicode=False)}
SIZES = {"80x24": (80, 24), "40x12": (40, 12), "120x40": (120, 40)}

NETWORK = """h = (x1 + w1x2)^2
E = (t - h)^2
x1 = 3, x2 = 2, t = 24
w1 = 1
eta = 0.01"""


def bench(services: Services) -> TutorScreen:
    return BenchScreen(services, load_bench(services))


def show(stage: Stage, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Shown]:
    return stage.show(bench, size)


async def network(shown: Shown) -> None:
    await shown.paste(NETWORK)
    await shown.wait_for("(x1 + w1·x2)²" if not shown.text.isascii() else "(x1 + w1*x2)^2")


async def page(shown: Shown) -> None:
    await network(shown)
    await shown.press("f2")
    await shown.wait_for("What to do with it")


async def open_row(shown: Shown, label: str) -> None:
    await shown.press("pageup")
    for _ in range(12):
        if f"> {label}" in shown.text:
            break
        await shown.press("down")
    assert f"> {label}" in shown.text, shown.text
    await shown.press("enter")


async def ask_path(shown: Shown, text: str) -> None:
    await shown.press("ctrl+u")
    await shown.paste(text)
    await shown.press("enter")


# -- what it looks like


async def empty(shown: Shown) -> None:
    await shown.wait_for("function of one")


async def faulty(shown: Shown) -> None:
    await shown.type("f = x +")
    await shown.wait_for("Line 1, column 8")


async def asking(shown: Shown) -> None:
    await shown.type("f = x^2 + 3*y")
    await shown.wait_for("No number yet")
    await shown.press("f2")
    await shown.wait_for("x has no number yet")


async def cells(shown: Shown) -> None:
    await page(shown)
    await open_row(shown, "Chosen cells")
    await shown.wait_for("Which cells")
    await shown.press("d", "x")


async def help_page(shown: Shown) -> None:
    await shown.press("question_mark")
    await shown.wait_for("Keys of this page: bench")


PICTURES = {
    "empty": empty,
    "network": network,
    "faulty": faulty,
    "asking": asking,
    "page": page,
    "cells": cells,
    "help": help_page,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("name", PICTURES)
def test_workbench_screen(name: str, terminal: str, size: str, stage: Stage, snapshot: Snapshot) -> None:
    async def look() -> None:
        async with show(stage.on(TERMINALS[terminal]), SIZES[size]) as shown:
            await PICTURES[name](shown)
            columns, rows = SIZES[size]
            assert len(shown.lines) == rows
            assert all(len(line) <= columns for line in shown.lines)
            assert terminal == "unicode" or shown.text.isascii()
            snapshot(f"workbench-{name}-{terminal}-{size}", shown.text)

    run(look())


@pytest.mark.parametrize("name", PICTURES)
def test_without_colour_the_words_are_the_same(name: str, stage: Stage, snapshot: Snapshot) -> None:
    async def look() -> None:
        async with show(stage.on(Terminal(colour=False))) as shown:
            await PICTURES[name](shown)
            snapshot(f"workbench-{name}-unicode-80x24", shown.text)
            assert not any(style.color and not style.color.is_default for style in shown.styles)

    run(look())


# -- from typing to working


def test_a_function_is_typed_and_asked_for_its_numbers_and_worked_by_hand(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await asking(shown)
            await ask_path(shown, "abc")
            await shown.wait_for("A number is needed")
            await ask_path(shown, "1/2")
            await shown.wait_for("y has no number yet")
            await ask_path(shown, "-2")
            await shown.wait_for("What to do with it")
            assert "x = 0.5  y = -2" in shown.text
            await open_row(shown, "Worksheet")
            await shown.wait_for("0 of 3 cells")
            await shown.type("-5.75")  # 1/4 − 6
            await shown.press("enter")
            await shown.type("1")  # 2·(1/2)
            await shown.press("enter")
            await shown.wait_for("2 of 3 cells")
            await shown.press("escape")
            await shown.wait_for("What to do with it")
            await shown.press("escape")
            await shown.wait_for("how it is read")
            assert "  2 x = 1/2" in shown.text

    run(work())


def test_every_way_to_work_with_a_network(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await page(shown)
            await open_row(shown, "Derivation")
            await shown.wait_for("h = (x1 + w1·x2)² = (3 + 1·2)² = 25")
            await shown.press("escape")
            await shown.wait_for("What to do with it")
            await open_row(shown, "Lab")
            await shown.wait_for("step 0")
            await shown.press("s")
            await shown.wait_for("w1 1 − 0.01·40 = 0.6")  # 2·(25 − 24)·2·5·2
            await shown.press("escape")
            await shown.wait_for("What to do with it")
            await open_row(shown, "All of it")
            await shown.wait_for("E as small as can be")
            await shown.press("escape")
            await open_row(shown, "Worksheet")
            await shown.wait_for("0 of 5 cells")
            await shown.press("f8")
            await shown.wait_for("Forward pass")

    run(work())


def test_only_the_chosen_cells_are_blank(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await page(shown)
            await open_row(shown, "Chosen cells")
            await shown.wait_for("5 blank, 0 given")
            await shown.press("u")
            assert "1 blank, 4 given" in shown.lines[0]
            await shown.press("space", "down", "x")
            assert "2 blank, 2 given" in shown.lines[0]
            await shown.press("enter")
            await shown.wait_for("0 of 2 cells")
            assert "∂E/∂w1  40" in shown.text
            assert "E       1 " not in shown.text
            await shown.type("25")
            await shown.press("enter")
            await shown.wait_for("1 of 2 cells")
            await shown.press("escape")
            await shown.wait_for("2 blank, 2 given")
            await shown.press("a", "home", "u", "pagedown", "space")
            assert "0 blank" in shown.lines[0]
            await shown.press("enter")
            await shown.wait_for("Make at least one cell blank.")

    run(work())


def test_each_choice_is_a_worksheet_of_its_own_and_is_there_again(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await page(shown)
            await open_row(shown, "Chosen cells")
            await shown.wait_for("Which cells")
            await shown.press("u", "enter")
            await shown.wait_for("0 of 1 cell")
            await shown.type("0.6")
            await shown.press("enter")
            await shown.wait_for("1 of 1 cell")
            await shown.press("escape", "d", "enter")
            await shown.wait_for("0 of 2 cells")
            await shown.press("escape", "u", "enter")
            await shown.wait_for("1 of 1 cell")

    run(work())


def test_which_names_are_learned_is_changed_on_the_page(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await page(shown)
            await open_row(shown, "Parameters")
            await shown.wait_for("Which names are learned?")
            await ask_path(shown, "w1, E")
            await shown.wait_for("E cannot be a parameter")
            await ask_path(shown, "w1, x2")
            await shown.wait_for("given       x1 = 3  t = 24")
            assert "parameters  x2 = 2  w1 = 1" in shown.text or "parameters  w1 = 1  x2 = 2" in shown.text
            await shown.press("escape")
            await shown.wait_for("parameters: w1, x2")

    run(work())


def test_the_place_of_a_fault_is_where_the_caret_goes(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await shown.paste("f = x +* y\nx = 1")
            await shown.wait_for("Line 1, column 8")
            await shown.press("f2")
            await shown.press("delete")
            await shown.wait_for("f = x + y")
            await shown.press("f2")
            await shown.wait_for("y has no number yet")

    run(work())


# -- files


def test_a_problem_is_saved_and_opened_again(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "mine"

    async def work() -> None:
        async with show(stage, (120, 30)) as shown:
            await page(shown)
            await open_row(shown, "Save")
            await shown.wait_for("e-in-2-steps.toml")
            await ask_path(shown, str(tmp_path / "no" / "x"))
            await shown.wait_for("There is no folder")
            await ask_path(shown, str(path))
            await shown.wait_for("Saved as")
            await open_row(shown, "Save")
            await ask_path(shown, str(path))
            await shown.wait_for("stays as it is")
            await shown.press("escape", "escape")
            await shown.press("f3")
            await shown.wait_for("Which problem file?")
            await ask_path(shown, str(tmp_path / "none.toml"))
            await shown.wait_for("cannot be read")
            await ask_path(shown, str(tmp_path))
            await shown.wait_for("this is not a file")
            await ask_path(shown, str(tmp_path / "mine.toml"))
            await shown.wait_for("What to do with it")
            assert "steps       h = (x1 + w1·x2)²" in shown.text
            await open_row(shown, "Change it")
            await shown.wait_for('h = "(x1 + w1*x2)^2"')
            assert "  1 title" in shown.text
            await shown.press("f4")
            await shown.wait_for("  1 h = (x1 + w1x2)^2")

    run(work())
    problem = load_problem(tmp_path / "mine.toml")
    assert [step.text for step in problem.steps.values()] == ["(x1 + w1*x2)^2", "(t - h)^2"]


def test_a_worksheet_of_a_file_leads_to_the_page_and_to_the_workbench(stage: Stage) -> None:
    def first(services: Services) -> TutorScreen:
        return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())

    async def work() -> None:
        async with stage.show(first) as shown:
            await shown.wait_for("0 of 34 cells")
            await shown.press("question_mark", "b")
            await shown.wait_for("What to do with it")
            await open_row(shown, "Change it")
            await shown.wait_for("h1 = (x1 + w1·x2)²")
            assert "  1 # A network" in shown.text
            await shown.press("escape")
            await shown.wait_for("What to do with it")

    run(work())


# -- nothing is lost


def test_what_is_typed_is_there_the_next_time_with_what_it_was_before(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await shown.type("f = x^2")
            await shown.press("escape")
        async with show(stage) as shown:
            assert "  1 f = x^2_" in shown.text
            assert "function    f = x²" in shown.text
            await shown.press("f8")
            await shown.wait_for("Type a function")
            await shown.press("escape")
        async with show(stage) as shown:
            assert "f = x^2" not in shown.lines[1]
            await shown.press("f4")
            await shown.wait_for("function    f = x²")
            await shown.press("f5")
            await shown.wait_for("Type a function")

    run(work())


def test_what_is_typed_is_kept_without_leaving(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await shown.type("f = q")
            for _ in range(300):
                if stage.services.store.events(ACTIVITY):
                    break
                await shown.pilot.pause(0.02)
            assert [event.text for event in stage.services.store.events(ACTIVITY)] == ["f = q"]

    run(work())


def test_a_change_of_size_loses_nothing(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await network(shown)
            for size in ((40, 12), (20, 5), (100, 30), (80, 24)):
                await shown.pilot.resize_terminal(*size)
                await shown.pilot.pause()
            assert "  5 eta = 0.01_" in shown.text
            assert "update      sgd, η = 0.01" in shown.text

    run(work())


# -- whatever is typed or pasted


def test_a_pasted_problem_file_is_read_as_one(stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await shown.paste(FIVE_WEIGHTS.read_text().replace("\n", "\r"))
            await shown.wait_for("h1 = (x1 + w1·x2)²")
            await shown.press("f2")
            await shown.wait_for("What to do with it")
            assert "Five weights, one example" in shown.lines[0]
            assert "Parameters" not in shown.text

    run(work())


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("f = " + "(" * 10_000, "not all of it was taken"),
        ("f = " + "(" * 1_000, "Too many brackets"),
        ("f = \x1b[2J\x07x", "This [ is never closed"),
        ("\u202ef = x", "function"),
        ("שלום = 3\nf = שלום^2", "???? = 3"),
        ("=\n" * 4_000, "Before = stands a name"),
    ],
)
def test_hostile_text_is_shown_harmlessly_and_answered(pasted: str, says: str, stage: Stage) -> None:
    async def work() -> None:
        async with show(stage) as shown:
            await shown.paste(pasted)
            await shown.wait_for(says)
            assert "\x1b" not in shown.text
            assert "\u202e" not in shown.text
            assert len(shown.lines) == 24
            await shown.press("f2", "escape")

    run(work())


def test_a_long_derivation_is_scrolled_to_its_end(stage: Stage) -> None:
    chain = "\n".join(f"s{place} = s{place - 1}*w + 1" if place else "s0 = w" for place in range(12))

    def first(services: Services) -> TutorScreen:
        problem = read_bench(f"{chain}\nw = 1\neta = 0.1").problem
        assert problem is not None
        return derivation_screen(services, problem)

    async def work() -> None:
        async with stage.show(first) as shown:
            await shown.wait_for("Forward pass")
            for _ in range(200):
                if "more" not in shown.lines[-1]:
                    break
                await shown.press("pagedown")
            assert "w@1 = w − η·" in shown.text
            await shown.press("pageup", "pageup")
            assert "more" in shown.lines[-1]

    run(work())


# -- the text alone


def test_rows_are_broken_and_joined() -> None:
    text = Text.of("ab\ncd").at(0, 1).insert("\n")
    assert text.rows == ("a", "b", "cd")
    assert text.edit("rub out").text == "ab\ncd"
    assert text.edit("caret left").edit("delete").text == "ab\ncd"
    assert text.at(2, 0).edit("rub out word").text == "a\nbcd"
    assert text.at(0, 1).edit("caret right").row == 1
    assert text.at(0, 0).edit("rub out") == text.at(0, 0)
    assert text.at(2, 2).edit("delete") == text.at(2, 2)
    assert text.move(5).row == 2
    assert Text.of("abc").insert("1\n2\n3").rows == ("abc1", "2", "3")


def test_rows_that_would_get_too_long_are_not_joined() -> None:
    long = "x" * LIMIT
    text = Text.of(f"{long}\ny").at(1, 0)
    assert text.edit("rub out").text == text.text
    assert Text.of(long).at(0, 5).insert("a\nb").text == "xxxxxa\n" + "b" + long[5:]


def test_typing_is_undone_word_by_word_and_everything_else_one_by_one(stage: Stage) -> None:
    bench = load_bench(stage.services)
    for character in "f = x":
        bench.type(character)
    bench.new_line()
    bench.paste("x = 3\r\nq\t= 4\n")
    assert bench.text.text == "f = x\nx = 3\nq   = 4\n"
    seen = []
    while bench.can_undo:
        bench.undo()
        seen.append(bench.text.text)
    assert seen == ["f = x\n", "f = x", "f = ", "f =", "f ", "f", ""]
    while bench.can_redo:
        bench.redo()
    assert bench.text.text == "f = x\nx = 3\nq   = 4\n"


def test_a_full_text_takes_no_more_and_says_so(stage: Stage) -> None:
    bench = load_bench(stage.services)
    bench.paste("\n".join(["x" * 99] * (MOST_CHARACTERS // 100)))
    assert len(bench.text.text) == MOST_CHARACTERS - 1
    bench.paste("abc")
    assert len(bench.text.text) == MOST_CHARACTERS
    assert "not all of it" in bench.said
    for add in (lambda: bench.type("y"), bench.new_line):
        add()
        assert len(bench.text.text) == MOST_CHARACTERS
        assert "no room" in bench.said
