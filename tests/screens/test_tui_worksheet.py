"""Working on a worksheet: what is said, what is kept, and what is there again."""

from __future__ import annotations

import asyncio
from threading import Event as ThreadEvent
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage import FIVE_WEIGHTS, NOW, Shown, Stage, run

from tutor.learner.events import Event, EventMaker
from tutor.learner.store import open_store
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.study.session import Session
from tutor.tui.screens.practice import practice_screen

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tutor.mathematics.worksheet import Worksheet
    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen


def five_weights(services: Services) -> TutorScreen:
    return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())


def row(shown: Shown, label: str) -> str:
    """Return what stands behind the name of a cell."""
    rows = [line.partition("│")[2] for line in shown.lines]
    (found,) = [line.partition(f" {label} ")[2].split() for line in rows if f" {label} " in line + " "]
    return " ".join(found)


async def answer(shown: Shown, text: str) -> None:
    await shown.press("ctrl+u")
    await shown.type(text)
    await shown.press("enter")


async def begin(shown: Shown) -> None:
    await shown.wait_for("0 of 34 cells")


def working(stage: Stage, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Shown]:
    return stage.show(five_weights, size)


def test_a_right_answer_is_said_and_leads_on(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "(3+1*2)^2")
            assert row(shown, "h1") == "(3+1*2)^2 ok"
            assert "read as (3 + 1·2)^2" in shown.text
            assert row(shown, "> h2") == "_"
            assert "1 of 34 cells" in shown.text

    run(work())


def test_a_wrong_answer_stays_in_its_cell_with_its_reason(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "24")
            assert row(shown, "> h1") == "24_ x"
            assert shown.lines[20].startswith(" x  ")
            assert len(shown.lines[20]) > 10
            await answer(shown, "25")
            assert row(shown, "h1") == "25 ok"

    run(work())


def test_a_new_answer_is_typed_over_a_wrong_one(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "24")
            assert row(shown, "> h1") == "24_ x"
            await shown.type("25")
            assert row(shown, "> h1").startswith("25_")
            await shown.press("enter")
            await shown.wait_for("1 of 34 cells")

    run(work())


def test_a_wrong_answer_can_be_mended_where_it_is_wrong(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "35")
            await shown.press("home", "delete")
            await shown.type("2")
            assert row(shown, "> h1").startswith("25")

    run(work())


def test_later_cells_follow_and_are_marked_anew_when_an_earlier_one_changes(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "25")
            await answer(shown, "13")
            await shown.press("down")
            await answer(shown, "38")
            assert row(shown, "y") == "38 follows"
            await shown.press("up", "up")
            await answer(shown, "12")
            assert row(shown, "> y") == "38_ x"
            assert "Marked anew: y." in shown.text

    run(work())


