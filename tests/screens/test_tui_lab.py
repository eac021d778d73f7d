"""The lab as learners use it: steps, going back, settings, runs side by side, steps by hand, codes and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from stage import FIVE_WEIGHTS, Shown, Stage, run

from tutor.lab.presets import PRESETS
from tutor.mathematics.problem import load_problem
from tutor.terminal import Terminal
from tutor.tui.lab.opening import lab_screen
from tutor.tui.screens.practice import practice_screen

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen

Snapshot = Callable[[str, str], None]
TERMINALS = {"unicode": Terminal(), "ascii": Terminal(unicode=False)}
SIZES = {"80x24": (80, 24), "40x12": (40, 12), "120x40": (120, 40)}


def lab(stage: Stage, name: str, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Shown]:
    def first(services: Services) -> TutorScreen:
        return lab_screen(services, PRESETS[name])

    return stage.show(first, size)


async def ready(shown: Shown) -> None:
    await shown.wait_for("step 0")


# -- what it looks like


async def untouched(shown: Shown) -> None:
    del shown


async def three_steps(shown: Shown) -> None:
    await shown.press("s", "s", "s")


async def two_epochs(shown: Shown) -> None:
    await shown.press("S", "S")


async def settings(shown: Shown) -> None:
    await shown.press("s", "c", "down")


PICTURES = {
    "parabola": three_steps,
    "bowl": three_steps,
    "two-starts": three_steps,
    "curved-valley": three_steps,
    "line": two_epochs,
    "xor": two_epochs,
    "batches": two_epochs,
    "circle": settings,
    "saddle": untouched,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("name", PICTURES)
def test_lab_screen(name: str, terminal: str, size: str, stage: Stage, snapshot: Snapshot) -> None:
    async def look() -> None:
        async with lab(stage.on(TERMINALS[terminal]), name, SIZES[size]) as shown:
            await ready(shown)
            await PICTURES[name](shown)
            columns, rows = SIZES[size]
            assert len(shown.lines) == rows
            assert all(len(line) <= columns for line in shown.lines)
            if terminal == "ascii":
                assert shown.text.isascii()
            snapshot(f"lab-{name}-{terminal}-{size}", shown.text)

    run(look())


def test_without_colour_the_signs_are_the_same(stage: Stage) -> None:
    async def look() -> None:
        texts = []
        for terminal in (Terminal(), Terminal(colour=False)):
            async with lab(stage.on(terminal), "xor") as shown:
                await ready(shown)
                await two_epochs(shown)
                texts.append(shown.text)
                if not terminal.colour:
                    assert not any(style.color for style in shown.styles)
        assert texts[0] == texts[1]

    run(look())


# -- what keys do


def test_steps_are_taken_and_taken_back(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("s", "s", "s")
            assert "x1 1.92 − 0.1·3.84 = 1.536" in shown.text
            assert "f fell from 17 to 2.733 in 3 steps, without a rise." in shown.text
            await shown.press("b", "b")
            assert "step 1" in shown.lines[0]
            assert "x1 3 − 0.1·6 = 2.4" in shown.text
            await shown.press("r")
            assert "step 0" in shown.lines[0]
            assert "start: x1 = 3, x2 = 2" in shown.text

    run(work())


def test_it_runs_by_itself_until_it_is_stopped(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "spiral") as shown:
            await ready(shown)
            await shown.press("plus", "plus", "plus", "space")
            await shown.wait_for("Running, 1000 steps a second.")
            await shown.wait_for("epoch 5")
            await shown.press("space")
            before = shown.lines[0]
            await shown.pilot.pause(0.3)
            assert shown.lines[0] == before
            assert "Running" not in shown.text

    run(work())


def test_a_run_stops_by_its_rule(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("c")
            await choose(shown, "stop")
            await shown.press("enter")
            await shown.wait_for("Which value?")
            await shown.type("loss 0.5")
            await shown.press("enter")
            await shown.wait_for("loss < 0.5")
            await shown.press("plus", "plus", "plus", "space")
            await shown.wait_for("Stopped when the loss is below 0.5.")
            assert "step 7" in shown.lines[0]

    run(work())


async def choose(shown: Shown, name: str) -> None:
    """Bring the cursor of the settings to one of them."""
    for _ in range(30):
        if f"> {name} " in shown.text:
            return
        await shown.press("down")
    raise AssertionError(f"no setting {name}:\n{shown.text}")


def test_settings_are_turned_and_typed_in_the_middle_of_a_run(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "xor") as shown:
            await ready(shown)
            await shown.press("s", "s", "e")
            assert "η 0.05  adam  step 2" in shown.lines[0]
            await shown.press("E", "E", "o")
            assert "η 0.02  adamw  step 2" in shown.lines[0]
            await shown.press("c")
            await choose(shown, "hidden layers")
            await shown.press("enter")
            await shown.wait_for("Which value?")
            await shown.press("ctrl+u")
            await shown.type("3,x")
            await shown.press("enter")
            await shown.wait_for("is no whole number")
            await shown.press("ctrl+u")
            await shown.type("3,2")
            await shown.press("enter")
            await shown.wait_for("2-3-2-1")
            assert "step 0" in shown.lines[0]

    run(work())


def test_escape_puts_the_settings_away_first(stage: Stage) -> None:
    async def work() -> None:
        async with stage.show() as shown:
            await to_row(shown, "parabola")
            await ready(shown)
            await shown.press("c")
            assert "Settings" in shown.text
            await shown.press("escape")
            assert "Settings" not in shown.text
            await shown.press("escape")
            await shown.wait_for("Lab: watch it learn")

    run(work())


def test_runs_stand_side_by_side(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("a", "a", "s", "s")
            assert [label in shown.text for label in (" sgd", " momentum", ">nesterov")] == [True] * 3
            assert "is lowest" in shown.text
            await shown.press("w")
            assert ">sgd" in shown.text
            await shown.press("v")
            assert "loss" in shown.lines[1]
            await shown.press("x", "x", "x")
            assert "This is the only run." in shown.text

    run(work())


def test_a_step_is_seen_as_a_table_and_worked_by_hand(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("h")
            assert "No step has been taken yet." in shown.text
            await shown.press("s", "s", "h")
            await shown.wait_for("Step 2 by hand")
            await shown.wait_for("x1@1 = x1 − η·∂f/∂x1 = 2.4 − 0.1·4.8 = 1.92")
            await shown.press("enter")
            await shown.wait_for("0 of 5 cells")
            await shown.type("8.64")
            await shown.press("enter")
            await shown.wait_for("1 of 5 cells")
            await shown.press("escape", "escape")
            await shown.wait_for("step 2")

    run(work())


def test_the_next_step_is_worked_by_hand_and_then_taken(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("H")
            await shown.wait_for("0 of 5 cells")
            for text in ("17", "6", "8", "2.4", "1.2"):
                await shown.type(text)
                await shown.press("enter")
            await shown.wait_for("All 5 cells are filled in")
            await shown.press("enter")
            await shown.wait_for("Step 1 is taken: it is the one that you worked by hand.")
            assert "step 1" in shown.lines[0]

    run(work())


def test_a_problem_file_has_a_worksheet_a_derivation_and_a_lab(stage: Stage) -> None:
    def first(services: Services) -> TutorScreen:
        return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())

    async def work() -> None:
        async with stage.show(first) as shown:
            await shown.wait_for("0 of 34 cells")
            await shown.press("f8")
            await shown.wait_for("h1 = (x1 + w1·x2)² = (3 + 1·2)² = 25")
            await shown.press("escape")
            await shown.wait_for("0 of 34 cells")
            await shown.press("question_mark", "l")
            await shown.wait_for("step 0")
            await shown.press("s")
            assert "w1 1 − 0.0001·520 = 0.948" in shown.text
            await shown.press("escape")
            await shown.wait_for("0 of 34 cells")

    run(work())


def test_a_code_brings_a_lab_back(stage: Stage) -> None:
    async def work() -> None:
        async with lab(stage, "xor") as shown:
            await ready(shown)
            await shown.press("e", "k")
            await shown.wait_for("This lab has the code")
            code = shown.text.partition("has the code ")[2].split()[0].rstrip(".")
            await shown.press("escape")
        async with lab(stage, "bowl") as shown:
            await ready(shown)
            await shown.press("k")
            await shown.wait_for("This lab has the code")
            await shown.type("NOCODE")
            await shown.press("enter")
            await shown.wait_for("slip in it")
            await shown.press("ctrl+u")
            await shown.type(code)
            await shown.press("enter")
            await shown.wait_for("xor, network 2-4-1")
            assert "η 0.05  adam" in shown.lines[0]

    run(work())


def test_the_menu_leads_to_a_function_of_ones_own(stage: Stage) -> None:
    async def work() -> None:
        async with stage.show() as shown:
            await shown.wait_for("Lab")
            await to_own(shown, "A function of your own")
            await shown.type("x^3 +")
            await shown.press("enter")
            await shown.wait_for("missing")
            await shown.press("ctrl+u")
            await shown.type("f(x, y) = (x-1)² + xy + y²")
            await shown.press("enter")
            await shown.wait_for("where does it start?")
            await shown.press("enter")
            await shown.wait_for("step 0")
            assert "f = (x − 1)² + x·y + y²" in shown.lines[0]
            await shown.press("s")
            assert "gradient (1, 3)" in shown.text
            await shown.press("escape")
            await shown.wait_for("Lab: watch it learn")

    run(work())


async def to_row(shown: Shown, label: str) -> None:
    """Open a row of the lab's menu."""
    await shown.wait_for("Lab")
    while "> Lab" not in shown.text:
        await shown.press("down")
    await shown.press("enter")
    await shown.wait_for("Lab: watch it learn")
    for _ in range(30):
        if f"> {label}" in shown.text:
            break
        await shown.press("down")
    await shown.press("enter")


