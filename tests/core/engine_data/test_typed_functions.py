"""Functions of one or two variables, as a learner types them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.descent import Descent
from tutor.engine.descent_function import ProblemFunction
from tutor.engine.descent_typed import function_problem, variables
from tutor.engine.error import EngineError
from tutor.engine.settings import OptimizerSettings
from tutor.mathematics.derivation import derive


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x^4 - 4x^2 + x + 1", ("x",)),
        ("x₁² + 2x₂²", ("x₁", "x₂")),
        ("x1^2 + 2*x2^2", ("x1", "x2")),
        ("x*y + xy", ("x", "y")),
        ("3xy", ("x", "y")),
        ("e^x - 2x", ("x",)),
        ("2e-3w + 1E2", ("w",)),
        ("sin x cos y", ("x", "y")),
        ("η² + ηw", ("η", "w")),
        ("theta^2", ("theta",)),
        ("(w_pred - 1)^2", ("w_pred",)),
        ("ReLU(lambda) + |I|", ("lambda", "I")),
        ("π·r²", ("r",)),
    ],
)
def test_which_variables_a_formula_has(text: str, names: tuple[str, ...]) -> None:
    assert variables(text) == names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("5 + pi", "no variable"),
        ("a + b + c", "more than two"),
        ("x^", "missing at the end"),
        ("", "Nothing is written"),
        ("__import__('os').system('x')", "more than two"),
        ("x^99999999", "x"),
    ],
)
def test_what_is_no_function_is_told(text: str, word: str) -> None:
    with pytest.raises(EngineError, match=word.replace("^", r"\^")):
        variables(text)


def test_a_typed_function_is_descended() -> None:
    problem = function_problem("x₁² + 2x_2²", {"x1": Fraction(3), "x2": 2.0})
    run = Descent(ProblemFunction(derive(problem)), OptimizerSettings("sgd", 0.1))
    list(run.run(3))
    assert run.parameters.tolist() == pytest.approx([1.536, 0.432], rel=1e-12)
    assert [losses.train for losses in run.losses()] == pytest.approx([17, 8.64, 4.7232, 2.732544], rel=1e-12)


def test_a_float_start_is_the_decimal_that_was_written() -> None:
    assert function_problem("x^2", {"x": 0.1}).parameters["x"] == Fraction(1, 10)


def test_the_functions_own_name_is_none_of_its_variables() -> None:
    assert function_problem("f^2 + g^2", {"f": 1.0, "g": 1.0}).objective == "h"
    assert function_problem("x^2", {"x": 1.0}).objective == "f"


@pytest.mark.parametrize(
    ("text", "start", "word"),
    [
        ("x^2", {}, "0 variables"),
        ("x + y + z", {"x": 1, "y": 1, "z": 1}, "3 variables"),
        ("x^2", {"x": 1, "y": 1}, "does not use y"),
        ("x^2 + z", {"x": 1}, "z"),
        ("x^2", {"x": float("nan")}, "start of x"),
        ("x^2", {"x": float("inf")}, "start of x"),
        ("sin^2", {"sin": 1}, "cannot be a variable"),
        ("x^2", {"2": 1}, "cannot be a variable"),
    ],
)
def test_what_does_not_fit_is_told(text: str, start: dict[str, float], word: str) -> None:
    with pytest.raises(EngineError, match=word):
        function_problem(text, start)


@settings(max_examples=150, deadline=None)
@given(st.text("xyz12+-*/^()., sincoel|√²⁻é_'\"", max_size=40))
def test_any_text_is_a_function_or_refused(text: str) -> None:
    try:
        names = variables(text)
    except EngineError as error:
        names = ()
        told = str(error)
    else:
        told = ""
        problem = function_problem(text, dict.fromkeys(names, 0.5))
        assert np.array_equal(list(problem.parameters), names)
    assert bool(told) != bool(names)
