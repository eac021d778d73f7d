"""The problems of section 4: fit for work by hand, ever new, and right by other ways of calculating."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hand_problems import (
    GRADES,
    derived,
    drafted,
)

from tutor.practice.skills.section_4 import SECTION_4

SKILLS = {skill.id: skill for skill in SECTION_4}


@pytest.mark.parametrize("shape", range(50))
def test_three_weights_in_a_row_have_their_textbook_gradients(shape: int) -> None:
    draft = drafted(SKILLS["backward-three-weights"], 1, shape)
    w1, w2, w3 = (Fraction(draft.parameters[f"w{place}"]) for place in (1, 2, 3))
    x, t = Fraction(draft.given["x"]), Fraction(draft.given["t"])
    arriving = 2 * (w3 * w2 * w1 * x - t)
    values = {
        "dE/dy": arriving,
        "dE/dw3": arriving * w2 * w1 * x,
        "dE/dh2": arriving * w3,
        "dE/dw2": arriving * w3 * w1 * x,
        "dE/dh1": arriving * w3 * w2,
        "dE/dw1": arriving * w3 * w2 * x,
    }
    assert {cell: derived(draft).value(cell) for cell in draft.cells} == values


@pytest.mark.parametrize("shape", range(50))
def test_the_easy_slopes_of_sigmoid_and_tanh_are_short_and_exact(shape: int) -> None:
    sigmoid, tanh = (derived(drafted(SKILLS[name], 1, shape)) for name in ("sigmoid-slope", "tanh-slope"))
    s, t = sigmoid.value("a"), tanh.value("a")
    assert isinstance(s, Fraction)
    assert isinstance(t, Fraction)
    assert sigmoid.value("da/dz:direct") == s * (1 - s)
    assert tanh.value("da/dz:direct") == 1 - t**2


@pytest.mark.parametrize("shape", range(50))
def test_a_shut_gate_lets_nothing_through(shape: int) -> None:
    draft = drafted(SKILLS["relu-gates-backward"], 2, shape)
    derivation = derived(draft)
    shut = [cell for cell in draft.cells if cell.startswith("dE/dz")]
    assert shut
    for cell in shut:
        unit = cell.removeprefix("dE/dz")
        assert derivation.value(f"z{unit}") < 0
        assert derivation.value(cell) == derivation.value(f"dE/dw{unit}2") == 0
        assert derivation.value(f"dE/da{unit}") != 0


@pytest.mark.parametrize("grade", GRADES)
def test_random_networks_differ_in_structure(grade: int) -> None:
    structures = {tuple(drafted(SKILLS["random-network"], grade, shape).steps.values()) for shape in range(60)}
    assert len(structures) >= 20
    written = " ".join(step for structure in structures for step in structure)
    assert "relu(" in written
    assert ")^2" in written


def test_a_check_by_central_difference_of_a_square_is_exact() -> None:
    for shape in range(50):
        derivation = derived(drafted(SKILLS["gradient-check"], 1, shape))
        assert derivation.value("central") == derivation.value("df/dw")
