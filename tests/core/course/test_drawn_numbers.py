"""Numbers that are drawn anew: what can be drawn, and what is said of what cannot."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tutor.course.numbers import varied
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import ProblemError, read_problem

if TYPE_CHECKING:
    from tutor.course.blocks.common import Vary

TEXT = """
[given]
c = 2
[parameters]
w = 3
[steps]
y = "w*x + c"
E = "(y - t)^2"
[examples]
x = [1, 2]
t = [4, 5]
[update]
rule = "sgd"
eta = 0.1
"""
PROBLEM = read_problem(TEXT, "line.toml")


def only(name: str, number: Fraction | int) -> Vary:
    return ((name, (Fraction(number),)),)


def test_every_kind_of_number_can_be_drawn() -> None:
    assert varied(PROBLEM, only("c", 7), 0).given["c"] == 7
    assert varied(PROBLEM, only("w", 7), 0).parameters["w"] == 7
    assert varied(PROBLEM, only("x[2]", 7), 0).examples["x"] == (1, 7)
    assert varied(PROBLEM, only("t[1]", 7), 0).examples["t"] == (7, 5)
    half = varied(PROBLEM, only("eta", Fraction(1, 2)), 0)
    assert half.update is not None
    assert half.update.hyperparameters["eta"] == Fraction(1, 2)
    assert varied(PROBLEM, (), 0) == PROBLEM


def test_drawn_numbers_are_what_is_worked_with() -> None:
    drawn = varied(PROBLEM, (*only("eta", Fraction(1, 4)), *only("x[2]", 3)), 0)
    first, second = 2 * (3 + 2 - 4) * 1, 2 * (9 + 2 - 5) * 3
    gradient = Fraction(first + second, 2)
    assert derive(drawn).value("dE/dw") == gradient
    assert derive(drawn).value("w@1") == 3 - gradient / 4


def test_a_seed_always_draws_the_same() -> None:
    vary = (("c", tuple(map(Fraction, range(9)))), ("x[1]", tuple(map(Fraction, range(9)))))
    draws = {seed: varied(PROBLEM, vary, seed) for seed in range(50)}
    assert all(varied(PROBLEM, vary, seed) == drawn for seed, drawn in draws.items())
    assert len({(drawn.given["c"], drawn.examples["x"]) for drawn in draws.values()}) > 20


@pytest.mark.parametrize("name", ["q", "y", "x", "x[0]", "x[3]", "c[1]", "rho", "x[1", "[1]"])
def test_what_cannot_be_drawn_is_named(name: str) -> None:
    with pytest.raises(ProblemError, match="cannot be drawn"):
        varied(PROBLEM, only(name, 1), 0)
