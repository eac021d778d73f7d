"""A starting value is given: whatever is answered for it, nothing goes back before the start."""

from __future__ import annotations

from answered_problems import PROBLEMS

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem


def checker(name: str) -> CellChecker:
    return CellChecker(derive(read_problem(PROBLEMS[name], "p.toml")))


def test_a_starting_value_is_copied() -> None:
    reply = checker("five").check("w1", "5", {"E": "168"})
    assert (reply.verdict, reply.feedback) == ("incorrect", "w1 is given: copy it from the problem.")
    assert checker("five").check("w1", "1").verdict == "correct"


def test_a_starting_value_among_the_earlier_answers_has_no_past() -> None:
    adam = checker("adam")
    for cell in ("w@1", "f", "df/dw"):
        assert adam.check(cell, "0.4", {"w": "7", "m_w": "1"}).verdict
        assert adam.check(cell, "0.4", {"m_w@1": "0.2", "v_w@1": "0.004"}).verdict == "incorrect"
