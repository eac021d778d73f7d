"""The descent in floats against the derivation's exact cells: on every problem file there is, and on random ones."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from mpmath import mp
from printed import descent
from random_problems import problem_texts

from tutor.engine.descent import Descent
from tutor.engine.descent_function import ProblemFunction
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.values.decimal import decimal_text

ROOT = Path(__file__).parents[3]
FILES = sorted([*ROOT.glob("lessons/problems/*.toml"), *ROOT.glob("tests/core/derivation/problems/*.toml")])
# Their steps lose digits by their very meaning: differences of nearly equal numbers, and e^1000.
ILL_CONDITIONED = {"differences", "nudge", "quartic-critical-points", "softmax-shifted"}
STEPS = 12


def exact(derivation: Derivation, cell: str) -> float:
    return float(decimal_text(derivation.value(cell)))


def assert_close(found: float, expected: float, what: str, scale: float = 0.0) -> None:
    assert abs(found - expected) <= 1e-12 * max(abs(expected), scale), f"{what}: {found!r}, not {expected!r}"


def assert_same_cells(derivation: Derivation, run: Descent) -> None:
    """Assert that the first forward and backward pass has the derivation's numbers."""
    problem, function = derivation.problem, run.function
    batch = problem.batch(0)
    at = function.evaluate(run.parameters, [example - 1 for example in batch] if batch else None)
    for cell in (*derivation.forward_cells(0), *derivation.total_cells(0)):
        place = batch.index(cell.example) if cell.example else 0
        if problem.examples and not cell.example:
            found = at.value if cell.kind == "forward" else at.gradient[function.parameters.index(cell.by)]
        else:
            found = at.steps[cell.name][place] if cell.kind == "forward" else at.totals[cell.by][place]
        # a sum that cancels is right in the digits of its terms
        assert_close(float(found), exact(derivation, cell.id), cell.id, scale=max(1.0, abs(at.value)))


def assert_same_steps(derivation: Derivation, run: Descent, steps: int) -> None:
    problem = derivation.problem
    for number in range(1, steps + 1):
        taken = run.step()
        assert taken is not None, run.divergence
        assert [example + 1 for example in taken.batch] == list(problem.batch(number - 1))
        for place, name in enumerate(problem.parameters):
            expected = exact(derivation, f"{name}@{number}")
            assert_close(float(run.parameters[place]), expected, f"{name}@{number}", scale=1e-3)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in ILL_CONDITIONED], ids=lambda path: path.stem
)
def test_every_problem_file_descends_by_its_exact_cells(path: Path) -> None:
    problem = load_problem(path)
    derivation = derive(problem)
    run = Descent(ProblemFunction(derivation))
    assert_same_cells(derivation, run)
    if problem.update:
        assert_same_steps(derivation, run, min(problem.update.steps, STEPS))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem_texts())
def test_random_problems_descend_by_their_exact_cells(text: str) -> None:
    derivation = derive(read_problem(text, "random.toml"))
    run = Descent(ProblemFunction(derivation))
    assert_same_cells(derivation, run)
    assert_same_steps(derivation, run, 3)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem_texts())
def test_a_grid_holds_the_values_at_its_points(text: str) -> None:
    function = ProblemFunction(derive(read_problem(text, "random.toml")))
    across, upwards = [-1.0, 0.5, 2.0], [0.25, -3.0]
    name = function.parameters[0]
    line = function.on_grid({name: across}, function.start)
    for place, x in enumerate(across):
        moved = function.start.copy()
        moved[0] = x
        assert_close(line[place], function.value(moved), name)
    if len(function.parameters) > 1:
        other = function.parameters[1]
        surface = function.on_grid({other: across, name: upwards}, function.start)
        assert surface.shape == (2, 3)
        for row, y in enumerate(upwards):
            for column, x in enumerate(across):
                moved[:2] = y, x
                assert_close(surface[row, column], function.value(moved), f"{name}, {other}")


def test_a_sum_of_nothing_but_rounding_stands_on_the_kink() -> None:
    run = descent('[parameters]\nw = 0.5\nv = 0.1\n[steps]\nz = "w*1 - 0.3*2 + v"\na = "relu(z)"\nL = "(1 - a)^2"')
    assert run.function.evaluate(run.parameters).steps["z"][0] != 0  # 2.8e-17, where it is 0
    taken = run.step()
    assert taken is not None
    assert taken.gradient.tolist() == [0, 0]
    assert taken.notes == ("a stands exactly on the kink of relu. Its slope there is taken as 0.",)


@pytest.mark.parametrize("shift", [1e-12, -1e-12])
def test_a_small_number_beside_the_kink_is_not_on_it(shift: float) -> None:
    run = descent(f'[parameters]\nw = {0.3 + shift!r}\n[steps]\nz = "w - 0.3"\na = "abs(z)"')
    assert run.function.gradient(run.parameters).tolist() == [math.copysign(1, shift)]
    assert run.function.on_kinks(run.parameters) == ()


def test_kinks_are_told_with_their_example() -> None:
    text = '[parameters]\nw = 1\n[examples]\nx = [1, -1, 2]\n[steps]\nm = "max(x, w, 0)"\na = "abs(x + w)"\nL = "m + a"'
    run = descent(text)
    assert run.function.on_kinks(run.parameters) == (("m", "max", 0), ("a", "abs", 1))
    assert run.function.on_kinks(run.parameters, [1, 2]) == (("a", "abs", 1),)
    taken = run.step()
    assert taken is not None
    assert taken.notes[0].startswith("m[1] stands exactly on the kink of max.")


@pytest.mark.parametrize(("z", "y"), [(50, 0), (50, 1), (-50, 1), (300, 0), (-300, 1)])
def test_a_saturated_sigmoid_keeps_its_digits(z: int, y: int) -> None:
    run = descent(f'[parameters]\nz = {z}\n[steps]\np = "sigmoid(z)"\nL = "-({y}*ln(p) + (1 - {y})*ln(1 - p))"')
    at = run.function.evaluate(run.parameters)
    with mp.workdps(300):
        p = 1 / (1 + mp.exp(-z))
        loss = -(y * mp.log(p) + (1 - y) * mp.log(1 - p))
        assert_close(at.gradient[0], float(p - y), "dL/dz", scale=1e-300)
        assert_close(at.value, float(loss), "L", scale=1.0)


@pytest.mark.parametrize(
    "formula",
    ["ln(w)", "sqrt(w - 5)", "1/(w - 3)", "exp(exp(w - 9))", "w^0.5 + ln(w - 3)", "(w - 3)^-1", "10^400*w", "tan(w)"],
)
def test_what_has_no_value_is_nan_or_infinite_without_a_warning(formula: str) -> None:
    function = ProblemFunction(derive(read_problem(f'[parameters]\nw = 10\n[steps]\nL = "{formula}"', "p.toml")))
    places = [-1.0, 0.0, 3.0, 1e300, math.inf, math.nan]
    grid = function.on_grid({"w": places}, function.start)
    for place, expected in zip(places, grid, strict=True):
        at = function.evaluate(np.array([place]))
        assert np.array_equal(at.value, expected, equal_nan=True)
    assert not np.isfinite(grid).all()
