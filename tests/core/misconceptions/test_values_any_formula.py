"""Whatever the formula and whatever is typed: an answer comes, and a right one is never called a mistake."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import Derivation
from tutor.mathematics.problem import ProblemError, read_problem

NAMES = ("w1", "w2", "b", "x1", "x2", "y", "h")
VALUES = {"w1": "1.3", "w2": "-0.7", "b": "0.4", "x1": "2.1", "x2": "-1.6", "y": "0.9", "h": "0.1"}
LEAVES = st.sampled_from([*NAMES, "2", "0.5", "-1", "1"])


def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map("({0[0]} + {0[1]})".format),
        two.map("({0[0]} - {0[1]})".format),
        two.map("{0[0]}*({0[1]})".format),
        two.map("({0[0]})/({0[1]})".format),
        parts.map("({})^2".format),
        parts.map("exp(-({}))".format),
        parts.map("1/(1 + exp(-({})))".format),
        parts.map("relu({})".format),
        parts.map("sigmoid({})".format),
        parts.map("-ln(({})^2)".format),
        two.map("exp({0[0]})/(exp({0[0]}) + exp({0[1]}))".format),
        two.map("(({0[0]})^2 + ({0[1]})^2)^(1/2)".format),
        two.map("-(y*ln({0[0]}) + (1 - y)*ln({0[1]}))".format),
        parts.map("(({0}) - y)^2/2".format),
    )


FORMULAS = st.recursive(LEAVES, larger, max_leaves=7)


@settings(max_examples=60, deadline=None)
@given(first=FORMULAS, second=FORMULAS, answer=st.sampled_from(["0.37", "-2.118", "17", "1", "0", "3.5e3", "x1/7"]))
def test_any_formula_is_answered(first: str, second: str, answer: str) -> None:
    lines = ["[parameters]", *(f"{name} = {VALUES[name]}" for name in NAMES[:3])]
    lines += ["[given]", *(f"{name} = {VALUES[name]}" for name in NAMES[3:])]
    problem = read_problem("\n".join([*lines, "[steps]", f'u = "{first}"', f'v = "{second}"', 'z = "u*v - h"']), "test")
    derivation = Derivation(problem, {})
    checker = CellChecker(derivation)
    for cell, formula in (("u", first), ("v", second), ("z", "u*v - h")):
        try:
            derivation.value(cell)
        except ProblemError:
            return  # this formula has no value here
        right = checker.check(cell, formula)
        assert right.verdict in {"correct", "incomplete"}
        assert right.misconception is None
        reply = checker.check(cell, answer)
        assert reply.verdict in {"correct", "incomplete", "incorrect"}
        assert reply.verdict == "incorrect" or reply.misconception is None
