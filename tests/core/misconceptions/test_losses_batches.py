"""The same slip in every example of a batch is named at the batch's own loss."""

from __future__ import annotations

import pytest
from mpmath import exp, log, mpf
from wrong_answers import typed

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

PROBLEM = """
[parameters]
w = 0.7
b = -0.4
[examples]
x = [1.3, -0.8, 2.1]
y = [1, 0, 0]
[steps]
p = "sigmoid(w*x + b)"
L = "-(y*ln(p) + (1 - y)*ln(1 - p))"
[update]
eta = 0.1
reduce = "{reduce}"
"""
PAIRS = [(1 / (1 + exp(-(mpf("0.7") * mpf(x) - mpf("0.4")))), y) for x, y in (("1.3", 1), ("-0.8", 0), ("2.1", 0))]
WRONG = {
    "bce.minus-missing": lambda p, y: log(p) if y else log(1 - p),
    "bce.base-10": lambda p, y: -(log(p) if y else log(1 - p)) / log(10),
    "bce.base-2": lambda p, y: -(log(p) if y else log(1 - p)) / log(2),
    "bce.wrong-class": lambda p, y: -(log(1 - p) if y else log(p)),
    "bce.log-forgotten": lambda p, y: 1 - p if y else p,
    "bce.probability-negated": lambda p, y: -p if y else p - 1,
    "bce.squared-error-used": lambda p, y: (y - p) ** 2,
    "bce.both-terms-counted": lambda p, _: -log(p) - log(1 - p),
}


@pytest.mark.parametrize("reduce", ["mean", "sum"])
@pytest.mark.parametrize("identity", WRONG)
def test_a_slip_in_every_example_is_named(identity: str, reduce: str) -> None:
    checker = CellChecker(derive(read_problem(PROBLEM.replace("{reduce}", reduce), "test.toml")))
    total = sum(WRONG[identity](p, y) for p, y in PAIRS)
    for answer in typed(total / 3 if reduce == "mean" else total):
        reply = checker.check("L", answer)
        assert reply.verdict == "incorrect"
        assert identity in {reply.misconception, *reply.also}, (answer, reply)


@pytest.mark.parametrize("identity", WRONG)
def test_a_slip_in_one_example_is_named_there(identity: str) -> None:
    checker = CellChecker(derive(read_problem(PROBLEM.replace("{reduce}", "mean"), "test.toml")))
    for place, (p, y) in enumerate(PAIRS, start=1):
        for answer in typed(WRONG[identity](p, y)):
            reply = checker.check(f"L[{place}]", answer)
            assert identity in {reply.misconception, *reply.also}, (answer, reply)
