"""Outcomes of runs: read as they are written, judged by what a run did, refused with what to write instead."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.outcome import OutcomeError, Trace, Unit, read_outcome_text

FALLING = Trace("steps", {"loss": (9.0, 4.0, 1.0, 0.25), "x": (3.0, -2.0, 1.0, -0.5), "t": (1.0,) * 4}, diverged=False)
RISING = Trace("steps", {"loss": (1.0, 4.0, math.inf), "x": (1.0, -2.0, math.inf)}, diverged=True)
EPOCHS = Trace("epochs", {"loss": (1.0, 1.0, 0.5)}, diverged=False)


@pytest.mark.parametrize(
    ("text", "trace", "holds"),
    [
        ("loss < 0.5", FALLING, True),
        ("loss < 0.25", FALLING, False),
        ("loss <= 0.25", FALLING, True),
        ("loss >= 0.25", FALLING, True),
        ("loss = 0.25", FALLING, True),
        ("loss@end = 0.25", FALLING, True),
        ("loss@1 = 4", FALLING, True),
        ("loss < 2 within 2 steps", FALLING, True),
        ("loss < 2 within 1 step", FALLING, False),
        ("x < 0 within 1 steps", FALLING, True),
        ("x@1 < 0 < x@2", FALLING, True),
        ("x@2 < 0 < x@1", FALLING, False),
        ("loss@2 = x@2 * x@2 * t", FALLING, True),
        ("loss@0 - loss@1 = 2 + 3", FALLING, True),
        ("loss@0 / loss@2 > 8", FALLING, True),
        ("loss@0 / 0 > 8", FALLING, False),
        ("loss falls at every step", FALLING, True),
        ("loss rises at some step", FALLING, False),
        ("x rises at some step and loss < 1", FALLING, True),
        ("x rises at some step and loss > 1", FALLING, False),
        ("not loss > 1", FALLING, True),
        ("not not loss > 1", FALLING, False),
        ("diverges", FALLING, False),
        ("diverges", RISING, True),
        ("not diverges", RISING, False),
        ("loss > 100", RISING, True),
        ("loss@7 > 0", FALLING, False),
        ("loss rises at every step", RISING, True),
        ("loss falls at every epoch", EPOCHS, False),
        ("loss < 0.6 within 2 epochs", EPOCHS, True),
    ],
)
def test_an_outcome_is_judged_by_the_run(text: str, trace: Trace, holds: bool) -> None:
    assert read_outcome_text(text).holds(trace) is holds


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no outcome"),
        ("loss", "is no outcome"),
        ("loss<1", "is no outcome"),
        ("loss < ", "put spaces around every sign"),
        ("loss < 1 2", "put spaces around every sign"),
        ("loss < __import__('os')", "neither a number nor a quantity"),
        ("loss < x.real", "neither a number nor a quantity"),
        ("loss < 1 and", "is no outcome"),
    ],
)
def test_what_is_no_outcome_is_refused(text: str, message: str) -> None:
    with pytest.raises(OutcomeError, match=message):
        read_outcome_text(text)


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("speed < 1", "steps", "this run has no speed"),
        ("loss < 1 within 1 epochs", "steps", "counted in steps"),
        ("loss < 1 within 1 steps", "epochs", "counted in epochs"),
        ("loss falls at every epoch", "steps", "counted in steps"),
    ],
)
def test_what_a_run_does_not_have_is_refused(text: str, unit: Unit, message: str) -> None:
    with pytest.raises(OutcomeError, match=message):
        read_outcome_text(text).holds(Trace(unit, {"loss": (1.0, 0.5)}, diverged=False))


@pytest.mark.parametrize(
    ("text", "needs"),
    [("loss < 1", 0), ("x@3 < x@5", 5), ("loss < 1 within 15 steps", 15), ("not x@2 > 1 and loss@4 < 1", 4)],
)
def test_how_far_a_run_has_to_go(text: str, needs: int) -> None:
    assert read_outcome_text(text).needs == needs


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["loss", "x@1", "x@end", "<", ">", "=", "+", "-", "and", "not", "within", "3", "steps"])
    ).map(" ".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(OutcomeError):
        assert read_outcome_text(text).holds(FALLING) in {True, False}


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6), st.floats(-1e6, 1e6))
def test_within_is_the_same_as_any_moment(losses: list[float], limit: float) -> None:
    trace = Trace("steps", {"loss": losses}, diverged=False)
    for steps in range(len(losses)):
        found = read_outcome_text(f"loss < {limit!r} within {steps} steps".replace("e+", "e")).holds(trace)
        assert found is any(loss < limit for loss in losses[: steps + 1])
