"""What is said where no rule explains an answer: what differs in a calculation, the first wrong step, a factor."""

from __future__ import annotations

import pytest
from answered_problems import checker

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

CALCULATIONS = [
    ("dE/dw1", "26*10.5", "10.5 stands where ∂h1/∂w1 = 20 is needed."),
    ("dE/dw1", "10.5·26", "10.5 stands where ∂h1/∂w1 = 20 is needed."),
    ("dE/dw1", "27*20", "27 stands where ∂E/∂h1 = 26 is needed."),
    ("dE/dw1", "∂E/∂h1·10.5", "10.5 stands where ∂h1/∂w1 = 20 is needed."),
    ("w1@1", "1-0.0001*511", "511 stands where ∂E/∂w1 = 520 is needed."),
    ("w1@1", "1 - 0.0007·520", "0.0007 stands where η = 0.0001 is needed."),
    ("E", "(24 - 36)^2", "36 stands where y = 37 is needed."),
    ("h1", "(3 + 1·2)^5", "5 stands where 2 is needed."),
]


@pytest.mark.parametrize(("cell", "answer", "said"), CALCULATIONS)
def test_the_part_of_a_calculation_that_differs_is_said(cell: str, answer: str, said: str) -> None:
    reply = checker("five").check(cell, answer)
    assert reply.verdict == "incorrect"
    assert reply.feedback == f"The calculation has the right form, but {said}"


@pytest.mark.parametrize(
    ("cell", "answer"), [("dE/dw1", "2*13*19"), ("dE/dw1", "27*21"), ("E", "7·17"), ("y", "11+13")]
)
def test_a_calculation_of_another_form_is_not_taken_apart(cell: str, answer: str) -> None:
    assert "right form" not in checker("five").check(cell, answer).feedback


def test_a_calculation_from_own_earlier_answers_is_compared_with_those() -> None:
    reply = checker("five").check("dE/dw1", "25*10.5", {"dE/dh1": "25"})
    assert "10.5 stands where ∂h1/∂w1 = 20 is needed." in reply.feedback
    assert "It first goes wrong at ∂E/∂h1 = 25: begin there." in reply.feedback


def test_the_first_earlier_answer_that_is_wrong_is_named() -> None:
    own = {"h1": "25", "dE/dh1": "31", "dE/dy": "25", "y": "36"}
    reply = checker("five").check("dE/dw1", "777", own)
    assert reply.feedback.endswith("It first goes wrong at y = 36: begin there.")
    unrelated = checker("five").check("h2", "777", own)
    assert "first goes wrong" not in unrelated.feedback


def test_the_sign_and_a_simple_factor_are_said() -> None:
    five = checker("five")
    assert "the sign is wrong too" in five.check("dE/dw1", "-1234").feedback
    assert "sign" not in five.check("dE/dw1", "0").feedback
    assert "the sign is right" in five.check("dE/dw1", "777").feedback
    assert "3 times what is asked" in five.check("dE/dw1", "1560").feedback
    assert "What is asked is 4 times as much" in five.check("dE/dw1", "130").feedback


@pytest.mark.parametrize("answer", ["1", "5", "7", "11", "-5", "7/12"])
def test_no_factor_tells_what_is_asked(answer: str) -> None:
    feedback = checker("five").check("h2", answer).feedback
    assert " times what is asked" not in feedback
    assert " times as much" not in feedback  # 12 is asked


@pytest.mark.parametrize("answer", ["5", "-7", "1/4"])
def test_no_factor_tells_that_one_is_asked(answer: str) -> None:
    checker_of_one = CellChecker(derive(read_problem('[parameters]\na = 3\n[steps]\nh = "a - 2"\nE = "h^2"', "one")))
    assert " times " not in checker_of_one.check("h", answer).feedback


# m is √0.49, so that its values look irrational and are not
ROOTS = '[parameters]\na = "0.7"\nb = "4.9"\n[steps]\nm = "sqrt(a)"\nr = "sqrt(b/10)"\nE = "m^2*b + r"'


@pytest.mark.parametrize(
    ("cell", "answer", "verdict"),
    [
        ("r", "0.7", "correct"),
        ("r", "7/10", "correct"),
        ("r", "0.70", "correct"),
        ("r", "0.71", "incorrect"),
        ("E", "4.13", "correct"),
        ("E", "4.1", "incomplete"),
        ("E", "4.14", "incorrect"),
        ("dE/dm", "8.2", "incomplete"),
        ("dE/dm", "8.199", "correct"),
    ],
)
def test_a_rational_value_behind_roots_is_exact(cell: str, answer: str, verdict: str) -> None:
    problem = read_problem(ROOTS, "roots.toml")
    assert CellChecker(derive(problem)).check(cell, answer).verdict == verdict


def test_a_value_on_the_edge_of_a_rounding_may_be_rounded_up() -> None:
    """m² is 0.7 exactly, so that m²·1.75 is 1.225, with nothing after its 5."""
    text = '[parameters]\na = "0.7"\n[steps]\nm = "sqrt(a)"\nE = "m^2*1.75"'
    tie = CellChecker(derive(read_problem(text, "tie.toml")))  # 1.225
    assert [tie.check("E", answer).verdict for answer in ("1.225", "1.23", "1.22", "1.24", "1.21")] == [
        "correct", "correct", "correct", "incorrect", "incorrect",
    ]  # fmt: skip
