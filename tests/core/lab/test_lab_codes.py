"""Codes bring the same lab back; what is no code is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.error import EngineError
from tutor.lab.codes import LONGEST, code_of, read_code
from tutor.lab.error import LabError
from tutor.lab.knobs import KNOBS, knob, knobs_of
from tutor.lab.presets import PRESETS
from tutor.lab.settings import DataSubject, FileSubject, FunctionSubject, Lab, LabSettings, PointsSubject, StopRule

if TYPE_CHECKING:
    from tutor.lab.knobs import Knob

NUMBERS = st.decimals(min_value="0.0001", max_value="0.9", places=4).map(float)
FORMULAS = ("x^2", "x^4-4*x^2+x+1", "tanh(x)^2")
SURFACES = ("x1^2+2*x2^2", "x1*x2+x2^2")


def turned_at_random(draw: st.DrawFn, one: LabSettings, each: Knob) -> LabSettings:
    value = draw(st.sampled_from(list(each.values)))
    if isinstance(value, float) and draw(st.booleans()):
        value = draw(NUMBERS)
    try:
        return each.turned_to(one, value)
    except EngineError:
        return one


@st.composite
def labs(draw: st.DrawFn) -> Lab:
    starts = st.decimals(min_value=-9, max_value=9, places=2).map(Fraction)
    if draw(st.booleans()):
        first = LabSettings(DataSubject("line"))
    elif draw(st.booleans()):
        first = LabSettings(FunctionSubject(draw(st.sampled_from(FORMULAS)), (("x", draw(starts)),)))
    else:
        formula = draw(st.sampled_from(SURFACES))
        first = LabSettings(FunctionSubject(formula, (("x1", draw(starts)), ("x2", draw(starts)))))
    for each in draw(st.lists(st.sampled_from(KNOBS), max_size=8)):
        if each.applies(first):
            first = turned_at_random(draw, first, each)
    changed = draw(st.lists(st.sampled_from(knobs_of(first)), max_size=2))
    return Lab((first, *(turned_at_random(draw, first, each) for each in changed)))


def in_force(lab: Lab) -> list[tuple[object, ...]]:
    """Return what each run is made of: its subject, and the values of all knobs that do something in it."""
    return [(run.subject, *((each.symbol, each.value(run)) for each in knobs_of(run))) for run in lab.runs]


@settings(max_examples=300, deadline=None)
@given(labs())
def test_a_code_brings_the_same_lab_back(lab: Lab) -> None:
    code = code_of(lab)
    assert len(code) <= LONGEST
    assert code.isascii()
    back = read_code(code)
    assert in_force(back) == in_force(lab)
    assert code_of(back) == code
    if not code.startswith("."):
        assert read_code(code.lower().replace("0", "o")) == back


@pytest.mark.parametrize("name", PRESETS)
def test_the_labs_that_come_along_have_codes(name: str) -> None:
    lab = PRESETS[name]
    back = read_code(code_of(lab))
    assert [run.training for run in back.runs] == [run.training for run in lab.runs]
    formulas = [run.subject.formula.replace(" ", "") for run in lab.runs if isinstance(run.subject, FunctionSubject)]
    assert [run.subject.formula for run in back.runs if isinstance(run.subject, FunctionSubject)] == formulas


def test_unusual_numbers_everywhere_still_fit() -> None:
    run = LabSettings(DataSubject("spiral", 0.07, 0.25))
    stands: dict[str, object] = {
        "rule": "adam", "η": 0.0123, "batch": 17, "layers": (7, 5), "L2": 0.0031, "seed": 4711, "clip": 1.5,
        "weights": "he", "stop": StopRule("loss", 0.0123),
        "dropout": 0.25, "activation": "relu", "loss": "cross-entropy",
    }  # fmt: skip
    for symbol, value in stands.items():
        run = knob(symbol).turned_to(run, value)
    assert len(code_of(Lab((run,)))) <= LONGEST
    assert read_code(code_of(Lab((run,)))) == Lab((run,))


@settings(max_examples=300, deadline=None)
@given(lab=labs(), place=st.integers(0, 200), sign=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_in_a_code_is_noticed_or_gives_another_lab(lab: Lab, place: int, sign: str) -> None:
    code = code_of(lab)
    at = place % len(code)
    slipped = code[:at] + sign + code[at + 1 :]
    try:
        found = read_code(slipped)
    except LabError:
        return
    assert found == lab or slipped.replace("-", "") != code.replace("-", "")


def test_single_slips_are_noticed_nearly_always() -> None:
    code = code_of(PRESETS["bowl"]).replace("-", "")
    slipped = [code[:at] + sign + code[at + 1 :] for at in range(len(code)) for sign in "0379AKZ" if sign != code[at]]
    unnoticed = 0
    for each in slipped:
        try:
            read_code(each)
        except LabError:
            continue
        unnoticed += 1
    assert unnoticed <= len(slipped) // 100


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        read_code(text)
    except LabError as error:
        assert str(error).endswith(".")  # noqa: PT017 - most texts are refused, and some may be codes


def test_the_code_of_a_file_needs_that_file() -> None:
    subject = FileSubject("points.csv", "0123456789abcdef")
    code = code_of(Lab((LabSettings(subject),)))
    assert read_code(code, [subject]).runs[0].subject == subject
    with pytest.raises(LabError, match="CSV file"):
        read_code(code)
    with pytest.raises(LabError, match="CSV file"):
        read_code(code, [FileSubject("points.csv", "fedcba9876543210")])


def test_the_code_of_typed_points_needs_the_same_points() -> None:
    subject = PointsSubject("1 2; 2 4; 3 6.5")
    code = code_of(Lab((LabSettings(subject),)))
    assert read_code(code, [PointsSubject("0 0; 1 1"), subject]).runs[0].subject == subject
    with pytest.raises(LabError, match="typed points"):
        read_code(code, [PointsSubject("1 2; 2 4")])


def test_a_formula_too_long_for_a_code_is_said_to_be() -> None:
    subject = FunctionSubject("+".join(f"x^{power}" for power in range(2, 30)), (("x", Fraction(1)),))
    with pytest.raises(LabError, match="40 signs"):
        code_of(Lab((LabSettings(subject),)))
