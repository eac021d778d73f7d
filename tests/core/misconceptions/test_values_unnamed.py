"""Mistakes without an id are still said: a factor, a term, a power, a function is missing; another quantity went in."""

from __future__ import annotations

import pytest

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

PROBLEM = """
objective = "E"
[given]
x1 = 3.1
x2 = 2.3
t = 24.7
h = 0.37
[parameters]
w1 = 1.7
w2 = -0.6
[steps]
u  = "w1*x1 + w2*x2 + h"
q  = "5*x1/x2"
c  = "x1^3"
g  = "sin(x1)*x2"
m  = "2*(x1 + w1*x2)*t"
E  = "t*u + q"
"""
BATCH = """
[parameters]
w = 1.7
[examples]
x = [3.1, 2.3]
y = [5.9, 4.1]
[steps]
p = "w*x + x^2"
E = "(p - y)^2"
[update]
eta = 0.03
steps = 2
"""


@pytest.fixture(scope="module")
def checker() -> CellChecker:
    return CellChecker(derive(read_problem(PROBLEM, "test.toml")))


@pytest.mark.parametrize(
    ("cell", "answer", "said"),
    [
        # terms: u = 1.7·3.1 − 0.6·2.3 + 0.37
        ("u", "1.7*3.1 - 0.6*2.3", "The term h is missing."),
        ("u", "-0.6*2.3 + 0.37", "The term w1·x1 is missing."),
        ("u", "1.7*3.1 + 0.6*2.3 + 0.37", "The sign of the term w2·x2 is turned round."),
        ("u", "1.7*3.1 - 0.6*2.3 - 0.37", "The sign of the term h is turned round."),
        ("m", "2*(3.1 - 1.7*2.3)*24.7", "The sign of the term w1·x2 is turned round."),
        # factors, inside a sum and inside a bracket as well
        ("q", "3.1/2.3", "A factor 5 is missing."),
        ("q", "5*3.1", "The division by x2 is missing."),
        ("q", "5*3.1*2.3", "You multiplied by x2 where it divides."),
        ("m", "2*(3.1 + 1.7*2.3)", "A factor t is missing."),
        ("m", "2*(3.1 + 1.7)*24.7", "A factor x2 is missing."),
        ("m", "2*(3.1 + 2.3)*24.7", "A factor w1 is missing."),
        # powers and functions
        ("c", "3*3.1", "x1³ is a power, not a product."),
        ("c", "3.1^2", "A factor x1 is missing."),
        ("g", "3.1*2.3", "sin(x1) is needed here: the function is missing."),
        # another quantity
        ("q", "5*24.7/2.3", "This is what comes out with t in the place of x1."),
        ("c", "2.3^3", "This is what comes out with x2 in the place of x1."),
    ],
)
def test_what_has_no_id_is_said(checker: CellChecker, cell: str, answer: str, said: str) -> None:
    reply = checker.check(cell, answer)
    assert (reply.verdict, reply.feedback) == ("incorrect", said)
    assert reply.misconception is None


def test_a_number_slip_keeps_its_id_and_gets_the_better_reason() -> None:
    problem = '[given]\na = 2\nb = 3.7\n[steps]\ny = "a*b"'
    reply = CellChecker(derive(read_problem(problem, "test.toml"))).check("y", "3.7")
    assert reply.misconception == "number.halved"
    assert reply.feedback == "A factor a is missing."


def test_two_reasons_are_both_said_and_three_are_not() -> None:
    two = '[given]\na = 3\nb = 3\nc = 7.7\n[steps]\ny = "a*b*c"'
    reply = CellChecker(derive(read_problem(two, "test.toml"))).check("y", "23.1")
    assert reply.feedback == "Two things would give this. Either: A factor a is missing. Or: A factor b is missing."
    three = '[given]\na = 3\nb = 3\nc = 3\nd = 7.7\n[steps]\ny = "a*b*c*d"'
    reply = CellChecker(derive(read_problem(three, "test.toml"))).check("y", "69.3")
    assert "missing" not in reply.feedback


