"""What a generator writes is read back as it was meant."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.real import Real
from tutor.practice.draft import Draft

NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.fractions(), st.decimals(-1000, 1000, places=4).map(Fraction))


@given(w=NUMBERS, x=NUMBERS, column=st.lists(NUMBERS, min_size=1, max_size=4), eta=NUMBERS)
def test_numbers_stay_exact(w: Fraction, x: Fraction, column: list[Fraction], eta: Fraction) -> None:
    draft = Draft({"w": w}, {"y": "w*x + a"}, ("y",), {"x": x}, {"a": column}, {"eta": eta, "steps": 2})
    problem = read_problem(draft.text("Numbers"), "test")
    assert (problem.parameters["w"], problem.given["x"]) == (w, x)
    assert problem.examples["a"] == tuple(column)
    assert problem.update
    assert (problem.update.hyperparameters["eta"], problem.update.steps) == (eta, 2)


def test_a_constant_stands_as_it_is_written() -> None:
    draft = Draft({"w": "ln(3)/2"}, {"p": "sigmoid(w)"}, ("p",), update={"rule": "adam", "eta": "0.1", **ADAM})
    problem = read_problem(draft.text("A constant"), "test")
    assert isinstance(problem.parameters["w"], Real)
    assert problem.update
    assert problem.update.rule.name == "adam"


ADAM = {"beta1": Fraction(9, 10), "beta2": Fraction(999, 1000), "epsilon": 0}


def test_empty_sections_are_left_out() -> None:
    text = Draft({"w": 3}, {"E": "w^2"}, ("dE/dw",), story="Not in the file.").text("A square")
    assert text == 'title = "A square"\n\n[parameters]\nw = 3\n\n[steps]\nE = "w^2"\n'