async def to_own(shown: Shown, label: str) -> None:
    """Open one of the rows that ask for something."""
    await to_row(shown, label)
    await shown.wait_for("> _" if "function" in label else "Type")


def test_the_menu_leads_to_files_of_ones_own(stage: Stage, tmp_path: Path) -> None:
    points = tmp_path / "points.csv"
    points.write_text(
        "a,b,label\n" + "\n".join(f"{x},{y},{'in' if x * y > 4 else 'out'}" for x in range(6) for y in range(6))
    )
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,2\n3\n")

    async def work() -> None:
        async with stage.show() as shown:
            await shown.wait_for("Lab")
            await to_own(shown, "A CSV file")
            await shown.paste(str(tmp_path / "missing.csv"))
            await shown.press("enter")
            await shown.wait_for("cannot be read")
            await shown.press("ctrl+u")
            await shown.paste(str(broken))
            await shown.press("enter")
            await shown.wait_for("This cannot be run")
            assert "broken.csv:3" in shown.text.replace("\n", "").replace(" ", "")
            await shown.press("escape")
            await shown.press("enter")
            await shown.wait_for("Type its path")
            await shown.paste(str(points))
            await shown.press("enter")
            await shown.wait_for("points, network 2-8-1")
            await shown.press("S", "escape")
            await shown.wait_for("Lab: watch it learn")
            await shown.press("up", "up", "enter")
            await shown.wait_for("Type its path")
            await shown.paste(str(FIVE_WEIGHTS))
            await shown.press("enter")
            await shown.wait_for("Five weights, one example")
            await shown.press("s")
            assert "step 1" in shown.lines[0]

    run(work())
