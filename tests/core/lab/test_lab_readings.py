"""Pictures of a lab as sentences, beside what calculus says of the functions."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.settings import OptimizerSettings, TrainingSettings
from tutor.lab.bench import Bench
from tutor.lab.material import Workshop
from tutor.lab.presets import PRESETS
from tutor.lab.readings import picture_sentences
from tutor.lab.settings import FunctionSubject, Lab, LabSettings
from tutor.mathematics.derivation import derive


def bench_of(formula: str, steps: int = 0, eta: float = 0.1, **start: float) -> Bench:
    """Return a bench that has taken some steps on a function."""
    subject = FunctionSubject(formula, tuple((name, Fraction(str(value))) for name, value in start.items()))
    training = TrainingSettings(optimizer=OptimizerSettings(eta=eta))
    bench = Bench(Lab((LabSettings(subject, training),)), Workshop(derive))
    for _ in range(steps):
        bench.step()
    return bench


def numbers(text: str) -> list[float]:
    """Return the numbers of a sentence."""
    plain = text.replace("−", "-").replace("×10⁻", "e-")
    return [float(found) for found in re.findall(r"-?\d+\.?\d*(?:e-\d+)?", plain)]


def test_a_curve_is_told_by_where_it_turns() -> None:
    curve, place = picture_sentences(bench_of("x^4 - 4*x^2", x=2), "curve")
    # x⁴ − 4x² turns at −√2, 0 and √2, with the values −4, 0 and −4.
    assert "it falls to −4 at x = −1.414; it rises to 0 at x = 0; it falls to −4 at x = 1.414; it rises" in curve
    assert place == "The run begins at x = 2."


@given(st.integers(-30, 30), st.integers(1, 9), st.integers(-50, 50))
@settings(max_examples=25, deadline=None)
def test_the_lowest_point_of_a_parabola_is_where_calculus_has_it(middle: int, width: int, low: int) -> None:
    bench = bench_of(f"{width}*(x - ({middle}))^2 + {low}", x=middle + 3)
    curve = picture_sentences(bench, "curve")[0]
    told = numbers(curve.split("it falls to ")[1].split(";")[0])
    assert told == pytest.approx([low, middle], abs=0.01)


def test_a_curve_that_only_rises_has_no_turn() -> None:
    curve = picture_sentences(bench_of("exp(x)", x=1), "curve")[0]
    assert curve.count("it rises") == 1
    assert "falls" not in curve


def test_a_curve_that_is_level_says_so() -> None:
    assert "it stays level" in picture_sentences(bench_of("0*x + 3", x=1), "curve")[0]


def test_a_curve_without_values_somewhere_says_so() -> None:
    assert picture_sentences(bench_of("sqrt(x)", x=0.05), "curve")[0].endswith("Part of the way it has no value.")


def test_a_run_is_told_by_its_ends() -> None:
    said = picture_sentences(bench_of("x^2", 3, 0.25, x=4), "curve")
    # Half of the way is left by each step: 4, 2, 1, 0.5.
    assert said[1] == "The run began at x = 4 and stands at x = 0.5 after 3 steps."
    assert said[2] == "f fell from 16 to 0.25 in 3 steps, without a rise."


def test_a_surface_is_told_by_its_lowest_and_highest_points() -> None:
    said = picture_sentences(bench_of("x1^2 + 2*x2^2", 1, 0.1, x1=3, x2=2), "surface")
    assert "f is lowest, 0, at x1 = 0, x2 = 0" in said[0]
    assert said[1] == "The run began at x1 = 3, x2 = 2 and stands at x1 = 2.4, x2 = 1.2 after 1 step."


@pytest.mark.parametrize("name", PRESETS)
def test_every_picture_of_every_ready_lab_is_told(name: str) -> None:
    from tutor.draw.glyphs import UNICODE  # noqa: PLC0415 - only this test draws
    from tutor.lab.pictures import Pictures  # noqa: PLC0415

    bench = Bench(PRESETS[name], Workshop(derive))
    for _ in range(2):
        for view in Pictures(UNICODE).views(bench):
            said = picture_sentences(bench, view)
            assert said
            assert all(sentence.endswith(".") for sentence in said)
            assert not any(math.isnan(number) for sentence in said for number in numbers(sentence))
        bench.epoch()