def test_another_quantity_is_only_named_where_no_second_one_gives_the_same() -> None:
    problem = '[given]\nx = 2.3\na = 3.9\nb = {b}\n[steps]\ny = "x^3"'
    one = CellChecker(derive(read_problem(problem.format(b="4.1"), "test.toml"))).check("y", "3.9^3")
    assert one.feedback == "This is what comes out with a in the place of x."
    two = CellChecker(derive(read_problem(problem.format(b="3.9"), "test.toml"))).check("y", "3.9^3")
    assert "in the place of" not in two.feedback


@pytest.mark.parametrize(
    ("cell", "answer", "said"),
    [
        ("p[1]", "1.7*2.3 + 2.3^2", "This is what comes out with x[2] in the place of x[1]."),
        ("p[2]", "1.7*4.1 + 4.1^2", "This is what comes out with y[2] in the place of x[2]."),
        ("p[1]@1", "1.7*3.1 + 3.1^2", "This is what comes out with w in the place of w@1."),
    ],
)
def test_another_example_or_an_earlier_parameter_is_named(cell: str, answer: str, said: str) -> None:
    reply = CellChecker(derive(read_problem(BATCH, "test.toml"))).check(cell, answer)
    assert (reply.misconception, reply.feedback) == (None, said)


@pytest.mark.parametrize(
    ("cell", "answer", "before"),
    [("c", "5*3.1/2.3", "q"), ("E", "2*(3.1 + 1.7*2.3)*24.7", "m"), ("dE/dw2", "24.7*3.1", "∂E/∂w1")],
)
def test_the_value_of_the_step_before_is_named(checker: CellChecker, cell: str, answer: str, before: str) -> None:
    reply = checker.check(cell, answer)
    assert "number.previous-step-repeated" in {reply.misconception, *reply.also}
    if reply.misconception == "number.previous-step-repeated":
        assert reply.feedback == f"That is the value of {before}, the step before this one."


def test_the_batch_and_the_update_have_a_step_before_them_too() -> None:
    checker = CellChecker(derive(read_problem(BATCH, "test.toml")))
    last = "(1.7*2.3 + 2.3^2 - 4.1)^2"
    gradient = "((1.7*3.1 + 3.1^2 - 5.9)*3.1 + (1.7*2.3 + 2.3^2 - 4.1)*2.3)"
    for cell, answer in (("E", last), ("w@1", gradient)):
        reply = checker.check(cell, answer)
        assert "number.previous-step-repeated" in {reply.misconception, *reply.also}, (cell, reply)


def test_a_mistake_is_looked_for_in_the_values_that_the_learner_had() -> None:
    problem = '[given]\nx = 0.5\n[parameters]\nw = 0.8\nb = -1.3\n[steps]\nz = "w*x + b"\ns = "sigmoid(z)"'
    checker = CellChecker(derive(read_problem(problem, "test.toml")))
    # with z = 0.4 from the cell before, 1/(1 + e^0.4) = 0.401312…
    assert checker.check("s", "0.4013").misconception is None
    assert checker.check("s", "0.4013", {"z": "0.4"}).misconception == "sigmoid.sign-in-the-exponent"


def test_what_agrees_in_few_digits_only_is_no_evidence_beside_what_agrees_exactly() -> None:
    # without w4·h2 it is exactly 25; with w4/h2 it would be 25.083…, which an integer only resembles
    problem = (
        '[given]\nh1 = 25\nh2 = 12\nk = 1\n[parameters]\nw3 = 1\nw4 = 1\nw5 = 0\n[steps]\ny = "w3*h1 + w4*h2 + w5"'
    )
    reply = CellChecker(derive(read_problem(problem, "test.toml"))).check("y", "25")
    assert reply.feedback == "The term w4·h2 is missing."


def test_formulas_of_any_size_are_answered() -> None:
    names = [f"v{number}" for number in range(150)]
    given = "\n".join(f"{name} = {number + 2}.3" for number, name in enumerate(names))
    problem = f'[given]\n{given}\n[steps]\ny = "{" + ".join(names)}"\nz = "{"*".join(names)}"\n'
    checker = CellChecker(derive(read_problem(problem, "test.toml")))
    assert checker.check("y", "17.5").verdict == "incorrect"
    assert checker.check("z", "17.5").verdict == "incorrect"
