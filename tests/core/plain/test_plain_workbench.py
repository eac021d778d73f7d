"""A problem of one's own as a conversation: typed line by line, from a file, worked, watched and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conversation import flat

from tutor.mathematics.problem import load_problem
from tutor.practice.workbench.choice import usual_choice
from tutor.study.workbench.bench import load_bench
from tutor.study.workbench.own import own_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from conversation import Learner

NETWORK = ("workbench", "h = (x1 + w1*x2)^2", "E = (t - h)^2", "x1 = 3, x2 = 2, t = 24, w1 = 1", "eta = 0.1")


def typed(learner: Learner) -> str:
    """Return what stands on the workbench."""
    with learner.services() as services:
        return load_bench(services).text.text


def test_a_network_is_typed_and_worked(learner: Learner) -> None:
    said = flat(learner.types(*NETWORK, ":done", "work", "25", "1", "2", "41", "40", "-3", ":next", "leave"))
    assert "Function: h = (x1 + w1*x2)^2 Given: x1 = ?, x2 = ? Parameters: w1 = ?" in said
    assert "Steps: h = (x1 + w1*x2)^2; E = (t - h)^2 Goal: E as small as can be" in said
    assert "Given: x1 = 3, x2 = 2, t = 24 Parameters: w1 = 1 Line 4:" in said
    assert "Update: sgd, eta = 0.1 Line 5:" in said
    assert "5 cells to fill in; 0 done." in said
    assert said.count("Right.") == 5  # new w1 = 1 - 0.1·40
    assert "Not right." in said
    assert "All 5 cells are filled in. Type :next to go on" in said


def test_what_is_typed_is_there_again_and_can_be_changed(learner: Learner) -> None:
    learner.types(*NETWORK[:3])
    again = flat(learner.types("workbench", ":change 2 E = (t - h)^3", ":change 1", ":undo", ":change 7 x", ":clear"))
    assert "Line 1: h = (x1 + w1*x2)^2 Line 2: E = (t - h)^2" in again
    assert "Steps: h = (x1 + w1*x2)^2; E = (t - h)^3" in again
    assert "Type change with the number of a line and what it is to be" in again
    assert "Line 1: type a line of the problem" in again
    assert not typed(learner)
    assert "There is nothing to bring back." not in flat(learner.types("workbench", ":undo"))


def test_what_cannot_be_read_is_told_with_its_place_and_costs_nothing(learner: Learner) -> None:
    said = flat(learner.types("workbench", ":done", "f = x^^2", ":done", ":change 1 f = x^2", "", ":done", "abc", "2"))
    assert said.count("Type a function of one or two variables:") == 2
    assert said.count("Line 1, column 7:") == 2
    assert "Nothing was typed. Type a formula such as" in said
    assert "x has no number yet. Type one, or Enter for 1; or :back, or :help." in said
    assert "A number is needed, such as 3, 0.5 or 1/3." in said
    assert "Type work, choose forward, derivation, lab, save, leave, or help." in said
    assert typed(learner).endswith("x = 2")


def test_a_number_that_is_asked_for_can_be_left_as_offered_or_not_given(learner: Learner) -> None:
    assert "Type work" not in flat(learner.types("workbench", "f = x^2", ":done", ":back"))
    said = flat(learner.types("workbench", ":done", "", "work", "1", "2"))
    assert said.count("Right.") == 2


@pytest.mark.parametrize(
    ("chosen", "blank"),
    [
        ("choose y dE/dw1", {"y", "dE/dw1"}),
        ("choose ∂E/∂h1, E", {"dE/dh1", "E"}),
        ("choose backward", {f"dE/d{name}" for name in ("y", "h2", "h1", "w1", "w2", "w3", "w4", "w5")}),
        ("choose dh1/dw1:direct", {"dh1/dw1:direct"}),
    ],
)
def test_cells_of_ones_choice(chosen: str, blank: set[str], learner: Learner, tmp_path: Path) -> None:
    file = tmp_path / "five.toml"
    file.write_text(FIVE)
    said = flat(learner.types("workbench", f":file {file}", chosen, ":hint"))
    assert f"{len(blank)} cell{'s' if len(blank) > 1 else ''} to fill in; 0 done." in said
    with learner.services() as services:
        derivation = services.derivation_of(load_problem(file))
        hinted = [event.cell for event in services.store.all_events() if event.kind == "hint"]
    order = [row.cell for row in usual_choice(derivation).rows if row.cell in blank]
    assert hinted == order[:1]


def test_cells_that_there_are_not(learner: Learner, tmp_path: Path) -> None:
    file = tmp_path / "no-update.toml"
    file.write_text('[parameters]\nw = 3\n[steps]\nE = "w^2"\n')
    said = flat(learner.types("workbench", f":file {file}", "choose", "choose q", "choose E, w9", "choose update"))
    assert said.count("Type choose with cells, or with forward, backward or update. The cells are: E, dE/dw.") == 3
    assert "This problem has no such cells." in said


def test_derivation_lab_and_file(learner: Learner, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    asked = ("derivation", "lab", "step", "leave", "list", "save", f"save {file}", "foo")
    said = flat(learner.types(*NETWORK, ":done", *asked))
    assert "dE/dw1 = dE/dh*dh/dw1 = 2*20 = 40" in said
    assert "step 1: gradient 40. New w1: 1 - 0.1*40 = -3" in said
    assert "Type save with the path of a file, such as save e-in-2-steps.toml." in said
    assert f"Saved as {file}.toml".replace(" ", "") in said.replace(" ", "")  # a long path is broken into lines
    assert "“foo” is no command here." in said
    assert own_of_file(f"{file}.toml").problem.parameters == {"w1": 1}
    again = flat(learner.types("workbench", ":done", f"save {file}"))
    assert "existsalready,andstaysasitis." in again.replace(" ", "")


def test_files_that_are_none(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text('[steps]\nE = "q^2"\n')
    asked = (f":file {tmp_path / 'none.toml'}", f":file {tmp_path}", f":file {tmp_path / 'broken.toml'}", ":file")
    said = flat(learner.types("workbench", *asked))
    assert "cannotberead" in said.replace(" ", "")
    assert "thisisnotafile" in said.replace(" ", "")
    assert "broken.toml:2" in said.replace(" ", "")
    assert "Type the path of a file." in said
    assert "Type work" not in said


FIVE = """
[given]
x1 = 3
x2 = 2
t = 24
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
y = "w3*h1 + w4*h2 + w5"
E = "(t - y)^2"
"""
