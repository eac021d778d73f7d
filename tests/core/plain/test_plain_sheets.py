"""Worksheets as conversations: one cell asked after another, every command behind a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversation import flat

from tutor.learner.events import Place

if TYPE_CHECKING:
    from conversation import Learner

SHEET = ("1.1", "page 3", "1")
FAULTY = ("1.1", "page 3", "2")
BLOCK = "lesson:one-of-each/"
RIGHT = ("8", "25", "10", "20")  # w·x = 4·2, (8 - 3)^2, 2·(8 - 3), 10·2


def test_a_sheet_is_filled_in_cell_by_cell(small: Learner) -> None:
    said = flat(small.types(*SHEET, *RIGHT, ":next"))
    assert "Worksheet: The sheet. Formula: y = w*x Formula: E = (y - t)^2" in said
    assert "Values: x = 2; t = 3; w = 4; eta = 0.1 From the top down. 4 cells to fill in; 0 done." in said
    assert "Cell 1 of 4: y = what? Type it; or :hint, :show, or :help. Right. Cell 2 of 4: E = what?" in said
    assert "Cell 4 of 4: dE/dw = what?" in said
    assert "Right. All 4 cells are filled in. Type :next to go on, or :help." in said
    assert small.kept(f"{BLOCK}the-sheet") == [
        ("answer", cell, text, "correct") for cell, text in zip(("y", "E", "dE/dy", "dE/dw"), RIGHT, strict=True)
    ]


def test_verdicts_are_said_in_words(small: Learner) -> None:
    said = flat(small.types(*SHEET, "8", "5", "25", "5", "10", "2(y-t)*x", "19", ":list"))
    assert "Not right. That is the difference y - t itself. Square it." in said
    assert "Cell 2 of 4: E, now 5. Type another answer, :next, or :help." in said
    assert "It was read as 2*(y - t)*x." in said
    assert "Not complete." in said
    assert "1, y: 8, right. 2, E: 25, right. 3, dE/dy: 10, right. 4, dE/dw: 19, not right, you are here." in said


def test_what_follows_from_an_own_answer_is_right(small: Learner) -> None:
    said = flat(small.types(*SHEET, "8", "25", "12", ":go dE/dw", "24"))
    assert "Right from your own earlier answer." in said
    assert [kept[3] for kept in small.kept(f"{BLOCK}the-sheet")][-1] == "follows"


def test_what_cannot_be_read_costs_nothing_and_is_asked_again(small: Learner) -> None:
    said = flat(small.types(*SHEET, "2+", "1,5", "hint", "quit", ":hint"))
    assert "Something is missing at the end." in said
    assert "A comma can mean two things: does 1,5 mean 15 or 1.5?" in said
    assert "If you meant the command, type :hint" in said
    assert "If you meant the command, type :quit" in said
    assert said.count("Cell 1 of 4: y = what?") == 6
    events = small.events(f"{BLOCK}the-sheet")
    assert [event.verdict for event in events if event.kind == "answer"] == ["invalid"] * 4
    assert not any(event.counts for event in events)


def test_hints_showing_and_why(small: Learner) -> None:
    said = flat(small.types(*SHEET, ":h", ":h", ":why", ":show", ":show", ":problem", ":go 3", ":why"))
    assert "Hint: Work y out from what it uses: w, x." in said
    assert "Hint: The rule: y = w*x." in said
    assert "Why: y = w*x = 4*2 = 8" in said
    assert "Shown: y = 8" in said
    assert "Shown: E = 25" in said
    assert said.count("Formula: y = w*x") == 2
    # A finite difference that can be repeated: (8.001 - 3)^2 = 25.010001, (7.999 - 3)^2 = 24.990001.
    assert "with y = 8.001, E is 25.010001; with y = 7.999, E is 24.990001." in said
    kinds = [kept[0] for kept in small.kept(f"{BLOCK}the-sheet")]
    assert kinds[:6] == ["hint", "hint", "hint", "hint", "shown", "shown"]


def test_cells_are_found_by_name_and_number(small: Learner) -> None:
    names = (":go dE/dw", ":go 2", ":go ∂E/∂y", ":go DE/DY", ":go nothing", ":go 99", ":go", ":go w")
    said = flat(small.types(*SHEET, *names))
    assert "Cell 4 of 4: dE/dw = what? Type it; or :hint, :show, or :help. Cell 2 of 4: E = what?" in said
    assert said.count("Cell 3 of 4: dE/dy = what?") >= 2
    assert "There is no cell “nothing” here. The cells are: y, E, dE/dy, dE/dw." in said
    assert "There is no cell “99” here." in said
    assert "There is no cell “w” here." in said


def test_a_cell_can_be_answered_anew(small: Learner) -> None:
    said = flat(small.types(*SHEET, *RIGHT, "7", ":go E", "24", ":list", "25", ":next"))
    assert "All cells are filled in. Type :next to go on; with :go CELL you can answer a cell anew." in said
    assert "Cell 2 of 4: E, now 25. Type another answer, :next, or :help." in said
    assert "2, E: 24, not right, you are here." in said


def test_somebodys_sheet_is_checked_value_by_value(small: Learner) -> None:
    said = flat(small.types(*FAULTY, "", "", "", "20", ":next"))
    assert "Cell 1 of 3: y, filled in: 8. Type another, Enter to check it, or :help. Right. Cell 2 of 3" in said
    assert "Cell 3 of 3: dE/dw, filled in: 10." in said
    assert "Not right." in said
    assert "All 3 cells are filled in. Type :next to go on, or :help." in said


def test_somebodys_sheet_is_checked_at_once(small: Learner) -> None:
    said = flat(small.types(*FAULTY, ":list", ":check", ":check", "20", ":check"))
    assert "1, y: 8, not checked, you are here. 2, dE/dy: 10, not checked. 3, dE/dw: 10, not checked." in said
    assert "Not right. 3 cells checked. The first wrong step is dE/dw." in said
    assert "No step is wrong." in said or "Every cell that is filled in has been checked." in said


def test_a_sheet_goes_on_where_it_was_left(small: Learner) -> None:
    small.types(*SHEET, "8", "25")
    assert small.place() == Place(f"{BLOCK}the-sheet", 2, "dE/dy", "page 3 of 5, The sheet")
    said = flat(small.types("continue", "10", "20", ":next"))
    assert "You were at this task: Worksheet: The sheet." in said
    assert "4 cells to fill in; 2 done. Cell 3 of 4: dE/dy = what?" in said
    assert "All 4 cells are filled in." in said
    assert "You were at this task" not in small.types("continue")


def test_a_sheet_that_was_opened_and_left_unanswered_goes_on_too(small: Learner) -> None:
    small.types(*SHEET)
    assert "You were at this task:" in small.types("continue")
    small.types("continue", ":back")
    assert "You were at this task:" not in small.types("continue")


def test_a_sheet_goes_on_from_what_the_screen_left_typed(small: Learner) -> None:
    from tutor.learner.events import EventMaker  # noqa: PLC0415 - only this test writes as the screen does
    from tutor.learner.store import open_store  # noqa: PLC0415

    store = open_store(small.home, small.clock)
    maker = EventMaker(f"{BLOCK}the-sheet", small.clock)
    store.record(maker.answer("y", "4*2", "unchecked", None, counts=False))
    store.close()
    said = flat(small.types(*SHEET, ""))
    assert "Cell 1 of 4: y, filled in: 4*2. Type another, Enter to check it, or :help." in said
    assert "It was read as 4*2. Right." in said


def test_a_sheet_with_one_cell_says_so(learner: Learner) -> None:
    said = flat(learner.types("practice", "practise 1", ":show", ":show", ":show", ":show", ":show", ":show"))
    assert "filled in, as shown. Type :next to go on" in said or "of them shown. Type :next to go on" in said
