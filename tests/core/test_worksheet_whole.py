"""A whole filled worksheet: the first wrong step is found, and what follows from it is credited."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.mathematics.worksheet import Worksheet, new_worksheet

FIVE_WEIGHTS = Path(__file__).parents[2] / "lessons" / "problems" / "five-weights.toml"
CELLS = ("h1", "h2", "y", "E", "dE/dy", "dE/dh1", "dE/dh2", "dE/dw1", "dE/dw3", "w1@1", "w3@1")


def by_hand(wrong: dict[str, Fraction]) -> dict[str, Fraction]:
    """Work the sheet out with fractions; each cell in `wrong` is off by so much, and later cells go on from it."""
    x1, x2, t, w1, w2, w3, w4, w5 = map(Fraction, (3, 2, 24, 1, 2, 1, 1, 0))
    eta = Fraction(1, 10000)
    cells: dict[str, Fraction] = {}

    def fill(cell: str, value: Fraction) -> Fraction:
        cells[cell] = value + wrong.get(cell, Fraction(0))
        return cells[cell]

    h1 = fill("h1", (x1 + w1 * x2) ** 2)
    h2 = fill("h2", w2 * x1 * x2)
    y = fill("y", w3 * h1 + w4 * h2 + w5)
    fill("E", (t - y) ** 2)
    dy = fill("dE/dy", 2 * (y - t))
    dh1 = fill("dE/dh1", dy * w3)
    fill("dE/dh2", dy * w4)
    dw1 = fill("dE/dw1", dh1 * 2 * (x1 + w1 * x2) * x2)
    dw3 = fill("dE/dw3", dy * h1)
    fill("w1@1", w1 - eta * dw1)
    fill("w3@1", w3 - eta * dw3)
    return cells


@pytest.fixture(scope="module")
def blank() -> Worksheet:
    return new_worksheet(derive(load_problem(FIVE_WEIGHTS)), CELLS)


def filled(sheet: Worksheet, answers: dict[str, Fraction], order: list[str]) -> Worksheet:
    for cell in order:
        sheet, reply = sheet.answer(cell, str(answers[cell]))
        assert reply.verdict != "invalid"
    return sheet


@settings(max_examples=60, deadline=None)
@given(
    slip=st.sampled_from(CELLS),
    off=st.integers(-50, 50).filter(bool),
    order=st.permutations(CELLS),
)
def test_one_slip_is_the_first_wrong_step_whatever_the_order_of_typing(
    blank: Worksheet, slip: str, off: int, order: list[str]
) -> None:
    answers, truth = by_hand({slip: Fraction(off, 7)}), by_hand({})
    sheet = filled(blank, answers, order)
    assert sheet.first_wrong is not None
    assert sheet.first_wrong.cell == slip
    moved = {cell for cell in CELLS if answers[cell] != truth[cell]} - {slip}
    assert {entry.cell for entry in sheet.following(slip)} == moved
    assert {entry.cell for entry in sheet.entries if entry.state == "correct"} == set(CELLS) - moved - {slip}


@settings(max_examples=40, deadline=None)
@given(slips=st.sets(st.sampled_from(CELLS), min_size=2, max_size=3), off=st.integers(2, 40))
def test_of_several_slips_the_first_in_the_order_of_work_is_named(blank: Worksheet, slips: set[str], off: int) -> None:
    sheet = filled(blank, by_hand(dict.fromkeys(slips, Fraction(off, 11))), list(CELLS))
    assert sheet.first_wrong is not None
    assert sheet.first_wrong.cell == next(cell for cell in CELLS if cell in slips)


def test_a_right_sheet_has_no_wrong_step(blank: Worksheet) -> None:
    sheet = filled(blank, by_hand({}), list(CELLS))
    assert sheet.first_wrong is None
    assert sheet.done
    assert not any(sheet.following(cell) for cell in CELLS)
