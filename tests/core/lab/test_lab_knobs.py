"""Knobs: every setting turned and typed, functions typed by learners."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.error import EngineError
from tutor.lab.error import LabError
from tutor.lab.functions import function_subject, usual_start
from tutor.lab.knobs import KNOBS, Knob, knob, knobs_of
from tutor.lab.numbers import number_text, read_exact, read_number
from tutor.lab.settings import DataSubject, FunctionSubject, LabSettings, StopRule

NETWORK = LabSettings(DataSubject("xor"))
FUNCTION = LabSettings(FunctionSubject("x^2", (("x", Fraction(3)),)))


@pytest.mark.parametrize("each", KNOBS, ids=lambda each: each.symbol)
def test_every_knob_goes_through_all_its_values_and_back(each: Knob) -> None:
    settings = each.turned_to(NETWORK, each.values[0])
    seen = [each.value(settings)]
    for _ in each.values[1:]:
        settings = each.turned(settings, 1)
        seen.append(each.value(settings))
    assert seen == list(each.values)
    assert each.turned(settings, 1) == settings
    for value in reversed(each.values[:-1]):
        settings = each.turned(settings, -1)
        assert each.value(settings) == value


@pytest.mark.parametrize("each", KNOBS, ids=lambda each: each.symbol)
def test_what_a_knob_shows_can_be_typed(each: Knob) -> None:
    for value in each.values:
        settings = each.turned_to(NETWORK, value)
        typed = each.typed(NETWORK, each.shown(settings))
        assert each.value(typed) == value


@pytest.mark.parametrize(
    ("symbol", "typed", "up", "down"),
    [("η", "0.04", 0.05, 0.03), ("batch", "7", 10, 5), ("noise", "0.04", 0.05, 0.03), ("η", "7", 7, 5)],
)
def test_a_typed_value_lies_between_its_neighbours(symbol: str, typed: str, up: float, down: float) -> None:
    each = knob(symbol)
    settings = each.typed(NETWORK, typed)
    assert each.value(each.turned(settings, 1)) == up
    assert each.value(each.turned(settings, -1)) == down


@pytest.mark.parametrize(
    ("symbol", "typed"),
    [
        ("η", "fast"), ("η", "-1"), ("η", "1e999"), ("rule", "adamm"), ("batch", "0"), ("batch", "2.5"),
        ("layers", "4,x"), ("layers", "0,4"), ("stop", "soon"), ("stop", "loss"), ("seed", "-3"),
        ("dropout", "1"), ("activation", "s"),
        ("η", "__import__('os')"), ("η", "1/0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(symbol: str, typed: str) -> None:
    with pytest.raises((LabError, EngineError), match=r"\.$"):
        knob(symbol).typed(NETWORK, typed)


def test_knobs_without_an_effect_are_left_out() -> None:
    symbols = {each.symbol for each in knobs_of(FUNCTION)}
    assert {"η", "rule", "stop", "schedule", "clip"} <= symbols
    assert not symbols & {"layers", "batch", "noise", "seed", "β", "β1"}
    assert "β" in {each.symbol for each in knobs_of(knob("rule").turned_to(FUNCTION, "nesterov"))}


def test_stop_rules_say_when() -> None:
    stops = [knob("stop").typed(FUNCTION, text).stop for text in ("15 steps", "loss < 0.001", "gradient 1e-6", "never")]
    assert stops == [StopRule("steps", 15), StopRule("loss", 0.001), StopRule("gradient", 1e-6), StopRule()]
    assert [stop.sentence() for stop in stops][:2] == ["after 15 steps", "when the loss is below 0.001"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_so_that_they_are_read_again(value: float) -> None:
    assert read_number(number_text(value)) == value


@pytest.mark.parametrize(
    ("formula", "start", "expected"),
    [
        ("f(x) = x²", "x = 3", "x^2"),
        ("x₁² + 2x₂²", "x1 = 3, x2 = 2", "x1^2 + 2*x2^2"),
        ("xy", "x=1; y=-2", "x*y"),
        ("e^x", "x=1/3", "e^x"),
        ("σ(2z)", "z = .5", "sigmoid(2*z)"),
    ],
)
def test_functions_are_read_as_learners_write_them(formula: str, start: str, expected: str) -> None:
    assert function_subject(formula, start).formula == expected


@pytest.mark.parametrize(
    ("formula", "start", "message"),
    [
        ("x^2 + z", "x = 3", "z is not a name"),
        ("x^2", "x = 3, y = 2", "does not use y"),
        ("x^2", "3", "Write them as x1 = 3"),
        ("x^2", "x = 3, x = 4", "two starting values"),
        ("x*y*z", "x=1, y=1, z=1", "one or two"),
        ("x^", "x = 1", "missing"),
        ("", "x = 1", "Nothing is written"),
        ("x" * 300, "x = 1", "longer than"),
        ("x^2", "x = 1e30", "too far"),
        ("__import__('os').getcwd()", "x = 1", "."),
    ],
)
def test_functions_that_cannot_be_are_refused(formula: str, start: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        function_subject(formula, start)


def test_a_start_is_offered() -> None:
    formulas = ("x^2", "ln x + b", "x*y", "f(x1, x2) = x1² + sin x2")
    assert [usual_start(text) for text in formulas] == ["x = 1", "x = 1, b = 1", "x = 1, y = 1", "x1 = 1, x2 = 1"]


def test_exact_numbers() -> None:
    assert read_exact(" −0.1 ") == Fraction(-1, 10)
    assert read_exact("3/4") == Fraction(3, 4)
