"""Verdicts on answers to cells: the table, and what every reply has whatever was typed."""

import pytest
from answered_problems import PROBLEMS, checker
from following_rows import FOLLOWING, KNOWN_FAILURES, NAMED, OTHER_READINGS
from verdict_rows import PLAIN, Row

ROWS = [*PLAIN, *FOLLOWING, *NAMED, *OTHER_READINGS, *KNOWN_FAILURES]
COUNTING = {"correct": True, "follows": True, "incorrect": True, "incomplete": False, "invalid": False}


def as_parameter(row: Row) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=row.known_failure)] if row.known_failure else []
    return pytest.param(row, id=row.name, marks=marks)


@pytest.mark.parametrize("row", [as_parameter(row) for row in ROWS])
def test_the_verdict_is_right(row: Row) -> None:
    reply = checker(row.problem).check(row.cell, row.answer, row.earlier)
    assert reply.verdict == row.verdict, reply
    assert reply.counts == (COUNTING[row.verdict] if row.counts is None else row.counts), reply
    assert reply.feedback
    assert bool(reply.read_as) == (row.verdict != "invalid")
    if row.misconception:
        assert row.misconception in (reply.misconception, *reply.also)
    if row.verdict != "incorrect":
        assert reply.misconception is None
        assert reply.also == ()


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(ROWS) >= 150
    assert {row.problem for row in ROWS} == set(PROBLEMS)
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_what_was_right_before_is_not_blamed() -> None:
    """Half of ∂E/∂w1 may come from the square of E, but not where ∂E/∂y is answered rightly."""
    alone = checker("five").check("dE/dw1", "260")
    assert "mse-weight.factor-2-missing" in {alone.misconception, *alone.also}
    later = checker("five").check("dE/dw1", "260", {"dE/dy": "26"})
    assert later.misconception == "chain.inner-derivative-missing"
    assert "mse-weight.factor-2-missing" not in later.also
