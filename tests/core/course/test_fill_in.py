"""Numbers in prose: read, calculated and written by one rule each, with errors that name the line."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.error import LessonError
from tutor.course.fill_in import UnknownNumberError, fill_in, find_placeholders
from tutor.course.number import Number

PATH = Path("4-3-two-suspects.md")
NUMBERS = {
    (None, "y"): "37",
    (None, "t"): "24",
    (None, "eta"): "0.0001",
    (None, "dE/dw1"): "520",
    (None, "dy/dw5:direct"): "1",
    (None, "w5@1"): "-0.0026",
    (None, "E@1"): "965856317776441/9765625000000",
    ("../problems/bowl.toml", "f@1"): "8.64",
}


def look_up(file: str | None, name: str) -> Number:
    if name == "root":
        return Number(Fraction("1.41421356237309504880"), exact=False)
    try:
        return Number(Fraction(NUMBERS[file, name]))
    except KeyError:
        raise UnknownNumberError(f"there is no {name}. Did you mean y?") from None


def fill(text: str) -> str:
    return fill_in(text, look_up, PATH, line=10)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("no number", "no number"),
        ("It said {{y}}, not {{t}}.", "It said 37, not 24."),
        ("`w5 = {{ w5@1 }}`", "`w5 = −0.0026`"),
        ("{{dy/dw5:direct}}", "1"),
        ("{{../problems/bowl.toml: f@1}}", "8.64"),
        ("{{y - t}} too high", "13 too high"),
        ("{{eta * dE/dw1}}", "0.052"),
        ("{{1 - eta * dE/dw1 / 2 + 0.5}}", "1.474"),
        ("{{t / y | exact}}", "24/37"),
        ("{{E@1}}", "≈ 98.9037"),
        ("E is {{E@1 | 2 decimals}}.", "E is ≈ 98.90."),
        ("| {{E@1 \\| 1 decimal}} |", "| ≈ 98.9 |"),
        ("{{y | 2 decimals}}", "37"),
        ("{{E@1 | exact}}", "98.9036869403075584"),
        ("`E = {{E@1}}`", "`E ≈ 98.9037`"),
        ("E =\n{{E@1}}", "E ≈\n98.9037"),
        ("E ≈ {{E@1}}", "E ≈ 98.9037"),
        ("falls to about {{E@1}}", "falls to about 98.9037"),
        ("`= {{y}}`", "`= 37`"),
        ("{{root}}", "≈ 1.41421"),
        ("{{root * 2 | 3 decimals}}", "≈ 2.828"),
        ("a { b } c", "a { b } c"),
    ],
)
def test_filling_in(text: str, filled: str) -> None:
    assert fill(text) == filled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{E@1", "{{ has no partner in this line. Write a number of the problem as {{E@1}}."),
        ("E@1}} and {{y}}", "}} has no partner in this line. Write a number of the problem as {{E@1}}."),
        ("{{y}} {{y\n}}", "{{ has no partner in this line. Write a number of the problem as {{E@1}}."),
        ("{{}}", "cannot read {{}}. Write one cell as {{E@1}}, or a calculation as {{y - t}}."),
        ("{{y t}}", "cannot read {{y t}}. Write one cell as {{E@1}}, or a calculation as {{y - t}}."),
        ("{{y -}}", "cannot read {{y -}}. Write one cell as {{E@1}}, or a calculation as {{y - t}}."),
        ("{{- y}}", "cannot read {{- y}}. Write one cell as {{E@1}}, or a calculation as {{y - t}}."),
        (
            "{{y | 2 digits}}",
            "“2 digits” is not a way to write a number. Write 2 decimals, or exact.",
        ),
        ("{{y |}}", "“” is not a way to write a number. Write 2 decimals, or exact."),
        ("{{y@7}}", "there is no y@7. Did you mean y?"),
        ("{{y / 0}}", "this divides by zero."),
        ("{{root | exact}}", "this number cannot be written exactly. Write 4 decimals instead of exact."),
    ],
)
def test_faults_name_file_and_line(text: str, message: str) -> None:
    with pytest.raises(LessonError) as caught:
        fill(f"first\n\n{text}\nlast {{{{y}}}}")
    assert str(caught.value) == f"{PATH}:12: {message}"


def test_a_sign_without_spaces_belongs_to_the_name() -> None:
    with pytest.raises(LessonError, match="there is no y-t"):
        fill("{{y-t}}")


def test_placeholders_tell_what_has_to_be_looked_up() -> None:
    found = list(find_placeholders("{{y - 2 * t}}\n{{b.toml: f@1 | exact}}", PATH, 1))
    assert [(p.file, p.names, p.form, p.line) for p in found] == [
        (None, ("y", "t"), "", 1),
        ("b.toml", ("f@1",), "exact", 2),
    ]


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.integers(0, 99)), max_size=6), st.integers(0, 99))
def test_calculations_follow_the_rules_of_arithmetic(rest: list[tuple[str, int]], first: int) -> None:
    text = " ".join([str(first), *(f"{sign} {number}" for sign, number in rest)])
    expected = eval(text)
    assert fill(f"{{{{{text} | exact}}}}") == str(expected).replace("-", "−")
