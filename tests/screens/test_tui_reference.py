"""Glossary, conventions and search: opened from every screen, typed into, and left to exactly where one was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from stage import COURSE, FIVE_WEIGHTS, Shown, Stage, run

from tutor.course.loader import load_course
from tutor.draw.width import display_width
from tutor.mathematics.problem import load_problem
from tutor.terminal import Terminal
from tutor.tui.keyboard.keymap import USUAL
from tutor.tui.keyboard.keys import TYPING, ScreenName
from tutor.tui.screens.practice import practice_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen

LESSONS = Path(__file__).parents[2] / "lessons"
TERMINALS = {"unicode": Terminal(), "ascii": Terminal(unicode=False), "colourless": Terminal(colour=False)}
SIZES = {"80x24": (80, 24), "40x12": (40, 12), "120x40": (120, 40)}


@pytest.fixture
def shelf(stage: Stage, tmp_path: Path) -> Stage:
    """A stage whose course has a glossary and conventions of its own."""
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder)
    for name in ("glossary.md", "conventions.md"):
        shutil.copy(LESSONS / name, folder / name)
    return Stage(replace(stage.services, course=load_course(folder)))


def chosen(shown: Shown) -> str:
    (row,) = [line for line in shown.lines if line.startswith((" > ", "> "))]
    return " ".join(row.split())


async def to_page(shown: Shown, page: int) -> None:
    await shown.press("enter")
    await shown.wait_for("page 1 of 4")
    await shown.press(*["n"] * (page - 1))
    await shown.wait_for(f"page {page} of 4")


def test_the_words_of_the_page_come_first_and_escape_leads_back(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await to_page(shown, 2)
            before = shown.text
            await shown.press("g")
            await shown.wait_for("Glossary")
            near = [line for line in shown.lines if "on this page" in line]
            assert near
            assert shown.lines[3:].index(near[0]) < shown.lines[3:].index("   Conventions of this course")
            for line in near:
                assert any(word in before.lower() for word in line.split("on this page")[0].strip("> ").split()[:1])
            await shown.press("escape")
            assert shown.text == before

    run(look())


def test_typing_narrows_the_list_and_entries_lead_to_each_other(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("g")
            await shown.type("lear")
            assert "of 123 words" in shown.lines[0]
            assert chosen(shown).startswith("> learning")
            await shown.press("down")
            await shown.type("ning rate")
            assert chosen(shown).startswith("> learning rate")  # the cursor goes to the best row
            await shown.press("enter")
            assert shown.lines[0].startswith(" Glossary: learning rate")
            await shown.press("2")
            assert shown.lines[0].startswith(" Glossary: hyperparameter")
            await shown.press("escape")
            assert shown.lines[0].startswith(" Glossary: learning rate")
            await shown.press("9")  # no such neighbour
            await shown.press("g")
            assert "learning rate_" in shown.text
            await shown.press("ctrl+u")
            assert "123 of 123" in shown.text
            await shown.type("zzz")
            assert "No word begins with" in shown.text
            await shown.press("enter", "down", "pagedown")
            await shown.press("escape")
            assert "0 of 2 lessons done" in shown.text

    run(look())


def test_greek_and_indices_are_found_however_they_are_written(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            for text in ("eta", "η", "ETA"):
                await shown.press("g")
                await shown.type(text)
                assert chosen(shown).startswith("> learning rate")
                await shown.press("escape")

    run(look())


def test_the_conventions_stand_at_home_and_in_the_glossary(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("c")
            await shown.wait_for("Conventions")
            assert "stands for" in shown.text
            await shown.press("escape", "g")
            await shown.wait_for("Word _")
            while "Conventions" not in chosen(shown):
                await shown.press("down")
            await shown.press("enter")
            assert "stands for" in shown.text
            await shown.press("escape")
            assert "Conventions" in chosen(shown)

    run(look())


def test_a_search_leads_to_the_very_page_and_back(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("slash")
            await shown.type("measured again")
            await shown.wait_for("1 found")
            assert chosen(shown).endswith("page 4")
            await shown.press("enter")
            await shown.wait_for("page 4 of 4")
            assert "measured again" in shown.text
            await shown.press("escape")
            assert "measured again_" in shown.text
            await shown.press("escape")
            assert chosen(shown).startswith("> Continue 4.1")
            assert "page 4 of 4" in shown.text

    run(look())


def test_a_search_from_a_lesson_turns_its_own_pages(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await to_page(shown, 2)
            depth = len(shown.app.screen_stack)
            await shown.press("slash")
            await shown.type("measured again")
            await shown.wait_for("1 found")
            await shown.press("enter")
            await shown.wait_for("page 4 of 4")
            assert len(shown.app.screen_stack) == depth

    run(look())


def test_conventions_are_found_and_opened_at_their_chapter(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("slash")
            await shown.type("kinks")
            await shown.wait_for("found")
            assert "convention" in chosen(shown)
            await shown.press("enter")
            assert shown.lines[2] == " Kinks"

    run(look())


def test_keys_typed_ahead_of_the_search_are_not_lost(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("slash", *"adamw")
            await shown.wait_for("found")
            assert chosen(shown).startswith("> AdamW")

    run(look())


def five_weights(services: Services) -> TutorScreen:
    return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())


def test_from_a_worksheet_the_glossary_opens_after_a_question_mark(shelf: Stage) -> None:
    async def look() -> None:
        async with shelf.show(five_weights) as shown:
            await shown.wait_for("0 of 34")
            await shown.type("2g")
            before = shown.text
            await shown.press("question_mark", "g")
            await shown.wait_for("Glossary")
            await shown.press("escape")
            assert shown.text == before
            await shown.press("question_mark", "slash")
            await shown.wait_for("Search")
            await shown.press("escape")
            assert shown.text == before

    run(look())


def test_every_page_has_the_glossary_and_the_search() -> None:
    without = {"glossary", "search", "palette", "ask", "preparing", "help"}
    screens: tuple[ScreenName, ...] = get_args(ScreenName)
    for screen in screens:
        names = {action.name for action in USUAL.actions_of(screen)}
        assert ({"glossary", "search"} <= names) == (screen not in without), screen
        if screen in TYPING - without:
            letter = USUAL.find_letter(screen, "g")
            assert letter is not None
            assert letter.name == "glossary"


def test_a_course_without_these_files_says_so(stage: Stage) -> None:
    async def look() -> None:
        async with stage.show(size=(40, 12)) as shown:
            await shown.press("g")
            await shown.wait_for("no glossary")
            await shown.press("enter", "escape", "c")
            await shown.wait_for("conventions.md")
            await shown.press("escape", "slash")
            await shown.type("weight")
            await shown.wait_for("found")
            assert chosen(shown).startswith("> 4.1 One weight")

    run(look())


def test_a_fault_in_the_glossary_is_told(shelf: Stage) -> None:
    path = shelf.services.course.folder / "glossary.md"
    path.write_text("# Glossary\n\n## a\n\nSee also: nothing\n", encoding="utf-8")

    async def look() -> None:
        async with shelf.show() as shown:
            await shown.press("g")
            await shown.wait_for("This file has a fault")
            assert "glossary.md:3" in "".join(shown.text.split())
            await shown.press("escape", "slash")
            await shown.type("weight")
            await shown.wait_for("found")

    run(look())


async def glossary_page(shown: Shown) -> None:
    await to_page(shown, 2)
    await shown.press("g")
    await shown.wait_for("Conventions of")


async def entry_page(shown: Shown) -> None:
    await shown.press("g")
    await shown.type("eta")
    await shown.press("enter")
    await shown.wait_for("update rule")


async def search_page(shown: Shown) -> None:
    await shown.press("slash")
    await shown.type("w weight")
    await shown.wait_for("found")


async def conventions_page(shown: Shown) -> None:
    await shown.press("c")
    await shown.wait_for("here")


PAGES = {"glossary": glossary_page, "entry": entry_page, "search": search_page, "conventions": conventions_page}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("page", PAGES)
def test_screen(page: str, terminal: str, size: str, shelf: Stage, snapshot: Callable[[str, str], None]) -> None:
    kind = TERMINALS[terminal]

    async def look() -> None:
        async with shelf.on(kind).show(size=SIZES[size]) as shown:
            await PAGES[page](shown)
            assert len(shown.lines) == SIZES[size][1]
            assert max(map(display_width, shown.lines)) <= SIZES[size][0]  # a mark takes no column
            assert kind.unicode or shown.text.isascii()
            if not kind.colour:
                assert not [style for style in shown.styles if style.color is not None and not style.color.is_default]
            snapshot(f"{page}-{'unicode' if kind.unicode else 'ascii'}-{size}", shown.text)

    run(look())
