"""The problems of section 3: fit for work by hand, ever new, and right by other ways of calculating."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hand_problems import (
    derived,
    drafted,
)

from tutor.practice.skills.section_3 import SECTION_3

SKILLS = {skill.id: skill for skill in SECTION_3}


@pytest.mark.parametrize("shape", range(50))
def test_a_power_of_a_line_has_its_textbook_slope(shape: int) -> None:
    draft = drafted(SKILLS["power-of-a-line"], 1, shape)
    front, _, rest = draft.steps["y"].partition("(")
    inside, _, exponent = rest.partition(")^")
    slope, _, constant = inside.partition("*x")
    c = int(front.removesuffix("*") or 1)
    a, n, x = int(slope), int(exponent), Fraction(draft.parameters["x"])
    b = int(constant.replace(" ", ""))
    assert derived(draft).value("dy/dx") == c * n * a * (a * x + b) ** (n - 1)


@pytest.mark.parametrize("shape", range(50))
def test_relu_cuts_off_what_is_below_zero_and_some_units_are_off(shape: int) -> None:
    draft = drafted(SKILLS["relu-layer"], 3, shape)
    derivation = derived(draft)
    sums = [derivation.value(cell) for cell in draft.cells if cell.startswith("z")]
    answers = [derivation.value(cell) for cell in draft.cells if cell.startswith("a")]
    assert answers == [max(Fraction(0), summed) for summed in sums]
    assert 0 < answers.count(Fraction(0)) < len(answers)


@pytest.mark.parametrize("shape", range(50))
def test_a_batch_says_in_words_whether_it_adds_or_averages(shape: int) -> None:
    draft = drafted(SKILLS["batch-loss"], 2, shape)
    derivation = derived(draft)
    count = len(draft.examples["x"])
    losses = [
        (Fraction(draft.examples["t"][place]) - derivation.value(f"y[{place + 1}]")) ** 2 for place in range(count)
    ]
    divisor = count if "the mean of" in draft.story else 1
    assert ("the sum of" in draft.story) is (divisor == 1)
    assert derivation.value("E") == sum(losses) / divisor
