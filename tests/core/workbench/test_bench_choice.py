"""Which cells of a problem are blank, given or left out."""

from __future__ import annotations

from tutor.mathematics.derivation import derive
from tutor.mathematics.worksheet import new_worksheet
from tutor.practice.workbench.choice import MOST_CELLS, CellChoice, usual_choice
from tutor.practice.workbench.reading import read_bench

NETWORK = "h = w*x\nE = (h - t)^2\nw = 2\nx = 3\nt = 5\neta = 0.1"


def choice_of(text: str) -> CellChoice:
    problem = read_bench(text).problem
    assert problem is not None
    return usual_choice(derive(problem))


def test_at_first_all_but_local_derivatives_is_blank() -> None:
    choice = choice_of(NETWORK)
    assert choice.blank == ("h", "E", "dE/dh", "dE/dw", "w@1")
    assert choice.given == ()
    assert [row.cell for row in choice.rows if row.cell not in choice.listed] == ["dh/dw:direct", "dE/dh:direct"]
    assert not choice.is_cut


def test_presets() -> None:
    choice = choice_of(NETWORK)
    assert choice.only("local", "backward").blank == ("dE/dh", "dE/dw")
    assert choice.only("local", "backward").given == ("h", "E", "w@1")
    assert choice.only("update").blank == ("w@1",)
    assert choice.only("update").all_blank() == choice


def test_one_cell_after_the_other() -> None:
    choice = choice_of(NETWORK).toggle(0)
    assert choice.given == ("h",)
    assert choice.toggle(0) == choice_of(NETWORK)
    assert "h" not in choice.leave_out(0).listed
    assert choice.leave_out(0).leave_out(0) == choice_of(NETWORK)
    assert choice.toggle(2).blank[0] == "E"
    assert "dh/dw:direct" in choice.toggle(2).blank


def test_the_worksheet_has_the_chosen_cells_in_the_order_of_work() -> None:
    problem = read_bench(NETWORK).problem
    assert problem is not None
    derivation = derive(problem)
    choice = usual_choice(derivation).only("backward").leave_out(0).toggle(2)
    sheet = new_worksheet(derivation, choice.listed, choice.given)
    states = {entry.cell: entry.state for entry in sheet.entries}
    assert list(states) == ["E", "dh/dw:direct", "dE/dh", "dE/dw", "w@1"]
    assert {cell for cell, state in states.items() if state == "blank"} == {"dh/dw:direct", "dE/dh", "dE/dw"}
    assert sheet.entry("w@1").text == "1.4"  # 2 − 0.1·(2·(6 − 5)·3)


def test_of_very_many_cells_the_first_ones_can_be_chosen_from() -> None:
    choice = choice_of(f"{NETWORK}\nsteps = 200")
    assert choice.is_cut
    assert len(choice.rows) == MOST_CELLS
