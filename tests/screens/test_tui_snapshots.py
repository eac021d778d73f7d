"""What the screens look like, as plain text: in Unicode and in ASCII, with and without colour, small and large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from stage import FIVE_WEIGHTS, Shown, Stage, run

from tutor.mathematics.problem import load_problem
from tutor.terminal import Terminal
from tutor.tui.screens.practice import practice_screen

if TYPE_CHECKING:
    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen

Snapshot = Callable[[str, str], None]

TERMINALS = {"unicode": Terminal(), "ascii": Terminal(unicode=False)}
SIZES = {"80x24": (80, 24), "40x12": (40, 12), "120x40": (120, 40)}


def five_weights(services: Services) -> TutorScreen:
    return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())


async def home(shown: Shown) -> None:
    await shown.wait_for("Start")
    await shown.wait_for("fresh problems")  # what is said of the practice comes last


async def lesson(shown: Shown) -> None:
    await shown.press("enter")
    await shown.wait_for("page 1 of 4")
    await shown.wait_for("next")


async def page_with_worksheet(shown: Shown) -> None:
    await lesson(shown)
    await shown.press("n")
    await shown.wait_for("page 2 of 4")


async def worksheet(shown: Shown) -> None:
    await shown.wait_for("0 of 34")


async def answered(shown: Shown) -> None:
    """A right answer, a wrong one, one that follows from it, one that cannot be read, and a hint taken."""
    await worksheet(shown)
    for text in ("25", "13", "38"):
        await shown.press("ctrl+u")
        await shown.type(text)
        await shown.press("enter", *(["down"] if text == "13" else []))
    await shown.type("2*(38-")
    await shown.press("enter")


async def help_page(shown: Shown) -> None:
    await worksheet(shown)
    await shown.press("question_mark")
    await shown.wait_for("Keys of this page")


LEARNERS = {
    "home": (None, home),
    "lesson": (None, lesson),
    "page-with-worksheet": (None, page_with_worksheet),
    "worksheet": (five_weights, worksheet),
    "worksheet-answered": (five_weights, answered),
    "help": (five_weights, help_page),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("learner", LEARNERS)
def test_screen(learner: str, terminal: str, size: str, stage: Stage, snapshot: Snapshot) -> None:
    first, do = LEARNERS[learner]

    async def look() -> None:
        screens = stage.on(TERMINALS[terminal])
        show = partial(screens.show, first) if first else screens.show
        async with show(size=SIZES[size]) as shown:
            await do(shown)
            assert len(shown.lines) == SIZES[size][1]
            assert max(map(len, shown.lines)) <= SIZES[size][0]
            assert TERMINALS[terminal].unicode or shown.text.isascii()
            snapshot(f"{learner}-{terminal}-{size}", shown.text)

    run(look())


@pytest.mark.parametrize("learner", LEARNERS)
def test_without_colour_the_words_are_the_same_and_nothing_is_coloured(
    learner: str, stage: Stage, snapshot: Snapshot
) -> None:
    first, do = LEARNERS[learner]

    async def look() -> None:
        screens = stage.on(Terminal(colour=False))
        show = partial(screens.show, first) if first else screens.show
        async with show() as shown:
            await do(shown)
            snapshot(f"{learner}-unicode-80x24", shown.text)
            coloured = [style for style in shown.styles if _has_colour(style)]
            assert not coloured

    run(look())


def test_with_colour_only_the_palette_of_the_terminal_is_used(stage: Stage) -> None:
    async def look() -> None:
        async with stage.show(five_weights) as shown:
            await answered(shown)
            colours = {style.color.name for style in shown.styles if style.color} - {"default"}
            assert colours
            assert all("#" not in name and "rgb" not in name for name in colours), colours

    run(look())


@pytest.mark.parametrize("size", [(39, 12), (40, 11), (39, 11), (20, 5)])
@pytest.mark.parametrize("learner", LEARNERS)
def test_a_screen_too_small_says_what_it_needs(learner: str, size: tuple[int, int], stage: Stage) -> None:
    first, _ = LEARNERS[learner]

    async def look() -> None:
        show = partial(stage.show, first) if first else stage.show
        async with show(size=size) as shown:
            await shown.wait_for("needs")
            said = " ".join(shown.text.split())
            assert said == f"gdtutor needs 40x12, this is {size[0]}x{size[1]}."

    run(look())


def _has_colour(style: object) -> bool:
    colours = (getattr(style, "color", None), getattr(style, "bgcolor", None))
    return any(colour is not None and not colour.is_default for colour in colours)
