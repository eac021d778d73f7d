"""The learner's convention is recognised, named, and carried on: ½ or none, mean or sum, the form of the velocity."""

from __future__ import annotations

from fractions import Fraction

import pytest
from answered_problems import BATCH, FIVE, MOMENTUM

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

HALVED = FIVE.replace('"(t - y)^2"', '"(t - y)^2/2"')
OPEN = BATCH.replace('reduce = "sum"\n', "")
MEAN = BATCH.replace('"sum"', '"mean"')
NESTEROV = MOMENTUM.replace('"momentum"', '"nesterov"')


def checker(problem: str) -> CellChecker:
    return CellChecker(derive(read_problem(problem, "convention.toml")))


def values(problem: str, cells: list[str]) -> dict[str, Fraction]:
    derivation = derive(read_problem(problem, "convention.toml"))
    return {cell: Fraction(derivation.value(cell)) for cell in cells}


CHAIN = ["E", "dE/dy", "dE/dh1", "dE/dw1", "dE/dw5", "w1@1", "w5@1", "w1@2"]
# problem as it is, the problem that the learner has in mind, cells, the ids, whether the problem leaves it open
CASES = {
    "½ where there is none": (
        FIVE,
        HALVED,
        CHAIN,
        {"mse.half-included", "mse-weight.factor-2-missing", "mse-bias.factor-2-missing"},
        False,
    ),
    "no ½ where there is one": (HALVED, FIVE, CHAIN, {"half-square.extra-factor-2"}, False),
    "the sum for the mean": (
        MEAN,
        BATCH,
        ["E", "dE/dw1", "dE/dw5", "w1@1"],
        {"mse.not-averaged", "batch-gradient.summed", "batch-step.summed-gradients"},
        False,
    ),
    "the sum where it is open": (
        OPEN,
        BATCH,
        ["E", "dE/dw1", "dE/dw5", "w1@1"],
        {"mse.not-averaged", "batch-gradient.summed", "batch-step.summed-gradients"},
        True,
    ),
    "the mean for the sum": (
        BATCH,
        MEAN,
        ["E", "dE/dw1", "dE/dw5", "w1@1"],
        {"mse-weight.divided-by-n-twice", "batch-step.divided-twice"},
        False,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_another_convention_is_named_in_every_cell_that_it_touches(case: str) -> None:
    problem, meant, cells, ids, is_open = CASES[case]
    right = checker(problem)
    for cell, value in values(meant, cells).items():
        reply = right.check(cell, str(value))
        assert reply.verdict == "incorrect", (cell, value)
        assert ids & {reply.misconception, *reply.also}, (cell, reply)
        assert reply.counts is not is_open
        assert ("costs no try" in reply.feedback) is is_open


@pytest.mark.parametrize("case", CASES)
def test_later_cells_go_on_with_the_convention_of_an_earlier_one(case: str) -> None:
    """Also where its value is not used: with ½ in E, the slope of E is y − t."""
    problem, meant, cells, _, _ = CASES[case]
    right, answers = checker(problem), values(meant, cells)
    first = {cells[0]: str(answers[cells[0]])}
    for cell in cells[1:]:
        reply = right.check(cell, str(answers[cell]), first)
        assert reply.verdict == "follows", (cell, reply)
        assert "another convention" in reply.feedback
        assert (reply.misconception, reply.also) == (None, ())


def test_a_convention_that_an_earlier_answer_speaks_against_is_none() -> None:
    """With ∂E/∂y right, the half of ∂E/∂h1 is no ½ before the square; with E right, it is not carried on."""
    reply = checker(FIVE).check("dE/dh1", "13", {"dE/dy": "26"})
    assert "mse-weight.factor-2-missing" not in {reply.misconception, *reply.also}
    assert checker(FIVE).check("dE/dy", "13", {"E": "169"}).verdict == "incorrect"
    open_sum = checker(OPEN).check("dE/dw5", "68", {"E": "178"})
    assert (open_sum.verdict, open_sum.counts) == ("incorrect", True)


def test_a_step_that_follows_from_a_convention_is_credited_as_before() -> None:
    reply = checker(OPEN).check("w1@1", "496/625", {"dE/dw1": "2064"})
    assert reply.verdict == "follows"


# -- the velocity: f = w² from w = 3 with η = 0.1, β = 0.9, worked out by hand in each form


def averaged(steps: int, *, ahead: bool) -> list[tuple[Fraction, Fraction]]:
    w, v, out = Fraction(3), Fraction(0), []
    for _ in range(steps):
        g = 2 * w
        v = Fraction(9, 10) * v + Fraction(1, 10) * g
        w -= Fraction(1, 10) * (g + Fraction(9, 10) * v if ahead else v)
        out.append((v, w))
    return out


def inside(steps: int, *, ahead: bool) -> list[tuple[Fraction, Fraction]]:
    w, v, out = Fraction(3), Fraction(0), []
    for _ in range(steps):
        g = 2 * w
        v = Fraction(9, 10) * v - Fraction(1, 10) * g
        w += Fraction(9, 10) * v - Fraction(1, 10) * g if ahead else v
        out.append((v, w))
    return out


@pytest.mark.parametrize("ahead", [False, True])
def test_the_averaged_velocity_is_another_convention(ahead: bool) -> None:
    right = checker(NESTEROV if ahead else MOMENTUM)
    path = averaged(3, ahead=ahead)
    earlier: dict[str, str] = {}
    for step, (v, w) in enumerate(path, 1):
        for cell, value in ((f"v_w@{step}", v), (f"w@{step}", w)):
            alone = right.check(cell, str(value))
            assert (alone.verdict, alone.counts) == ("incorrect", False), (cell, alone)
            assert "velocity.other-convention" in {alone.misconception, *alone.also}
            if earlier:
                assert right.check(cell, str(value), dict(list(earlier.items())[:1])).verdict == "follows"
            earlier[cell] = str(value)


@pytest.mark.parametrize("ahead", [False, True])
def test_the_step_inside_the_velocity_is_another_convention(ahead: bool) -> None:
    """The parameters are the same with it; only the velocities differ."""
    right = checker(NESTEROV if ahead else MOMENTUM)
    path = inside(3, ahead=ahead)
    for step, (v, w) in enumerate(path, 1):
        assert right.check(f"w@{step}", str(w)).verdict == "correct"
        alone = right.check(f"v_w@{step}", str(v))
        assert (alone.verdict, alone.counts) == ("incorrect", False)
        assert "velocity.minus-sign" in {alone.misconception, *alone.also}
        if step > 1:
            assert right.check(f"v_w@{step}", str(v), {"v_w@1": str(path[0][0])}).verdict == "follows"