def test_cells_filled_in_first_are_checked_together_and_the_first_wrong_step_is_named(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            assert "check all" not in shown.lines[-1]
            for text in ("25", "13", "38", "196", "28"):
                await shown.type(text)
                await shown.press("down")
            assert "F7 check all" in shown.lines[-1]
            await shown.press("f7")
            await shown.wait_for("4 of 34 cells")
            assert "5 cells checked. The first wrong step is h2." in shown.text
            assert "Right from your h2, and credited: y, E, ∂E/∂y." in shown.text
            assert row(shown, "> h2") == "13_ x"
            assert row(shown, "∂E/∂y") == "28 follows"

    run(work())


def test_what_cannot_be_read_is_said_when_all_is_checked(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.type("25")
            await shown.press("down")
            await shown.type("2*(")
            await shown.press("f7")
            await shown.wait_for("1 of 34 cells")
            assert "1 cell checked. No step is wrong." in shown.text
            assert "h2 cannot be read:" in shown.text
            await shown.press("ctrl+u")
            await shown.type("12")
            await shown.press("question_mark", "c")
            await shown.wait_for("2 of 34 cells")
            await shown.press("f7")
            assert "Every cell that is filled in has been checked." in shown.text

    run(work())


def test_an_unreadable_answer_costs_nothing_and_blocks_nothing(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "2*(37-")
            assert shown.lines[20].startswith(" ?  ")
            await shown.press("down")
            await answer(shown, "12")
            assert row(shown, "h2") == "12 ok"
            assert row(shown, "h1") == "2*(37- unchecked"
            await shown.press("up", "up")
            assert row(shown, "> h1").startswith("2*(37-")

    run(work())


def test_the_caret_goes_to_the_place_that_cannot_be_read(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await answer(shown, "25 $")
            await shown.press("delete")
            await shown.press("enter")
            assert row(shown, "h1") == "25 ok"

    run(work())


def test_the_verdict_is_shown_only_when_the_answer_is_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, allowed = asyncio.Event(), ThreadEvent()
    record = stage.services.store.record
    loops: list[asyncio.AbstractEventLoop] = []

    def slowly(event: Event) -> bool:
        loops[0].call_soon_threadsafe(asked.set)
        allowed.wait(20)
        return record(event)

    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.type("25")
            loops.append(asyncio.get_running_loop())
            monkeypatch.setattr(stage.services.store, "record", slowly)
            press = asyncio.create_task(shown.press("enter"))
            await asked.wait()
            await asyncio.sleep(0.1)
            assert "ok" not in row(shown, "> h1")
            allowed.set()
            await press
            assert row(shown, "h1") == "25 ok"

    run(work())


def test_hints_say_more_each_time_and_the_value_shown_is_marked(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            said = []
            for _ in range(3):
                await shown.press("f2")
                assert shown.lines[20].startswith(" hint  ")
                said.append(shown.lines[20])
            assert len(set(said)) == 3
            await shown.press("f3")
            assert row(shown, "h1") == "25 shown"
            assert row(shown, "> h2") == "_"

    run(work())


def test_asking_why_counts_as_being_told(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.press("f4")
            assert shown.lines[20].startswith(" why  h1 = ")
            desk = shown.app.screen._desk
            await answer(shown, "25")
            assert not desk.worksheet.entry("h1").is_solved_alone

    run(work())


def test_what_was_typed_and_not_checked_is_there_again(stage: Stage) -> None:
    async def leave() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.type("12.5")
            await shown.press("down")
            await shown.type("7")
            await shown.press("escape")

    async def come_back() -> None:
        async with working(stage) as shown:
            await begin(shown)
            assert row(shown, "h1") == "12.5 unchecked"
            assert row(shown, "> h2") == "7_"
            await shown.press("ctrl+u", "escape")

    async def see_it_gone() -> None:
        async with working(stage) as shown:
            await begin(shown)
            assert row(shown, "h1") == "12.5 unchecked"
            assert row(shown, "> h2") == "_"

    for visit in (leave, come_back, see_it_gone):
        run(visit())


def test_the_help_obeys_the_letters_that_it_lists(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.press("question_mark", "s")
            assert row(shown, "h1") == "25 shown"
            await shown.press("question_mark")
            assert "Keys of this page" in shown.text
            await shown.press("escape")
            assert row(shown, "> h2") == "_"

    run(work())


def test_a_narrow_screen_has_the_problem_on_a_page_of_its_own(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage, (40, 12)) as shown:
            await begin(shown)
            assert "(x1 + w1·x2)²" not in shown.text
            assert "F5 problem" in shown.text
            await shown.press("f5")
            assert "h1 = (x1 + w1·x2)²" in shown.text
            await shown.press("escape")
            await shown.wait_for("> h1")

    run(work())


def test_a_long_message_is_shown_as_far_as_it_fits_and_whole_on_a_page(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage, (40, 12)) as shown:
            await begin(shown)
            await shown.press(*["down"] * 7, "f4")
            assert "F6: the whole message" in shown.text
            await shown.press("f6")
            assert "∂E/∂w1 =" in shown.text
            await shown.press("pagedown")
            await shown.press("escape")
            await shown.wait_for("> ∂E/∂w1")

    run(work())


def test_a_long_paste_is_cut_and_said(stage: Stage) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.app.screen.paste("9" * 5000)
            await shown.wait_for("too long for an answer")
            await shown.press("ctrl+u")
            await shown.app.screen.paste("25\nand more\n")
            await shown.wait_for("first line was taken")
            await shown.press("enter")
            assert row(shown, "h1") == "25 ok"

    run(work())


def test_a_disk_that_fills_up_is_said_below_the_cells_and_stops_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            monkeypatch.setattr(stage.services.store, "take_notice", iter(["The disk is full.", None]).__next__)
            await answer(shown, "25")
            assert "The disk is full." in shown.text
            assert row(shown, "h1") == "25 ok"
            await answer(shown, "12")
            assert "The disk is full." not in shown.text

    run(work())


def test_the_store_is_heard_once(tmp_path: Path, stage: Stage) -> None:
    folder = tmp_path / "protected"
    folder.write_text("a file where the folder should be")
    services = stage.services
    object.__setattr__(services, "store", open_store(folder, lambda: NOW))

    async def work() -> None:
        async with stage.show() as shown:
            await shown.wait_for("cannot be saved")
            await shown.press("enter")
            await shown.wait_for("page 1 of 4")
            assert "cannot be saved" not in shown.text

    run(work())


@pytest.fixture(scope="module")
def blank() -> Worksheet:
    return new_worksheet(derive(load_problem(FIVE_WEIGHTS)))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["h1", "h2", "y", "E", "dE/dy", "dE/dw1", "w1@1"]),
        st.sampled_from(["25", "13", "12", "38", "1/3", "169", "0.5", "2*(", "hint", "shown", "typed 4", "why"]),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_a_worksheet_is_after_a_crash_as_it_was(
    acts: list[tuple[str, str]], blank: Worksheet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(tmp_path_factory.mktemp("store"), lambda: NOW)
    maker = EventMaker("problem:five", lambda: NOW)

    async def work() -> Session:
        session = Session(blank, store, maker)
        for cell, act in acts:
            match act:
                case "hint":
                    await session.hint(cell)
                case "shown":
                    await session.show(cell)
                case "why":
                    await session.why(cell)
                case typed if typed.startswith("typed "):
                    await session.keep_typed({**session.typed, cell: typed})
                case text:
                    await session.answer(cell, text)
        return session

    session = asyncio.run(work())
    store.close()
    again = Session(blank, store, maker)
    assert again.worksheet.entries == session.worksheet.entries
    assert again.typed == session.typed
    store.close()


def test_nothing_is_made_ready_before_the_first_character(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []

    async def note(_: Session, cell: str) -> None:
        prepared.append(cell)

    monkeypatch.setattr(Session, "prepare", note)

    async def work() -> None:
        async with working(stage) as shown:
            await begin(shown)
            await shown.press("down", "up")
            await shown.pilot.pause(0.2)
            assert not prepared
            await shown.type("2")
            while not prepared:
                await shown.pilot.pause(0.01)
            assert prepared == ["h1"]

    run(work())
